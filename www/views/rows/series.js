/** A series put together again from its windows, and where each of them forecasts. Pure functions over the engine's rows. */

/** @typedef {{inputs: ArrayLike<number>, targets: ArrayLike<number>, split: ArrayLike<number>, places: ArrayLike<number>, shape: import('../../boundary').Shape, target: string}} Points */

/** Steps of a window. @param {Points} points */
export const stepsOf = ({ shape }) => ('steps' in shape ? shape.steps : 1);

/** Steps that the target lies ahead: its name is "t+3". @param {Points} points */
export const horizon = ({ target }) => Number(/\+(\d+)$/.exec(target)?.[1] ?? 1);

/** The time of what a row forecasts; the first value of the first window is at 0. @param {Points} points @param {number} row */
export const timeOf = (points, row) => points.places[row] + stepsOf(points) - 1 + horizon(points);

/** Values by time as the windows of the rows that `counts` have them, NaN where none does. @param {Points} points @param {(row: number) => boolean} counts */
export function valuesOf(points, counts) {
  const { inputs, targets, places } = points;
  const steps = stepsOf(points);
  const rows = targets.length;
  const values = new Float32Array(rows ? timeOf(points, rows - 1) + 1 : 0).fill(NaN);
  for (let row = 0; row < rows; row++) {
    if (!counts(row)) continue;
    for (let step = 0; step < steps; step++) values[places[row] + step] = inputs[row * steps + step];
    values[timeOf(points, row)] = targets[row];
  }
  return values;
}

/** Where one part of the split ends and the next begins: [time, part before, part behind]; null where the parts lie among each other. @param {Points} points @returns {[number, number, number][] | null} */
export function borders(points) {
  const found = /** @type {[number, number, number][]} */ ([]);
  for (let row = 1; row < points.split.length; row++) {
    if (points.split[row] === points.split[row - 1]) continue;
    if (found.length === 2) return null;
    found.push([(timeOf(points, row - 1) + timeOf(points, row)) / 2, points.split[row - 1], points.split[row]]);
  }
  return found;
}

/** The row that forecasts the value nearest to `time` among those that count, null for none. @param {Points} points @param {number} time @param {(row: number) => boolean} counts */
export function rowAt(points, time, counts) {
  let [found, least] = [/** @type {number | null} */ (null), Infinity];
  for (let row = 0; row < points.targets.length; row++) {
    const far = Math.abs(timeOf(points, row) - time);
    if (far >= least || !counts(row)) continue;
    [found, least] = [row, far];
  }
  return found;
}

/** What runs across and up: all times of the series, its values with a little room. @param {Points} points @returns {[number, number, number, number]} */
export function extent(points) {
  let [low, high] = [Infinity, -Infinity];
  for (let at = 0; at < points.inputs.length; at++) [low, high] = [Math.min(low, points.inputs[at]), Math.max(high, points.inputs[at])];
  const room = (high - low) * 0.18 || 1;
  return [-1, timeOf(points, points.targets.length - 1) + 1, low - room, high + room];
}
