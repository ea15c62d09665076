/** How the user's file was read, with the reason for what was guessed; each can be said otherwise. */
import { useState } from 'preact/hooks';
import { count, short } from '../../format.js';
import { say, t, words } from '../../i18n/index.js';
import * as documents from '../../documents.js';
import * as state from '../../state.js';
import { Choice } from './choice.jsx';

/** @typedef {import('../../boundary').Document} Document */
/** @typedef {import('../../boundary').Schema} Schema */

/** @param {string} field @param {Document} value */
const set = (field, value) => documents.change(['data', 'csv', field], value);

/** @param {{reading: import('../../boundary').Reading | null}} props null where nothing is known of it: then it can still be said */
export function HowRead({ reading }) {
  const { csv } = state.draft.value.data;
  const { properties } = state.schema.value.$defs.Csv;
  const answer = (/** @type {boolean | undefined} */ it) => (it === undefined ? it : it ? 'yes' : 'no');
  /** @type {[string, string | undefined, {guessed: boolean, reason: import('../../boundary').Message} | null | undefined][]} the setting, what was found, and why */
  const rows = [
    ['encoding', reading?.encoding.value, reading?.encoding],
    ['separator', reading?.separator.value, reading?.separator],
    ['header', answer(reading?.header.value), reading?.header],
    ['decimal', undefined, null],
    ['quotes', answer(reading?.quotes), null],
    ['comments', answer(reading?.comments), null],
    ['ragged', undefined, null],
  ];
  return (
    <details class="howread" open>
      <summary>{t('howRead')}</summary>
      <ul>
        {rows.map(([field, found, why]) => (
          <li key={field}>
            <span class="name">{words(properties[field], 'title')}</span>
            <Choice
              label={words(properties[field], 'title')}
              part={properties[field]}
              value={csv[field]}
              found={found}
              set={(value) => set(field, value)}
            />
            {why?.guessed && <small>{say(why.reason)}</small>}
          </li>
        ))}
        <Skipped csv={csv} skipped={reading?.skipped ?? 0} part={properties.skip} />
        <Gaps csv={csv} found={reading?.gaps ?? []} part={properties.gaps} />
      </ul>
    </details>
  );
}

/** Lines before the header. @param {{csv: Document, skipped: number, part: Schema}} props */
function Skipped({ csv, skipped, part }) {
  const said = csv.skip.lines?.count;
  const title = words(part, 'title');
  return (
    <li>
      <span class="name">{title}</span>
      <span class="lines">
        <input
          type="number"
          min="0"
          max="1000"
          step="1"
          aria-label={title}
          class={said === undefined ? '' : 'said'}
          value={said ?? skipped}
          onChange={(event) => {
            const field = event.currentTarget;
            if (field.value === '') field.value = String(said ?? skipped);
            else set('skip', { lines: { count: Number(field.value) } });
          }}
        />
        {said !== undefined && (
          <button type="button" onClick={() => set('skip', { auto: {} })}>
            {t('guessAgain')}
          </button>
        )}
      </span>
    </li>
  );
}

/** Marks for missing values: those that occur, with how often; one may be taken as a word instead, and others added. @param {{csv: Document, found: [string, number][], part: Schema}} props */
function Gaps({ csv, found, part }) {
  const [typed, type] = useState('');
  const title = words(part, 'title');
  const others = csv.gaps.filter((/** @type {string} */ mark) => !found.some(([known]) => known === mark));
  const add = () => {
    const mark = typed.trim();
    if (mark && !csv.gaps.includes(mark)) set('gaps', [...csv.gaps, mark]);
    type('');
  };
  const without = (/** @type {string} */ mark) =>
    set(
      'gaps',
      csv.gaps.filter((/** @type {string} */ other) => other !== mark),
    );
  return (
    <li class="gaps">
      <span class="name">{title}</span>
      <span class="marks">
        {found.map(([mark, times]) => (
          <Mark key={mark} mark={mark} times={times} remove={() => without(mark)} />
        ))}
        {!found.length && <small>{t('gapsNone')}</small>}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <input
            type="text"
            size={8}
            aria-label={t('gapNew')}
            placeholder={t('gapNew')}
            value={typed}
            onInput={(event) => type(event.currentTarget.value)}
          />
          <button type="submit" disabled={!typed.trim()}>
            {t('add')}
          </button>
        </form>
      </span>
      {others.length > 0 && (
        <details class="others">
          <summary>{t('gapsOthers', { n: count(others.length) })}</summary>
          <span class="marks">
            {others.map((/** @type {string} */ mark) => (
              <Mark key={mark} mark={mark} remove={() => without(mark)} />
            ))}
          </span>
        </details>
      )}
    </li>
  );
}

/** A mark of gaps, and how often it stands in the file. @param {{mark: string, times?: number, remove: () => void}} props */
function Mark({ mark, times, remove }) {
  const name = t('gapRemove', { mark: short(mark, 24) });
  return (
    <span class="mark">
      <code>{short(mark, 24)}</code> {times !== undefined && count(times)}
      <button type="button" onClick={remove} aria-label={name} title={name}>
        ×
      </button>
    </span>
  );
}
