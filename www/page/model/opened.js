/** The layer that is looked at closely: its number, and within a residual block the number there. */
import { signal } from '@preact/signals';

export const opened = signal(/** @type {number[] | null} */ (null));
