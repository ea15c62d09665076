/** The page's language: its own strings from `words.js`, the settings' from the schema. */
import { effect } from '@preact/signals';
import { short } from '../format.js';
import { stored } from '../settings.js';
import { filled } from './filled.js';
import { en, zh } from './words.js';

/** @typedef {import('../boundary').Schema} Schema */

/** @typedef {string} Key of the words: they are found by file, so that it is `tests/words.mjs` which holds that each exists */
/** @typedef {{en: string, zh: string}} Message what is kept in both languages, because it may outlast a change of language: what the engine says, a notice */

export const language = stored('language', /** @type {'en' | 'zh'} */ (navigator.language.startsWith('zh') ? 'zh' : 'en'), ['en', 'zh']);

/** @param {Key} key @param {Record<string, string | number>} [values] */
export const t = (key, values = {}) => filled((language.value === 'zh' ? zh : en)[key], values);

/** Whether there are such words: what a schema names may be new to the page. @param {Key} key */
export const has = (key) => Object.hasOwn(en, key);

/** For what is shown later by `say`. @param {Key} key @param {Record<string, string | number>} [values] @returns {Message} */
export const both = (key, values = {}) => ({ en: filled(en[key], values), zh: filled(zh[key], values) });

/** The one of the page's language; a plain text has only one. @param {Message | string} message */
export const say = (message) => short(typeof message === 'string' ? message : language.value === 'zh' ? message.zh : message.en, LONGEST);

/** Characters of a message that are shown: what it names may be a book. */
const LONGEST = 2000;

/** A schema's own title or description. @param {Schema} schema @param {'title' | 'description'} what @returns {string} */
export const words = (schema, what) => (language.value === 'zh' && schema?.[`x-${what}-zh`]) || schema?.[what] || '';

/** Tells the browser the language and the title. */
effect(() => {
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
  document.title = t('title');
});
