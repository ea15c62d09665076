/** Numbers as the page writes them. */

/** Four digits after the point, powers of ten for the small, thousands apart. @param {number | null | undefined} value */
export function number(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1000) return count(Math.round(value));
  return value !== 0 && size < 1e-3 ? value.toExponential(1) : Number(value.toFixed(4)).toString();
}

/** A whole number with its thousands apart. @param {number} value */
export const count = (value) => value.toLocaleString('en');

/** At most one digit after the point. @param {number} value */
export const brief = (value) => Number(value.toFixed(1)).toLocaleString('en');
