/** What a lesson asks of finished runs. Pure functions of a run's history: they know no page, so that a test asks the same. */
export { counted } from '../i18n/filled.js';

/**
 * A run as a lesson sees it: columns of its history by name (`update`, `train.loss`, `validation.accuracy` …), null where there is no number.
 * @typedef {{columns: Record<string, (number | null)[]>, update: number, best: {update: number, loss: number} | null, stop: {reason: string, update: number} | null}} Run
 */

/** @typedef {readonly [en: string, zh: string]} Pair a sentence in both languages */

/** The rows of a series that have a number, as [update, value]. @param {Run} run @param {string} series @returns {[number, number][]} */
export function rows({ columns }, series) {
  const values = columns[series] ?? [];
  return values.flatMap((value, at) =>
    Number.isFinite(value ?? NaN) ? [/** @type {[number, number]} */ ([columns.update[at], value])] : [],
  );
}

/** The value at the end of the run; infinite where it ended in numbers that are none. @param {Run} run @param {string} series */
export function last(run, series) {
  const values = run.columns[series] ?? [];
  return values[values.length - 1] ?? Infinity;
}

/** The last value at or before an update. @param {Run} run @param {string} series @param {number} update */
export const at = (run, series, update) =>
  rows(run, series)
    .filter(([when]) => when <= update)
    .pop()?.[1] ?? Infinity;

/** Where a series is lowest. @param {Run} run @param {string} series */
export const lowest = (run, series) =>
  rows(run, series).reduce((best, [update, value]) => (value < best.value ? { update, value } : best), { update: 0, value: Infinity });

/** Where a series is highest. @param {Run} run @param {string} series */
export const highest = (run, series) =>
  rows(run, series).reduce((best, [update, value]) => (value > best.value ? { update, value } : best), { update: 0, value: -Infinity });

/** The first update at which a series is at or above `value`; infinite where it never is. @param {Run} run @param {string} series @param {number} value */
export const rises = (run, series, value) => rows(run, series).find(([, there]) => there >= value)?.[0] ?? Infinity;

/** The first update at which a series is at or below `value`; infinite where it never is. @param {Run} run @param {string} series @param {number} value */
export const falls = (run, series, value) => rows(run, series).find(([, there]) => there <= value)?.[0] ?? Infinity;

/** How much a series jumps from one evaluation to the next, on average. @param {Run} run @param {string} series */
export function restless(run, series) {
  const values = rows(run, series).map(([, value]) => value);
  const jumps = values.slice(1).map((value, at) => Math.abs(value - values[at]));
  return jumps.reduce((sum, jump) => sum + jump, 0) / Math.max(1, jumps.length);
}

/** The place of the smallest value; -1 where two are equal, because then none is it. @param {number[]} values */
export function least(values) {
  const smallest = Math.min(...values);
  return values.filter((value) => value === smallest).length === 1 ? values.indexOf(smallest) : -1;
}

/** The place of the largest value; -1 where two are equal. @param {number[]} values */
export const most = (values) => least(values.map((value) => -value));

/** A number as a sentence says it: three digits that count. @param {number} value */
export function said(value) {
  if (!Number.isFinite(value)) return '∞';
  const size = Math.abs(value);
  if (size >= 1e5) return value.toExponential(1);
  return size >= 1000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
}

/** A share of one. @param {number} value */
export const percent = (value) => `${(value * 100).toFixed(1)} %`;

/** An update as it is reached or not, in both languages. @param {number} update @returns {Pair} */
export const when = (update) =>
  Number.isFinite(update) ? [`at update ${said(update)}`, `第 ${said(update)} 次更新`] : ['not reached', '未达到'];

/** The mean of a series over updates after `from` and up to `to`. @param {Run} run @param {string} series @param {number} from @param {number} [to] */
export function mean(run, series, from, to = Infinity) {
  const values = rows(run, series)
    .filter(([update]) => update > from && update <= to)
    .map(([, value]) => value);
  return values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : Infinity;
}
