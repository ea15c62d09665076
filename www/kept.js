/** Which of the user's files the browser keeps, and why others are not kept. The files themselves are on the shelf (`shelf.js`), which is fetched when it is needed. */
import { signal } from '@preact/signals';

/** @typedef {import('./shelf.js').Kept} Kept */

/** What is kept, the newest first; null where nobody has looked yet. */
export const kept = signal(/** @type {Kept[] | null} */ (null));
/** Files of this visit that are not kept, and why: there is no room, or the browser keeps nothing. */
export const unkept = signal(/** @type {Record<string, 'full' | 'refused'>} */ ({}));

const shelf = () => import('./shelf.js');

/** Looks at what is kept. */
export async function look() {
  kept.value = await shelf()
    .then(({ list }) => list())
    .catch(() => []);
}

/** Keeps a file of this visit. @param {string} name @param {Uint8Array} bytes @param {string[]} needed names of files that must not give way @returns {Promise<string[]>} what gave way */
export async function keep(name, bytes, needed) {
  const { [name]: _, ...others } = unkept.value;
  let gone = /** @type {string[]} */ ([]);
  try {
    gone = await (await shelf()).put(name, bytes, needed);
    unkept.value = others;
  } catch (error) {
    unkept.value = { ...others, [name]: /** @type {any} */ (error)?.name === 'QuotaExceededError' ? 'full' : 'refused' };
    // An older file under this name would come back in the place of this one.
    await shelf()
      .then(({ forget }) => forget(name))
      .catch(() => {});
  }
  await look();
  return gone;
}

/** A file that was kept; null where there is none. @param {string} name */
export const restore = (name) =>
  shelf()
    .then(({ take }) => take(name))
    .catch(() => null);

/** Takes a file out of the browser's memory. @param {string} name */
export async function forget(name) {
  await shelf()
    .then(({ forget }) => forget(name))
    .catch(() => {});
  await look();
}
