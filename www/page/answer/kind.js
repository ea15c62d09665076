/** Which picture suits the rows: decided by what they are, not by where they come from. */

import { signal } from '@preact/signals';

/** @typedef {import('../../state.js').Points} Points */

/** Rows of many columns are shown by what is true and what is said of them, not on a plane through them. */
export const rowByRow = signal(false);

/** Rows as they lie on the plane of the map, by the rows as the engine sent them: drawings keep what they made of the same rows. @type {WeakMap<Points, Points>} */
const placed = new WeakMap();

/** Rows with the two numbers that tell where they lie: their own, or those of a plane through more. @param {Points} points @returns {Points} */
export function onMap(points) {
  if (!points.plane) return points;
  const there = placed.get(points) ?? { ...points, inputs: points.plane.places, columns: points.plane.names };
  placed.set(points, there);
  return there;
}

/** @typedef {'plane' | 'gallery' | 'series' | 'truth'} Kind points and curves, rows to be seen one by one, a series in time, anything else */

/** @param {Points} points @returns {Kind} */
export function kindOf({ columns, shape, task, ordered, plane }) {
  if (shape.kind === 'flat') return columns.length <= 2 || (plane && !rowByRow.value) ? 'plane' : 'truth';
  if (task !== 'regression') return 'gallery';
  return shape.kind === 'sequence' && shape.features === 1 && ordered ? 'series' : 'truth';
}
