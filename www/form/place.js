/** Places of a document in the words of the form. Knows the schema and nothing else. */
import { choices, resolve } from '../experiment.js';
import { words } from '../i18n/index.js';

/** @typedef {import('../boundary').Schema} Schema */

/**
 * "Data › Moons › Samples" for `data.moons.samples`; null where a part of the way has no title, as a name that nobody knows.
 * @param {Schema} root the schema @param {string} path as issues have it: names and [indices]
 */
export function placeOf(root, path) {
  const [, run, own] = /^race\.runs\[(\d+)\]\.(.+)$/.exec(path) ?? [null, null, path];
  const titles = run === null ? [] : [String(Number(run) + 1)];
  let part = root;
  for (const [, index, name] of own.matchAll(/\[(\d+)\]|([^.[\]]+)/g)) {
    if (index !== undefined) {
      part = resolve(root, part?.items);
      titles.push(String(Number(index) + 1));
      continue;
    }
    const option = choices(part).find(([tag]) => tag === name);
    part = resolve(root, option ? option[1] : Object.hasOwn(part?.properties ?? {}, name) ? part.properties[name] : null);
    const title = words(part, 'title');
    if (!title) return null;
    if (title !== titles.at(-1)) titles.push(title);
  }
  return titles.join(' › ');
}
