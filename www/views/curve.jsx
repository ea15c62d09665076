/** A fit over one column: the rows and the model's line; for classes one line a class probability. */
import { Canvas } from './canvas.jsx';
import { trace } from './marks.js';
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
        trace(context, numbers ? 0 : points.targets[at] % 5, px(points.inputs[at]), py(numbers ? points.targets[at] : 0), 3);
        context.fillStyle = points.split[at] === 0 ? classColour(colours, numbers ? 0 : points.targets[at]) : colours.paper;
        context.fill();
        context.strokeStyle = classColour(colours, numbers ? 0 : points.targets[at]);
        context.stroke();
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
    }} />
  );
}
