/** The decision map: what the model answers over the plane, with the rows it learns from, chooses by and is judged on. */
import { axes } from './axes.js';
import { Canvas } from './canvas.jsx';
import { answerMap, contour, signed } from './field.js';
import { PARTS, mark } from './marks.js';
import { fieldColour, pointColour } from './palette.js';

/** @typedef {import('./palette.js').Palette} Palette */

/** @param {{run: any, points: any, label: string}} props */
export function DecisionMap({ run, points, label }) {
  return <Canvas label={label} draw={(context, width, height, colours) => draw(context, width, height, colours, run, points)} />;
}

/** @param {CanvasRenderingContext2D} context @param {number} width @param {number} height @param {Palette} colours @param {any} run @param {any} points */
function draw(context, width, height, colours, run, points) {
  if (!run.map) return;
  const side = Math.round(Math.sqrt(run.map.length / run.outputs));
  const scale = points.task === 'regression' ? Math.max(...points.targets.map(Math.abs), 1e-6) : 1;
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  context.drawImage(answerMap(run.map, run.outputs, side, scale, colours), 0, 0, width, height);
  if (run.outputs <= 2) {
    context.save();
    context.scale(width / side, height / side);
    context.lineWidth = (2 * side) / width;
    context.strokeStyle = colours.ink;
    context.globalAlpha = 0.75;
    context.stroke(contour(signed(run.map, run.outputs, scale), side, 0));
    context.restore();
  }
  marks(context, width, height, colours, run, points, scale);
  axes(context, width, height, colours, points.columns[0], points.columns[1]);
}

/** Test rows lie below validation rows, training rows on top: they are what the model has seen. */
const ORDER = [2, 1, 0];

/** @param {CanvasRenderingContext2D} context @param {number} width @param {number} height @param {Palette} colours @param {any} run @param {any} points @param {number} scale */
function marks(context, width, height, colours, run, points, scale) {
  const [x0, x1, y0, y1] = run.map_range;
  const count = points.targets.length;
  const r = Math.max(2, Math.min(4.5, (width / 4.5) / Math.sqrt(count)));
  const numbers = points.task === 'regression';
  const classes = points.classes.length;
  for (const split of ORDER) {
    for (let at = 0; at < count; at++) {
      if (points.split[at] !== split) continue;
      const target = points.targets[at];
      const x = ((points.inputs[2 * at] - x0) / (x1 - x0)) * width;
      const y = (1 - (points.inputs[2 * at + 1] - y0) / (y1 - y0)) * height;
      const colour = numbers ? `rgb(${fieldColour(colours, target / scale)})` : pointColour(colours, target, classes);
      mark(context, { part: PARTS[split], shape: numbers ? 0 : target, x, y, r, colour, colours });
    }
  }
}
