/** A height map drawn calmly: deep places tinted like deep water, thin lines at levels that lie evenly apart on a log scale above the lowest place. */
import { contour } from '../map/contour.js';
import { pixel } from '../palette.js';

/** @typedef {import('../palette.js').Palette} Palette */
/** @typedef {{above: Float32Array, low: number, high: number}} Heights heights above the floor, and the ones between which lines are drawn */

const LINES = 16;
/** How much of the colour the deepest place has. */
const TINT = 0.4;
/** Share of the cells inside the first line. */
const INNER = 0.004;

/** @param {Float32Array} field NaN or infinite where there is none @param {number} floor @returns {Heights} */
export function heights(field, floor) {
  const above = Float32Array.from(field, (value) => (Number.isFinite(value) ? Math.max(0, value - floor) : NaN));
  const sorted = above.filter((value) => value > 0).sort();
  const high = sorted.at(-1) ?? 1;
  const low = Math.max(sorted[Math.floor(sorted.length * INNER)] ?? high, high * 1e-9);
  return { above, low: Math.min(low, high / 2), high };
}

/** The heights of the lines. @param {Heights} heights */
export const levels = ({ low, high }) => Array.from({ length: LINES }, (_, at) => low * (high / low) ** (at / LINES));

/** Paints heights over the whole of a picture. `points`: they are those of places, of which the outermost lie on its edges, not of cells. @param {OffscreenCanvasRenderingContext2D} context @param {number} width @param {number} height @param {Heights} of @param {number} side @param {Palette} colours @param {boolean} points */
export function paintHeights(context, width, height, of, side, colours, points) {
  const { above, low, high } = of;
  const sheet = new OffscreenCanvas(side, side);
  const paper = /** @type {OffscreenCanvasRenderingContext2D} */ (sheet.getContext('2d'));
  const image = new ImageData(side, side);
  const pixels = new Uint32Array(image.data.buffer);
  const span = Math.log(high / low);
  for (let at = 0; at < pixels.length; at++) {
    if (Number.isNaN(above[at])) continue;
    const deep = TINT * (1 - Math.min(1, Math.max(0, Math.log(Math.max(above[at], low) / low) / span)));
    pixels[at] = pixel(colours.middle.map((from, part) => from + (colours.high[part] - from) * deep));
  }
  paper.putImageData(image, 0, 0);
  const [cut, shown] = points ? [0.5, side - 1] : [0, side];
  context.drawImage(sheet, cut, cut, shown, shown, 0, 0, width, height);
  context.save();
  context.scale(width / shown, height / shown);
  context.translate(-cut, -cut);
  context.beginPath();
  for (const level of levels(of)) contour(above, side, level, context);
  context.restore();
  context.lineWidth = 1;
  context.strokeStyle = colours.muted;
  context.globalAlpha = 0.45;
  context.stroke();
  context.globalAlpha = 1;
}
