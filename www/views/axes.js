/** Numbers along the edges of a picture and the names of what runs across and up, written inside it with a pale rim. */
import { font, scale } from './font.js';

/** Round numbers from `low` to `high`, about `most` of them. @param {number} low @param {number} high @param {number} most @returns {number[]} */
export function ticks(low, high, most) {
  const step = stepOf(low, high, most);
  if (!(step > 0)) return [];
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return Array.from({ length: count }, (_, at) => Number(((first + at) * step).toFixed(digits)));
}

/** 1, 2 or 5 times a power of ten. @param {number} low @param {number} high @param {number} most */
function stepOf(low, high, most) {
  const rough = (high - low) / Math.max(1, most);
  if (!Number.isFinite(rough) || rough <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * /** @type {number} */ ([1, 2, 5, 10].find((by) => by * power >= rough * (1 - 1e-9)));
}

/** A tick's number, short. @param {number} value */
const write = (value) => {
  const size = Math.abs(value);
  return (size !== 0 && (size >= 1e5 || size < 1e-4) ? value.toExponential(1) : String(Number(value.toPrecision(6)))).replace('-', '−');
};

/** Room between the numbers along an edge. */
const EVERY = { across: 54, up: 54 };

/**
 * @param {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} context @param {number} width @param {number} height @param {import('./palette.js').Palette} colours
 * @param {ArrayLike<number>} range what is shown @param {string} across @param {string} up names, cut where they are too long, none where empty @param {{low?: number, high?: number}} [only] the part of the axis up that has numbers
 */
export function axes(context, width, height, colours, range, across, up, { low = -Infinity, high = Infinity } = {}) {
  context.font = font();
  context.lineJoin = 'round';
  context.textBaseline = 'alphabetic';
  const put = (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y) => {
    context.lineWidth = 3.5;
    context.strokeStyle = colours.paper;
    context.globalAlpha = 0.85;
    context.strokeText(text, x, y);
    context.globalAlpha = 1;
    context.fillStyle = colours.ink;
    context.fillText(text, x, y);
  };
  const nick = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ dx, /** @type {number} */ dy) => {
    for (const [colour, line] of /** @type {[string, number][]} */ ([
      [colours.paper, 3],
      [colours.ink, 1],
    ])) {
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x + dx, y + dy);
      context.lineWidth = line;
      context.strokeStyle = colour;
      context.stroke();
    }
  };
  // Sizes are those of the type on a desk, and grow with it.
  const by = Math.max(1, scale());
  const name = cut(context, `${across} →`, width * 0.45);
  const end = width - 10 - context.measureText(name).width;
  context.textAlign = 'center';
  for (const value of ticks(range[0], range[1], width / (EVERY.across * by))) {
    const text = write(value);
    const x = ((value - range[0]) / (range[1] - range[0])) * width;
    const half = context.measureText(text).width / 2;
    if (x + half > end - 6 || x - half < 30 * by) continue;
    nick(x, height, 0, -4);
    put(text, x, height - 7);
  }
  context.textAlign = 'left';
  for (const value of ticks(range[2], range[3], height / (EVERY.up * by))) {
    const y = (1 - (value - range[2]) / (range[3] - range[2])) * height;
    if (value < low || value > high || y < 28 * by || y > height - 12 * by) continue;
    nick(0, y, 4, 0);
    put(write(value), 7, y + 4 * by);
  }
  if (up) put(cut(context, `↑ ${up}`, width * 0.7), 6, 4 + 12 * by);
  context.textAlign = 'right';
  put(name, width - 6, height - 7);
}

/** @param {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} context @param {string} text @param {number} most */
function cut(context, text, most) {
  if (context.measureText(text).width <= most) return text;
  const arrow = text.startsWith('↑') ? '' : ' →';
  let kept = arrow ? text.slice(0, -2) : text;
  while (kept.length > 3 && context.measureText(`${kept}…${arrow}`).width > most) kept = kept.slice(0, -1);
  return `${kept}…${arrow}`;
}
