/** Whether the view of the data is open, and at what it opens. */
import { signal } from '@preact/signals';

/** @typedef {'rows' | 'columns' | 'related' | 'parts'} View */

export const dataOpen = signal(false);
/** The view that is shown; null for the one that suits the rows. */
export const dataView = signal(/** @type {View | null} */ (null));

/** @param {View | null} [view] */
export function lookAtData(view = null) {
  dataView.value = view;
  dataOpen.value = true;
}
