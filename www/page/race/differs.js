/** What differs between two experiments, in the words of the form. */
import { choices, resolve, tagOf } from '../../experiment.js';
import { number } from '../../format.js';
import { t, words } from '../../i18n/index.js';

/** @typedef {import('../../boundary').Document} Document */
/** @typedef {import('../../boundary').Schema} Schema */

/** @typedef {{title: string, value: string}} Difference */

const same = (/** @type {Document} */ a, /** @type {Document} */ b) => JSON.stringify(a) === JSON.stringify(b);

/** @param {Schema} root the schema @param {Schema} raw its part @param {Document} value @returns {string} */
export function written(root, raw, value) {
  const part = resolve(root, raw);
  if (typeof value === 'number') return number(value);
  if (typeof value === 'boolean') return t(value ? 'on' : 'off');
  if (Array.isArray(value)) return String(value.length);
  const constant = (part?.oneOf ?? []).find((/** @type {Schema} */ option) => option.const === value);
  if (constant) return words(constant, 'title');
  const option = choices(part).find(([tag]) => tag === tagOf(value));
  if (option) return words(resolve(root, option[1]), 'title');
  return value === null || value === undefined ? t('off') : typeof value === 'object' ? t('changed') : String(value);
}

/** A choice with the number that matters most in it: its learning rate, what it is called after, or its only number. @param {Schema} root @param {Schema} part @param {Document} value */
export function chosen(root, part, value) {
  const [tag, own] = /** @type {[string, Schema]} */ (Object.entries(value ?? {})[0] ?? []);
  const numbers = Object.values(typeof own === 'object' ? (own ?? {}) : {}).filter((number) => typeof number === 'number');
  const most = own?.learning_rate ?? own?.[tag] ?? (numbers.length === 1 ? numbers[0] : undefined);
  return typeof most === 'number' ? `${written(root, part, value)} ${number(most)}` : written(root, part, value);
}

/** The layers of a list, as many as they are. @param {Schema} root @param {Schema} items @param {Document[]} list */
const listed = (root, items, list) =>
  list
    .map((item) => {
      const units = /** @type {Document} */ (Object.values(item ?? {})[0])?.units;
      return units === undefined ? written(root, resolve(root, items), item) : String(units);
    })
    .join('–') || t('none');

/** @param {Schema} root the schema @param {Schema} raw its part @param {Document} base @param {Document} own @param {string} [title] @returns {Difference[]} */
export function differences(root, raw, base, own, title = '') {
  if (same(base, own)) return [];
  const part = resolve(root, raw);
  const name = words(part, 'title') || title;
  const options = choices(part);
  if (options.length) {
    const tag = tagOf(own);
    const option = options.find(([key]) => key === tag);
    // What is chosen names itself, unless it is that nothing is.
    if (!option || tag !== tagOf(base)) return [{ title: option && tag !== 'off' ? '' : name, value: chosen(root, part, own) }];
    const inner = differences(root, option[1], base[tag], own[tag], name);
    // Which optimizer it is says more than that its rate is another.
    const rated = own[tag]?.learning_rate !== base[tag]?.learning_rate;
    if (!rated) return inner;
    const rate = words(resolve(root, resolve(root, option[1]).properties.learning_rate), 'title');
    return [{ title: '', value: chosen(root, part, own) }, ...inner.filter(({ title }) => title !== rate)];
  }
  if (part?.properties)
    return Object.entries(part.properties).flatMap(([key, property]) => differences(root, property, base?.[key], own?.[key], name));
  if (Array.isArray(own) && Array.isArray(base)) {
    if (own.length === base.length) return own.flatMap((item, at) => differences(root, part.items, base[at], item, name));
    return [{ title: name, value: listed(root, part.items, own) }];
  }
  return [{ title: name, value: written(root, part, own) }];
}
