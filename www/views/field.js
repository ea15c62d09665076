/** Numbers on a grid to pixels: what one unit makes of the plane, and what the model answers over it. */
import { greatest } from './map/rows.js';
import { classColour, fieldPixel, pixel } from './palette.js';

/** @typedef {import('./palette.js').Palette} Palette */

/** How far colours go: marks must stand out on any of them. */
const STRENGTH = { numbers: 0.85, classes: 0.7 };

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

/**
 * The model's answer over the plane: of numbers and of two classes the field's colours, of more the winner's colour as strong as it is sure.
 * @param {ArrayLike<number>} map @param {number} outputs @param {number} side @param {Palette} colours
 * @param {{scale: number, plain: boolean, levels: number[]}} how `scale` is the number at which a field is fully coloured; `plain` leaves out how sure the model is, and of numbers shows the steps between `levels`
 */
export function answerMap(map, outputs, side, colours, { scale, plain, levels }) {
  return paint(side, (pixels) => {
    if (outputs === 1) {
      for (let at = 0; at < pixels.length; at++)
        pixels[at] = fieldPixel(colours, ((plain ? stepped(map[at], levels) : map[at]) / scale) * STRENGTH.numbers);
      return;
    }
    if (outputs === 2) {
      for (let at = 0; at < pixels.length; at++) {
        const value = map[2 * at + 1] * 2 - 1;
        pixels[at] = fieldPixel(colours, (plain ? Math.sign(value) : value) * STRENGTH.numbers);
      }
      return;
    }
    const shades = shadesOf(colours, outputs);
    for (let at = 0; at < pixels.length; at++) {
      const best = greatest(map, outputs, at);
      const sure = plain ? 1 : Math.max(0, (map[at * outputs + best] - 1 / outputs) / (1 - 1 / outputs));
      pixels[at] = shades[best * (SHADES + 1) + Math.round(Math.min(1, sure) * SHADES)];
    }
  });
}

/** The middle of the step between two levels in which a value lies. @param {number} value @param {number[]} levels */
function stepped(value, levels) {
  if (levels.length < 2) return value;
  const step = levels[1] - levels[0];
  return levels[0] + (Math.floor((value - levels[0]) / step) + 0.5) * step;
}

/** Steps from unsure to sure. */
const SHADES = 64;

/** Pixels of every class by how sure the model is, kept for the theme. @type {{colours: Palette | null, outputs: number, pixels: Uint32Array}} */
const kept = { colours: null, outputs: 0, pixels: new Uint32Array() };

/** @param {Palette} colours @param {number} outputs */
function shadesOf(colours, outputs) {
  if (kept.colours === colours && kept.outputs === outputs) return kept.pixels;
  const from = colours.middle;
  kept.pixels = Uint32Array.from({ length: outputs * (SHADES + 1) }, (_, at) => {
    const to = rgb(classColour(colours, Math.floor(at / (SHADES + 1))));
    const share = ((at % (SHADES + 1)) / SHADES) * STRENGTH.classes;
    return pixel(from.map((value, part) => value + (to[part] - value) * share));
  });
  Object.assign(kept, { colours, outputs });
  return kept.pixels;
}
