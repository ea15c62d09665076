/** A picture that is drawn anew only when what it shows changes, and copied otherwise: marks and axes stay while the field under them moves. */
import { mark } from '../marks.js';

/** @typedef {import('../palette.js').Palette} Palette */
/** @typedef {OffscreenCanvasRenderingContext2D} Paper */

export class Layer {
  /** @type {OffscreenCanvas | null} */
  canvas = null;
  /** @type {any[]} */
  shown = [];

  /** @param {CanvasRenderingContext2D} context @param {number} width @param {number} height @param {any[]} key what the picture depends on @param {(paper: Paper) => void} draw */
  lay(context, width, height, key, draw) {
    const ratio = context.getTransform().a;
    const { width: wide, height: high } = context.canvas;
    const now = [ratio, wide, high, ...key];
    if (!this.canvas || now.length !== this.shown.length || now.some((part, at) => part !== this.shown[at])) {
      if (this.canvas?.width !== wide || this.canvas.height !== high) this.canvas = new OffscreenCanvas(wide, high);
      const paper = /** @type {Paper} */ (this.canvas.getContext('2d'));
      paper.setTransform(ratio, 0, 0, ratio, 0, 0);
      paper.clearRect(0, 0, width, height);
      draw(paper);
      this.shown = now;
    }
    context.drawImage(this.canvas, 0, 0, wide / ratio, high / ratio);
  }
}

/** Stamps of marks for a theme: a mark takes five strokes, a stamp one copy. @type {WeakMap<Palette, Map<string, OffscreenCanvas>>} */
const stamps = new WeakMap();

/** Draws a mark by its stamp. @param {Paper | CanvasRenderingContext2D} context @param {Parameters<typeof mark>[1]} point */
export function stamp(context, { x, y, ...look }) {
  const ratio = context.getTransform().a;
  let made = stamps.get(look.colours);
  if (!made) stamps.set(look.colours, (made = new Map()));
  const key = `${look.part} ${look.shape} ${look.r} ${look.colour} ${ratio}`;
  const half = Math.ceil((look.r * 1.25 + 2.5) * ratio);
  let picture = made.get(key);
  if (!picture) {
    picture = new OffscreenCanvas(2 * half, 2 * half);
    const paper = /** @type {Paper} */ (picture.getContext('2d'));
    paper.setTransform(ratio, 0, 0, ratio, 0, 0);
    mark(paper, { x: half / ratio, y: half / ratio, ...look });
    made.set(key, picture);
  }
  context.drawImage(picture, x - half / ratio, y - half / ratio, (2 * half) / ratio, (2 * half) / ratio);
}
