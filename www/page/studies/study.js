/** A study: a job of runs over seeds, and what came of each so far. Knows no store. */
import { computed, signal } from '@preact/signals';
import { makeJob } from '../../job.js';
import { why } from '../why.js';

/** @typedef {import('../../boundary').Document} Document */

/** @typedef {import('../../i18n/index.js').Message} Message */
/** @typedef {import('../../boundary').Ran} Ran */
/** What is known of a run, with NaN in its columns where there is no number. @typedef {Omit<Ran, 'columns'> & {columns: Record<string, number[]>}} Standing */
/** Runs that differ in nothing but the seed. @typedef {{name: () => string, experiment: Document}} Group */
/** @typedef {{group: number, seed: number, state: 'waiting' | 'running' | 'done' | 'failed', standing: Standing | null, error: Message | string}} Trial */

/** Numbers that are none have no place in JSON. @param {Ran | null} found @returns {Standing | null} */
const standingOf = (found) =>
  found && {
    ...found,
    columns: Object.fromEntries(Object.entries(found.columns).map(([name, values]) => [name, values.map((value) => value ?? NaN)])),
  };

export function makeStudy() {
  const job = makeJob(why);
  const groups = signal(/** @type {Group[]} */ ([]));
  const line = signal(/** @type {{metric: string, value: number} | null} */ (null));
  return {
    ...job,
    trials: computed(() =>
      job.work.value.map(
        ({ piece, state, found, error }) =>
          /** @type {Trial} */ ({
            group: piece.group,
            seed: piece.experiment.seed,
            state,
            standing: standingOf(/** @type {Ran | null} */ (found)),
            error,
          }),
      ),
    ),
    groups,
    line,
    /** @param {import('../../job.js').Document} document @param {Group[]} asked the groups of its pieces @param {{metric: string, value: number}} to @param {Map<string, Uint8Array>} files */
    start(document, asked, to, files) {
      groups.value = asked;
      line.value = to;
      return job.start(document, files);
    },
  };
}

/** @typedef {ReturnType<typeof makeStudy>} Study */
