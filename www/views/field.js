/** Predictions on a grid to pixels, and the contour where the answer changes. */
import { classColour, fieldColour } from './palette.js';

/** @typedef {import('./palette.js').Palette} Palette */

/** The signed value of a cell of a two-class or regression field, −1 to 1. @param {ArrayLike<number>} map @param {number} outputs @param {number} scale */
export const signed = (map, outputs, scale) => {
  const count = map.length / outputs;
  const values = new Float32Array(count);
  for (let at = 0; at < count; at++) values[at] = outputs === 1 ? map[at] / scale : map[2 * at + 1] * 2 - 1;
  return values;
};

/** @param {string} hex */
const rgb = (hex) => [1, 3, 5].map((from) => parseInt(hex.slice(from, from + 2), 16));

/** @param {ArrayLike<number>} map @param {number} outputs @param {number} side @param {number} scale @param {Palette} colours @returns {ImageData} */
export function image(map, outputs, side, scale, colours) {
  const pixels = new ImageData(side, side);
  const put = (/** @type {number} */ at, /** @type {number[]} */ colour) => {
    pixels.data.set([colour[0], colour[1], colour[2], 255], 4 * at);
  };
  if (outputs <= 2) {
    signed(map, outputs, scale).forEach((value, at) => put(at, fieldColour(colours, value * 0.85)));
    return pixels;
  }
  const classes = Array.from({ length: outputs }, (_, at) => rgb(classColour(colours, at)));
  for (let at = 0; at < side * side; at++) {
    let best = 0;
    for (let k = 1; k < outputs; k++) if (map[at * outputs + k] > map[at * outputs + best]) best = k;
    const sure = Math.max(0, (map[at * outputs + best] - 1 / outputs) / (1 - 1 / outputs)) * 0.7;
    put(at, colours.middle.map((from, c) => from + (classes[best][c] - from) * sure));
  }
  return pixels;
}

/** Marching squares at `level`: segments in cell units. @param {Float32Array} values @param {number} side @param {number} level */
export function contour(values, side, level) {
  const path = new Path2D();
  for (let y = 0; y + 1 < side; y++) {
    for (let x = 0; x + 1 < side; x++) {
      const corners = [values[y * side + x], values[y * side + x + 1], values[(y + 1) * side + x + 1], values[(y + 1) * side + x]];
      const spots = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]];
      const crossings = [];
      for (let edge = 0; edge < 4; edge++) {
        const [a, b] = [corners[edge], corners[(edge + 1) % 4]];
        if (a < level === b < level) continue;
        const part = (level - a) / (b - a);
        const [from, to] = [spots[edge], spots[(edge + 1) % 4]];
        crossings.push([from[0] + (to[0] - from[0]) * part + 0.5, from[1] + (to[1] - from[1]) * part + 0.5]);
      }
      for (let at = 0; at + 1 < crossings.length; at += 2) {
        path.moveTo(crossings[at][0], crossings[at][1]);
        path.lineTo(crossings[at + 1][0], crossings[at + 1][1]);
      }
    }
  }
  return path;
}
