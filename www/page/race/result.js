/** What a race has come to, run by run. Knows no page. */

/** @typedef {{update: number, epoch: number, rows: number, gradients: number, seconds: number, value: number}} Arrival */

/** Updates saved against the first run, as a share of its own; null where one of them has not arrived. @param {any[]} runs @param {number} at @param {'update' | 'epoch' | 'rows' | 'gradients' | 'seconds'} [what] @returns {number | null} */
export function saved(runs, at, what = 'update') {
  const [base, own] = [runs[0]?.arrival?.[what], runs[at]?.arrival?.[what]];
  return at === 0 || !base || own === undefined || own === null ? null : 1 - own / base;
}

/** The run that needed the fewest updates; null where none has arrived. @param {any[]} runs */
export function winner(runs) {
  let best = null;
  for (const [at, { arrival }] of runs.entries()) if (arrival && (best === null || arrival.update < runs[best].arrival.update)) best = at;
  return best;
}
