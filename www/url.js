/**
 * The address holds what differs from the defaults, as compact JSON behind `#`, and what was told to the runs on their way; it replays the experiment bit for
 * bit. In the address bar it can be read; links that are handed on are packed where that is shorter.
 */

/** @typedef {import('./boundary').Document} Document */

/** What of `value` differs from `base`; undefined for nothing. Lists and tagged choices are kept whole.
 * @param {Document} value @param {Document} base @returns {Document} */
export function difference(value, base) {
  if (JSON.stringify(value) === JSON.stringify(base)) return undefined;
  const plain = (/** @type {Document} */ it) => it && typeof it === 'object' && !Array.isArray(it);
  if (!plain(value) || !plain(base) || Object.keys(value).join() !== Object.keys(base).join()) return value;
  /** @type {Record<string, Document>} */
  const result = {};
  for (const key of Object.keys(value)) {
    const changed = difference(value[key], base[key]);
    if (changed !== undefined) result[key] = changed;
  }
  return result;
}

/** @param {object} changes */
export const encode = (changes) => (Object.keys(changes ?? {}).length ? '#' + encodeURIComponent(JSON.stringify(changes)) : '');

/** What a link begins with that was packed (`pack.js`). Other ways to pack need another sign. */
export const SIGN = '#z.';

/** What a link says, packed or not; null where it was cut or changed on its way, so that nothing of it can be read. @param {string} hash @returns {Promise<string | null>} */
export async function opened(hash) {
  if (!hash.startsWith(SIGN)) return decode(hash);
  const { unpack } = await import('./pack.js');
  return unpack(hash);
}

/** @param {string} hash @returns {string} JSON text, perhaps broken: whoever opens it names the problem */
export function decode(hash) {
  const text = hash.replace(/^#/, '');
  if (!text) return '{}';
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
