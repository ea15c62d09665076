/** How far above the lowest value each racer is, update by update, on a log scale: a small chart without a library, drawn sixty times a second. */
import { ahead, logTicks, ticks } from '../../charts/ranges.js';
import { useLook } from '../../charts/look.js';
import { count } from '../../format.js';
import { Canvas } from '../canvas.jsx';

/** @typedef {import('../palette.js').Palette} Palette */
/** @typedef {{x: ArrayLike<number> | null, y: ArrayLike<number>, until: number, colour: string, chosen: boolean}} Line `x` null for 0, 1, 2…; `until` the last place shown */

const ROOM = { left: 46, right: 10, top: 16, bottom: 30 };
/** Places a line is drawn through at most, the extremes of what lies between them. */
const PLACES = 800;

/** @param {{label: string, lines: (colours: Palette) => Line[], floor: number, finish: number, end: number, across: string, up: string, line: string}} props `end` of the axis across, `line` is what the finish line is called */
export function Fall({ label, lines, floor, finish, end, across, up, line: called }) {
  const look = useLook();
  /** @param {CanvasRenderingContext2D} context @param {number} width @param {number} height @param {Palette} colours */
  const draw = (context, width, height, colours) => {
    const all = lines(colours);
    let high = finish * 10;
    for (const { y } of all) high = Math.max(high, Math.min(1e12, y[0] - floor));
    const [low, top] = [finish / 3, high * 2];
    const most = ahead(Math.max(1, end), 1);
    const px = (/** @type {number} */ x) => ROOM.left + (x / most) * (width - ROOM.left - ROOM.right);
    const py = (/** @type {number} */ y) =>
      ROOM.top + (Math.log(top / Math.min(top, Math.max(low, y))) / Math.log(top / low)) * (height - ROOM.top - ROOM.bottom);
    context.font = `${look.font}px system-ui, sans-serif`;
    context.fillStyle = colours.muted;
    context.strokeStyle = colours.line;
    context.lineWidth = 1;
    context.textBaseline = 'middle';
    context.textAlign = 'right';
    for (const value of logTicks(low, top, (height - ROOM.top - ROOM.bottom) / 40)) {
      context.beginPath();
      context.moveTo(ROOM.left, py(value));
      context.lineTo(width - ROOM.right, py(value));
      context.stroke();
      context.fillText(value >= 1e-3 && value < 1e4 ? String(value) : value.toExponential(0).replace('e+', 'e'), ROOM.left - 6, py(value));
    }
    context.textBaseline = 'alphabetic';
    context.textAlign = 'center';
    const name = `${across} →`;
    const from = width - ROOM.right - context.measureText(name).width - 12;
    for (const value of ticks(0, most, width / 70)) if (px(value) < from) context.fillText(count(value), px(value), height - 10);
    context.textAlign = 'right';
    context.fillText(name, width - ROOM.right, height - 10);
    context.textAlign = 'left';
    context.fillText(`↑ ${up}`, 2, 11);
    context.setLineDash([5, 4]);
    context.strokeStyle = colours.ink;
    context.beginPath();
    context.moveTo(ROOM.left, py(finish));
    context.lineTo(width - ROOM.right, py(finish));
    context.stroke();
    context.setLineDash([]);
    context.textAlign = 'right';
    context.fillStyle = colours.ink;
    context.fillText(called, width - ROOM.right, py(finish) - 5);
    for (const line of all) {
      context.beginPath();
      trace(context, line, floor, px, py);
      context.lineJoin = 'round';
      context.lineWidth = look.width * (line.chosen ? 1.5 : 1);
      context.strokeStyle = line.colour;
      context.stroke();
    }
  };
  return <Canvas label={label} draw={draw} />;
}

/** @param {CanvasRenderingContext2D} context @param {Line} line @param {number} floor @param {(x: number) => number} px @param {(y: number) => number} py */
function trace(context, { x, y, until }, floor, px, py) {
  const last = Math.min(until, y.length - 1);
  const every = Math.max(1, Math.ceil(last / PLACES));
  for (let at = 0; at <= last; at += every) {
    let [low, high] = [Infinity, -Infinity];
    const end = Math.min(last, at + every - 1);
    for (let inner = at; inner <= end; inner++) {
      const value = Number.isFinite(y[inner]) ? y[inner] - floor : 1e12;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    context.lineTo(px(x ? x[at] : at), py(high));
    if (end > at) context.lineTo(px(x ? x[end] : end), py(low));
  }
}
