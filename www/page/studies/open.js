/** Whether the studies are open. */
import { signal } from '@preact/signals';

export const studiesOpen = signal(false);
/** Whether a study has been begun and not given up: what it found is nowhere else. */
export const studying = signal(false);
