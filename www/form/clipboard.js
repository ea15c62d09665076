/** Entries of lists on their way from one place to another: the system's clipboard, or this page's memory where that is refused. */
import { choices, complete } from '../experiment.js';
import { schema } from '../state.js';
import { resolve } from './paths.js';

/** @typedef {import('../boundary').Document} Document */
/** @typedef {import('../boundary').Schema} Schema */

let memory = '';
/** The clipboard did not take what was copied last. */
let refused = false;

/** @param {Document} entry */
export async function copy(entry) {
  memory = JSON.stringify(entry);
  try {
    await navigator.clipboard.writeText(memory);
    refused = false;
  } catch {
    refused = true;
  }
}

/** What was copied last, here or elsewhere; empty for nothing. */
export async function paste() {
  if (refused) return memory;
  try {
    return (await navigator.clipboard.readText()) || memory;
  } catch {
    return memory;
  }
}

/** @param {Document} it */
const plain = (it) => it && typeof it === 'object' && !Array.isArray(it);

/** An entry for a list of `item`, completed; null for a text that is none. Its values are left to the engine to name. @param {Schema} item @param {string} text @returns {Document} */
export function entryOf(item, text) {
  try {
    const entry = JSON.parse(text);
    const whole = { ...item, $defs: schema.value.$defs };
    // Of plain fields, some or all of them; the others are as usual.
    if (item.properties) {
      const fields = plain(entry) && Object.keys(entry).every((key) => Object.hasOwn(item.properties, key));
      return fields ? complete(whole, entry) : null;
    }
    const [tag, ...more] = plain(entry) ? Object.keys(entry) : [];
    const option = choices(item).find(([name]) => name === tag);
    const known = option && Object.keys(resolve(option[1]).properties ?? {});
    if (!known || more.length || !plain(entry[tag]) || Object.keys(entry[tag]).some((key) => !known.includes(key))) return null;
    return complete(whole, entry);
  } catch {
    return null;
  }
}
