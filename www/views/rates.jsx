/** The loss over the learning rate, whose axis is logarithmic: faint as measured, strong as smoothed. Takes numbers and knows no state. */
import { tick } from '../charts/numbers.js';
import { ticks } from '../charts/ranges.js';
import { Canvas } from './canvas.jsx';
import { font } from './font.js';
import { ruled } from './ruled.js';

/** The ends of the axis: powers of ten. */
const ENDS = [-6, 1];
/** Room around the plot, in pixels. */
const EDGE = 7;

/** @typedef {{rates: number[], losses: number[], smoothed: number[], proposed: number | null, now: number}} Shown `now` is the present rate */

/** @param {Shown & {label: string}} props */
export function RateLoss({ label, ...shown }) {
  return <Canvas label={label} draw={(context, width, height, colours) => draw(context, width, height, colours, shown)} />;
}

/** @param {CanvasRenderingContext2D} context @param {number} width @param {number} height @param {import('./palette.js').Palette} colours @param {Shown} shown */
function draw(context, width, height, colours, { rates, losses, smoothed, proposed, now }) {
  context.font = font();
  const line = parseInt(context.font, 10) || 12;
  // What it grew to in the end would flatten what matters: the axis ends a little above where it began.
  const first = smoothed[0] ?? 1;
  const low = Math.min(...smoothed, first);
  const high = Math.max(first, low + 1e-9) * 1.25 - 0.25 * low;
  const bottom = height - line - 8;
  const places = ticks(low, high, Math.max(1, Math.floor((bottom - EDGE) / (2.4 * line))));
  const left = Math.ceil(Math.max(...places.map((place) => context.measureText(tick(place)).width), 2 * line)) + 8;
  const px = (/** @type {number} */ rate) => left + ((Math.log10(rate) - ENDS[0]) / (ENDS[1] - ENDS[0])) * (width - left - EDGE);
  const py = (/** @type {number} */ loss) => Math.max(EDGE, bottom - ((loss - low) / (high - low)) * (bottom - EDGE - 4));

  ruled(context, places, py, left, width, colours);
  context.textAlign = 'center';
  for (let power = ENDS[0]; power <= ENDS[1]; power += 2)
    context.fillText(power === -6 ? '10⁻⁶' : tick(10 ** power), Math.min(px(10 ** power), width - 2 * line), height - 2);

  /** @param {number[]} values */
  const trace = (values) => {
    context.beginPath();
    values.forEach((value, at) => context.lineTo(px(rates[at]), py(value)));
    context.stroke();
  };
  context.save();
  context.beginPath();
  context.rect(left, 0, width - left, bottom);
  context.clip();
  context.strokeStyle = colours.classes[0];
  context.globalAlpha = 0.35;
  trace(losses);
  context.globalAlpha = 1;
  context.lineWidth = 2;
  trace(smoothed);
  context.restore();

  /** @param {number} rate @param {string} colour @param {number[]} dash */
  const upright = (rate, colour, dash) => {
    context.beginPath();
    context.moveTo(px(rate), EDGE);
    context.lineTo(px(rate), bottom);
    context.lineWidth = 1.5;
    context.strokeStyle = colour;
    context.setLineDash(dash);
    context.stroke();
    context.setLineDash([]);
  };
  if (now >= 10 ** ENDS[0] && now <= 10 ** ENDS[1]) upright(now, colours.muted, [3, 3]);
  if (!proposed) return;
  upright(proposed, colours.accent, []);
  const at = rates.findIndex((rate) => rate >= proposed);
  context.beginPath();
  context.arc(px(proposed), py(smoothed[at]), 4.5, 0, 7);
  context.fillStyle = colours.accent;
  context.fill();
}
