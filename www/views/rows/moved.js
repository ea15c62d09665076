/** Points as they are, faint, and where they went, solid: on their first two features, or on the one there is and the target. */
import { axes } from '../axes.js';
import { mark } from '../marks.js';
import { fieldColour, pointColour } from '../palette.js';
import { largest } from '../map/rows.js';

/** @typedef {import('../palette.js').Palette} Palette */
/** @typedef {import('../../boundary').Augmented} Moved */

/** Numbers of a row. @param {Moved} moved */
const unitsOf = ({ shape }) => ('units' in shape ? shape.units : 1);

/** Room around the points, as a share of theirs. */
const ROOM = 0.08;
/** Half the size of a mark; and of the faint point from where it came. */
const [SIZE, FAINT] = [3.2, 2.2];

/** @param {CanvasRenderingContext2D} context @param {number} width @param {number} height @param {Palette} colours @param {Moved} moved @param {{across: string, up: string}} names */
export function drawMoved(context, width, height, colours, moved, names) {
  const { rows, answers, targets } = moved;
  const flat = unitsOf(moved) === 1;
  const was = (/** @type {number} */ row) => place(moved.before, targets, row, unitsOf(moved), flat);
  const is = (/** @type {number} */ row) => place(moved.after, answers, row, unitsOf(moved), flat);
  const all = [...Array.from(targets, (_, row) => was(row)), ...Array.from(answers, (_, row) => is(row))];
  const [x0, x1] = roomy(all.map(([x]) => x));
  const [y0, y1] = roomy(all.map(([, y]) => y));
  const onto = (/** @type {[number, number]} */ [x, y]) =>
    /** @type {[number, number]} */ ([((x - x0) / (x1 - x0)) * width, ((y1 - y) / (y1 - y0)) * height]);
  const scale = largest(targets);
  const classOf = (/** @type {number} */ row) => (moved.shares[row] < 0.5 ? moved.others[row] : answers[row]);

  context.fillStyle = `rgb(${colours.middle})`;
  context.fillRect(0, 0, width, height);
  for (let row = 0; row < rows; row++) {
    const [[fromX, fromY], [toX, toY]] = [onto(was(row)), onto(is(row))];
    context.globalAlpha = 0.35;
    context.fillStyle = context.strokeStyle = tint(moved, colours, targets[row], scale);
    context.beginPath();
    context.arc(fromX, fromY, FAINT, 0, 7);
    context.fill();
    context.beginPath();
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
    context.lineWidth = 1;
    context.stroke();
  }
  context.globalAlpha = 1;
  for (let row = 0; row < answers.length; row++) {
    const [x, y] = onto(is(row));
    const own = tint(moved, colours, answers[row], scale);
    const colour = moved.shares.length ? between(tint(moved, colours, moved.others[row], scale), own, moved.shares[row]) : own;
    mark(context, { part: row < rows ? 'train' : 'test', shape: moved.classes.length ? classOf(row) : 0, x, y, r: SIZE, colour, colours });
  }
  axes(context, width, height, colours, [x0, x1, y0, y1], names.across, names.up);
}

/** @param {Float32Array} inputs @param {Float32Array} targets @param {number} row @param {number} units @param {boolean} flat @returns {[number, number]} */
const place = (inputs, targets, row, units, flat) => [inputs[row * units], flat ? targets[row] : inputs[row * units + 1]];

/** @param {number[]} values @returns {[number, number]} */
function roomy(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || 1) * ROOM;
  return [low - room, high + room];
}

/** @param {Moved} moved @param {Palette} colours @param {number} target @param {number} scale */
const tint = (moved, colours, target, scale) =>
  moved.classes.length ? pointColour(colours, target, moved.classes.length) : `rgb(${fieldColour(colours, target / scale)})`;

/** @param {string} colour */
const channels = (colour) =>
  colour.startsWith('#')
    ? [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16))
    : /** @type {string[]} */ (colour.match(/[\d.]+/g)).map(Number);

/** A mixture of two colours. @param {string} from @param {string} to @param {number} share */
function between(from, to, share) {
  const [start, end] = [channels(from), channels(to)];
  return `rgb(${start.map((value, at) => Math.round(value + (end[at] - value) * share))})`;
}
