/** What is known of single rows: what the model says of each, and which it gets wrong. Pure functions over the engine's arrays. */

/** @typedef {{targets: ArrayLike<number>, split: ArrayLike<number>, task: string, classes: string[]}} Points */

/** The greatest of the `outputs` numbers of a row or a cell. @param {ArrayLike<number>} values @param {number} outputs @param {number} at */
export function greatest(values, outputs, at) {
  let best = 0;
  for (let k = 1; k < outputs; k++) if (values[at * outputs + k] > values[at * outputs + best]) best = k;
  return best;
}

/** 1 for each row whose class is not the model's answer; null where rows have no classes or no prediction came yet. @param {Points} points @param {ArrayLike<number> | null} predictions @param {number} outputs */
export function wrongRows(points, predictions, outputs) {
  const count = points.targets.length;
  if (points.task === 'regression' || !predictions || predictions.length !== count * outputs) return null;
  const wrong = new Uint8Array(count);
  for (let at = 0; at < count; at++) wrong[at] = greatest(predictions, outputs, at) === points.targets[at] ? 0 : 1;
  return wrong;
}

/** Rows of a part and how many of them are wrong. @param {Points} points @param {Uint8Array} wrong @param {number} part */
export function countWrong(points, wrong, part) {
  let [rows, missed] = [0, 0];
  for (let at = 0; at < wrong.length; at++) {
    if (points.split[at] !== part) continue;
    rows++;
    missed += wrong[at];
  }
  return { rows, wrong: missed };
}

/** The largest |target|, at which a field of numbers is fully coloured. @param {ArrayLike<number>} targets */
export function largest(targets) {
  let most = 1e-6;
  for (let at = 0; at < targets.length; at++) most = Math.max(most, Math.abs(targets[at]));
  return most;
}

/** Which nodes hang below `root`, itself included: 1 for each of them. @param {{split: {left: number, right: number} | null}[]} nodes @param {number} root */
export function subtree(nodes, root) {
  const inside = new Uint8Array(nodes.length);
  const open = nodes[root] ? [root] : [];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    inside[at] = 1;
    const { split } = nodes[at];
    if (split) open.push(split.left, split.right);
  }
  return inside;
}

/** The cell of the map in which a place lies, −1 outside of what the engine drew; a map over one column has one line of cells. @param {{map: ArrayLike<number> | null, map_range: ArrayLike<number>, outputs: number}} run @param {number} x @param {number | null} y null over one column */
export function cellAt(run, x, y) {
  if (!run.map) return -1;
  const cells = run.map.length / run.outputs;
  const side = y === null ? cells : Math.round(Math.sqrt(cells));
  const { 0: x0, 1: x1, 2: y0, 3: y1 } = run.map_range;
  const column = Math.floor(((x - x0) / (x1 - x0)) * side);
  const row = y === null ? 0 : Math.floor(((y1 - y) / (y1 - y0)) * side);
  return column < 0 || column >= side || row < 0 || row >= side ? -1 : row * side + column;
}
