/** What tests in Node draw from. */

/** mulberry32: the same draws again from the same seed. @param {number} seed */
export function chance(seed) {
  let state = seed;
  /** A number from 0 up to 1. */
  function random() {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
  const below = (/** @type {number} */ bound) => Math.floor(random() * bound);
  /** @template T @param {T[]} from @returns {T} */
  const pick = (from) => from[below(from.length)];
  return { random, below, pick };
}
