/** What the model answers: a map over two columns, a fit over one; images, sequences and series as what they are; of other rows what it says of each. Below, what marks and colours mean. */
import { layersOf, nodesOf } from '../../abilities.js';
import { count } from '../../format.js';
import { t } from '../../i18n/index.js';
import * as state from '../../state.js';
import { Curve } from '../../views/curve.jsx';
import { DecisionMap } from '../../views/map.jsx';
import { cellAt, subtree } from '../../views/map/rows.js';
import { Truth } from '../../views/map/truth.jsx';
import { PARTS } from '../../views/marks.js';
import { ofPlace, ofRow, spoken, summary } from './describe.js';
import { misses, wrong } from './judged.js';
import { kindOf, onMap } from './kind.js';
import { Legend } from './legend.jsx';
import { Brushes } from './brushes.jsx';
import { drawing, hand, shownRows } from './drawing.js';
import { viewOf } from './look.js';
import { shown } from './options.js';
import { Tools } from './options.jsx';
import { Planes } from './planes.jsx';
import { Readout } from './readout.jsx';
import { Stage } from '../../parts/stage.jsx';
import { Later } from '../../parts/later.jsx';
import './answer.css';

/** @typedef {import('../../state.js').Points} Points */
/** @typedef {import('../../state.js').Run} Run */

/** @typedef {import('../../views/map/plane.jsx').Spot} Spot */

/** Rows that are more than points: fetched when there are such. */
const rows = () => import('./rows.jsx');

export function Answer() {
  const run = state.run.value;
  const { points, ahead } = shownRows.value;
  if (!run || !points) return <Stage id="map" />;
  const columns = onMap(points).columns.length;
  const kind = kindOf(points);
  const title = t(titleOf(points, kind));
  const few = points.targets.length;
  return (
    <Stage
      id="map"
      title={title}
      note={few < points.rows && t(kind === 'plane' ? 'somePoints' : 'someRows', { n: count(few), all: count(points.rows) })}
      tools={<Tools points={points} />}
    >
      <Brushes />
      {points.plane && <Planes points={points} plane={points.plane} />}
      {kind === 'truth' && (
        <p class="hint why">{t(points.task === 'regression' ? 'manyNumbers' : 'manyColumns', { n: points.columns.length })}</p>
      )}
      {asAmounts(run, points) && <p class="hint why">{t('asAmounts')}</p>}
      <div class="square">
        <Picture
          key={`${kind} ${columns}`}
          run={ahead ? { ...run, predictions: null } : run}
          points={points}
          ahead={ahead}
          kind={kind}
          title={title}
        />
      </div>
      <Legend points={points} />
    </Stage>
  );
}

/** @param {Points} points @param {import('./kind.js').Kind} kind @returns {import('../../i18n/index.js').Key} */
const titleOf = (points, kind) =>
  kind === 'plane'
    ? onMap(points).columns.length === 1
      ? 'curveTitle'
      : 'mapTitle'
    : kind === 'gallery'
      ? 'galleryTitle'
      : kind === 'series'
        ? 'seriesTitle'
        : 'truthTitle';

/** Symbols that the first layer takes for amounts. @param {Run} run @param {Points} points */
const asAmounts = (run, points) => points.shape.kind === 'tokens' && (layersOf(run)?.[0].shape.kind ?? 'tokens') !== 'tokens';

/** @param {{run: Run, points: Points, ahead: boolean, kind: import('./kind.js').Kind, title: string}} props `ahead` of the engine, which has no answer to these rows */
function Picture({ run, points, ahead, kind, title }) {
  const flat = onMap(points);
  const columns = flat.columns.length;
  const view = viewOf(points);
  const range = view?.range ?? points.range;
  const across = (/** @type {number} */ fx) => range[0] + fx * (range[1] - range[0]);
  const up = (/** @type {number} */ fy) => (columns === 2 ? range[3] - fy * (range[3] - range[2]) : null);
  const placed = kind === 'plane';
  const tell = (/** @type {Spot} */ { row, fx, fy }) => (row === null ? ofPlace(run, flat, across(fx), up(fy)) : ofRow(run, points, row));
  const visible = ahead ? { ...shown.value, train: true } : shown.value;
  const common = {
    run,
    points,
    wrong: ahead ? null : wrong.value,
    shown: visible,
    label: title,
    summary: summary(run, points),
    misses: () => (ahead ? [] : misses()).filter((row) => visible[PARTS[points.split[row]]]),
    read: (/** @type {Spot} */ spot) =>
      !placed && spot.row === null ? null : <Readout told={tell(spot)} classes={points.classes.length} />,
    speak: (/** @type {Spot} */ spot) => (!placed && spot.row === null ? '' : spoken(tell(spot))),
  };
  if (kind === 'gallery') return <Later load={rows} name="Rows" {...common} />;
  if (kind === 'series' && view) return <Later load={rows} name="Series" {...common} view={view} />;
  if (kind === 'truth' || !view)
    return <Truth {...common} names={{ across: t('trueNamed', { name: points.target }), up: t('saidNamed', { name: points.target }) }} />;
  if (columns === 1)
    return (
      <Curve
        {...common}
        view={view}
        probability={points.classes.length === 2 ? t('probabilityOf', { name: points.classes[1] }) : t('probability')}
      />
    );

  const nodes = nodesOf(run);
  const { value: node } = state.node;
  const follow = (/** @type {number | null} */ fx, /** @type {number} */ fy) => {
    const at = fx === null ? -1 : cellAt(run, across(fx), up(fy));
    state.node.value = at < 0 || !run.leaves ? null : (run.leaves[at] ?? null);
  };
  return (
    <DecisionMap
      {...common}
      points={flat}
      view={view}
      inside={nodes && node !== null ? subtree(nodes, node) : null}
      follow={nodes ? follow : undefined}
      hand={drawing.value ? hand(() => viewOf(points)?.range ?? points.range) : undefined}
    />
  );
}
