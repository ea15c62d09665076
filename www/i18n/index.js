/** Every string of the page, in two languages with the same keys. */
import { signal } from '@preact/signals';
import en from './en.js';
import zh from './zh.js';

/** @typedef {keyof typeof en} Key */

export const language = signal(/** @type {'en' | 'zh'} */ (localStorage.getItem('language') ?? (navigator.language.startsWith('zh') ? 'zh' : 'en')));

/** @param {Key} key @param {Record<string, string | number>} [values] */
export function t(key, values = {}) {
  const text = (language.value === 'zh' ? zh : en)[key];
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** A schema's own title or description. @param {any} schema @param {'title' | 'description'} what @returns {string} */
export const words = (schema, what) => (language.value === 'zh' && schema?.[`x-${what}-zh`]) || schema?.[what] || '';

/** @param {'en' | 'zh'} next */
export function chooseLanguage(next) {
  language.value = next;
  localStorage.setItem('language', next);
  nameDocument();
}

/** Tells the browser the language and the title. */
export function nameDocument() {
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
  document.title = t('title');
}
