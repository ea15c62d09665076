/** Where in the lessons the page is. The address names it (`?lesson=early-stopping&step=3`), so that a teacher can link to any step. */
import { signal } from '@preact/signals';
import { stored } from '../../settings.js';

/** @typedef {{lesson: string, step: number}} Place steps count from 0, in the address from 1 */

/** The list of lessons and challenges is open. */
export const listOpen = signal(false);

/** @param {string} search @returns {Place | null} */
function read(search) {
  const query = new URLSearchParams(search);
  const lesson = query.get('lesson');
  return lesson ? { lesson, step: Math.max(0, (Number.parseInt(query.get('step') ?? '1', 10) || 1) - 1) } : null;
}

/** The step that is shown; null outside lessons. */
export const place = signal(read(location.search));

/** What the address holds besides the experiment. @param {Place | null} next */
export function searchOf(next) {
  const query = new URLSearchParams(location.search);
  query.delete('lesson');
  query.delete('step');
  if (next) {
    query.set('lesson', next.lesson);
    query.set('step', String(next.step + 1));
  }
  return query.size ? `?${query}` : '';
}

/** Goes to a step, or out of the lesson with null: the experiment stays. @param {Place | null} next */
export function go(next) {
  window.history.replaceState(null, '', location.pathname + searchOf(next) + location.hash);
  place.value = next;
}

/** By lesson, what is known of each step: whether the prediction held, null for a step that is not done. Kept in this browser. */
export const progress = stored('lessons', /** @type {Record<string, (boolean | null)[]>} */ ({}));

/** @param {Place} place @param {boolean} held */
export function record({ lesson, step }, held) {
  const steps = [...(progress.value[lesson] ?? [])];
  while (steps.length < step) steps.push(null);
  // What counts is the first prediction: afterwards the answer is known.
  if ((steps[step] ?? null) !== null) return;
  steps[step] = held;
  progress.value = { ...progress.value, [lesson]: steps };
}
