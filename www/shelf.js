/**
 * The user's files as the browser keeps them, so that they outlast a reload: in IndexedDB, under their names. What is known of a file stands beside its bytes,
 * so that the list needs no bytes. Fetched when the first file comes, or when a document names one.
 */
import { createStore, delMany, getMany, keys, set, setMany } from 'idb-keyval';

/** @typedef {{name: string, size: number, opened: number}} Kept `size` in bytes, `opened` in milliseconds since 1970 */

/** Bytes that are kept at most: what is left to others of the browser's room. */
export const MOST = 256 * 2 ** 20;

const store = createStore('descent-files', 'files');
const about = (/** @type {string} */ name) => `about ${name}`;
const content = (/** @type {string} */ name) => `bytes ${name}`;

/** What is kept, the newest first. @returns {Promise<Kept[]>} */
export async function list() {
  const known = (await keys(store)).map(String).filter((key) => key.startsWith(about('')));
  const found = /** @type {Kept[]} */ ((await getMany(known, store)).filter(Boolean));
  return found.sort((a, b) => b.opened - a.opened);
}

/**
 * Which files give way so that `more` bytes have room, in their order: the largest and oldest first, by bytes times the time since they were opened.
 * @param {Kept[]} others @param {number} more @param {number} most @param {number} now @returns {{out: Kept[], next: Kept[]}} `next` are those that would go after them
 */
export function yielding(others, more, most, now) {
  const weight = (/** @type {Kept} */ { size, opened }) => size * Math.max(1, now - opened);
  const next = [...others].sort((a, b) => weight(b) - weight(a));
  const out = [];
  let total = others.reduce((sum, { size }) => sum + size, more);
  while (total > most && next.length) {
    const [first] = next.splice(0, 1);
    out.push(first);
    total -= first.size;
  }
  return { out, next };
}

/**
 * Keeps a file; those that are not `needed` give way where there is no room. Throws where the browser keeps nothing or has no room even so.
 * @param {string} name @param {Uint8Array} bytes @param {string[]} needed names of files that stay @returns {Promise<string[]>} the names of those that gave way
 */
export async function put(name, bytes, needed) {
  const now = Date.now();
  const all = (await list()).filter((kept) => kept.name !== name);
  const held = all.filter((kept) => needed.includes(kept.name)).reduce((sum, { size }) => sum + size, 0);
  if (bytes.length + held > MOST) throw new DOMException('more than is kept', 'QuotaExceededError');
  const { out, next } = yielding(
    all.filter((kept) => !needed.includes(kept.name)),
    bytes.length,
    MOST - held,
    now,
  );
  const gone = out.map((kept) => kept.name);
  await Promise.all(gone.map(forget));
  for (;;) {
    try {
      await setMany(
        [
          [about(name), { name, size: bytes.length, opened: now }],
          [content(name), bytes],
        ],
        store,
      );
      return gone;
    } catch (error) {
      // The browser's own room may be smaller than ours.
      const last = next.shift();
      if (/** @type {any} */ (error)?.name !== 'QuotaExceededError' || !last) throw error;
      await forget(last.name);
      gone.push(last.name);
    }
  }
}

/** A file that is kept, and when it was opened; null where there is none. It is no older than this look at it. @param {string} name @returns {Promise<{bytes: Uint8Array, opened: number} | null>} */
export async function take(name) {
  const [known, bytes] = await getMany([about(name), content(name)], store);
  if (!known || !(bytes instanceof Uint8Array)) return null;
  await set(about(name), { ...known, opened: Date.now() }, store).catch(() => {});
  return { bytes, opened: known.opened };
}

/** @param {string} name */
export const forget = (name) => delMany([about(name), content(name)], store);
