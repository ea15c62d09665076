/** What many runs come to together: quartiles, and curves over updates. Knows no page. */

/** @typedef {{low: number, median: number, high: number}} Quartiles */

/** As `numpy.quantile` by default; between infinite numbers there is no other. @param {number[]} sorted @param {number} share */
function quantile(sorted, share) {
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (below === above || !Number.isFinite(below)) return below;
  return Number.isFinite(above) ? below + (place - Math.floor(place)) * (above - below) : above;
}

/** Null for no number. @param {number[]} values @returns {Quartiles | null} */
export function quartiles(values) {
  if (!values.length) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return { low: quantile(sorted, 0.25), median: quantile(sorted, 0.5), high: quantile(sorted, 0.75) };
}

/** A curve at each place, straight between its points; both ascend. @param {number[]} x @param {number[]} y @param {number[]} places @param {boolean} ended a run that has ended stays where it is */
function along(x, y, places, ended) {
  const last = x.length - 1;
  let at = 0;
  return places.map((place) => {
    if (last < 0 || place < x[0]) return NaN;
    if (place >= x[last]) return place === x[last] || ended ? y[last] : NaN;
    while (x[at + 1] <= place) at++;
    return y[at] + ((place - x[at]) / (x[at + 1] - x[at])) * (y[at + 1] - y[at]);
  });
}

/** Places along the x axis at which curves are compared. */
const PLACES = 160;

/**
 * Median and quartiles of several curves at even places. A run that has ended counts with its last value; one that is under way only as far as it is.
 * @param {{x: number[], y: number[], ended: boolean}[]} curves @param {number} end
 */
export function band(curves, end) {
  const x = Array.from({ length: PLACES + 1 }, (_, at) => (at * end) / PLACES);
  const columns = curves.map((curve) => along(curve.x, curve.y, x, curve.ended));
  const found = x.map((_, at) => quartiles(columns.map((column) => column[at]).filter(Number.isFinite)));
  return {
    x,
    low: found.map((one) => one?.low ?? NaN),
    median: found.map((one) => one?.median ?? NaN),
    high: found.map((one) => one?.high ?? NaN),
  };
}
