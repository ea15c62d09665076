/** Whether the races on surfaces are open, and with what: what differs from the defaults, as JSON. The address holds it as `?surfaces=…`, beside the experiment. */
import { signal } from '@preact/signals';
import { queried } from '../../address.js';

const NAME = 'surfaces';

/** @type {import('@preact/signals').Signal<string | null>} */
export const surfacesOpen = signal(new URLSearchParams(location.search).get(NAME));

/** Opens the races with a document, or with the usual one. @param {object} [changes] */
export const openSurfaces = (changes = {}) => void (surfacesOpen.value = JSON.stringify(changes));

/** Puts what differs from the defaults into the address; null takes it out. @param {object | null} changes */
export function address(changes) {
  const query = changes && (Object.keys(changes).length ? `?${NAME}=${encodeURIComponent(JSON.stringify(changes))}` : `?${NAME}`);
  queried(query || '');
}
