/**
 * Holm's step-down correction (Holm 1979, “A simple sequentially rejective multiple test procedure”; R's `p.adjust(p, "holm")`): of many comparisons some look real by
 * chance. The smallest of m probabilities counts m times, the next one m − 1 times and so on, none less than one before it and none more than 1.
 * @param {number[]} probabilities @returns {number[]} in the same order
 */
export function holm(probabilities) {
  const order = probabilities.map((_, at) => at).sort((a, b) => probabilities[a] - probabilities[b]);
  /** @type {number[]} */
  const adjusted = [];
  let least = 0;
  order.forEach((at, rank) => {
    least = Math.max(least, Math.min(1, probabilities[at] * (probabilities.length - rank)));
    adjusted[at] = least;
  });
  return adjusted;
}
