/** A fit over one column: the rows and the model's line; for classes one line a class probability, the rows in a lane a class. */
import { useRef } from 'preact/hooks';
import { axes } from './axes.js';
import { jitter } from './map/jitter.js';
import { Layer, stamp } from './map/layer.js';
import { Plane } from './map/plane.jsx';
import { RING, radius, rim, ring } from './map/points.js';
import { cellAt } from './map/rows.js';
import { PARTS } from './marks.js';
import { classColour, pointColour } from './palette.js';

/** @typedef {import('../state.js').Points} Points */
/** @typedef {import('../state.js').Run} Run */

/** @typedef {import('./map/plane.jsx').PlaneProps} PlaneProps */

/** Height of a lane of rows, where the probabilities take 1. */
const LANE = 0.11;
/** Room for the numbers of the axis under the lanes, in the same unit. */
const FOOT = 0.15;
/** Order of drawing: training rows on top. */
const ORDER = [2, 1, 0];

/** What runs up: the targets with a little room, or the probabilities with the lanes of their classes; two classes lie at the ends of one curve. @param {Points} points @returns {{low: number, high: number, lane: (target: number, row: number) => number}} */
function upright({ task, targets, classes }) {
  if (task === 'regression') {
    let [low, high] = [Infinity, -Infinity];
    for (let at = 0; at < targets.length; at++) [low, high] = [Math.min(low, targets[at]), Math.max(high, targets[at])];
    const room = (high - low) * 0.15 || 1;
    return { low: low - room, high: high + room, lane: (target) => target };
  }
  const spread = (/** @type {number} */ row) => jitter(row) * LANE * 0.8;
  if (classes.length === 2)
    return { low: -1.4 * LANE - FOOT, high: 1 + 1.6 * LANE, lane: (target, row) => (target ? 1 + LANE * 0.7 : -LANE * 0.7) + spread(row) };
  return { low: -LANE * (classes.length + 0.5) - FOOT, high: 1 + LANE, lane: (target, row) => -LANE * (target + 0.9) + spread(row) };
}

/** @param {Pick<PlaneProps, 'label' | 'summary' | 'misses' | 'read' | 'speak'> & {view: import('./map/plane.jsx').View, run: Run, points: Points, wrong: Uint8Array | null, shown: import('./map.jsx').Shown, probability: string}} props `probability` names what runs up where there are classes */
export function Curve({ run, points, wrong, shown, view, probability, ...plane }) {
  const layers = useRef(/** @type {Layer[]} */ ([]));
  if (!layers.current.length) layers.current = [new Layer(), new Layer()];
  const { inputs, targets, split } = points;
  const numbers = points.task === 'regression';
  const { low, high, lane } = upright(points);
  const { 0: x0, 1: x1 } = view.range;
  return (
    <Plane
      {...plane}
      wide
      view={{ ...view, flat: true }}
      of={points}
      count={targets.length}
      place={(row, place) => {
        place.fx = (inputs[row] - x0) / (x1 - x0);
        place.fy = (high - lane(targets[row], row)) / (high - low);
        return shown[PARTS[split[row]]];
      }}
      snap={(fx) => {
        const cell = run.map && run.outputs <= 2 ? cellAt(run, x0 + fx * (x1 - x0), null) : -1;
        return !run.map || cell < 0 ? null : (high - run.map[(cell + 1) * run.outputs - 1]) / (high - low);
      }}
      draw={(context, width, height, colours) => {
        if (!run.map) return;
        const px = (/** @type {number} */ x) => ((x - x0) / (x1 - x0)) * width;
        const py = (/** @type {number} */ y) => ((high - y) / (high - low)) * height;
        const r = radius(width, targets.length);
        level(context, width, colours, numbers ? [0] : [0, 0.5, 1], py);
        if (shown.residuals && run.predictions?.length === targets.length * run.outputs && numbers) {
          context.beginPath();
          for (let row = 0; row < targets.length; row++) {
            if (!shown[PARTS[split[row]]]) continue;
            context.moveTo(px(inputs[row]), py(targets[row]));
            context.lineTo(px(inputs[row]), py(run.predictions[row]));
          }
          context.lineWidth = 1.2;
          context.strokeStyle = colours.muted;
          context.stroke();
        }
        if (shown.rings && wrong) {
          context.beginPath();
          for (let row = 0; row < targets.length; row++) {
            if (wrong[row] && shown[PARTS[split[row]]]) ring(context, px(inputs[row]), py(lane(targets[row], row)), r);
          }
          rim(context, colours, RING);
        }
        const [under, over] = layers.current;
        under.lay(context, width, height, [points, colours, x0, x1, shown.train, shown.validation, shown.test], (paper) => {
          for (const part of ORDER) {
            if (!shown[PARTS[part]]) continue;
            for (let row = 0; row < targets.length; row++) {
              if (split[row] !== part) continue;
              const target = targets[row];
              stamp(paper, {
                part: PARTS[part],
                shape: numbers ? 0 : target,
                x: px(inputs[row]),
                y: py(lane(target, row)),
                r,
                colour: numbers ? classColour(colours, 0) : pointColour(colours, target, points.classes.length),
                colours,
              });
            }
          }
        });
        lines(context, run, points, px, py, colours);
        over.lay(context, width, height, [points, colours, x0, x1, probability], (paper) => {
          axes(
            paper,
            width,
            height,
            colours,
            [x0, x1, low, high],
            points.columns[0],
            numbers ? points.target : probability,
            numbers ? {} : { low: 0, high: 1 },
          );
        });
      }}
    />
  );
}

/** Lines straight across at some values. @param {CanvasRenderingContext2D} context @param {number} width @param {import('./palette.js').Palette} colours @param {number[]} values @param {(y: number) => number} py */
function level(context, width, colours, values, py) {
  context.beginPath();
  for (const value of values) {
    context.moveTo(0, Math.round(py(value)) + 0.5);
    context.lineTo(width, Math.round(py(value)) + 0.5);
  }
  context.lineWidth = 1;
  context.strokeStyle = colours.line;
  context.stroke();
}

/** The model's answer: of two classes the curve of the second is enough. @param {CanvasRenderingContext2D} context @param {Run} run @param {Points} points @param {(x: number) => number} px @param {(y: number) => number} py @param {import('./palette.js').Palette} colours */
function lines(context, { map, map_range: drawn, outputs }, points, px, py, colours) {
  if (!map) return;
  const side = map.length / outputs;
  context.lineJoin = 'round';
  for (let k = outputs === 2 ? 1 : 0; k < outputs; k++) {
    context.beginPath();
    for (let at = 0; at < side; at++) context.lineTo(px(drawn[0] + ((at + 0.5) / side) * (drawn[1] - drawn[0])), py(map[at * outputs + k]));
    context.lineWidth = 5;
    context.strokeStyle = colours.paper;
    context.setLineDash([]);
    context.stroke();
    context.lineWidth = 3;
    context.strokeStyle = outputs === 1 ? classColour(colours, 1) : pointColour(colours, k, points.classes.length);
    // Colours repeat after five classes.
    context.setLineDash(k < 5 ? [] : [7, 5]);
    context.stroke();
    context.setLineDash([]);
  }
}
