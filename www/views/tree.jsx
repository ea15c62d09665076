/** The tree as it grows: questions above, answers below, width of an edge by the rows that take it. */
import { Canvas } from './canvas.jsx';
import { classColour, fieldColour } from './palette.js';

/** @param {{run: any, points: any, label: string}} props */
export function Tree({ run, points, label }) {
  return (
    <Canvas label={label} draw={(context, width, height, colours) => {
      const { nodes } = run.view;
      if (!nodes.length) return;
      const depth = Math.max(...nodes.map((/** @type {any} */ node) => node.depth));
      /** @type {number[]} */
      const column = [];
      let leaves = 0;
      /** @param {number} at @returns {number} */
      const place = (at) => {
        const { split } = nodes[at];
        column[at] = split ? (place(split.left) + place(split.right)) / 2 : leaves++;
        return column[at];
      };
      place(0);
      const x = (/** @type {number} */ at) => ((column[at] + 0.5) / leaves) * width;
      const y = (/** @type {number} */ at) => 18 + (nodes[at].depth / Math.max(1, depth)) * (height - 40);
      const top = Math.max(...nodes.map((/** @type {any} */ node) => Math.abs(node.value[0])), 1e-6);
      nodes.forEach((/** @type {any} */ node, /** @type {number} */ at) => {
        for (const child of node.split ? [node.split.left, node.split.right] : []) {
          context.beginPath();
          context.moveTo(x(at), y(at));
          context.lineTo(x(child), y(child));
          context.lineWidth = 1 + 7 * (nodes[child].rows / nodes[0].rows);
          context.strokeStyle = colours.line;
          context.stroke();
        }
      });
      context.font = '12px system-ui, sans-serif';
      context.textAlign = 'center';
      nodes.forEach((/** @type {any} */ node, /** @type {number} */ at) => {
        const best = node.value.indexOf(Math.max(...node.value));
        const two = points.classes.length === 2;
        const colour = points.task === 'regression' ? `rgb(${fieldColour(colours, node.value[0] / top)})` : two ? `rgb(${best ? colours.high : colours.low})` : classColour(colours, best);
        const r = Math.max(3, 9 * Math.sqrt(node.rows / nodes[0].rows));
        context.beginPath();
        context.arc(x(at), y(at), r, 0, 7);
        context.fillStyle = node.split ? colours.paper : colour;
        context.fill();
        context.lineWidth = 2;
        context.strokeStyle = colour;
        context.stroke();
        if (node.split && node.depth < 3) {
          context.fillStyle = colours.ink;
          context.fillText(`${run.features[node.split.feature]} ≤ ${node.split.threshold.toFixed(2)}`, x(at), y(at) + r + 13);
        }
      });
    }} />
  );
}
