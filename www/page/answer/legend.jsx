/** Below the picture: what marks and colours mean, and how many rows are wrong. */
import { isJudged } from '../../answers.js';
import { count, number } from '../../format.js';
import { say, t } from '../../i18n/index.js';
import * as state from '../../state.js';
import { Mark } from '../../views/legend.jsx';
import { PARTS } from '../../views/marks.js';
import { largest } from '../../views/map/rows.js';
import { short } from '../../views/rows/short.js';
import { refusal } from './drawing.js';
import { tally } from './judged.js';
import { kindOf, onMap } from './kind.js';
import { shown } from './options.js';

/** @typedef {import('../../state.js').Points} Points */

/** Classes that are named. */
const NAMED = 10;

/** @param {{points: Points}} props */
export function Legend({ points }) {
  const classes = points.classes.length;
  const numbers = points.task === 'regression';
  const kind = kindOf(points);
  const run = state.run.value;
  // Of a drawing under way as before: the map must not move under the brush.
  const { split: parts } = state.rows.value ?? points;
  return (
    <>
      <div class="legend">
        <p>
          {PARTS.filter((_, at) => parts.includes(at)).map((part) => (
            <span key={part} class={`part${shown.value[part] ? '' : ' off'}`}>
              <Mark part={part} />
              {t(part === 'test' && !state.seen.value ? 'testLocked' : part)}
            </span>
          ))}
          {kind === 'plane' && points.plane && points.plane.axes !== 'components' && <span class="sense">{t('planeOthers')}</span>}
        </p>
        <p>
          {kind === 'series' && (
            <span>
              <i class="line true" />
              {t('trueValue')}
            </span>
          )}
          {numbers && (kind === 'series' || onMap(points).columns.length === 1) && (
            <span>
              <i class="line" />
              {t('saidValue')}
            </span>
          )}
          {numbers && kind === 'plane' && onMap(points).columns.length === 2 && <Scale points={points} />}
          {kind === 'gallery' && run && isJudged(run, points) && <span class="sense">{t('trueToSaid')}</span>}
          {named(points, kind) &&
            points.classes.slice(0, NAMED).map((/** @type {string} */ name, /** @type {number} */ at) => (
              <span key={at} title={name}>
                <Mark shape={at} classes={classes} />
                {name}
              </span>
            ))}
          {classes > NAMED && named(points, kind) && <span>{t('more', { n: classes - NAMED })}</span>}
        </p>
      </div>
      <Tally kind={kind} />
    </>
  );
}

/** Whether classes need their marks explained: where names are written, they are not. @param {Points} points @param {import('./kind.js').Kind} kind */
const named = (points, kind) => kind !== 'gallery' || !short(points.classes);

/** The colours of a field of numbers. @param {{points: Points}} props */
function Scale({ points }) {
  const most = largest(points.targets);
  return (
    <span class="scale">
      {number(-most)}
      <i class="ramp" />
      {number(most)}
    </span>
  );
}

/** How many are wrong of the rows that the model is judged by, or how far off it is. @param {{kind: import('./kind.js').Kind}} props */
function Tally({ kind }) {
  const { value } = tally;
  const refused = refusal();
  if (refused)
    return (
      <p class="tally refused" role="status">
        {say(refused)}
      </p>
    );
  if (!value || (value.error === null && !value.rows)) return <p class="tally" />;
  const validation = value.part === 1;
  const n = count(value.rows);
  if (value.error !== null)
    return (
      <p class="tally">
        <b>{number(value.error)}</b> {t(validation ? 'errorValidation' : 'errorTrain', { n })}
      </p>
    );
  return (
    <p class="tally">
      {shown.value.rings && <i class={kind === 'gallery' ? 'ring outline' : 'ring'} />}
      <b id="wrong">{count(value.wrong)}</b> {t(validation ? 'wrongValidation' : 'wrongTrain', { n })}
    </p>
  );
}
