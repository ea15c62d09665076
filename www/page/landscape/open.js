/** Whether the loss landscape is open; `?landscape` in the address opens it. */
import { signal } from '@preact/signals';

export const landscapeOpen = signal(new URLSearchParams(location.search).has('landscape'));
