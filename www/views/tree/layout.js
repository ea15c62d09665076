/** Where the nodes of a drawn tree stand, and how one walks over them: pure, computed once a shape and size. */

/** @typedef {import('../../boundary').NodeView} Node */
/** @typedef {{x: number[], y: number[], parent: number[], width: number, height: number, room: number}} Layout `room` is the width that a leaf has */

const TOP = 18;
/** Room under the deepest nodes for a question. */
const BOTTOM = 26;

/** @param {Node[]} nodes @param {number} width @param {number} height @returns {Layout} */
export function layoutOf(nodes, width, height) {
  /** @type {number[]} */
  const column = [];
  /** @type {number[]} */
  const parent = nodes.map(() => -1);
  let [leaves, depth] = [0, 1];
  /** @param {number} at @returns {number} */
  const place = (at) => {
    const { split, depth: deep } = nodes[at];
    depth = Math.max(depth, deep);
    if (!split) return (column[at] = leaves++);
    parent[split.left] = parent[split.right] = at;
    return (column[at] = (place(split.left) + place(split.right)) / 2);
  };
  if (nodes.length) place(0);
  const room = width / Math.max(1, leaves);
  return {
    x: column.map((value) => (value + 0.5) * room),
    y: nodes.map((node) => TOP + (node.depth / depth) * (height - TOP - BOTTOM)),
    parent,
    width,
    height,
    room,
  };
}

/** A node's radius: its area tells how many rows it has. @param {Layout} layout @param {Node[]} nodes @param {number} at */
export const radiusOf = ({ room }, nodes, at) =>
  Math.max(Math.min(3.5, room * 0.6), Math.min(10, room * 0.6, 10 * Math.sqrt(nodes[at].rows / nodes[0].rows)));

/** @typedef {{text: string, left: number, base: number, faint: boolean}} Label */

/**
 * The questions that there is room for, those of the first nodes first: over no other and over no node.
 * @param {Layout} layout @param {Node[]} nodes @param {(at: number) => string} question @param {[string, string]} answers what the two ways from the root are called @param {(text: string) => number} measure
 */
export function labelsFor(layout, nodes, question, answers, measure) {
  const { x, y } = layout;
  /** @type {(Label & {right: number})[]} */
  const labels = [];
  const write = (
    /** @type {string} */ text,
    /** @type {number} */ middle,
    /** @type {number} */ base,
    /** @type {number} */ own,
    faint = false,
  ) => {
    const size = measure(text);
    const left = Math.max(0, Math.min(layout.width - size, middle - size / 2));
    const right = left + size;
    if (labels.some((other) => Math.abs(other.base - base) < 16 && left < other.right + 6 && right > other.left - 6)) return;
    if (x.some((at, node) => node !== own && at > left - 3 && at < right + 3 && y[node] > base - 13 && y[node] < base + 5)) return;
    labels.push({ text, left, right, base, faint });
  };
  const order = nodes
    .map((_, at) => at)
    .filter((at) => nodes[at].split)
    .sort((a, b) => nodes[a].depth - nodes[b].depth);
  for (const at of order) {
    write(question(at), x[at], y[at] + radiusOf(layout, nodes, at) + 13, at);
    const { split } = nodes[at];
    if (at || !split) continue;
    [split.left, split.right].forEach((child, which) =>
      write(answers[which], (x[0] + 2 * x[child]) / 3, (y[0] + y[child]) / 2 - 4, child, true),
    );
  }
  return labels;
}

/** The node nearest to a place, null where none is near. @param {Layout} layout @param {number} x @param {number} y @param {number} reach */
export function nodeAt(layout, x, y, reach) {
  let [best, least] = [-1, reach * reach];
  for (let at = 0; at < layout.x.length; at++) {
    const far = (layout.x[at] - x) ** 2 + (layout.y[at] - y) ** 2;
    if (far < least) [best, least] = [at, far];
  }
  return best < 0 ? null : best;
}

/** A readout's size, about. */
const READOUT = { width: 210, height: 150 };

/** The corner that hides least: the fewest nodes, never the one that is told of while another is free. @param {Layout} layout @param {number} node */
export function cornerFor({ x, y, width, height }, node) {
  const corners = [
    [true, true],
    [false, true],
    [true, false],
    [false, false],
  ].map(([right, low]) => {
    const covers = (/** @type {number} */ at) =>
      (right ? x[at] > width - READOUT.width : x[at] < READOUT.width) && (low ? y[at] > height - READOUT.height : y[at] < READOUT.height);
    const hidden = x.reduce((count, _, at) => count + (covers(at) ? 1 : 0), 0);
    return { right, low, cost: hidden + (covers(node) ? x.length : 0) };
  });
  return corners.reduce((best, corner) => (corner.cost < best.cost ? corner : best));
}

/** From the root to a node. @param {Layout} layout @param {number} node */
export function pathTo({ parent }, node) {
  const path = [];
  for (let at = node; at >= 0; at = parent[at]) path.unshift(at);
  return path;
}

/** Where an arrow leads: up to the question before, down to the answer “yes”, sideways over the same depth. @param {Layout} layout @param {Node[]} nodes @param {number} from @param {string} key @returns {number | null} */
export function walk(layout, nodes, from, key) {
  if (key === 'Home') return 0;
  if (key === 'ArrowUp') return Math.max(0, layout.parent[from]);
  if (key === 'ArrowDown') return nodes[from].split?.left ?? from;
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null;
  const sign = key === 'ArrowLeft' ? -1 : 1;
  let [best, least] = [from, Infinity];
  nodes.forEach(({ depth }, at) => {
    const far = (layout.x[at] - layout.x[from]) * sign;
    if (depth === nodes[from].depth && far > 0 && far < least) [best, least] = [at, far];
  });
  return best;
}
