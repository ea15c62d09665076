/** The learning rate over updates as it is planned, with the update that the run is at. Takes columns of numbers and knows no state. */
import { tick } from '../charts/numbers.js';
import { ticks } from '../charts/ranges.js';
import { Canvas } from './canvas.jsx';
import { font } from './font.js';
import { ruled } from './ruled.js';

/** Room above the highest rate and right of the last update, in pixels. */
const EDGE = 7;
/** Points further apart than this are single updates: a rate stays until the next. */
const APART = 2.5;

/**
 * `updates` rise; `now` is where the run is and its rate there, null before there is one; `across` names what runs across.
 * @param {{updates: ArrayLike<number>, rates: ArrayLike<number>, now: {update: number, rate: number} | null, across: string, label: string}} props
 */
export function Schedule({ updates, rates, now, across, label }) {
  return (
    <Canvas label={label} draw={(context, width, height, colours) => draw(context, width, height, colours, updates, rates, now, across)} />
  );
}

/** @param {CanvasRenderingContext2D} context @param {number} width @param {number} height @param {import('./palette.js').Palette} colours @param {ArrayLike<number>} updates @param {ArrayLike<number>} rates @param {{update: number, rate: number} | null} now @param {string} across */
function draw(context, width, height, colours, updates, rates, now, across) {
  if (!updates.length) return;
  context.font = font();
  const line = parseInt(context.font, 10) || 12;
  const end = updates[updates.length - 1] || 1;
  let most = now?.rate ?? 0;
  for (let at = 0; at < rates.length; at++) most = Math.max(most, rates[at]);
  const high = top(most);
  const bottom = height - line - 8;
  const places = ticks(0, high, Math.max(1, Math.floor((bottom - EDGE) / (2.2 * line))));
  const left = Math.ceil(Math.max(...places.map((place) => context.measureText(tick(place)).width))) + 8;
  const px = (/** @type {number} */ update) => left + (update / end) * (width - left - EDGE);
  const py = (/** @type {number} */ rate) => bottom - (rate / high) * (bottom - EDGE);

  ruled(context, places, py, left, width, colours);
  context.textAlign = 'right';
  context.fillText(across, width, height - 2);
  const room = width - context.measureText(across).width - 8;
  context.textAlign = 'center';
  for (const place of ticks(0, end, Math.max(1, Math.floor((width - left) / (5 * line))))) {
    const text = tick(place);
    const half = context.measureText(text).width / 2;
    if (px(place) + half < room) context.fillText(text, Math.max(px(place), left), height - 2);
  }

  context.beginPath();
  for (let at = 0; at < updates.length; at++) {
    const [x, y] = [px(updates[at]), py(rates[at])];
    if (at && x - px(updates[at - 1]) > APART) context.lineTo(x, py(rates[at - 1]));
    context.lineTo(x, y);
  }
  context.strokeStyle = colours.accent;
  context.lineWidth = 2;
  context.lineJoin = 'round';
  context.stroke();

  if (!now || now.update > end) return;
  const x = px(now.update);
  context.beginPath();
  context.moveTo(x, EDGE);
  context.lineTo(x, bottom);
  context.lineWidth = 1;
  context.strokeStyle = colours.ink;
  context.stroke();
  context.beginPath();
  context.arc(x, py(now.rate), 4.5, 0, 7);
  context.fillStyle = colours.ink;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = colours.paper;
  context.stroke();
}

/** The end of the axis: a round number at or above the highest rate. @param {number} most */
function top(most) {
  if (!(most > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(most) + 1e-9);
  return power * /** @type {number} */ ([1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((step) => step * power >= most * (1 - 1e-9)));
}
