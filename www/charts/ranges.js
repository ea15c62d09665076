/**
 * Ranges and ticks of axes that do not jump: pure functions of numbers. A y range grows at once and shrinks late, an x range ends at a nice
 * number ahead, and a few spikes do not flatten everything else.
 */

/** @typedef {[number, number]} Range */
/** @typedef {(number | null)[]} Column */

/**
 * How a kind of number is ranged: `zero` starts a linear axis there, if the numbers come near it or always; `bounds` cannot be left, `least` is the
 * smallest span, `empty` the range without numbers.
 * @typedef {{zero?: 'near' | 'always', bounds?: Range, least?: number, empty: Range, emptyLog?: Range}} Kind
 */

/** Shares of the values between which a robust range lies. */
const INNER = [0.02, 0.98];
/** With fewer values than this none is a spike. */
const FEW = 20;
/** The newest rows are always in sight: a loss that explodes now is no outlier. */
const NEWEST = 3;
/** Values looked at a column; more change no percentile that anyone sees. */
const SAMPLE = 512;
/** A range that fills less than this of the axis makes it shrink. */
const SHRINK = 0.6;

const STEPS = [1, 2, 2.5, 5, 10];
const LOG_STEPS = [1, 2, 5, 10];
const AHEAD = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** A millionth part below counts as equal, so that 0.30000000000000004 stays on 0.3. */
const SLACK = 1e-6;

/** The power of ten at or below. @param {number} value */
const decade = (value) => 10 ** Math.floor(Math.log10(value));

/** The smallest of `steps` × 10^k that is not below `value` > 0. @param {number} value @param {number[]} steps */
function above(value, steps) {
  const power = decade(value);
  return (steps.find((step) => step * power >= value * (1 - SLACK)) ?? 10) * power;
}

/** Rounds away what arithmetic added: 3 × 0.1. @param {number} value */
const clean = (value) => Number(value.toPrecision(12));

/** The end of an x axis: the next nice number, at least `least`. @param {number} end @param {number} least */
export const ahead = (end, least) => (end > least ? clean(above(end, AHEAD)) : least);

/** Nice places on a linear axis, about `count`. @param {number} low @param {number} high @param {number} count */
export function ticks(low, high, count) {
  const step = above((high - low) / Math.max(1, count), STEPS);
  const first = Math.ceil(low / step - SLACK);
  const last = Math.floor(high / step + SLACK);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => clean((first + at) * step));
}

/** Places on a logarithmic axis: decades, or 1-2-5 where there is room. @param {number} low @param {number} high @param {number} count */
export function logTicks(low, high, count) {
  const decades = Math.log10(high / low);
  const within = decades * 3 <= count ? [1, 2, 5] : decades * 2 <= count ? [1, 3] : [1];
  // Where decades alone are named, the first one is inside.
  const first = within.length > 1 ? Math.floor(Math.log10(low)) : Math.ceil(Math.log10(low) - SLACK);
  const stride = Math.max(1, Math.ceil(decades / Math.max(1, count)));
  const places = [];
  for (let power = first; power <= Math.log10(high); power += stride) for (const step of within) places.push(clean(step * 10 ** power));
  const seen = places.filter((place) => place >= low * (1 - SLACK) && place <= high * (1 + SLACK));
  return seen.length > 1 ? seen : [low, high];
}

/**
 * The lowest and highest value worth showing, null without any. A few values far outside the others are left out unless `full`.
 * @param {Column[]} columns @param {{full?: boolean, log?: boolean}} [how] @returns {Range | null}
 */
export function extent(columns, { full = false, log = false } = {}) {
  const values = [];
  const newest = [];
  for (const column of columns) {
    const stride = full ? 1 : Math.max(1, Math.floor(column.length / SAMPLE));
    for (let at = 0; at < column.length; at++) {
      const value = column[at];
      const last = at >= column.length - NEWEST;
      if ((at % stride && !last) || value === null || value === undefined || !Number.isFinite(value) || (log && value <= 0)) continue;
      values.push(log ? Math.log10(value) : value);
      if (last) newest.push(values[values.length - 1]);
    }
  }
  if (!values.length) return null;
  const sorted = Float64Array.from(values).sort();
  let [low, high] = [sorted[0], sorted[sorted.length - 1]];
  if (!full && sorted.length >= FEW) {
    const [from, to] = INNER.map((share) => sorted[Math.round(share * (sorted.length - 1))]);
    const inner = [Math.min(from, ...newest), Math.max(to, ...newest)];
    // Values that differ by rounding only have no outliers: without a least span every one would be.
    const span = Math.max(inner[1] - inner[0], log ? 0.1 : Math.abs(inner[1]) * 1e-3);
    if (high > inner[1] + span) high = inner[1] + 0.1 * span;
    if (low < inner[0] - span) low = inner[0] - 0.1 * span;
  }
  return log ? [10 ** low, 10 ** high] : [low, high];
}

