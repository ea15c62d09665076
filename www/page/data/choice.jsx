/** A choice of the schema in a table: where nothing is said, what was found stands in the place of "automatic". */
import { say, t } from '../../i18n/index.js';
import { optionsOf } from './said.js';

/** @param {{label: string, part: any, value: string, found?: string, without?: string[], id?: string, set: (value: string) => void}} props `found` is the value that was guessed, or a text; `without` are values that cannot be chosen here */
export function Choice({ label, part, value, found, without = [], id, set }) {
  const options = optionsOf(part).filter((option) => !without.includes(option.value) || option.value === value);
  const title = options.find((option) => option.value === found);
  const guess = title ? say(title) : found;
  return (
    <select
      id={id}
      class={value === 'auto' ? '' : 'said'}
      aria-label={label}
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.value === 'auto' && guess ? t('foundAuto', { what: guess }) : say(option)}
        </option>
      ))}
    </select>
  );
}
