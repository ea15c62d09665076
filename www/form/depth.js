/**
 * Which controls are shown: the schema says from which depth on (`x-depth`; nothing is "explorer"). What differs from the defaults, or
 * has a problem, is shown at every depth: nothing that counts is hidden. A part of which the schema says a depth covers what stands inside it.
 */
import { choices } from '../experiment.js';
import { depth } from '../settings.js';
import { differs, problemsAt, resolve } from './paths.js';

const LEVELS = ['starter', 'explorer', 'lab'];

/** @typedef {import('../boundary').Document} Document */
/** @typedef {import('../boundary').Schema} Schema */

/** @typedef {{path: import('./paths.js').Path, part: Schema, live: boolean, changed: boolean, shown: boolean, level: number}} Control */

/** How much the user wants to see. */
export const chosenLevel = () => LEVELS.indexOf(depth.value);

/** @param {Schema} part */
export const declared = (part) => LEVELS.indexOf(part['x-depth'] ?? 'explorer');

/**
 * One control and the level for what stands inside it: a choice or a list that only a change made visible brings its own settings along. `floor` is the
 * depth of what it stands in.
 * @param {Schema} part @param {Document} value @param {import('./paths.js').Path} path @param {number} level @param {boolean} live @param {number} [floor] @returns {Control}
 */
export function control(part, value, path, level, live, floor = 0) {
  const list = part.type === 'array';
  const changed = differs(path, part, value, choices(part).length > 0);
  const forced = changed || problemsAt(path, list).length > 0;
  return {
    path,
    part,
    live,
    changed,
    shown: forced || Math.max(floor, declared(part)) <= level,
    level: forced ? Math.max(level, declared(part)) : level,
  };
}

/** Every control of a part of the experiment, in order. @param {Schema} raw @param {Document} value @param {import('./paths.js').Path} path @param {number} level @param {boolean} [live] @param {number} [floor] @returns {Control[]} */
export function controls(raw, value, path, level, live = false, floor = 0) {
  const part = resolve(raw);
  if (part['x-form'] === 'hidden') return [];
  const alive = live || Boolean(part['x-live']);
  const under = part['x-depth'] ? Math.max(floor, declared(part)) : floor;
  if (part.properties)
    return Object.entries(part.properties).flatMap(([key, property]) =>
      controls(property, value?.[key], [...path, key], level, alive, under),
    );
  const own = control(part, value, path, level, alive, floor);
  const options = choices(part);
  if (options.length) {
    const chosen = options.find(([tag]) => value && typeof value === 'object' && tag in value);
    const inside = chosen ? controls(chosen[1], value[chosen[0]], [...path, chosen[0]], own.level, alive, under) : [];
    return options.length > 1 ? [own, ...inside] : inside;
  }
  if (part.type === 'array')
    return [
      own,
      ...(value ?? []).flatMap((/** @type {Document} */ entry, /** @type {number} */ index) =>
        controls(part.items, entry, [...path, index], own.level, alive, under),
      ),
    ];
  return [own];
}
