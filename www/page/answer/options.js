/** What the answer's picture shows: kept in this browser. */
import { computed } from '@preact/signals';
import { stored } from '../../settings.js';
import { seen } from '../../state.js';

/** @typedef {import('../../views/map.jsx').Shown} Shown */

/** The test rows are locked: they are looked at once, at the end. @type {Shown} */
const INITIAL = { train: true, validation: true, test: false, rings: true, contours: true, plain: false, residuals: false, misses: false };

const kept = stored('answer', INITIAL);

/** What is shown; what another version of the page left out is as at first. Test rows stay locked until they were revealed. */
export const shown = computed(
  () =>
    /** @type {Shown} */ (
      Object.fromEntries(
        Object.entries(INITIAL).map(([name, initial]) => {
          if (name === 'test' && !seen.value) return [name, false];
          const value = kept.value[/** @type {keyof Shown} */ (name)];
          return [name, typeof value === 'boolean' ? value : initial];
        }),
      )
    ),
);

/** @param {keyof Shown} name @param {boolean} on */
export function show(name, on) {
  kept.value = { ...shown.value, [name]: on };
}
