/** The files that a document names: every setting of the schema that is a file (`x-largest-bytes`), whatever it belongs to. Knows JSON and nothing else. */
import { choices, resolve, tagOf } from './experiment.js';

/** @typedef {import('./boundary').Document} Document */
/** @typedef {import('./state.js').Run} Run */
/** @typedef {import('./boundary').Schema} Schema */

/** @typedef {{path: string, name: string, largest: number}} Named where the document names it, and how many bytes it may have */

/** @param {Document} it */
const plain = (it) => it !== null && typeof it === 'object' && !Array.isArray(it);

/** The files of one experiment, complete or not, each place once. @param {Schema} root the schema @param {Document} experiment @returns {Named[]} */
export function filesNamed(root, experiment) {
  /** @type {Named[]} */
  const found = [];
  /** @param {Schema} raw @param {Document} value @param {string} path */
  const walk = (raw, value, path) => {
    const part = resolve(root, raw);
    if (!part) return;
    const largest = part['x-largest-bytes'];
    if (largest !== undefined && typeof value === 'string' && value) found.push({ path, name: value, largest });
    if (Array.isArray(value)) value.forEach((item, at) => walk(part.items, item, `${path}[${at}]`));
    if (!plain(value)) return;
    const option = choices(part).find(([tag]) => tag === tagOf(value));
    if (option) walk(option[1], value[option[0]], `${path}.${option[0]}`);
    for (const [key, inner] of Object.entries(part.properties ?? {}))
      if (Object.hasOwn(value, key)) walk(inner, value[key], path ? `${path}.${key}` : key);
  };
  walk(root, experiment, '');
  return found;
}

/** The files of a document as links tell it: one experiment, or the runs of a race and what they were before. @param {Schema} root @param {Document} told @returns {Named[]} */
export function filesTold(root, told) {
  if (!plain(told)) return [];
  const runs = Array.isArray(told.race?.runs) ? told.race.runs.filter(plain) : [told];
  const all = runs.flatMap((/** @type {Document} */ run) => [run, ...(plain(run.from?.before) ? [run.from.before] : [])]);
  const found = /** @type {Named[]} */ (all.flatMap((/** @type {Document} */ run) => filesNamed(root, run)));
  return found.filter((file, at) => found.findIndex(({ name }) => name === file.name) === at);
}
