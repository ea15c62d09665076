/**
 * What is measured, as the engine describes it: names, which way is better, bounds, terms of the glossary. What is measured on rows stands in the schema; a learner's own quantities
 * come with its frames.
 */
import { language, say, t } from './i18n/index.js';
import { en } from './i18n/words.js';
import * as state from './state.js';

/** @typedef {{name: string, title: import('./i18n/index.js').Message, about: import('./i18n/index.js').Message | null, unit: import('./i18n/index.js').Message | null, direction: 'up' | 'down' | null, low: number | null, high: number | null, term: string | null, of_rows: boolean}} Quantity */

/** @param {string} name @returns {Quantity | undefined} */
export function quantity(name) {
  const known = (/** @type {Quantity[] | undefined} */ all) => all?.find((one) => one.name === name);
  return known(state.schema.value?.['x-measured']) ?? known(state.run.value?.quantities);
}

/** What a measured quantity is called. @param {string} name */
export function called(name) {
  if (name in en) return t(name);
  const title = say(quantity(name)?.title ?? name);
  return language.value === 'en' ? title[0].toUpperCase() + title.slice(1) : title;
}

/** Whether a quantity grows as a model gets better. @param {string} metric */
export const rises = (metric) => quantity(metric)?.direction === 'up';
