/** What the model answers: a map over two columns, a fit over one; below, what marks and colours mean. */
import { count, number } from '../format.js';
import { t } from '../i18n/index.js';
import * as state from '../state.js';
import { Curve } from '../views/curve.jsx';
import { DecisionMap } from '../views/map.jsx';
import { Mark } from '../views/legend.jsx';

/** Classes that are named below the map. */
const NAMED = 8;

export function Answer() {
  const run = state.run.value;
  const points = state.points.value;
  if (!run || !points) return <div class="panel map" />;
  const columns = points.columns.length;
  const title = columns === 1 ? t('curveTitle') : t('mapTitle');
  const shown = points.targets.length;
  return (
    <section class="panel map" aria-label={title}>
      <h2>{title} {shown < points.rows && <small>{t('someRows', { n: count(shown), all: count(points.rows) })}</small>}</h2>
      <div class="square">
        {columns === 2 && <DecisionMap run={run} points={points} label={title} />}
        {columns === 1 && <Curve run={run} points={points} label={title} />}
        {columns > 2 && <p class="hint">{t('manyColumns', { n: columns })}</p>}
      </div>
      {columns <= 2 && <Legend points={points} />}
    </section>
  );
}

/** @param {{points: any}} props */
function Legend({ points }) {
  const held = /** @type {const} */ (['train', 'validation', 'test']).filter((_, at) => points.split.includes(at));
  return (
    <p class="legend">
      {held.map((part) => <span><Mark part={part} />{t(part)}</span>)}
      {(points.columns.length > 1 || points.classes.length > 0) && <i class="rule" />}
      {points.task === 'regression' ? points.columns.length > 1 && <Scale points={points} /> : points.classes.slice(0, NAMED).map((/** @type {string} */ name, /** @type {number} */ at) => <span><Mark shape={at} classes={points.classes.length} />{name}</span>)}
      {points.classes.length > NAMED && <span>{t('more', { n: points.classes.length - NAMED })}</span>}
    </p>
  );
}

/** The colours of a field of numbers. @param {{points: any}} props */
function Scale({ points }) {
  const largest = Math.max(...points.targets.map(Math.abs), 1e-6);
  return <span class="scale">{number(-largest)}<i class="ramp" />{number(largest)}</span>;
}
