/** What a brush, an eraser and a hand do to a list of drawn points, `[x, y, class]`. Pure functions: each returns a new list, or the same where nothing changed. */

/** @typedef {[x: number, y: number, of: number]} Point */
/** @typedef {{x: number, y: number}} Place */

/** How far from the middle points may lie along each axis. */
export const REACH = 6;
/** Classes that there are brushes for. */
export const CLASSES = 5;

/** Within reach, and as precise as an address is to be long. @param {number} value */
const rounded = (value) => Math.round(Math.max(-REACH, Math.min(REACH, value)) * 100) / 100 || 0;

/** @param {Place} place @param {number} of @returns {Point} */
export const pointAt = ({ x, y }, of) => [rounded(x), rounded(y), of];

/** Classes that have a point, in order. @param {Point[]} points */
export const used = (points) => [...new Set(points.map(([, , of]) => of))].sort((a, b) => a - b);

/** The classes numbered from 0 on, without a gap. @param {Point[]} points @returns {Point[]} */
export function renumbered(points) {
  const classes = used(points);
  return classes.every((of, at) => of === at) ? points : points.map(([x, y, of]) => [x, y, classes.indexOf(of)]);
}

/** The nearest point within `far`; −1 for none. @param {Point[]} points @param {Place} place @param {number} far */
export function nearest(points, { x, y }, far) {
  let [found, least] = [-1, far];
  points.forEach(([px, py], at) => {
    const away = Math.hypot(px - x, py - y);
    if (away <= least) [found, least] = [at, away];
  });
  return found;
}

/** Without the points within `far` of the way from one place to another. @param {Point[]} points @param {Place} from @param {Place} to @param {number} far */
export function erased(points, from, to, far) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const long = dx * dx + dy * dy;
  const kept = points.filter(([x, y]) => {
    const along = long ? Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / long)) : 0;
    return Math.hypot(x - from.x - along * dx, y - from.y - along * dy) > far;
  });
  return kept.length === points.length ? points : kept;
}

/** @param {Point[]} points @param {number} at @param {Place} place */
export const moved = (points, at, place) => points.map((point, which) => (which === at ? pointAt(place, point[2]) : point));

/**
 * Places of the points that a brush leaves on its way: one a `gap`, each strewn by at most `spread` along each axis.
 * @param {Place} from @param {Place} to @param {number} walked since the last point @param {number} gap @param {number} spread @param {() => number} random from 0 to 1
 * @returns {{places: Place[], walked: number}}
 */
export function strewn(from, to, walked, gap, spread, random) {
  const long = Math.hypot(to.x - from.x, to.y - from.y);
  const places = [];
  const off = () => spread * (2 * random() - 1);
  let next = gap - walked;
  for (; next <= long; next += gap) {
    const share = next / long;
    places.push({ x: from.x + share * (to.x - from.x) + off(), y: from.y + share * (to.y - from.y) + off() });
  }
  return { places, walked: long - (next - gap) };
}

/** Points of other rows as a drawing: within reach as they are, else each column laid over the most of it. @param {{inputs: ArrayLike<number>, targets: ArrayLike<number>}} rows @param {number} most @returns {Point[]} */
export function traced({ inputs, targets }, most) {
  const count = Math.min(most, targets.length);
  const spans = [0, 1].map((axis) => {
    let [low, high] = [Infinity, -Infinity];
    for (let row = 0; row < count; row++) [low, high] = [Math.min(low, inputs[2 * row + axis]), Math.max(high, inputs[2 * row + axis])];
    return [low, high];
  });
  const size = Math.max(...spans.flat().map(Math.abs));
  // Clouds stray a little beyond the edge.
  const fits = size <= 1.6 * REACH && size >= REACH / 4;
  const wide = 0.85 * REACH;
  const laid = (/** @type {number} */ value, /** @type {number[]} */ [low, high]) =>
    fits ? value : ((value - low) / (high - low || 1) - 0.5) * 2 * wide;
  return renumbered(
    Array.from({ length: count }, (_, row) =>
      pointAt({ x: laid(inputs[2 * row], spans[0]), y: laid(inputs[2 * row + 1], spans[1]) }, targets[row]),
    ),
  );
}
