/** Options in groups, as the schema names them (`x-group`). */
import { resolve } from './paths.js';

/** @typedef {import('../boundary').Schema} Schema */

/** All groups, in the order in which they are shown. */
const GROUPS = /** @type {const} */ (['basic', 'any', 'points', 'numbers', 'table', 'image', 'sequence', 'steady', 'own', 'other']);

/** @typedef {typeof GROUPS[number]} Group */

/** @param {[string, Schema][]} options @returns {[Group, [string, Schema][]][]} */
export function grouped(options) {
  /** @param {Schema} part @returns {Group} */
  const groupOf = (part) => (GROUPS.includes(part['x-group']) ? part['x-group'] : 'other');
  return GROUPS.map(
    (group) => /** @type {[Group, [string, Schema][]]} */ ([group, options.filter(([, part]) => groupOf(resolve(part)) === group)]),
  ).filter(([, kinds]) => kinds.length > 0);
}
