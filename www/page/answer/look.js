/**
 * The part of the plane that is looked at. The picture moves at once; the engine is asked for a new one at most once a displayed frame, and
 * not before it has answered the last time.
 */
import { effect, signal } from '@preact/signals';
import * as state from '../../state.js';
import { same } from '../../views/map/range.js';

/** @typedef {import('../../views/map/range.js').Range} Range */

/** The wanted part, null for the whole. @type {import('@preact/signals').Signal<Range | null>} */
export const wanted = signal(/** @type {Range | null} */ (null));

/** Displayed frames after which an answer counts as lost. */
const PATIENCE = 60;
let due = false;

// Another experiment opens with its whole picture.
effect(() => {
  if (state.range.value === null) wanted.value = null;
});
effect(() => {
  state.points.value;
  wanted.value = null;
});

/** @param {Range | null} range */
export function look(range) {
  wanted.value = range;
  if (!due) requestAnimationFrame(() => ask(PATIENCE));
  due = true;
}

/** @param {number} patience */
function ask(patience) {
  const [asked, run] = [state.range.peek(), state.run.peek()];
  if (patience && asked && run && !same(asked, run.map_range)) return void requestAnimationFrame(() => ask(patience - 1));
  due = false;
  state.range.value = wanted.peek();
}
