/**
 * Which controls are shown: the schema says from which depth on (`x-depth`; nothing is "explorer"). What differs from the defaults, or
 * has a problem, is shown at every depth: nothing that counts is hidden.
 */
import { choices } from '../experiment.js';
import { depth } from '../settings.js';
import { differs, problemsAt, resolve } from './paths.js';

/** @typedef {import('../boundary').Document} Document */
/** @typedef {import('../boundary').Schema} Schema */

const LEVELS = ['starter', 'explorer', 'lab'];

/** @typedef {{path: import('./paths.js').Path, part: Schema, live: boolean, changed: boolean, shown: boolean, level: number}} Control */

/** How much the user wants to see. */
export const chosenLevel = () => LEVELS.indexOf(depth.value);

/** @param {Schema} part */
export const declared = (part) => LEVELS.indexOf(part['x-depth'] ?? 'explorer');

/**
 * One control and the level for what stands inside it: a choice or a list that only a change made visible brings its own settings along.
 * @param {Schema} part @param {Document} value @param {import('./paths.js').Path} path @param {number} level @param {boolean} live @returns {Control}
 */
export function control(part, value, path, level, live) {
  const list = part.type === 'array';
  const changed = differs(path, part, value, choices(part).length > 0);
  const forced = changed || problemsAt(path, list).length > 0;
  return { path, part, live, changed, shown: forced || declared(part) <= level, level: forced ? Math.max(level, declared(part)) : level };
}

/** Every control of a part of the experiment, in order. @param {Schema} raw @param {Document} value @param {import('./paths.js').Path} path @param {number} level @param {boolean} [live] @returns {Control[]} */
export function controls(raw, value, path, level, live = false) {
  const part = resolve(raw);
  if (part['x-form'] === 'hidden') return [];
  const alive = live || Boolean(part['x-live']);
  if (part.properties)
    return Object.entries(part.properties).flatMap(([key, property]) => controls(property, value?.[key], [...path, key], level, alive));
  const own = control(part, value, path, level, alive);
  const options = choices(part);
  if (options.length) {
    const chosen = options.find(([tag]) => value && typeof value === 'object' && tag in value);
    const inside = chosen ? controls(chosen[1], value[chosen[0]], [...path, chosen[0]], own.level, alive) : [];
    return options.length > 1 ? [own, ...inside] : inside;
  }
  if (part.type === 'array')
    return [
      own,
      ...(value ?? []).flatMap((/** @type {Document} */ entry, /** @type {number} */ index) =>
        controls(part.items, entry, [...path, index], own.level, alive),
      ),
    ];
  return [own];
}
