/** Documents that name files of the user's which are not here: what the browser kept comes back, and what it did not keep is asked for by its name. */
import { engine } from './engine.js';
import { filesTold } from './named.js';
import { restore } from './kept.js';
import { both } from './i18n/index.js';
import { short } from './format.js';
import * as state from './state.js';

/**
 * Gives the engine the files that a document names and that the browser kept. An older file of the same name may be another, so it is said that it came from
 * there, and from when it is.
 * @param {string} json @returns {Promise<import('./named.js').Named[]>} those that are not to be had
 */
export async function bring(json) {
  let told;
  try {
    told = JSON.parse(json);
  } catch {
    return [];
  }
  const here = engine.files();
  const absent = [];
  for (const file of filesTold(state.schema.value, told)) {
    if (here.has(file.name)) continue;
    const found = await restore(file.name);
    if (found) {
      await engine.attach(file.name, found.bytes);
      state.restored.value = { name: file.name, opened: found.opened };
    } else absent.push(file);
  }
  return absent;
}

/** A document that cannot be opened without files waits for them. @param {string} json @param {import('./named.js').Named[]} absent */
export const wait = (json, absent) => void (state.waiting.value = absent.length ? { json, absent, draft: null } : null);

/** The form shows what it can of the document that waits; what is changed there counts. */
export function shown() {
  if (state.waiting.value) state.waiting.value = { ...state.waiting.value, draft: state.draft.value };
}

/** What is said of a file that the browser kept, once; empty for nothing. */
export function tellRestored() {
  const { restored } = state;
  if (!restored.value) return '';
  const { name, opened } = restored.value;
  const when = (/** @type {string} */ language) => new Date(opened).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
  const told = both('fileRestored', { name: short(name), when: '{when}' });
  restored.value = null;
  return { en: told.en.replace('{when}', when('en-GB')), zh: told.zh.replace('{when}', when('zh-CN')) };
}
