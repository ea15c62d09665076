/** The loss around the weights of the selected run, over the page: a slice as a height map, the run's way projected on it, and what it does not say. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Field } from '../../form/index.jsx';
import { Effect } from '../../form/labelled.jsx';
import { brief, count, metric } from '../../format.js';
import { say, t } from '../../i18n/index.js';
import { usePalette } from '../../views/palette.js';
import { Ground } from '../../views/surface/ground.jsx';
import { Handle } from '../../views/surface/handle.jsx';
import { star, way } from '../../views/surface/paths.js';
import { colourOf, markOf } from '../race/looks.js';
import { nameOf } from '../race/name.js';
import { Sheet } from '../../parts/sheet.jsx';
import { NAME, begin, cancel, found, issues, measure, progress, schema, survey } from './survey.js';
import '../surfaces/surfaces.css';
import './landscape.css';

/** @param {{close: () => void}} props */
export default function Landscape({ close }) {
  useEffect(() => {
    begin();
    return cancel;
  }, []);
  return (
    <Sheet
      id="landscape"
      kind="surfaces"
      title={t('landscape')}
      ask={t('landscapeAsk')}
      tall
      calm
      close={close}
      keys={(event) => event.stopPropagation()}
    >
      <div class="contest">
        {found.value ? (
          <Slice of={found.value} />
        ) : (
          <section class="above">
            <p role="status">{issues.value.length ? '' : t('landscapeWait')}</p>
          </section>
        )}
        <section class="who" aria-label={t('settings')}>
          {issues.value
            .filter(({ path }) => !path)
            .map((issue) => (
              <p key={issue.message.en} class="problem" role="alert">
                {say(issue.message)}
              </p>
            ))}
          <Under />
          {schema.value && (
            <Effect.Provider value="live">
              <Field schema={schema.value} value={survey.value} path={[NAME]} live />
            </Effect.Provider>
          )}
        </section>
      </div>
    </Sheet>
  );
}

/** What is under way, or the way to begin again. */
function Under() {
  const known = progress.value;
  return known === null ? (
    <button type="button" class="add" onClick={measure}>
      {t('landscapeAgain')}
    </button>
  ) : (
    <div class="under">
      <progress value={known} aria-label={t('landscapeWait')} />
      <button type="button" class="add" onClick={cancel}>
        {t('landscapeCancel')}
      </button>
    </div>
  );
}

