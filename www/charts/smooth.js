/**
 * Exponential smoothing with bias correction, m ← w·m + (1 − w)·v, shown as m / (1 − wⁿ) (Kingma & Ba 2015, algorithm 1; the same as in
 * TensorBoard and `optax.bias_correction`). Rows without a number are skipped and stay empty.
 *
 * A column grows by a few rows a frame, so the sum of what is settled is kept. The last row is never settled: the engine may still
 * merge evaluations into it.
 */

/** @typedef {(number | null)[]} Column */

export class Smoother {
  /** @type {Column} */
  #smooth = [];
  #weight = 0;
  #mean = 0;
  #share = 1;
  #settled = 0;
  /** The settled end, by which a column that only grew is known: another run, or merged rows, differ there. @type {(number | null)[]} */
  #known = [];
  /** Rows computed so far; for tests of what is not computed again. */
  work = 0;

  /** The smoothed column; the array is reused and grows with the rows. @param {Column} column @param {number} weight 0 to below 1 */
  of(column, weight) {
    const last = this.#settled - 1;
    const grew =
      weight === this.#weight &&
      column.length > this.#settled &&
      [0, last >> 1, last].every((row, at) => last < 0 || column[row] === this.#known[at]);
    if (!grew) {
      this.#weight = weight;
      this.#mean = 0;
      this.#share = 1;
      this.#settled = 0;
    }
    this.#smooth.length = column.length;
    const open = column.length - 1;
    for (let row = this.#settled; row < column.length; row++) {
      const value = column[row];
      this.work += 1;
      if (value === null || !Number.isFinite(value)) {
        this.#smooth[row] = null;
        continue;
      }
      const mean = weight * this.#mean + (1 - weight) * value;
      const share = this.#share * weight;
      this.#smooth[row] = mean / (1 - share);
      if (row === open) break;
      this.#mean = mean;
      this.#share = share;
    }
    this.#settled = Math.max(0, open);
    this.#known = [0, (open - 1) >> 1, open - 1].map((row) => column[row]);
    return this.#smooth;
  }
}
