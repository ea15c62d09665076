/** Where in lessons and challenges the page is. The address names it (`?lesson=early-stopping&step=3`, `?challenge=spiral`), so that a teacher can link to it. */
import { batch, signal } from '@preact/signals';
import { queried } from '../../address.js';
import { shared } from '../../settings.js';

/** @typedef {{lesson: string, step: number}} Place steps count from 0, in the address from 1 */

/** @param {string} search @returns {Place | null} */
function read(search) {
  const query = new URLSearchParams(search);
  const lesson = query.get('lesson');
  return lesson ? { lesson, step: Math.max(0, (Number.parseInt(query.get('step') ?? '1', 10) || 1) - 1) } : null;
}

/** The step that is shown; null outside lessons. */
export const place = signal(read(location.search));

/** The challenge that is taken up; null for none. */
export const challenge = signal(place.value ? null : new URLSearchParams(location.search).get('challenge'));

/** @param {Record<string, string>} next what the address says besides the experiment */
function address(next) {
  const query = new URLSearchParams(location.search);
  for (const name of ['lesson', 'step', 'challenge']) query.delete(name);
  for (const [name, value] of Object.entries(next)) query.set(name, value);
  queried(query.size ? `?${query}` : '', true);
}

/** Goes to a step, or out of lessons and challenges with null: the experiment stays. @param {Place | null} next */
export function go(next) {
  address(next ? { lesson: next.lesson, step: String(next.step + 1) } : {});
  batch(() => {
    place.value = next;
    challenge.value = null;
  });
}

/** Takes up a challenge. @param {string} id */
export function takeUp(id) {
  address({ challenge: id });
  batch(() => {
    place.value = null;
    challenge.value = id;
  });
}

// The browser's Back and Forward.
addEventListener('popstate', () => {
  const next = read(location.search);
  const taken = next ? null : new URLSearchParams(location.search).get('challenge');
  batch(() => {
    if (JSON.stringify(next) !== JSON.stringify(place.peek())) place.value = next;
    challenge.value = taken;
  });
});

/** An experiment that the address brought stays, once: a link may be one to what somebody made. */
let brought = location.hash.length > 1;
export function keepsBrought() {
  const keeps = brought;
  brought = false;
  return keeps;
}

/** By lesson, what is known of each step: whether the prediction held, null for a step that is not done. Kept in this browser. */
const kept = shared('lessons', /** @type {Record<string, (boolean | null)[]>} */ ({}), together);
export const progress = kept.value;

/** Every step that is done in one of both. @param {Record<string, (boolean | null)[]>} theirs @param {Record<string, (boolean | null)[]>} ours */
function together(theirs, ours) {
  const steps = (/** @type {string} */ lesson) => {
    const [a, b] = [theirs[lesson], ours[lesson]].map((known) => (Array.isArray(known) ? known : []));
    return Array.from({ length: Math.max(a.length, b.length) }, (_, at) => a[at] ?? b[at] ?? null);
  };
  return Object.fromEntries([...new Set([...Object.keys(theirs), ...Object.keys(ours)])].map((lesson) => [lesson, steps(lesson)]));
}

/** @param {Place} place @param {boolean} held */
export function record({ lesson, step }, held) {
  kept.change((now) => {
    const steps = [...(now[lesson] ?? [])];
    while (steps.length < step) steps.push(null);
    // What counts is the first prediction: afterwards the answer is known.
    if ((steps[step] ?? null) !== null) return now;
    steps[step] = held;
    return { ...now, [lesson]: steps };
  });
}
