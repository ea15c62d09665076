/** Predictions on a grid to pixels, and the contour where the answer changes. */
import { classColour, fieldPixel, pixel } from './palette.js';

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

/** Canvases to paint pixels on, one a size: a frame paints dozens of pictures. @type {Map<number, {canvas: OffscreenCanvas, context: OffscreenCanvasRenderingContext2D, image: ImageData, pixels: Uint32Array}>} */
const sheets = new Map();

/** A square picture of side² pixels; to be drawn before the next of its size is painted. @param {number} side @param {(pixels: Uint32Array) => void} fill @returns {OffscreenCanvas} */
function paint(side, fill) {
  let sheet = sheets.get(side);
  if (!sheet) {
    const canvas = new OffscreenCanvas(side, side);
    const image = new ImageData(side, side);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
    sheet = { canvas, context, image, pixels: new Uint32Array(image.data.buffer) };
    sheets.set(side, sheet);
  }
  fill(sheet.pixels);
  sheet.context.putImageData(sheet.image, 0, 0);
  return sheet.canvas;
}

/** What a unit makes of the plane, from its own least to its own most. @param {Float32Array} values @param {number} side @param {Palette} colours */
export function unitMap(values, side, colours) {
  let largest = 1e-6;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return paint(side, (pixels) => {
    for (let at = 0; at < pixels.length; at++) pixels[at] = fieldPixel(colours, values[at] / largest);
  });
}

/** The model's answer over the plane. @param {ArrayLike<number>} map @param {number} outputs @param {number} side @param {number} scale @param {Palette} colours */
export function answerMap(map, outputs, side, scale, colours) {
  return paint(side, (pixels) => {
    if (outputs <= 2) {
      const values = signed(map, outputs, scale);
      for (let at = 0; at < pixels.length; at++) pixels[at] = fieldPixel(colours, values[at] * 0.85);
      return;
    }
    const classes = Array.from({ length: outputs }, (_, at) => rgb(classColour(colours, at)));
    for (let at = 0; at < pixels.length; at++) {
      let best = 0;
      for (let k = 1; k < outputs; k++) if (map[at * outputs + k] > map[at * outputs + best]) best = k;
      const sure = Math.max(0, (map[at * outputs + best] - 1 / outputs) / (1 - 1 / outputs)) * 0.7;
      const [from, to] = [colours.middle, classes[best]];
      pixels[at] = pixel([from[0] + (to[0] - from[0]) * sure, from[1] + (to[1] - from[1]) * sure, from[2] + (to[2] - from[2]) * sure]);
    }
  });
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
