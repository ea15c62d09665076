/** How the model does on the shown rows: which are wrong, how many of the part that it is judged by, how far off its numbers are. */
import { computed } from '@preact/signals';
import { isJudged } from '../../answers.js';
import * as state from '../../state.js';
import { countWrong, wrongRows } from '../../views/map/rows.js';

/** 1 for each wrong row; null where rows have no classes. */
export const wrong = computed(() => {
  const [run, points] = [state.run.value, state.points.value];
  return run && points && isJudged(run, points) ? wrongRows(points, run.predictions, run.outputs) : null;
});

/** The part that the model is judged by: validation rows, or training rows where none are held out. */
export const judge = computed(() => (state.points.value?.split.includes(1) ? 1 : 0));

/** Of that part: its shown rows, how many are wrong, or the mean |error|; null before there is a prediction. */
export const tally = computed(() => {
  const [run, points] = [state.run.value, state.points.value];
  const part = judge.value;
  if (points && wrong.value) return { part, ...countWrong(points, wrong.value, part), error: null };
  if (!run || !points || points.task !== 'regression' || !isJudged(run, points)) return null;
  const { predictions } = run;
  if (predictions?.length !== points.targets.length) return null;
  let [rows, sum] = [0, 0];
  for (let at = 0; at < points.targets.length; at++) {
    if (points.split[at] !== part) continue;
    rows++;
    sum += Math.abs(predictions[at] - points.targets[at]);
  }
  return { part, rows, wrong: 0, error: rows ? sum / rows : null };
});

/** Of numbers, the share of rows with the largest errors that counts as missed. */
const WORST = 0.1;

/** Rows worth looking at: the wrong ones in their order, of numbers those furthest off, the worst first. */
export function misses() {
  const [run, points] = [state.run.peek(), state.points.peek()];
  if (!run || !points) return [];
  const rows = /** @type {number[]} */ (Array.from(points.targets, (_, row) => row));
  if (wrong.peek()) return rows.filter((row) => wrong.peek()?.[row]);
  const { predictions } = run;
  if (!isJudged(run, points) || predictions?.length !== points.targets.length) return [];
  const error = (/** @type {number} */ row) => Math.abs(predictions[row] - points.targets[row]);
  return rows.sort((a, b) => error(b) - error(a)).slice(0, Math.ceil(rows.length * WORST));
}
