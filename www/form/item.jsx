/** One entry of a list: a line that says what it is and unfolds into its settings, a word to choose, a number, or a text. */
import { choices, tagOf } from '../experiment.js';
import { number } from '../format.js';
import { t, words } from '../i18n/index.js';
import { Button, ICONS } from '../parts/button.jsx';
import { Field } from './index.jsx';
import { Problems } from './labelled.jsx';
import { dotted, resolve } from './paths.js';
import { wordTitle, wordsOf } from './word.jsx';

/** @typedef {import('../boundary').Document} Document */
/** @typedef {import('../boundary').Schema} Schema */

/** @typedef {'up' | 'down' | 'duplicate' | 'copyEntry' | 'remove'} Deed */
/** @typedef {{index: number, count: number, act: (deed: Deed) => void}} Place where an entry stands, and what can be done with it */

/** A board with a clip: what is copied leaves for the clipboard. */
const CLIPBOARD = 'M5 1h6v2h3v12H2V3h3zM4 5v8h8V5h-1v1H5V5z';
const SIGNS = { up: ICONS.up, down: ICONS.down, duplicate: ICONS.duplicate, copyEntry: CLIPBOARD, remove: ICONS.remove };

/** @param {Place & {deed: Deed}} props */
function Tool({ deed, index, count, act }) {
  const disabled = (deed === 'up' && index === 0) || (deed === 'down' && index === count - 1);
  return <Button name={`${t(deed)} ${index + 1}`} icon={SIGNS[deed]} action={() => act(deed)} disabled={disabled} />;
}

/** A value in a few words, of whatever kind it is. @param {Schema} raw @param {Schema} content @returns {string} */
function said(raw, content) {
  const part = resolve(raw);
  if (Array.isArray(content)) return content.map((entry) => said(part.items, entry).split(' · ')[0]).join(', ');
  if (choices(part).length || part?.properties) return brief(part, content);
  const word = wordsOf(part).find(({ value }) => value === content);
  if (word) return wordTitle(word);
  return typeof content === 'number' ? number(content) : String(content ?? '');
}

/** What an entry is, in a few words: "16 · tanh". Of plain fields those that were changed are named, or the first. @param {Schema} item @param {Document} value @returns {string} */
export function brief(item, value) {
  const options = choices(item);
  if (!options.length) {
    const properties = Object.entries(item?.properties ?? {});
    if (!properties.length) return said(item, value);
    const usual = (/** @type {[string, Schema]} */ [key, property]) => JSON.stringify(value?.[key]) === JSON.stringify(property.default);
    const told = properties.filter((one) => !usual(one) && value?.[one[0]] !== undefined);
    const parts = told.map(([key, property]) => said(property, value[key])).filter(Boolean);
    return parts.join(' · ') || words(item, 'title') || properties[0][0];
  }
  const tag = tagOf(value);
  const part = resolve(options.find(([name]) => name === tag)?.[1]);
  const inside = Object.entries(part?.properties ?? {}).map(([key, property]) => {
    const content = value?.[tag]?.[key];
    const kinds = choices(resolve(property));
    if (Array.isArray(content)) return content.map((entry) => brief(resolve(resolve(property).items), entry).split(' · ')[0]).join(', ');
    if (!kinds.length) return typeof content === 'number' ? number(content) : String(content);
    return words(resolve(kinds.find(([name]) => name === tagOf(content))?.[1]), 'title') || tagOf(content);
  });
  return [words(part, 'title') || tag, ...inside].join(' · ');
}

/** @param {Place & {schema: Schema, value: Document, path: import('./paths.js').Path, live: boolean, level: number, open: boolean, note?: string, unfold: (open: boolean) => void}} props `note` is what else is known of it, empty where nothing is yet */
export function Entry({ schema, value, path, live, level, open, note, unfold, ...place }) {
  const id = dotted(path);
  return (
    <li class={`item${open ? ' open' : ''}`}>
      <div class="line">
        <button type="button" class="unfold" aria-expanded={open} aria-controls={`${id}-body`} onClick={() => unfold(!open)}>
          <span class="fold" aria-hidden="true">
            {open ? '▾' : '▸'}
          </span>
          <span class="place">{place.index + 1}</span>
          <span class="told">
            <span class="what">{brief(resolve(schema), value)}</span>
            {note !== undefined && <small>{note}</small>}
          </span>
        </button>
        <Tool deed="remove" {...place} />
      </div>
      <div id={`${id}-body`} class="body" hidden={!open}>
        {open && (
          <>
            <div class="tools">
              {
                /** @type {Deed[]} */ (['up', 'down', 'duplicate', 'copyEntry']).map((deed) => (
                  <Tool key={deed} deed={deed} {...place} />
                ))
              }
            </div>
            <Field schema={schema} value={value} path={path} live={live} level={level} />
          </>
        )}
      </div>
    </li>
  );
}

/** @param {Place & {title: string, value: string, path: import('./paths.js').Path, options: import('./word.jsx').Word[], choose: (value: string) => void}} props */
export function WordEntry({ title, value, path, options, choose, ...place }) {
  return (
    <li class="item">
      <div class="line">
        <span class="place">{place.index + 1}</span>
        <select
          id={dotted(path)}
          aria-label={`${title} ${place.index + 1}`}
          value={value}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {options.map((option) => (
            <option value={option.value}>{wordTitle(option)}</option>
          ))}
        </select>
        {
          /** @type {Deed[]} */ (['up', 'down', 'remove']).map((deed) => (
            <Tool key={deed} deed={deed} {...place} />
          ))
        }
      </div>
    </li>
  );
}

/** @param {Place & {title: string, value: string, path: import('./paths.js').Path, set: (value: string) => void}} props */
export function TextEntry({ title, value, path, set, ...place }) {
  return (
    <li class="item">
      <div class="line">
        <span class="place">{place.index + 1}</span>
        <input
          id={dotted(path)}
          type="text"
          aria-label={`${title} ${place.index + 1}`}
          value={value}
          onChange={(event) => set(event.currentTarget.value)}
        />
        {
          /** @type {Deed[]} */ (['up', 'down', 'remove']).map((deed) => (
            <Tool key={deed} deed={deed} {...place} />
          ))
        }
      </div>
      <Problems path={path} />
    </li>
  );
}

/** @param {Place & {title: string, value: number, path: import('./paths.js').Path, set: (value: number) => void}} props */
export function NumberEntry({ title, value, path, set, ...place }) {
  return (
    <li class="item">
      <div class="line">
        <span class="place">{place.index + 1}</span>
        <input
          id={dotted(path)}
          type="number"
          step="any"
          inputMode="decimal"
          aria-label={`${title} ${place.index + 1}`}
          value={value}
          onChange={(event) => {
            const field = event.currentTarget;
            // What is out of range is kept and named; what is no number was never a setting.
            if (field.value === '') field.value = String(value);
            else set(Number(field.value));
          }}
        />
        {
          /** @type {Deed[]} */ (['up', 'down', 'remove']).map((deed) => (
            <Tool key={deed} deed={deed} {...place} />
          ))
        }
      </div>
      <Problems path={path} />
    </li>
  );
}
