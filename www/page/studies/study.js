/** A study: a job of runs over seeds, and what came of each so far. Knows no store. */
import { computed, signal } from '@preact/signals';
import { makeJob } from '../../job.js';
import { why } from '../why.js';

/** @typedef {import('../../i18n/index.js').Message} Message */
/** @typedef {{update: number, epoch: number, rows: number, gradients: number, seconds: number, value: number}} Arrival */
/**
 * What is known of a run: where it is, and the columns of its history that are wanted, thinned.
 * @typedef {{update: number, epoch: number, rows: number, seconds: number, arrival: Arrival | null, best: {update: number, loss: number} | null, stop: {reason: string, message: Message} | null, columns: Record<string, number[]>}} Standing
 */
/** Runs that differ in nothing but the seed. @typedef {{name: () => string, experiment: any}} Group */
/** @typedef {{group: number, seed: number, state: 'waiting' | 'running' | 'done' | 'failed', standing: Standing | null, error: Message | string}} Trial */

/** Numbers that are none have no place in JSON. @param {Standing | null} found @returns {Standing | null} */
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
          /** @type {Trial} */ ({ group: piece.group, seed: piece.experiment.seed, state, standing: standingOf(found), error }),
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
