/** At which view the data is looked at. */
import { signal } from '@preact/signals';
import { show } from '../panels.js';

/** @typedef {'rows' | 'columns' | 'related' | 'parts'} View */

/** The view that is shown; null for the one that suits the rows. */
export const dataView = signal(/** @type {View | null} */ (null));

/** @param {View | null} [view] */
export function lookAtData(view = null) {
  dataView.value = view;
  show('data');
}
