/** What the model answers: a map over two columns, a fit over one, over more what it says of each row; below, what marks and colours mean. */
import { count } from '../format.js';
import { t } from '../i18n/index.js';
import * as state from '../state.js';
import { Curve } from '../views/curve.jsx';
import { DecisionMap } from '../views/map.jsx';
import { cellAt, subtree } from '../views/map/rows.js';
import { Truth } from '../views/map/truth.jsx';
import { PARTS } from '../views/marks.js';
import { ofPlace, ofRow, spoken, summary } from './answer/describe.js';
import { misses, wrong } from './answer/judged.js';
import { Legend } from './answer/legend.jsx';
import { look, wanted } from './answer/look.js';
import { shown } from './answer/options.js';
import { Tools, keepUp } from './answer/options.jsx';
import { Readout } from './answer/readout.jsx';
import './answer/answer.css';

/** @typedef {import('../views/map/plane.jsx').Spot} Spot */

export function Answer() {
  const run = state.run.value;
  const points = state.points.value;
  if (!run || !points) return <div class="panel map" />;
  const columns = points.columns.length;
  const title = t(columns === 1 ? 'curveTitle' : columns === 2 ? 'mapTitle' : 'truthTitle');
  const few = points.targets.length;
  return (
    <section class="panel map" aria-label={title}>
      <div class="head">
        <h2>{title} {few < points.rows && <small>{t('someRows', { n: count(few), all: count(points.rows) })}</small>}</h2>
        <Tools points={points} />
      </div>
      {columns > 2 && <p class="hint why">{t(points.task === 'regression' ? 'manyNumbers' : 'manyColumns', { n: columns })}</p>}
      <div class="square"><Picture key={columns} run={run} points={points} title={title} /></div>
      <Legend points={points} />
    </section>
  );
}

/** @param {{run: any, points: any, title: string}} props */
function Picture({ run, points, title }) {
  const columns = points.columns.length;
  const range = wanted.value ?? points.range;
  const across = (/** @type {number} */ fx) => range[0] + fx * (range[1] - range[0]);
  const up = (/** @type {number} */ fy) => (columns === 2 ? range[3] - fy * (range[3] - range[2]) : null);
  const tell = (/** @type {Spot} */ { row, fx, fy }) => (row === null ? ofPlace(run, points, across(fx), up(fy)) : ofRow(run, points, row));
  const visible = shown.value;
  const common = {
    run, points, wrong: wrong.value, shown: visible, label: title, summary: summary(run, points), misses: () => misses().filter((row) => visible[PARTS[points.split[row]]]),
    read: (/** @type {Spot} */ spot) => (columns > 2 && spot.row === null ? null : <Readout told={tell(spot)} classes={points.classes.length} />),
    speak: (/** @type {Spot} */ spot) => (columns > 2 && spot.row === null ? '' : spoken(tell(spot))),
  };
  const view = { range, home: points.range, moved: wanted.value !== null, set: (/** @type {import('../views/map/range.js').Range | null} */ to) => look(keepUp(points, to)) };
  if (columns === 1) return <Curve {...common} view={view} probability={points.classes.length === 2 ? t('probabilityOf', { name: points.classes[1] }) : t('probability')} />;
  if (columns > 2) return <Truth {...common} names={{ across: t('trueNamed', { name: points.target }), up: t('saidNamed', { name: points.target }) }} />;

  const tree = run.view.kind === 'tree';
  const { value: node } = state.node;
  const follow = (/** @type {number | null} */ fx, /** @type {number} */ fy) => {
    const at = fx === null ? -1 : cellAt(run, across(fx), up(fy));
    state.node.value = at < 0 || !run.leaves ? null : (run.leaves[at] ?? null);
  };
  return <DecisionMap {...common} view={view} inside={tree && node !== null ? subtree(run.view.nodes, node) : null} follow={tree ? follow : undefined} />;
}
