/** The page's language: its own strings from `words.js`, the settings' from the schema. */
import { effect } from '@preact/signals';
import { stored } from '../settings.js';
import { en, zh } from './words.js';

/** @typedef {keyof typeof import('./words.js').words} Key */

export const language = stored('language', /** @type {'en' | 'zh'} */ (navigator.language.startsWith('zh') ? 'zh' : 'en'), ['en', 'zh']);

/** @param {Key} key @param {Record<string, string | number>} [values] */
export function t(key, values = {}) {
  const text = (language.value === 'zh' ? zh : en)[key];
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** A schema's own title or description. @param {any} schema @param {'title' | 'description'} what @returns {string} */
export const words = (schema, what) => (language.value === 'zh' && schema?.[`x-${what}-zh`]) || schema?.[what] || '';

/** Tells the browser the language and the title. */
effect(() => {
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
  document.title = t('title');
});
