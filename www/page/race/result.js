/** What a race has come to, run by run. Knows no page. */

/** @typedef {import('../../state.js').AnyRun} AnyRun */

/** @typedef {import('../../boundary').Arrival} Arrival */

/** Updates saved against the first run, as a share of its own; null where one of them has not arrived. @param {AnyRun[]} runs @param {number} at @param {'update' | 'epoch' | 'rows' | 'gradients' | 'seconds'} [what] @returns {number | null} */
export function saved(runs, at, what = 'update') {
  const [base, own] = [runs[0]?.arrival?.[what], runs[at]?.arrival?.[what]];
  return at === 0 || !base || own === undefined || own === null ? null : 1 - own / base;
}

/** The run that needed the fewest updates; null where none has arrived. @param {AnyRun[]} runs */
export function winner(runs) {
  let [best, fewest] = [/** @type {number | null} */ (null), Infinity];
  for (const [at, { arrival }] of runs.entries()) if (arrival && arrival.update < fewest) [best, fewest] = [at, arrival.update];
  return best;
}
