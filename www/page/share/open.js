/** Whether the dialog with the page's link is open. */
import { signal } from '@preact/signals';

export const shareOpen = signal(false);
