/** The part of the plane that is shown, [x0, x1, y0, y1], and how zooming and panning change it. Pure functions. */

/** @typedef {[number, number, number, number]} Range */

/** How far in and out the view goes, in spans of the whole picture. */
const [NEAREST, FARTHEST] = [1 / 64, 8];

/** The range with the place at the fractions `fx`, `fy` (from left, from top) kept where it is and spans `factor` times as long. @param {ArrayLike<number>} range @param {ArrayLike<number>} home @param {number} factor @param {number} fx @param {number} fy @returns {Range} */
export function zoom(range, home, factor, fx, fy) {
  const span = range[1] - range[0];
  const whole = home[1] - home[0];
  const by = Math.min(FARTHEST * whole, Math.max(NEAREST * whole, span * factor)) / span;
  const [x, y] = [range[0] + fx * span, range[3] - fy * (range[3] - range[2])];
  return within([x - (x - range[0]) * by, x + (range[1] - x) * by, y - (y - range[2]) * by, y + (range[3] - y) * by], home);
}

/** Moved by fractions of itself, as a sheet under the finger: to the right and down. @param {ArrayLike<number>} range @param {ArrayLike<number>} home @param {number} dx @param {number} dy @returns {Range} */
export function pan(range, home, dx, dy) {
  const [across, up] = [dx * (range[1] - range[0]), dy * (range[3] - range[2])];
  return within([range[0] - across, range[1] - across, range[2] + up, range[3] + up], home);
}

/** Keeps the middle of the view within reach of the data. @param {Range} range @param {ArrayLike<number>} home @returns {Range} */
function within(range, home) {
  const moved = /** @type {Range} */ ([...range]);
  for (const from of [0, 2]) {
    const reach = (FARTHEST * (home[from + 1] - home[from])) / 2;
    const middle = (home[from] + home[from + 1]) / 2;
    const now = (range[from] + range[from + 1]) / 2;
    const shift = Math.max(middle - reach, Math.min(middle + reach, now)) - now;
    moved[from] += shift;
    moved[from + 1] += shift;
  }
  return moved;
}

/** Whether two ranges show the same, as precisely as the engine's numbers go. @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
export const same = (a, b) =>
  [0, 1, 2, 3].every((at) => Math.abs(a[at] - b[at]) <= 1e-5 * Math.max(1e-3, Math.abs(a[at]), Math.abs(b[at])));
