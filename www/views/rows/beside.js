/** One row as it is and, beside it, what became of it: both as small pictures, or both as small lines, at one scale. */
import { draw, small } from './ink.js';

/** @typedef {import('../palette.js').Palette} Palette */
/** @typedef {import('./ink.js').Shape} Shape */
/** @typedef {{shape: Shape, symbols: string[], inputs: Float32Array, rows: number}} Pairs rows as they are and behind them, in the same order, what became of each */

/** Between the two: an arrow and a little room. */
const BETWEEN = 14;
/** Pixels beyond these are no longer light and dark, but numbers of another scale. Then all but a few of them are between light and dark. */
const [LOWEST, HIGHEST, FEW] = [-0.75, 1.75, 0.03];

/** Rows ready to be drawn. Images that were scaled are brought back between light and dark, by the same rule before and after. @param {Shape} shape @param {Float32Array} before @param {Float32Array} after @param {number} rows @returns {Pairs} */
export function pairs(shape, before, after, rows) {
  const inputs = new Float32Array(2 * before.length);
  inputs.set(before);
  inputs.set(after.subarray(0, before.length), before.length);
  if (shape.kind === 'image') {
    const sorted = before.toSorted();
    if (sorted[0] < LOWEST || sorted[sorted.length - 1] > HIGHEST) {
      const cut = Math.floor(FEW * sorted.length);
      const [low, high] = [sorted[cut], sorted[sorted.length - 1 - cut]];
      for (let at = 0; at < inputs.length; at++) inputs[at] = (inputs[at] - low) / (high - low || 1);
    }
  }
  return { shape, symbols: [], inputs, rows };
}

/** The room that a pair takes. @param {Shape} shape */
export function roomOf(shape) {
  const { w, h } = small(shape, 1);
  return { width: 2 * w + BETWEEN, height: h };
}

/** @param {CanvasRenderingContext2D} context @param {Pairs} pairs @param {number} row @param {Palette} colours */
export function drawPair(context, pairs, row, colours) {
  const { w, h } = small(pairs.shape, 1);
  draw(context, pairs, row, { x: 0, y: 0, w, h }, colours);
  draw(context, pairs, pairs.rows + row, { x: w + BETWEEN, y: 0, w, h }, colours);
  const [left, right, middle] = [w + 2, w + BETWEEN - 2, h / 2];
  context.beginPath();
  context.moveTo(left, middle);
  context.lineTo(right, middle);
  context.moveTo(right - 4, middle - 4);
  context.lineTo(right, middle);
  context.lineTo(right - 4, middle + 4);
  context.lineWidth = 1.5;
  context.lineJoin = context.lineCap = 'round';
  context.strokeStyle = colours.muted;
  context.stroke();
}
