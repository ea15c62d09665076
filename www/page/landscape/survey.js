/** The slice that is asked for, and what is known of it: a job of the engine, advanced a little at a time so that training can go on. */
import { batch, signal } from '@preact/signals';
import { engine } from '../../engine.js';
import { choices, defaultsOf, inlined, resolve } from '../../experiment.js';
import { lend } from '../../form/document.js';
import * as state from '../../state.js';

/** @typedef {import('../../boundary').Document} Document */
/** @typedef {import('../../boundary').Schema} Schema */

export const NAME = 'landscape';
/** Milliseconds of a slice of the job. */
const SLICE = 30;

/** @typedef {import('../../boundary').Landscape} Landscape */
/** What is known of it, with NaN where there is no number. @typedef {Omit<Landscape, 'losses' | 'explained'> & {losses: Float64Array, explained: number[]}} Slice */
/** @typedef {{slice: Slice, survey: Document, update: number}} Found with what was asked, and when */

/** Without references. */
export const schema = signal(/** @type {Schema} */ (null));
export const survey = signal(/** @type {Document} */ (null));
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
    path.slice(0, -1).reduce((/** @type {Document} */ at, key) => at[key], next)[last] = value;
    survey.value = next;
    measure();
  },
});

export async function begin() {
  if (!schema.peek()) {
    const jobs = await engine.jobsSchema();
    const [, own] = /** @type {[string, Schema]} */ (choices(jobs).find(([tag]) => tag === NAME));
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
    const begun = await engine.beginTaskAt(NAME, JSON.stringify({ [NAME]: asked }), run);
    if (mine !== turn) return;
    issues.value = begun.issues ?? [];
    if (begun.issues) return void (progress.value = null);
    progress.value = 0;
    for (;;) {
      const known = await engine.goOn(NAME, SLICE, false);
      if (mine !== turn) return;
      // The worker was lost and is replaced: the job with it.
      if (known === null) return void (progress.value = null);
      if (known.done) {
        const slice = read(/** @type {Landscape} */ (known.found));
        batch(() => {
          found.value = { slice, survey: asked, update: begun.update };
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

/** Numbers that are none have no place in JSON. @param {Landscape} told @returns {Slice} */
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
