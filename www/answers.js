/** What a run's answers are, as its learner says: probabilities or scores of classes, numbers, or clusters. */
import { t } from './i18n/index.js';

/** Whether it answers with a number. @param {any} run */
export const saysNumbers = (run) => run.answer.kind === 'value';

/** Whether an answer can be right or wrong: whether it is what the rows' target is. @param {any} run @param {any} points */
export const isJudged = (run, points) =>
  points.task !== 'clustering' && saysNumbers(run) === (points.task === 'regression') && run.answer.kind !== 'clusters';

/** What each of an answer's numbers stands for: the classes, or the clusters by their numbers. @param {any} run @param {any} points @returns {string[]} */
export const namesOf = (run, points) =>
  run.answer.kind === 'clusters' ? Array.from({ length: run.outputs }, (_, at) => t('clusterNamed', { n: at + 1 })) : points.classes;

/** Whether the numbers tell how sure it is: all of a row add up to one. @param {any} run */
export const areShares = (run) => run.answer.kind === 'probabilities';