/**
 * A range of nice numbers around what is to be seen. `early`, with a few rows only, it is as wide as such numbers usually are: the
 * distance between two points says nothing yet.
 * @param {Range | null} seen @param {Kind} kind @param {boolean} log @param {boolean} [early] @returns {Range}
 */
export function nice(seen, kind, log, early = false) {
  if (log) {
    if (!seen) return kind.emptyLog ?? [0.01, 1];
    const down = (/** @type {number} */ value) => clean(1 / above(1 / value, LOG_STEPS));
    const [low, high] = [down(seen[0]), clean(above(seen[1], LOG_STEPS))];
    return high / low < 5 ? [down(low / 1.01), clean(above(high * 1.01, LOG_STEPS))] : [low, high];
  }
  if (!seen) return kind.empty;
  let [low, high] = seen;
  const zero = kind.zero && low >= 0 && (early || kind.zero === 'always' || low < 0.7 * high);
  if (early && kind.bounds) [low, high] = [Math.min(low, kind.empty[0]), Math.max(high, kind.empty[1])];
  if (high <= low) [low, high] = low === 0 ? kind.empty : [low - Math.abs(low) / 4, low + Math.abs(low) / 4];
  if (zero) low = 0;
  const least = kind.least ?? 0;
  if (high - low < least) [low, high] = [(low + high - least) / 2, (low + high + least) / 2];
  const margin = 0.04 * (high - low);
  const [lowest, highest] = kind.bounds ?? [-Infinity, Infinity];
  const step = above((high - low + 2 * margin) / 5, STEPS);
  const from = zero ? 0 : Math.max(lowest, Math.floor((low - margin) / step + SLACK) * step);
  const to = Math.min(highest, Math.ceil((high + margin) / step - SLACK) * step);
  return [clean(from), clean(to)];
}

/** The next range of an axis: grows at once, shrinks only when much of it is empty. @param {Range | null} before @param {Range} wanted @param {boolean} log @returns {Range} */
export function settle(before, wanted, log) {
  if (!before) return wanted;
  /** @type {Range} */
  const grown = [Math.min(before[0], wanted[0]), Math.max(before[1], wanted[1])];
  const span = (/** @type {Range} */ [low, high]) => (log ? Math.log(high / low) : high - low);
  if (span(wanted) < SHRINK * span(grown)) return wanted;
  return grown[0] === before[0] && grown[1] === before[1] ? before : grown;
}

/** Row of the first x that is not below `value`; the last row where all are. @param {Column} x @param {number} value */
export function rowAt(x, value) {
  let [low, high] = [0, x.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (/** @type {number} */ (x[middle]) < value) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low);
}

/**
 * Places as near as they can be to where they want, `height` apart, none above `top`, none below `bottom` while there is room; in the order given.
 * @param {number[]} wanted @param {number} height @param {number} top @param {number} bottom
 */
export function apart(wanted, height, top, bottom) {
  const order = wanted.map((_, at) => at).sort((a, b) => wanted[a] - wanted[b]);
  const placed = [...wanted];
  for (let at = 1; at < order.length; at++) {
    const [above, here] = [order[at - 1], order[at]];
    const short = height - (placed[here] - placed[above]);
    if (short <= 0) continue;
    placed[above] -= short / 2;
    placed[here] += short / 2;
  }
  for (let at = order.length - 1, limit = bottom; at >= 0; at--) {
    placed[order[at]] = Math.min(placed[order[at]], limit);
    limit = placed[order[at]] - height;
  }
  for (let at = 0, limit = top; at < order.length; at++) {
    placed[order[at]] = Math.max(placed[order[at]], limit);
    limit = placed[order[at]] + height;
  }
  return placed;
}
