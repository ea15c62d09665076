/** Whether the studies are open. */
import { signal } from '@preact/signals';

export const studiesOpen = signal(false);
