/** Whether the view of the data is open. */
import { signal } from '@preact/signals';

export const dataOpen = signal(false);
