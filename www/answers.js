/** What a run's answers are, as its learner says: probabilities or scores of classes, numbers, clusters, or whether a row is one of the data or made. */
import { t } from './i18n/index.js';

/** @typedef {import('./state.js').Points} Points */
/** @typedef {import('./state.js').Run} Run */

/** Whether it answers with a number. @param {Run} run */
export const saysNumbers = (run) => run.answer.kind === 'value';

/** Answers that are the rows' target, and so can be right or wrong. */
const JUDGED = ['value', 'probabilities', 'scores'];

/** Whether an answer can be right or wrong: whether it is what the rows' target is. @param {Run} run @param {Points} points */
export const isJudged = (run, points) =>
  points.task !== 'clustering' && saysNumbers(run) === (points.task === 'regression') && JUDGED.includes(run.answer.kind);

/** What each number of an answer stands for, where it is not the target's classes. @type {Record<string, (run: Run) => string[]>} */
const NAMES = {
  clusters: (run) => Array.from({ length: run.outputs }, (_, at) => t('clusterNamed', { n: at + 1 })),
  samples: () => [t('madeHere'), t('realHere')],
};

/** What each of an answer's numbers stands for: the classes, or what the learner itself finds. @param {Run} run @param {Points} points @returns {string[]} */
export const namesOf = (run, points) => NAMES[run.answer.kind]?.(run) ?? points.classes;

/** Whether the numbers tell how sure it is: all of a row add up to one. @param {Run} run */
export const areShares = (run) => run.answer.kind === 'probabilities' || run.answer.kind === 'samples';

/** What a run's answers come to where they cannot be right or wrong: the word for it. @param {Run} run */
export const saidOf = (run) => (run.answer.kind === 'samples' ? 'saySamples' : 'sayClusters');
