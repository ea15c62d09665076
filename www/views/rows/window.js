/** One window of a series, large: the values that the model sees, the one that came, and the one it forecasts. */
import { axes } from '../axes.js';
import { mark } from '../marks.js';
import { classColour } from '../palette.js';
import { horizon, stepsOf, timeOf } from './series.js';

/** @typedef {import('../../state.js').Points} Points */

/** @typedef {import('../palette.js').Palette} Palette */

/** @param {CanvasRenderingContext2D} context @param {number} width @param {number} height @param {Palette} colours @param {Points} points @param {number} row @param {{forecast: number | null, low: number, high: number, part: import('../marks.js').PartName, names: {across: string, up: string}}} look */
export function drawWindow(context, width, height, colours, points, row, { forecast, low, high, part, names }) {
  const steps = stepsOf(points);
  const ahead = horizon(points);
  const from = timeOf(points, row) - ahead - steps + 1;
  const [first, last] = [from - 0.5, from + steps - 1 + ahead + 1.5];
  const px = (/** @type {number} */ step) => ((from + step - first) / (last - first)) * width;
  const py = (/** @type {number} */ value) => ((high - value) / (high - low)) * height;
  context.fillStyle = `rgb(${colours.middle})`;
  context.fillRect(0, 0, width, height);
  context.beginPath();
  for (let step = 0; step < steps; step++) context.lineTo(px(step), py(points.inputs[row * steps + step]));
  context.lineWidth = 2;
  context.lineJoin = 'round';
  context.strokeStyle = colours.ink;
  context.stroke();
  context.fillStyle = colours.ink;
  for (let step = 0; step < steps; step++) {
    context.beginPath();
    context.arc(px(step), py(points.inputs[row * steps + step]), 2, 0, 7);
    context.fill();
  }
  const x = px(steps - 1 + ahead);
  if (forecast !== null) {
    context.beginPath();
    context.moveTo(px(steps - 1), py(points.inputs[row * steps + steps - 1]));
    context.lineTo(x, py(forecast));
    context.setLineDash([4, 3]);
    context.lineWidth = 2;
    context.strokeStyle = classColour(colours, 1);
    context.stroke();
    context.setLineDash([]);
  }
  mark(context, { part, shape: 0, x, y: py(points.targets[row]), r: 4.5, colour: colours.ink, colours });
  if (forecast !== null) mark(context, { part: 'train', shape: 3, x, y: py(forecast), r: 4.5, colour: classColour(colours, 1), colours });
  axes(context, width, height, colours, [first, last, low, high], names.across, names.up);
}
