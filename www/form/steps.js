/** The values at which a slider stops and arrow keys halt: round ones, from the bounds and the scale of the schema. */

/** @typedef {import('../boundary').Schema} Schema */

/** Round numbers of a decade, about evenly apart on a log scale. */
const DECADE = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];
/** Whole ranges longer than this are walked in ratios. */
const LONG = 200;
/** Ranges longer than this have no slider: no stop of it would be the wanted one. */
const TOO_LONG = 1e6;

/** 1, 2 or 5 times a power of ten, the nearest above. @param {number} step */
function nice(step) {
  const power = 10 ** Math.floor(Math.log10(step));
  return power * /** @type {number} */ ([1, 2, 5, 10].find((digit) => digit * power >= step * (1 - 1e-9)));
}

/** @param {number} low @param {number} high */
function decades(low, high) {
  const found = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++)
    found.push(...DECADE.map((digit) => Number(`${digit}e${power}`)));
  return found;
}

/** 1 to 8, then 12, 16, 24, 32 …: what units and batches are counted in. @param {number} high */
function doublings(high) {
  const found = [1, 2, 3, 4, 5, 6, 7, 8];
  for (let value = 8; value <= high; value *= 2) found.push(value, 1.5 * value);
  return found;
}

/** @param {number} low @param {number} high @param {boolean} whole */
function evenly(low, high, whole) {
  const step = Math.max(nice((high - low) / 100), whole ? 1 : 0);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toPrecision(10)));
}

/** Rising stops of a number of the schema; null where a slider makes no sense. @param {Schema} part @returns {number[] | null} */
export function stops(part) {
  const { minimum: low, maximum: high } = part;
  if (low === undefined || high === undefined) return null;
  const whole = part.type === 'integer';
  const log = low >= 0 && (part['x-scale'] === 'log' || (whole && high - low > LONG && high - low <= TOO_LONG));
  if (!log && high - low > TOO_LONG) return null;
  // A log scale that begins at zero has zero as its first stop, then six decades.
  const from = low > 0 ? low : whole ? 1 : high * 1e-6;
  const round = !log ? evenly(low, high, whole) : whole && Number.isInteger(Math.log2(high)) ? doublings(high) : decades(from, high);
  const all = new Set([low, high, ...round, ...(typeof part.default === 'number' ? [part.default] : [])]);
  return [...all].filter((value) => value >= low && value <= high && (!whole || Number.isInteger(value))).sort((a, b) => a - b);
}

/** The place among the stops that is nearest to a value. @param {number[]} all @param {number} value */
export function nearest(all, value) {
  const above = all.findIndex((stop) => stop >= value);
  if (above < 0) return all.length - 1;
  return above > 0 && value - all[above - 1] < all[above] - value ? above - 1 : above;
}

/** The next stop in a direction; without stops a tenth of the value's first digit. @param {number[] | null} all @param {number} value @param {1 | -1} way @param {boolean} whole */
export function next(all, value, way, whole) {
  if (!all) {
    const step = whole ? 1 : value ? 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1) : 0.01;
    return Number((value + way * step).toPrecision(10));
  }
  if (way > 0) return all.find((stop) => stop > value) ?? all[all.length - 1];
  return all.findLast((stop) => stop < value) ?? all[0];
}
