/** Numbers as the page writes them. */

/** Four digits after the point, powers of ten for the small, thousands apart. @param {number | null | undefined} value */
export function number(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1000) return count(Math.round(value));
  return value !== 0 && size < 1e-3 ? value.toExponential(1) : Number(value.toFixed(4)).toString();
}

/** A metric: four digits after the point, so that a column of them does not jump. @param {number | null | undefined} value */
export const metric = (value) =>
  typeof value === 'number' && Math.abs(value) < 100 && (value === 0 || Math.abs(value) >= 1e-4) ? value.toFixed(4) : number(value);

/** A whole number with its thousands apart. @param {number} value */
export const count = (value) => value.toLocaleString('en');

/** At most one digit after the point. @param {number} value */
export const brief = (value) => Number(value.toFixed(1)).toLocaleString('en');

/** Bytes as people count them: 1 kB is 1000 of them. @param {number} value */
export function bytes(value) {
  const power = value < 1000 ? 0 : value < 1e6 ? 1 : value < 1e9 ? 2 : 3;
  return `${Number((value / 1000 ** power).toPrecision(3))} ${['B', 'kB', 'MB', 'GB'][power]}`;
}

/** Sizes alone, as 8×14×14: what they are is told by the place. @param {import('./boundary').Shape} of */
export function shape(of) {
  if (of.kind === 'image') return [of.channels, of.height, of.width].join('×');
  if (of.kind === 'sequence') return `${of.steps}×${of.features}`;
  return String(of.kind === 'tokens' ? of.steps : of.units);
}

/** Characters of a name that are shown: a cell of a table may be a book. */
const NAME = 120;

/** A name as it is shown, cut in its middle where it is longer than anybody reads. @param {string} name @param {number} [most] */
export const short = (name, most = NAME) => (name.length <= most ? name : `${name.slice(0, most >> 1)}…${name.slice(1 - (most >> 1))}`);
