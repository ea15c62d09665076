/** The decision map: what the model answers over the plane, with the rows it learns from, chooses by and is judged on. */
import { useRef } from 'preact/hooks';
import { marksOf } from '../abilities.js';
import { field } from './map/field.js';
import { Layer } from './map/layer.js';
import { marks } from './map/marks.js';
import { Plane } from './map/plane.jsx';
import { residuals, rings, rows } from './map/points.js';
import { axes } from './axes.js';
import { PARTS } from './marks.js';

/** @typedef {import('../state.js').Points} Points */
/** @typedef {import('../state.js').Run} Run */

/** The share of rows from which on wrong ones are many. */
const MANY = 0.15;

/** @typedef {import('./map/plane.jsx').PlaneProps} PlaneProps */
/** @typedef {{train: boolean, validation: boolean, test: boolean, rings: boolean, contours: boolean, plain: boolean, residuals: boolean, misses: boolean}} Shown what is drawn; `plain` leaves out how sure the model is, `misses` the rows that are right */

/**
 * @param {Pick<PlaneProps, 'label' | 'summary' | 'misses' | 'read' | 'speak' | 'follow' | 'hand'> & {view: import('./map/plane.jsx').View, run: Run, points: Points, wrong: Uint8Array | null, shown: Shown, inside: Uint8Array | null}} props
 * `wrong` marks rows, `inside` the nodes of the part of a tree that is looked at
 */
export function DecisionMap({ run, points, wrong, shown, inside, view, ...plane }) {
  const layers = useRef(/** @type {Layer[]} */ ([]));
  if (!layers.current.length) layers.current = [new Layer(), new Layer()];
  const { 0: x0, 1: x1, 2: y0, 3: y1 } = view.range;
  const held = points.split;
  const { inputs } = points;
  return (
    <Plane
      {...plane}
      view={view}
      of={plane.hand ? 'drawing' : points}
      count={held.length}
      place={(row, place) => {
        place.fx = (inputs[2 * row] - x0) / (x1 - x0);
        place.fy = (y1 - inputs[2 * row + 1]) / (y1 - y0);
        return shown[PARTS[held[row]]];
      }}
      draw={(context, width, height, colours) => {
        const scene = { run, points, shown, range: view.range, width, height, colours };
        // Drawn points stand there before anything answered.
        if (run.map) field(context, scene, inside);
        else {
          context.fillStyle = `rgb(${colours.middle})`;
          context.fillRect(0, 0, width, height);
        }
        if (run.map && shown.residuals) residuals(context, scene);
        const [stamps, names] = layers.current;
        // Of an untrained model half of the rows are wrong: so many rings lie below the marks, few above.
        const many = wrong !== null && wrong.reduce((sum, is) => sum + is, 0) > MANY * wrong.length;
        if (shown.rings && wrong && many) rings(context, scene, wrong);
        stamps.lay(context, width, height, [points, colours, x0, x1, y0, y1, shown.train, shown.validation, shown.test], (paper) =>
          rows(paper, scene),
        );
        if (shown.rings && wrong && !many) rings(context, scene, wrong);
        marks(context, { ...scene, classes: points.classes.length }, marksOf(run));
        names.lay(context, width, height, [points, colours, x0, x1, y0, y1], (paper) =>
          axes(paper, width, height, colours, view.range, points.columns[0], points.columns[1]),
        );
      }}
    />
  );
}
