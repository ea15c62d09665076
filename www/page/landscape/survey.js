/** The slice that is asked for, and what is known of it: a job of the engine, advanced a little at a time so that training can go on. */
import { batch, signal } from '@preact/signals';
import { engine } from '../../engine.js';
import { choices, defaultsOf, inlined, resolve } from '../../experiment.js';
import { lend } from '../../form/document.js';
import * as state from '../../state.js';

export const NAME = 'landscape';
/** Milliseconds of a slice of the job. */
const SLICE = 30;

/** @typedef {{update: number, at: [number, number]}} Waypoint */
/** @typedef {{step: number, zero: number}} Scale */
/** @typedef {{run: number, points: Waypoint[], best: Waypoint | null}} Way */
/** @typedef {{side: number, losses: Float64Array, scales: [Scale, Scale], along: boolean, ways: Way[], explained: number[], rows: number[], parameters: number}} Slice `along` is whether the plane is that of the ways; the first of them is that of the run in the centre */
/** @typedef {{slice: Slice, survey: any, update: number}} Found with what was asked, and when */

/** Without references. */
export const schema = signal(/** @type {any} */ (null));
export const survey = signal(/** @type {any} */ (null));
export const issues = signal(/** @type {import('../../engine.js').Issue[]} */ ([]));
export const found = signal(/** @type {Found | null} */ (null));
/** How much is known, from 0 to 1; null while nothing is under way. */
export const progress = signal(/** @type {number | null} */ (null));

lend(NAME, {
  defaults: () => defaultsOf(schema.value),
  issues: () => issues.value,
  change: (path, value) => {
    const next = structuredClone(survey.peek());
    const last = /** @type {string | number} */ (path.at(-1));
    path.slice(0, -1).reduce((/** @type {any} */ at, key) => at[key], next)[last] = value;
    survey.value = next;
    measure();
  },
});

export async function begin() {
  if (!schema.peek()) {
    const jobs = await engine.jobsSchema();
    const [, own] = /** @type {[string, any]} */ (choices(jobs).find(([tag]) => tag === NAME));
    schema.value = inlined(jobs, resolve(jobs, own));
  }
  survey.value ??= defaultsOf(schema.value);
  await measure();
}

/** Counts what was begun: what comes back for an older one is not wanted. */
let turn = 0;

/** Measures anew, around the weights as they are now. */
export async function measure() {
  const mine = ++turn;
  const asked = survey.value;
  const run = state.selected.peek();
  try {
    const { issues: problems, update } = await engine.beginTaskAt(NAME, JSON.stringify({ [NAME]: asked }), run);
    if (mine !== turn) return;
    issues.value = problems ?? [];
    if (problems) return void (progress.value = null);
    progress.value = 0;
    for (;;) {
      const known = await engine.goOn(NAME, SLICE, false);
      if (mine !== turn) return;
      // The worker was lost and is replaced: the job with it.
      if (known === null) return void (progress.value = null);
      if (known.done) {
        const slice = read(known.found);
        batch(() => {
          found.value = { slice, survey: asked, update };
          progress.value = null;
        });
        return;
      }
      progress.value = known.share;
    }
  } catch {
    if (mine === turn) progress.value = null;
  }
}

/** Numbers that are none have no place in JSON. @param {any} told @returns {Slice} */
const read = ({ losses, explained, ...rest }) => {
  const numbers = (/** @type {(number | null)[]} */ values) => values.map((value) => value ?? NaN);
  return { ...rest, losses: Float64Array.from(numbers(losses)), explained: numbers(explained) };
};

/** Stops what is under way; what was known before stays. */
export function cancel() {
  turn++;
  progress.value = null;
  engine.endTask(NAME).catch(() => {});
}
