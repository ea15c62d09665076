/** Ways over a surface: a line with a pale rim, a dot at every update where they lie apart, a mark at the head; a star at the lowest places. */
import { mark } from '../marks.js';

/** @typedef {import('./ground.jsx').Onto} Onto */
/** @typedef {import('../palette.js').Palette} Palette */

/** Updates that are dots of their own at most, and how far they lie apart in the mean. */
const DOTS = 250;
const APART = 5;

/** @param {CanvasRenderingContext2D} context @param {Onto} onto @param {Palette} colours @param {{path: ArrayLike<number>, until: number, shape: number, colour: string, chosen?: boolean}} way `path` is x, y, x, y…; `until` the last update shown @param {number} width @param {number} height */
export function way(context, onto, colours, { path, until, shape, colour, chosen = false }, width, height) {
  const last = Math.min(until, path.length / 2 - 1);
  const place = (/** @type {number} */ at) => onto(clamp(path[2 * at]), clamp(path[2 * at + 1]));
  context.beginPath();
  let length = 0;
  let [bx, by] = place(0);
  for (let at = 0; at <= last; at++) {
    const [x, y] = place(at);
    if (at) context.lineTo(x, y);
    else context.moveTo(x, y);
    length += Math.min(width, Math.hypot(x - bx, y - by));
    [bx, by] = [x, y];
  }
  context.lineJoin = 'round';
  context.lineWidth = chosen ? 6 : 4.5;
  context.strokeStyle = colours.paper;
  context.globalAlpha = 0.75;
  context.stroke();
  context.globalAlpha = 1;
  context.lineWidth = chosen ? 3 : 2;
  context.strokeStyle = colour;
  context.stroke();
  if (last > 0 && last <= DOTS && length / last >= APART) {
    context.fillStyle = colour;
    for (let at = 1; at < last; at++) {
      const [x, y] = place(at);
      context.beginPath();
      context.arc(x, y, chosen ? 3 : 2.4, 0, 7);
      context.fill();
    }
  }
  // Whoever has left the picture is shown at its edge.
  const edge = (/** @type {number} */ value, /** @type {number} */ most) => Math.min(most - 8, Math.max(8, value));
  mark(context, { part: 'train', shape, x: edge(bx, width), y: edge(by, height), r: chosen ? 7 : 6, colour, colours });
}

/** What is too far away for a canvas, or is no number. @param {number} value */
const clamp = (value) => (Number.isNaN(value) ? 1e6 : Math.min(1e6, Math.max(-1e6, value)));

/** @param {CanvasRenderingContext2D} context @param {Palette} colours @param {[number, number]} place @param {string} [sign] */
export function star(context, colours, [x, y], sign = '★') {
  context.font = '18px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = colours.paper;
  context.strokeText(sign, x, y);
  context.fillStyle = colours.ink;
  context.fillText(sign, x, y);
}
