/** A series and, over it, what the model forecasts of it; the window of the chosen row is marked. */
import { useRef } from 'preact/hooks';
import { axes } from '../axes.js';
import { Layer, stamp } from '../map/layer.js';
import { Plane } from '../map/plane.jsx';
import { rim } from '../map/points.js';
import { PARTS } from '../marks.js';
import { classColour } from '../palette.js';
import { font } from '../font.js';
import { borders, horizon, rowAt, stepsOf, timeOf, valuesOf } from './series.js';

/** @typedef {import('../../state.js').Points} Points */
/** @typedef {import('../../state.js').Run} Run */

/** @typedef {import('../map/plane.jsx').PlaneProps} PlaneProps */
/** @typedef {import('../palette.js').Palette} Palette */

/** How the forecast of a part is drawn, as the charts do: training solid, validation dashed, test dotted. */
const DASH = { train: [], validation: [7, 4], test: [2, 4] };
/** Pixels a row from which on each value has its mark. */
const MARKED = 7;
/** Rows that may be hidden between two of a line: more of them and the line breaks. */
const HIDDEN = 8;

/**
 * @param {Pick<PlaneProps, 'label' | 'summary' | 'misses' | 'read' | 'speak'> & {view: import('../map/plane.jsx').View, run: Run, points: Points, shown: import('../map.jsx').Shown, chosen: number | null, choose: (row: number) => void, words: {across: string, parts: Record<string, string>, locked: string}}} props
 */
export function Forecast({ run, points, shown, view, chosen, choose, words, ...plane }) {
  const layers = useRef(/** @type {Layer[]} */ ([]));
  if (!layers.current.length) layers.current = [new Layer(), new Layer()];
  const { targets, split } = points;
  const { 0: x0, 1: x1, 2: low, 3: high } = view.range;
  const predictions = run.predictions?.length === targets.length ? run.predictions : null;
  const counts = (/** @type {number} */ row) => shown[PARTS[split[row]]];
  return (
    <Plane
      {...plane}
      wide
      view={{ ...view, flat: true }}
      of={points}
      count={targets.length}
      choose={choose}
      place={(row, place) => {
        place.fx = (timeOf(points, row) - x0) / (x1 - x0);
        place.fy = (high - targets[row]) / (high - low);
        return counts(row);
      }}
      pick={(fx) => rowAt(points, x0 + fx * (x1 - x0), counts)}
      walk={(row, by) => {
        const from = row ?? chosen ?? (by > 0 ? -1 : targets.length);
        let [at, steps] = [from, Math.abs(by)];
        for (let next = from + Math.sign(by); next >= 0 && next < targets.length && steps > 0; next += Math.sign(by))
          if (counts(next)) [at, steps] = [next, steps - 1];
        return targets[at] === undefined ? null : at;
      }}
      draw={(context, width, height, colours) => {
        const px = (/** @type {number} */ time) => ((time - x0) / (x1 - x0)) * width;
        const py = (/** @type {number} */ value) => ((high - value) / (high - low)) * height;
        const scene = { points, counts, px, py, width, height, colours };
        const [under, over] = layers.current;
        under.lay(context, width, height, [points, colours, x0, x1, shown.train, shown.validation, shown.test], (paper) =>
          truth(paper, scene),
        );
        if (chosen !== null && chosen < targets.length && counts(chosen)) band(context, scene, chosen);
        if (shown.residuals && predictions) residuals(context, scene, predictions);
        if (predictions) forecast(context, scene, predictions);
        if (chosen !== null && chosen < targets.length && counts(chosen)) spot(context, scene, chosen, predictions?.[chosen] ?? null);
        over.lay(context, width, height, [points, colours, x0, x1, shown.train, shown.validation, shown.test, words], (paper) => {
          parts(paper, scene, shown, words);
          axes(paper, width, height, colours, [x0, x1, low, high], words.across, '');
        });
      }}
    />
  );
}

/**
 * @typedef {object} Scene
 * @property {Points} points
 * @property {(row: number) => boolean} counts
 * @property {(time: number) => number} px
 * @property {(value: number) => number} py
 * @property {number} width
 * @property {number} height
 * @property {Palette} colours
 */

/** @typedef {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} Paper */

/** The series as far as the shown rows know it. @param {Paper} paper @param {Scene} scene */
function truth(paper, { points, counts, px, py, width, height, colours }) {
  paper.fillStyle = `rgb(${colours.middle})`;
  paper.fillRect(0, 0, width, height);
  const values = valuesOf(points, counts);
  paper.beginPath();
  let on = false;
  values.forEach((value, time) => {
    if (Number.isNaN(value)) on = false;
    else if (on) paper.lineTo(px(time), py(value));
    else paper.moveTo(px(time), py(value));
    on = !Number.isNaN(value);
  });
  paper.lineWidth = 1.5;
  paper.lineJoin = 'round';
  paper.strokeStyle = colours.ink;
  paper.stroke();
  if (px(1) - px(0) < MARKED) return;
  for (let row = 0; row < points.targets.length; row++) {
    if (counts(row))
      stamp(paper, {
        part: PARTS[points.split[row]],
        shape: 0,
        x: px(timeOf(points, row)),
        y: py(points.targets[row]),
        r: 3,
        colour: colours.ink,
        colours,
      });
  }
}

