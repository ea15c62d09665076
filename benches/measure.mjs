/** Timing and comparison, the same for every engine. */

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Mean training loss of a peer's predictions (row-major): of squared differences, or of −ln p of the right class. */
export function meanLoss({ targets, rows, sizes, output }, predictions) {
  const outputs = sizes.at(-1);
  let total = 0;
  for (let row = 0; row < rows; row++) {
    total +=
      output === 'softmax'
        ? -Math.log(Math.max(predictions[row * outputs + targets[row]], 1e-12))
        : (predictions[row * outputs] - targets[row]) ** 2;
  }
  return total / rows;
}

/**
 * Runs `work(count)`, which does so many updates or frames and returns the rows trained or frames drawn, for about `ms`. `memory.rate`
 * (counts a millisecond) is kept from call to call, so that the clock is read only twice.
 */
export async function counted(work, ms, memory) {
  // The order of magnitude, once.
  for (let count = 1; !memory.rate; count *= 4) {
    const start = performance.now();
    await work(count);
    const spent = performance.now() - start;
    if (spent > ms / 8) memory.rate = count / spent;
  }
  const count = Math.max(1, Math.round(memory.rate * ms));
  const start = performance.now();
  const units = await work(count);
  const spent = performance.now() - start;
  memory.rate = count / spent;
  return { units, seconds: spent / 1000 };
}

/**
 * Slices of all engines in alternation, there and back again, so that a machine that slows down slows all of them. Every round starts
 * each engine over (`restart`) and lets it work a little before its time is taken: all are then in the same phase of training, however
 * much further the quick ones would have come. (A net that has learnt everything is slower to train: numbers near zero are denormal.)
 * Returns units per second of each round, by engine.
 */
export async function alternate(engines, { rounds, slice, warmup }) {
  const rates = new Map([...engines.keys()].map((name) => [name, []]));
  for (const { run } of engines.values()) {
    const end = performance.now() + warmup;
    while (performance.now() < end) await run(slice);
  }
  for (let round = 0; round < rounds; round++) {
    const order = [...engines];
    if (round % 2) order.reverse();
    for (const [name, { restart, run }] of order) {
      await restart();
      await run(slice / 4);
      const { units, seconds } = await run(slice);
      rates.get(name).push(units / seconds);
    }
  }
  return rates;
}
