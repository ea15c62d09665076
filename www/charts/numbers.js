/** Numbers of charts: short at axes, exact under the pointer. */

/** @param {number} value */
export function tick(value) {
  const size = Math.abs(value);
  if (size >= 1e9 || (size > 0 && size < 1e-3)) return value.toExponential(1).replace('.0e', 'e').replace('e+', 'e');
  if (size >= 1e6) return `${Number((value / 1e6).toFixed(2))}M`;
  if (size >= 1e4) return `${Number((value / 1e3).toFixed(2))}k`;
  return Number(value.toPrecision(6)).toLocaleString('en', { maximumFractionDigits: 6 });
}

/** @param {number | null | undefined} value */
export function exact(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  if (Number.isInteger(value)) return value.toLocaleString('en');
  const size = Math.abs(value);
  return size < 1e-3 || size >= 1e6 ? value.toExponential(3) : value.toPrecision(4);
}
