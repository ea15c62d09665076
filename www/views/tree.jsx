/** The tree as it grows: questions above, answers below, width of an edge by the rows that take it. */
import { Canvas } from './canvas.jsx';
import { fieldColour, pointColour } from './palette.js';

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
      const radius = (/** @type {number} */ at) => Math.max(3, 9 * Math.sqrt(nodes[at].rows / nodes[0].rows));
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
      nodes.forEach((/** @type {any} */ node, /** @type {number} */ at) => {
        const best = node.value.indexOf(Math.max(...node.value));
        const colour = points.task === 'regression' ? `rgb(${fieldColour(colours, node.value[0] / top)})` : pointColour(colours, best, points.classes.length);
        const r = radius(at);
        context.beginPath();
        context.arc(x(at), y(at), r, 0, 7);
        context.fillStyle = node.split ? colours.paper : colour;
        context.fill();
        context.lineWidth = node.split ? 2 : 1;
        context.strokeStyle = node.split ? colours.muted : colours.ink;
        context.stroke();
      });
      questions(context, nodes, run.features, x, (at) => y(at) + radius(at) + 13, width, colours);
    }} />
  );
}

/** Writes the questions, the first ones first, wherever there is room. @param {CanvasRenderingContext2D} context @param {any[]} nodes @param {string[]} features @param {(at: number) => number} x @param {(at: number) => number} y @param {number} width @param {import('./palette.js').Palette} colours */
function questions(context, nodes, features, x, y, width, colours) {
  context.font = '12px system-ui, sans-serif';
  context.textAlign = 'left';
  context.lineWidth = 4;
  context.lineJoin = 'round';
  /** @type {[number, number, number][]} */
  const taken = [];
  const order = nodes.map((_, at) => at).filter((at) => nodes[at].split).sort((a, b) => nodes[a].depth - nodes[b].depth);
  for (const at of order) {
    const { feature, threshold } = nodes[at].split;
    const text = `${features[feature]} ≤ ${Number(threshold.toPrecision(3))}`;
    const size = context.measureText(text).width;
    const left = Math.max(0, Math.min(width - size, x(at) - size / 2));
    const [right, base] = [left + size, y(at)];
    if (taken.some(([from, to, line]) => Math.abs(line - base) < 16 && left < to + 6 && right > from - 6)) continue;
    taken.push([left, right, base]);
    context.strokeStyle = colours.paper;
    context.strokeText(text, left, base);
    context.fillStyle = colours.ink;
    context.fillText(text, left, base);
  }
}
