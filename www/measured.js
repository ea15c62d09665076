/** What is measured, on the page: what is measured on rows stands in the schema, a learner's own quantities come with its frames. */
import { language, say, t } from './i18n/index.js';
import { en } from './i18n/words.js';
import { describedBy, quantity } from './quantities.js';
import * as state from './state.js';

export { quantity, rises } from './quantities.js';

describedBy(() => [...(state.schema.value?.['x-measured'] ?? []), ...(state.run.value?.quantities ?? [])]);

/** What a measured quantity says, in a sentence; empty where nobody says it. @param {string} name */
export function meaning(name) {
  const key = `${name}Means`;
  return key in en ? t(/** @type {import('./i18n/index.js').Key} */ (key)) : say(quantity(name)?.about ?? '');
}

/** What a measured quantity is called. @param {string} name */
export function called(name) {
  if (name in en) return t(name);
  const title = say(quantity(name)?.title ?? name);
  return language.value === 'en' ? title[0].toUpperCase() + title.slice(1) : title;
}
