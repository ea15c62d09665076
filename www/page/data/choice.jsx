/** A choice of the schema in a table: where nothing is said, what was found stands in the place of "automatic". */
import { say, t } from '../../i18n/index.js';
import { optionsOf } from './said.js';

/** @typedef {import('../../boundary').Schema} Schema */

/** @param {{label: string, part: Schema, value: string, found?: string, set: (value: string) => void}} props `found` is the value that was guessed, or a text */
export function Choice({ label, part, value, found, set }) {
  const options = optionsOf(part);
  const title = options.find((option) => option.value === found);
  const guess = title ? say(title) : found;
  const usual = options.some((option) => option.value === 'auto') ? 'auto' : options[0]?.value;
  return (
    <select class={value === usual ? '' : 'said'} aria-label={label} value={value} onChange={(event) => set(event.currentTarget.value)}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.value === 'auto' && guess ? t('foundAuto', { what: guess }) : say(option)}
        </option>
      ))}
    </select>
  );
}
