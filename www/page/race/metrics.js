/** Metrics that can be a finish line. */
import { quantity, rises } from '../../quantities.js';

/** @typedef {import('../../state.js').AnyRun} AnyRun */

/** The part of the data on which runs are judged. @param {AnyRun} run */
export const watched = (run) => (Object.keys(run.measured.validation).length ? 'validation' : 'train');

/** Evaluations from which a line can be told. */
const ENOUGH = 3;

/** Two digits, rounded to the side that is easier to reach. @param {number} value @param {boolean} up the metric rises */
function easier(value, up) {
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value) || 1)) - 1);
  const rounded = (up ? Math.floor : Math.ceil)(Number((value / unit).toPrecision(12))) * unit;
  return Number(rounded.toPrecision(2));
}

/**
 * A line of a metric that fits what was seen of it: nearly the best that the run reached, or half of the way down of a loss, whose last half takes most updates. Undefined where too
 * little was seen. @param {string} metric @param {(number | null)[]} values over the run so far
 */
export function fitting(metric, values) {
  const seen = values.filter((value) => value !== null && Number.isFinite(value));
  if (seen.length < ENOUGH) return undefined;
  const [first, ...others] = /** @type {number[]} */ (seen);
  if (rises(metric)) {
    const best = Math.max(first, ...others);
    // A model that knows nothing has an R² of 0, and a bad start may be far below.
    const from = quantity(metric)?.low === null ? Math.max(0, first) : first;
    return best > from ? easier(from + 0.95 * (best - from), true) : easier(best, true);
  }
  return easier((first + Math.min(first, ...others)) / 2, false);
}

/** A line of a metric for a race or a study: one that fits what the run has reached, else what most would call good. @param {AnyRun} run @param {string} metric @param {Record<string, (number | null)[]>} [columns] its history */
export function lineOf(run, metric, columns = {}) {
  const part = watched(run);
  const usual = rises(metric) ? (quantity(metric)?.low === 0 ? 0.95 : 0.9) : Number((run.measured[part][metric] / 2).toPrecision(2));
  return { metric, value: fitting(metric, columns[`${part}.${metric}`] ?? []) ?? usual };
}

/** A line for a start. @param {AnyRun} run @param {Record<string, (number | null)[]>} [columns] its history @returns {{metric: string, value: number}} */
export function proposed(run, columns) {
  const measured = run.measured[watched(run)];
  return lineOf(run, Object.keys(measured).find(rises) ?? 'loss', columns);
}
