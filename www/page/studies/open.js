/** Whether a study is under way. */
import { signal } from '@preact/signals';

/** Whether a study has been begun and not given up: what it found is nowhere else. */
export const studying = signal(false);
