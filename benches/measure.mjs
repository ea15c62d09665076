/** Timing and comparison, the same for every engine. */

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Mean training loss of a peer's predictions (row-major): of squared differences, or of −ln p of the right class. */
export function meanLoss({ inputs, targets, rows, sizes, output }, predictions) {
  const outputs = sizes.at(-1);
  let total = 0;
  for (let row = 0; row < rows; row++) {
    total += output === 'softmax' ? -Math.log(Math.max(predictions[row * outputs + targets[row]], 1e-12)) : (predictions[row * outputs] - targets[row]) ** 2;
  }
  return total / rows;
}

/**
 * A slice of about `ms` of an engine that counts: `work(count)` does that many updates or frames and returns the rows trained (or frames
 * drawn). The count follows the speed of the last slice, so that the clock is read only twice.
 */
export function counted(work) {
  let rate = 0; // calls of a unit of work in a millisecond
  return async (ms) => {
    if (rate === 0) {
      // Find the order of magnitude once.
      for (let count = 1; ; count *= 4) {
        const start = performance.now();
        await work(count);
        const spent = performance.now() - start;
        rate = count / spent;
        if (spent > ms / 8) break;
      }
    }
    const count = Math.max(1, Math.round(rate * ms));
    const start = performance.now();
    const units = await work(count);
    const spent = performance.now() - start;
    rate = count / spent;
    return { units, seconds: spent / 1000 };
  };
}

/**
 * Slices of all engines in alternation, there and back again, so that a machine that slows down slows all of them. Returns units per second
 * of each round, by engine.
 */
export async function alternate(slices, { rounds, slice, warmup }) {
  const rates = new Map([...slices.keys()].map((name) => [name, []]));
  for (const run of slices.values()) {
    const end = performance.now() + warmup;
    while (performance.now() < end) await run(slice);
  }
  for (let round = 0; round < rounds; round++) {
    const order = [...slices];
    if (round % 2) order.reverse();
    for (const [name, run] of order) {
      const { units, seconds } = await run(slice);
      rates.get(name).push(units / seconds);
    }
  }
  return rates;
}
