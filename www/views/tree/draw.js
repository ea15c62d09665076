/** The tree as a picture: edges as wide as the rows that take them, answers in their class's shape and colour, questions where there is room. */
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
export const answerColour = (colours, node, classes, largest) => (classes ? pointColour(colours, bestOf(node), classes) : `rgb(${fieldColour(colours, node.value[0] / largest)})`);

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
    } else mark(context, { part: 'train', shape: classes ? bestOf(node) : 0, x: x[at], y: y[at], r, colour: answerColour(colours, node, classes, largest), colours });
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

/** @type {Map<string, number>} */
const widths = new Map();
/** @param {CanvasRenderingContext2D} context @param {string} text */
function widthOf(context, text) {
  if (widths.size > 5000) widths.clear();
  const known = widths.get(text);
  if (known !== undefined) return known;
  const { width } = context.measureText(text);
  widths.set(text, width);
  return width;
}

/** Writes the questions, the first ones first, wherever there is room. @param {CanvasRenderingContext2D} context @param {Layout} layout @param {Node[]} nodes @param {Palette} colours @param {(at: number) => string} question @param {[string, string]} answers what the two ways from the root are called */
export function drawQuestions(context, layout, nodes, colours, question, answers) {
  context.font = '12px system-ui, sans-serif';
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.strokeStyle = colours.paper;
  /** @type {[number, number, number][]} */
  const taken = [];
  const write = (/** @type {string} */ text, /** @type {number} */ middle, /** @type {number} */ base, /** @type {string} */ colour) => {
    const size = widthOf(context, text);
    const left = Math.max(0, Math.min(layout.width - size, middle - size / 2));
    if (taken.some(([from, to, line]) => Math.abs(line - base) < 16 && left < to + 6 && left + size > from - 6)) return;
    taken.push([left, left + size, base]);
    context.strokeText(text, left, base);
    context.fillStyle = colour;
    context.fillText(text, left, base);
  };
  context.textAlign = 'left';
  const { x, y } = layout;
  const order = nodes.map((_, at) => at).filter((at) => nodes[at].split).sort((a, b) => nodes[a].depth - nodes[b].depth);
  for (const at of order) {
    const base = y[at] + radiusOf(layout, nodes, at) + 13;
    write(question(at), x[at], base, colours.ink);
    const { split } = nodes[at];
    if (at || !split) continue;
    for (const [child, text] of /** @type {[number, string][]} */ ([[split.left, answers[0]], [split.right, answers[1]]])) {
      const middle = (y[0] + y[child]) / 2;
      write(text, (x[0] + 2 * x[child]) / 3, middle - 4, colours.muted);
    }
  }
}