/** What the model says, a line a part. @param {CanvasRenderingContext2D} context @param {Scene} scene @param {ArrayLike<number>} predictions */
function forecast(context, { points, counts, px, py, colours }, predictions) {
  const stretches = borders(points) !== null;
  for (const [part, name] of PARTS.entries()) {
    context.beginPath();
    let before = -1;
    for (let row = 0; row < predictions.length; row++) {
      // Where parts lie among each other, one line goes through all of them.
      if (!counts(row) || (stretches ? points.split[row] !== part : part > 0)) continue;
      if (before < 0 || row - before > HIDDEN) context.moveTo(px(timeOf(points, row)), py(predictions[row]));
      else context.lineTo(px(timeOf(points, row)), py(predictions[row]));
      before = row;
    }
    if (before < 0) continue;
    context.lineJoin = 'round';
    context.setLineDash([]);
    context.lineWidth = 4.5;
    context.strokeStyle = colours.paper;
    context.globalAlpha = 0.6;
    context.stroke();
    context.globalAlpha = 1;
    context.setLineDash(DASH[name]);
    context.lineWidth = 2.2;
    context.strokeStyle = classColour(colours, 1);
    context.stroke();
    context.setLineDash([]);
  }
}

/** From what is true to what is said. @param {CanvasRenderingContext2D} context @param {Scene} scene @param {ArrayLike<number>} predictions */
function residuals(context, { points, counts, px, py, colours }, predictions) {
  context.beginPath();
  for (let row = 0; row < predictions.length; row++) {
    if (!counts(row)) continue;
    const x = px(timeOf(points, row));
    context.moveTo(x, py(points.targets[row]));
    context.lineTo(x, py(predictions[row]));
  }
  context.lineWidth = 1.2;
  context.strokeStyle = colours.muted;
  context.stroke();
}

/** What the model sees of the chosen row. @param {CanvasRenderingContext2D} context @param {Scene} scene @param {number} row */
function band(context, { points, px, height, colours }, row) {
  const last = timeOf(points, row) - horizon(points);
  const [left, right] = [px(last - stepsOf(points) + 0.5), px(last + 0.5)];
  context.fillStyle = colours.accent;
  context.globalAlpha = 0.16;
  context.fillRect(left, 0, right - left, height);
  context.globalAlpha = 1;
  context.beginPath();
  for (const x of [left, right]) {
    context.moveTo(x, 0);
    context.lineTo(x, height);
  }
  context.lineWidth = 1.5;
  context.strokeStyle = colours.accent;
  context.stroke();
}

/** What came, ringed, and what was forecast. @param {CanvasRenderingContext2D} context @param {Scene} scene @param {number} row @param {number | null} said */
function spot(context, { points, px, py, colours }, row, said) {
  const x = px(timeOf(points, row));
  const y = py(points.targets[row]);
  context.beginPath();
  context.moveTo(x + 7, y);
  context.arc(x, y, 7, 0, 7);
  rim(context, colours, 2);
  if (said !== null) stamp(context, { part: 'train', shape: 3, x, y: py(said), r: 4.5, colour: classColour(colours, 1), colours });
}

/** Names of the parts above the series, lines between them; what is hidden is left blank and says so. @param {Paper} paper @param {Scene} scene @param {import('../map.jsx').Shown} shown @param {{parts: Record<string, string>, locked: string}} words */
function parts(paper, { points, px, width, height, colours }, shown, words) {
  const found = borders(points);
  if (!found) return;
  const edges = [-Infinity, ...found.map(([time]) => time), Infinity];
  const order = [points.split[0], ...found.map(([, , behind]) => behind)];
  paper.font = font();
  paper.textBaseline = 'alphabetic';
  paper.textAlign = 'center';
  for (const [at, part] of order.entries()) {
    const [left, right] = [Math.max(0, px(edges[at])), Math.min(width, px(edges[at + 1]))];
    if (right - left < 8) continue;
    if (at > 0 && left > 0) {
      paper.beginPath();
      paper.moveTo(Math.round(left) + 0.5, 0);
      paper.lineTo(Math.round(left) + 0.5, height);
      paper.lineWidth = 1;
      paper.strokeStyle = colours.muted;
      paper.setLineDash([3, 3]);
      paper.stroke();
      paper.setLineDash([]);
    }
    const name = !shown[PARTS[part]] && part === 2 ? words.locked : words.parts[PARTS[part]];
    if (paper.measureText(name).width > right - left - 6) continue;
    paper.lineWidth = 3.5;
    paper.lineJoin = 'round';
    paper.strokeStyle = colours.paper;
    paper.strokeText(name, (left + right) / 2, 16);
    paper.fillStyle = shown[PARTS[part]] ? colours.ink : colours.muted;
    paper.fillText(name, (left + right) / 2, 16);
  }
}
