/** Each column: how its values are spread by class, what is missing, what it tells about the target. */
import { brief, count, number, short } from '../../format.js';
import { t } from '../../i18n/index.js';

/** @typedef {import('../../boundary').Spread} Spread */

/** @param {{data: import('../../boundary').Overview}} props */
export function Columns({ data: { columns, target, classes, width } }) {
  return (
    <>
      <ul class="columns">
        <Column column={target} classes={classes} marked />
        {columns.map((column, at) => (
          <Column key={at} column={column} classes={classes} />
        ))}
      </ul>
      {width > columns.length && <p class="hint">{t('moreColumns', { n: count(width - columns.length) })}</p>}
    </>
  );
}

/** @param {{column: import('../../boundary').Column, classes: string[], marked?: boolean}} props `marked` for the target */
function Column({ column: { name, missing, distinct, spread, score }, classes, marked = false }) {
  const numbers = spread.kind === 'numbers' ? spread : null;
  return (
    <li class={marked ? 'marked' : ''}>
      <h3 title={short(name)}>
        <span>{short(name)}</span> {marked && <small>{t('theTarget')}</small>}
        {score !== null && score !== undefined && <small title={t('columnScoreMeans')}>{t('columnScore', { n: brief(score) })}</small>}
      </h3>
      {spread.kind === 'empty' ? <p class="hint">{t('columnEmpty')}</p> : <Bars name={short(name)} spread={spread} classes={classes} />}
      <p class="hint">
        {[missing > 0 && t('columnMissing', { n: count(missing) }), t('columnDistinct', { n: count(distinct) })]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {numbers && <p class="hint">{t('columnMean', { mean: number(numbers.mean), deviation: number(numbers.deviation) })}</p>}
      {numbers && (
        <p class="hint">
          {t('columnQuartiles', {
            low: number(numbers.quartiles[0]),
            middle: number(numbers.quartiles[1]),
            high: number(numbers.quartiles[2]),
          })}
        </p>
      )}
    </li>
  );
}

/** Bars, of each the rows of every class one above the other. @param {{name: string, spread: Exclude<Spread, {kind: 'empty'}>, classes: string[]}} props */
function Bars({ name, spread, classes }) {
  const { bars } = spread;
  const numbers = spread.kind === 'numbers' ? spread : null;
  const most = Math.max(1, ...bars.map((bar) => bar.reduce((sum, rows) => sum + rows, 0)));
  return (
    <figure>
      <svg
        viewBox={`0 0 ${bars.length} 1`}
        preserveAspectRatio="none"
        role="img"
        aria-label={numbers ? t('barsOf', { name, low: number(numbers.low), high: number(numbers.high) }) : t('barsOfWords', { name })}
      >
        {bars.map((bar, at) => {
          let below = 0;
          return bar.map((rows, group) => {
            below += rows;
            return (
              rows > 0 && (
                <rect
                  key={`${at} ${group}`}
                  x={at + 0.05}
                  width={0.9}
                  y={1 - below / most}
                  height={rows / most}
                  fill={colour(group, classes.length)}
                />
              )
            );
          });
        })}
      </svg>
      <figcaption>
        {numbers ? (
          <>
            <span>{number(numbers.low)}</span>
            <span>{number(numbers.high)}</span>
          </>
        ) : (
          spread.kind === 'words' &&
          spread.words.map((word) => (
            <span key={word} title={short(word)}>
              {short(word)}
            </span>
          ))
        )}
      </figcaption>
    </figure>
  );
}

/** @param {number} group @param {number} classes */
export const colour = (group, classes) => (classes === 2 ? `var(--field-${group ? 'high' : 'low'})` : `var(--class-${group % 5})`);