/** @param {{of: import('./survey.js').Found}} props */
function Slice({ of: { slice, survey: asked, update } }) {
  const { side, losses, scales, along, ways, explained, rows, parameters } = slice;
  const [{ points: went, best }] = ways;
  const others = ways.slice(1);
  const colours = usePalette();
  // Without a way that spans a plane the engine took random directions.
  const early = !along && 'trajectory' in asked.directions;
  const frame = useMemo(() => scales.flatMap(({ step, zero }) => [-zero * step, (side - 1 - zero) * step]), [slice]);
  const field = useMemo(() => Float32Array.from(losses), [slice]);
  const known = losses.filter(Number.isFinite);
  const [low, high] = [
    known.reduce((least, loss) => Math.min(least, loss), Infinity),
    known.reduce((most, loss) => Math.max(most, loss), -Infinity),
  ];
  const lowest = useMemo(() => placeOf(slice, losses.indexOf(low)), [slice]);
  const [moved, setProbe] = useState(/** @type {[number, number] | null} */ (null));
  useEffect(() => setProbe(null), [slice]);
  const probe = moved ?? lowest;
  const lossAt = (/** @type {[number, number]} */ at) => {
    const [column, row] = at.map((value, axis) =>
      Math.min(side - 1, Math.max(0, Math.round(value / scales[axis].step) + scales[axis].zero)),
    );
    return losses[(side - 1 - row) * side + column];
  };
  const percent = (/** @type {number} */ share) => `${brief(100 * share)}%`;
  const [first, both] = explained;
  const names = along
    ? [t('landscapeFirst', { share: percent(first) }), t('landscapeSecond', { share: percent(both - first) })]
    : [t('landscapeRandom', { n: 1 }), t('landscapeRandom', { n: 2 })];
  const parts = t(asked.part === 'train' ? 'landscapeTrain' : 'landscapeHeld');
  const lost = losses.length - known.length;
  return (
    <>
      <section class="above">
        <Ground
          label={t('landscapeMap', { low: metric(low), high: metric(high), n: went.length })}
          field={field}
          side={side}
          floor={low}
          frame={frame}
          points
          across={names[0]}
          up={names[1]}
          touch={(x, y) => setProbe([x, y])}
          draw={(context, onto, colours, width, height) => {
            // The run in the centre lies on top.
            for (const { run, points } of [...ways].reverse()) {
              const path = Float32Array.from(points.flatMap(({ at }) => at));
              if (path.length)
                way(
                  context,
                  onto,
                  colours,
                  { path, until: path.length, shape: run, colour: colourOf(colours, run), chosen: run === ways[0].run },
                  width,
                  height,
                );
            }
            const [x, y] = onto(0, 0);
            context.beginPath();
            context.arc(x, y, 8, 0, 7);
            context.fillStyle = colours.paper;
            context.fill();
            context.lineWidth = 2;
            context.strokeStyle = colours.ink;
            context.stroke();
            context.beginPath();
            context.arc(x, y, 3.5, 0, 7);
            context.fillStyle = colours.ink;
            context.fill();
            if (best) star(context, colours, onto(...best.at));
          }}
        >
          <Handle label={t('landscapeProbe', { loss: metric(lossAt(probe)) })} at={probe} frame={frame} move={(x, y) => setProbe([x, y])} />
        </Ground>
        <p class="read" aria-live="polite">
          {t('landscapeRead', { loss: metric(lossAt(probe)) })}{' '}
          <small>{t('landscapeSpan', { low: metric(low), high: metric(high) })}</small>
        </p>
      </section>
      <section class="outcome">
        <dl>
          <div>
            <dt>◎</dt>
            <dd>{t('landscapeHere', { update: count(update), loss: metric(lossAt([0, 0])) })}</dd>
          </div>
          {best && (
            <div>
              <dt>★</dt>
              <dd>{t('landscapeBest', { update: count(best.update) })}</dd>
            </div>
          )}
          {(others.length ? ways : []).map(({ run, points }) => (
            <div key={run}>
              <dt style={{ color: colourOf(colours, run) }}>{markOf(run)}</dt>
              <dd>{t('landscapeOther', { name: nameOf(run), update: count(points.at(-1)?.update ?? 0) })}</dd>
            </div>
          ))}
          {went.length > 1 && (
            <div>
              <dt>―</dt>
              <dd>
                {t(others.length ? 'landscapeWays' : 'landscapeWay', {
                  n: count(ways.reduce((sum, { points }) => sum + points.length, 0)),
                  share: percent(both),
                })}
              </dd>
            </div>
          )}
          <div>
            <dt>▦</dt>
            <dd>{t('landscapeRows', { places: `${side} × ${side}`, rows: count(rows[0]), of: count(rows[1]), part: parts })}</dd>
          </div>
        </dl>
        <h3>{t('landscapeSees')}</h3>
        {early && <p>{t('landscapeEarly')}</p>}
        <p>{t(along ? 'landscapeSeesWay' : 'landscapeSeesRandom', { n: count(parameters) })}</p>
        <h3>{t('landscapeNot')}</h3>
        {others.length > 0 && <p>{t('landscapeOfOne')}</p>}
        <p>{t('landscapeNotSaid', { n: count(parameters), share: percent(both) })}</p>
        {lost > 0 && <p>{t('landscapeLost', { n: count(lost) })}</p>}
        <p>
          <a href="?glossary=loss-surface" target="_blank" rel="noopener">
            {t('inGlossary')}
          </a>
        </p>
      </section>
    </>
  );
}

/** Where a loss of the grid lies. @param {import('./survey.js').Slice} slice @param {number} index @returns {[number, number]} */
function placeOf({ side, scales: [across, up] }, index) {
  return [((index % side) - across.zero) * across.step, (side - 1 - Math.floor(index / side) - up.zero) * up.step];
}
