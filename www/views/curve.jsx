/** A fit over one column: the rows and the model's line; for classes one line a class probability. */
import { axes } from './axes.js';
import { Canvas } from './canvas.jsx';
import { PARTS, mark } from './marks.js';
import { classColour } from './palette.js';

/** @param {{run: any, points: any, label: string}} props */
export function Curve({ run, points, label }) {
  return (
    <Canvas label={label} draw={(context, width, height, colours) => {
      if (!run.map) return;
      const { outputs } = run;
      const [x0, x1] = run.map_range;
      const numbers = points.task === 'regression';
      const values = numbers ? points.targets : [0, 1];
      const [low, high] = [Math.min(...values), Math.max(...values)];
      const room = (high - low) * 0.15 || 1;
      const px = (/** @type {number} */ x) => ((x - x0) / (x1 - x0)) * width;
      const py = (/** @type {number} */ y) => (1 - (y - low + room) / (high - low + 2 * room)) * height;
      for (let at = 0; at < points.targets.length; at++) {
        const target = points.targets[at];
        const [x, y] = [px(points.inputs[at]), py(numbers ? target : 0)];
        mark(context, { part: PARTS[points.split[at]], shape: numbers ? 0 : target, x, y, r: 3.5, colour: classColour(colours, numbers ? 0 : target), colours });
      }
      const side = run.map.length / outputs;
      for (let k = numbers ? 0 : outputs === 2 ? 1 : 0; k < outputs; k++) {
        context.beginPath();
        for (let at = 0; at < side; at++) {
          const x = ((at + 0.5) / side) * width;
          const y = py(run.map[at * outputs + k]);
          if (at) context.lineTo(x, y);
          else context.moveTo(x, y);
        }
        context.lineWidth = 3;
        context.strokeStyle = numbers ? classColour(colours, 1) : classColour(colours, k);
        context.stroke();
      }
      axes(context, width, height, colours, points.columns[0], numbers ? points.target : label);
    }} />
  );
}
