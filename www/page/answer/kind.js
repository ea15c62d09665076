/** Which picture suits the rows: decided by what they are, not by where they come from. */

/** @typedef {'plane' | 'gallery' | 'series' | 'truth'} Kind points and curves, rows to be seen one by one, a series in time, anything else */

/** @param {any} points @returns {Kind} */
export function kindOf({ columns, shape, task, ordered }) {
  if (shape.kind === 'flat') return columns.length <= 2 ? 'plane' : 'truth';
  if (task !== 'regression') return 'gallery';
  return shape.kind === 'sequence' && shape.features === 1 && ordered ? 'series' : 'truth';
}
