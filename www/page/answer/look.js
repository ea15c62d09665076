/**
 * The part of the plane that is looked at. The picture moves at once; the engine is asked for a new one at most once a displayed frame, and
 * not before it has answered the last time.
 */
import { effect, signal } from '@preact/signals';
import * as state from '../../state.js';
import { same } from '../../views/map/range.js';
import { extent, timeOf } from '../../views/rows/series.js';
import { kindOf, onMap } from './kind.js';

/** @typedef {import('../../state.js').Points} Points */

/** @typedef {import('../../views/map/range.js').Range} Range */

/** The wanted part, null for the whole. @type {import('@preact/signals').Signal<Range | null>} */
export const wanted = signal(/** @type {Range | null} */ (null));

/** The stretch of a series that is looked at, null for the whole: the engine has no part in it. @type {import('@preact/signals').Signal<Range | null>} */
const stretch = signal(/** @type {Range | null} */ (null));

/** Displayed frames after which an answer counts as lost. */
const PATIENCE = 60;
let due = false;

// Another experiment opens with its whole picture.
effect(() => {
  if (state.range.value === null) wanted.value = null;
});
effect(() => {
  state.rows.value;
  wanted.value = null;
  stretch.value = state.rows.value && kindOf(state.rows.value) === 'series' ? atFirst(state.rows.value) : null;
});

/** Steps of a series that can be told apart. */
const READABLE = 160;

/** Of a long series, where training ends and validation begins: all of it would be a thicket. @param {Points} points @returns {Range | null} */
function atFirst(points) {
  const [first, last, low, high] = extent(points);
  if (last - first < 1.5 * READABLE) return null;
  const border = timeOf(points, Math.max(0, points.split.indexOf(1)));
  const from = Math.max(first, Math.min(last - READABLE, border - 0.6 * READABLE));
  return [from, from + READABLE, low, high];
}

/** Over one column, and in time, the view moves across only. @param {Points} points @param {Range | null} range @param {ArrayLike<number>} home @returns {Range | null} */
const keepUp = (points, range, home) =>
  range && (onMap(points).columns.length === 1 || points.ordered) ? [range[0], range[1], home[2], home[3]] : range;

/** What is seen of these rows and how that is changed; nothing where there is no plane and no series. @param {Points} points @returns {import('../../views/map/plane.jsx').View | null} */
export function viewOf(points) {
  const kind = kindOf(points);
  if (kind !== 'series' && kind !== 'plane') return null;
  const [seen, home, set] =
    kind === 'series'
      ? [stretch.value, extent(points), (/** @type {Range | null} */ range) => void (stretch.value = range)]
      : [wanted.value, points.range, look];
  return { range: seen ?? home, home, moved: seen !== null, set: (range) => set(keepUp(points, range, home)) };
}

/** @param {Range | null} range */
function look(range) {
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
