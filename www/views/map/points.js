/** Rows on the map: their marks, rings around those that are wrong, strokes as long as the error of a number. */
import { scale } from '../font.js';
import { PARTS } from '../marks.js';
import { fieldColour, pointColour } from '../palette.js';
import { stamp } from './layer.js';
import { largest } from './rows.js';

/** @typedef {import('../../state.js').Points} Points */

/** @typedef {import('./field.js').Scene} Scene */
/** @typedef {import('./layer.js').Paper} Paper */

/** Test rows lie below validation rows, training rows on top: they are what the model has seen. */
const ORDER = [2, 1, 0];
/** Tints of numbers, to either side of the middle. */
const TINTS = 24;
/** Width of rings around wrong rows. */
export const RING = 1.5;
/** Pixels of an error as large as the largest target. */
const ERROR = 90;

/** Half the size of marks, the smaller the more there are. @param {number} width @param {number} count */
export const radius = (width, count) => Math.max(2, Math.min(4.5 * scale(), width / 4.5 / Math.sqrt(count)));

/** Visits the rows that are shown, within a little of the picture. @param {Scene} scene @param {(row: number, x: number, y: number) => void} visit @param {number[]} [order] */
function each({ points, shown, range, width, height }, visit, order = ORDER) {
  const { inputs, split } = points;
  const [across, up] = [width / (range[1] - range[0]), height / (range[3] - range[2])];
  for (const part of order) {
    if (!shown[PARTS[part]]) continue;
    for (let row = 0; row < split.length; row++) {
      if (split[row] !== part) continue;
      const [x, y] = [(inputs[2 * row] - range[0]) * across, (range[3] - inputs[2 * row + 1]) * up];
      if (x > -9 && y > -9 && x < width + 9 && y < height + 9) visit(row, x, y);
    }
  }
}

/** The colour of a row's target. @param {Points} points @param {number} row @param {number} scale @param {import('../palette.js').Palette} colours */
function colourOf(points, row, scale, colours) {
  const target = points.targets[row];
  if (points.task !== 'regression') return pointColour(colours, target, points.classes.length);
  return `rgb(${fieldColour(colours, Math.round((target / scale) * TINTS) / TINTS)})`;
}

/** @param {Paper} paper @param {Scene} scene */
export function rows(paper, scene) {
  const { points, width, colours } = scene;
  const numbers = points.task === 'regression';
  const scale = numbers ? largest(points.targets) : 1;
  const r = radius(width, points.targets.length);
  each(scene, (row, x, y) =>
    stamp(paper, {
      part: PARTS[points.split[row]],
      shape: numbers ? 0 : points.targets[row],
      x,
      y,
      r,
      colour: colourOf(points, row, scale, colours),
      colours,
    }),
  );
}

/** A ring around a mark of that size. @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} r */
export function ring(context, x, y, r) {
  const far = 1.2 * r + 2.4;
  context.moveTo(x + far, y);
  context.arc(x, y, far, 0, 7);
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {Uint8Array} wrong */
export function rings(context, scene, wrong) {
  const { points, width, colours } = scene;
  const r = radius(width, points.targets.length);
  context.beginPath();
  each(scene, (row, x, y) => wrong[row] && ring(context, x, y, r));
  rim(context, colours, RING);
}

/** Up where the model says too much, down where too little. @param {CanvasRenderingContext2D} context @param {Scene} scene */
export function residuals(context, scene) {
  const { run, points, colours } = scene;
  const { predictions } = run;
  if (points.task !== 'regression' || predictions?.length !== points.targets.length) return;
  const pixels = ERROR / largest(points.targets);
  context.beginPath();
  each(scene, (row, x, y) => {
    context.moveTo(x, y);
    context.lineTo(x, y - (predictions[row] - points.targets[row]) * pixels);
  });
  rim(context, colours, 2);
}

/** Strokes the path in ink with a pale rim, to be seen on any colour. @param {CanvasRenderingContext2D} context @param {import('../palette.js').Palette} colours @param {number} line */
export function rim(context, colours, line) {
  context.lineWidth = line + 2.2;
  context.strokeStyle = colours.paper;
  context.stroke();
  context.lineWidth = line;
  context.strokeStyle = colours.ink;
  context.stroke();
}
