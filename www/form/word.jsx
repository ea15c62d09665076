/** One of a few words. */
import { useContext } from 'preact/hooks';
import { words } from '../i18n/index.js';
import { change } from './document.js';
import { Effect, Hint, Labelled, describedBy } from './labelled.jsx';
import { dotted } from './paths.js';

/** @typedef {import('../boundary').Schema} Schema */

/** @typedef {{value: string, words: any}} Word */

/** The words that a part allows, with their titles; none for what is not a word. @param {Schema} part @returns {Word[]} */
export const wordsOf = (part) =>
  part.enum?.map((/** @type {string} */ value) => ({ value, words: null })) ??
  part.oneOf?.flatMap((/** @type {Schema} */ option) =>
    (option.enum ?? (option.const ? [option.const] : [])).map((/** @type {string} */ value) => ({ value, words: option })),
  ) ??
  [];

/** @param {Word} word */
export const wordTitle = (word) => words(word.words, 'title') || word.value;

/** @param {import('./index.jsx').ControlProps & {options: Word[]}} props */
export function WordField({ part, value, path, live, changed, options }) {
  const described = describedBy(path, live, useContext(Effect));
  const chosen = options.find((option) => option.value === value);
  return (
    <Labelled part={part} path={path} live={live} changed={changed} term={chosen?.words?.['x-term'] ?? part['x-term']}>
      <select id={dotted(path)} value={value} aria-describedby={described} onChange={(event) => change(path, event.currentTarget.value)}>
        {options.map((option) => (
          <option value={option.value}>{wordTitle(option)}</option>
        ))}
      </select>
      <Hint text={words(chosen?.words, 'description')} />
    </Labelled>
  );
}
