/** What a lane shows, in words: for those who hear the page. */
import { exact } from '../../charts/numbers.js';
import { count } from '../../format.js';
import { t } from '../../i18n/index.js';
import { called } from '../../measured.js';

/** @typedef {import('../../state.js').AnyRun} AnyRun */

/** @typedef {import('./lanes.js').Description} Description */
/** @typedef {Record<string, (number | null)[]>} Columns */

const READINGS = /** @type {const} */ ({
  update: 'chartAtUpdate',
  epoch: 'chartAtEpoch',
  rows: 'chartAtRows',
  gradient_evaluations: 'chartAtGradients',
  seconds: 'chartAtSeconds',
});

/** Where on the x axis a row is. @param {Columns} columns @param {keyof typeof READINGS} unit @param {number} row */
export const reading = (columns, unit, row) => t(READINGS[unit], { n: exact(columns[unit]?.[row]) });

/** How many gradients were computed, where that is not one an update: then updates alone would be no honest measure. @param {Columns} columns @returns {number | null} */
export function gradientsOf({ gradient_evaluations: gradients = [], update = [] }) {
  const taken = gradients[gradients.length - 1] ?? null;
  return taken && taken !== update[update.length - 1] ? taken : null;
}

/** The values of a lane at a row. @param {Description} lane @param {Columns} columns @param {number} row @param {string[]} more */
export function sentence({ title, series }, columns, row, more = []) {
  const values = series
    .filter(([, column]) => columns[column] && (columns[column][row] ?? null) !== null)
    .map(([id, column]) => {
      const value = exact(columns[column][row]);
      return id === 'train' || id === 'validation' ? t('saidPair', { name: t(id), value }) : value;
    });
  return t('saidLane', { title: called(title), values: [...values, ...more].join(t('saidComma')) || t('saidNothing') });
}

/** A lane as it stands now. @param {Description} lane @param {Columns} columns @param {AnyRun} run */
export function laneSentence(lane, columns, run) {
  const best = lane.sort === 'loss' && run.best ? [t('saidBest', { value: exact(run.best.loss), n: count(run.best.update) })] : [];
  return sentence(lane, columns, (columns.update?.length ?? 0) - 1, best);
}
