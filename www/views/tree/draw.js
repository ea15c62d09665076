/** The tree as a picture: edges as wide as the rows that take them, answers in their class's shape and colour, questions where there is room. */
import { font } from '../font.js';
import { mark } from '../marks.js';
import { fieldColour, pointColour } from '../palette.js';
import { radiusOf } from './layout.js';

/** @typedef {import('./layout.js').Node} Node */
/** @typedef {import('./layout.js').Layout} Layout */
/** @typedef {import('../palette.js').Palette} Palette */

/** Widths of edges that look different. */
const LEVELS = 8;

/** @param {Path2D} path @param {Layout} layout @param {number} from @param {number} to */
function edge(path, { x, y }, from, to) {
  const middle = (y[from] + y[to]) / 2;
  path.moveTo(x[from], y[from]);
  path.bezierCurveTo(x[from], middle, x[to], middle, x[to], y[to]);
}

/** @param {CanvasRenderingContext2D} context @param {Layout} layout @param {Node[]} nodes @param {Palette} colours @param {number[]} path */
export function drawEdges(context, layout, nodes, colours, path) {
  const level = (/** @type {number} */ at) => Math.min(LEVELS - 1, Math.floor((nodes[at].rows / nodes[0].rows) * LEVELS));
  const wide = (/** @type {number} */ step) => 1 + (8 * (step + 0.3)) / LEVELS;
  /** @type {Path2D[]} */
  const paths = [];
  nodes.forEach(({ split }, at) => {
    for (const child of split ? [split.left, split.right] : []) edge((paths[level(child)] ??= new Path2D()), layout, at, child);
  });
  context.strokeStyle = colours.line;
  paths.forEach((one, step) => {
    context.lineWidth = wide(step);
    context.stroke(one);
  });
  context.strokeStyle = colours.accent;
  for (let at = 1; at < path.length; at++) {
    const one = new Path2D();
    edge(one, layout, path[at - 1], path[at]);
    context.lineWidth = Math.max(2.5, wide(level(path[at])));
    context.stroke(one);
  }
}

/** The colour of a node's answer. @param {Palette} colours @param {Node} node @param {number} classes 0 for numbers @param {number} largest of the answers, to scale by */
export const answerColour = (colours, node, classes, largest) =>
  classes ? pointColour(colours, bestOf(node), classes) : `rgb(${fieldColour(colours, node.value[0] / largest)})`;

/** @param {Node} node */
export const bestOf = ({ value }) => value.indexOf(Math.max(...value));

/** @param {CanvasRenderingContext2D} context @param {Layout} layout @param {Node[]} nodes @param {Palette} colours @param {number} classes @param {number[]} path */
export function drawNodes(context, layout, nodes, colours, classes, path) {
  const { x, y } = layout;
  const largest = nodes.reduce((most, { value }) => Math.max(most, Math.abs(value[0])), 1e-6);
  const asks = new Path2D();
  nodes.forEach((node, at) => {
    const r = radiusOf(layout, nodes, at);
    if (node.split) {
      asks.moveTo(x[at] + r, y[at]);
      asks.arc(x[at], y[at], r, 0, 7);
    } else
      mark(context, {
        part: 'train',
        shape: classes ? bestOf(node) : 0,
        x: x[at],
        y: y[at],
        r,
        colour: answerColour(colours, node, classes, largest),
        colours,
      });
  });
  context.fillStyle = colours.paper;
  context.fill(asks);
  context.lineWidth = 2;
  context.strokeStyle = colours.muted;
  context.stroke(asks);
  path.forEach((at, step) => {
    const last = step === path.length - 1;
    context.beginPath();
    context.arc(x[at], y[at], radiusOf(layout, nodes, at) + (last ? 4 : 0), 0, 7);
    context.lineWidth = last ? 3 : 2.5;
    context.strokeStyle = colours.accent;
    context.stroke();
  });
}

/** Writes what was found room for. @param {CanvasRenderingContext2D} context @param {import('./layout.js').Label[]} labels @param {Palette} colours */
export function drawLabels(context, labels, colours) {
  context.font = font();
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.strokeStyle = colours.paper;
  context.textAlign = 'left';
  for (const { text, left, base, faint } of labels) {
    context.strokeText(text, left, base);
    context.fillStyle = faint ? colours.muted : colours.ink;
    context.fillText(text, left, base);
  }
}
