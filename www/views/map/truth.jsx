/** For more columns than a map has: what the model says of each row against what is true. Numbers lie along a diagonal, classes in a strip each. */
import { font } from '../font.js';
import { useRef } from 'preact/hooks';
import { axes } from '../axes.js';
import { PARTS } from '../marks.js';
import { classColour, pointColour } from '../palette.js';
import { jitter } from './jitter.js';
import { stamp } from './layer.js';
import { Plane } from './plane.jsx';
import { RING, radius, rim, ring } from './points.js';

/** @typedef {import('../../state.js').Points} Points */
/** @typedef {import('../../state.js').Run} Run */

/** @typedef {import('./plane.jsx').PlaneProps} PlaneProps */

/** Room for the numbers of the axis under the strips, as a share of the height. */
const FOOT = 0.09;
/** Probabilities that are named under the strips. */
const MARKS = [0, 0.25, 0.5, 0.75, 1];
/** Order of drawing: training rows on top. */
const ORDER = [2, 1, 0];

/** @param {Pick<PlaneProps, 'label' | 'summary' | 'misses' | 'read' | 'speak'> & {run: Run, points: Points, wrong: Uint8Array | null, shown: import('../map.jsx').Shown, names: {across: string, up: string}}} props `names` of the axes of numbers */
export function Truth({ run, points, wrong, shown, names, ...plane }) {
  const { targets, split } = points;
  const { outputs } = run;
  const numbers = points.task === 'regression';
  const classes = points.classes.length;
  const predictions = run.predictions?.length === targets.length * outputs ? run.predictions : null;
  const span = useRef({ points: /** @type {Points | null} */ (null), low: 0, high: 1 });
  if (numbers && span.current.points !== points) span.current = { points, ...spanOf(targets) };
  const { low, high } = span.current;
  /** @param {number} row @param {{fx: number, fy: number}} place */
  const put = (row, place) => {
    if (!predictions) return false;
    const target = targets[row];
    if (numbers) {
      place.fx = (target - low) / (high - low);
      place.fy = Math.max(0, Math.min(1, (high - predictions[row]) / (high - low)));
    } else {
      place.fx = 0.04 + 0.92 * predictions[row * outputs + target];
      place.fy = ((target + 0.5 + jitter(row) * 0.62) / classes) * (1 - FOOT);
    }
    return shown[PARTS[split[row]]];
  };
  const place = { fx: 0, fy: 0 };
  return (
    <Plane
      {...plane}
      wide={!numbers}
      of={points}
      count={targets.length}
      place={put}
      draw={(context, width, height, colours) => {
        const r = radius(width, targets.length);
        if (numbers) diagonal(context, width, height, colours);
        else strips(context, width, height * (1 - FOOT), classes, colours);
        if (numbers && shown.residuals && predictions) {
          context.beginPath();
          for (let row = 0; row < targets.length; row++) {
            if (!put(row, place)) continue;
            context.moveTo(place.fx * width, place.fy * height);
            context.lineTo(place.fx * width, (1 - place.fx) * height);
          }
          context.lineWidth = 1.2;
          context.strokeStyle = colours.muted;
          context.stroke();
        }
        if (shown.rings && wrong) {
          context.beginPath();
          for (let row = 0; row < targets.length; row++) {
            if (wrong[row] && put(row, place)) ring(context, place.fx * width, place.fy * height, r);
          }
          rim(context, colours, RING);
        }
        for (const part of ORDER) {
          for (let row = 0; row < targets.length; row++) {
            if (split[row] !== part || !put(row, place)) continue;
            const target = targets[row];
            stamp(context, {
              part: PARTS[part],
              shape: numbers ? 0 : target,
              x: place.fx * width,
              y: place.fy * height,
              r,
              colour: numbers ? classColour(colours, 0) : pointColour(colours, target, classes),
              colours,
            });
          }
        }
        if (numbers) axes(context, width, height, colours, [low, high, low, high], names.across, names.up);
        else words(context, width, height, points.classes, colours);
      }}
    />
  );
}

/** @param {ArrayLike<number>} targets */
function spanOf(targets) {
  let [low, high] = [Infinity, -Infinity];
  for (let at = 0; at < targets.length; at++) [low, high] = [Math.min(low, targets[at]), Math.max(high, targets[at])];
  const room = (high - low) * 0.1 || 1;
  return { low: low - room, high: high + room };
}

/** Where the model would be right. @param {CanvasRenderingContext2D} context @param {number} width @param {number} height @param {import('../palette.js').Palette} colours */
function diagonal(context, width, height, colours) {
  context.fillStyle = `rgb(${colours.middle})`;
  context.fillRect(0, 0, width, height);
  context.beginPath();
  context.moveTo(0, height);
  context.lineTo(width, 0);
  context.lineWidth = 2;
  context.strokeStyle = colours.accent;
  context.stroke();
}

/** A strip a class, with the middle marked. @param {CanvasRenderingContext2D} context @param {number} width @param {number} height @param {number} classes @param {import('../palette.js').Palette} colours */
function strips(context, width, height, classes, colours) {
  context.fillStyle = `rgb(${colours.middle})`;
  for (let at = 0; at < classes; at++) context.fillRect(0, (at / classes) * height + 1, width, height / classes - 2);
  context.beginPath();
  for (const value of MARKS) {
    context.moveTo((0.04 + 0.92 * value) * width, 0);
    context.lineTo((0.04 + 0.92 * value) * width, height);
  }
  context.lineWidth = 1;
  context.strokeStyle = colours.line;
  context.stroke();
}

/** Names of the classes in their strips, probabilities below. @param {CanvasRenderingContext2D} context @param {number} width @param {number} height @param {string[]} classes @param {import('../palette.js').Palette} colours */
function words(context, width, height, classes, colours) {
  context.font = font();
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
  context.lineWidth = 3.5;
  context.lineJoin = 'round';
  context.strokeStyle = colours.paper;
  context.fillStyle = colours.ink;
  classes.forEach((name, at) => {
    const y = (at / classes.length) * height * (1 - FOOT) + 15;
    context.strokeText(name.slice(0, 24), 8, y);
    context.fillText(name.slice(0, 24), 8, y);
  });
  context.textAlign = 'center';
  context.fillStyle = colours.muted;
  for (const value of MARKS) context.fillText(String(value), (0.04 + 0.92 * value) * width, height * (1 - FOOT) + 16);
}
