/** Every column of the user's table: what it is for, what it holds, how it is written, and why. This is where it is put right, so it is there also while something is wrong. */
import { useState } from 'preact/hooks';
import { count, short } from '../../format.js';
import { say, t } from '../../i18n/index.js';
import * as state from '../../state.js';
import { Choice } from './choice.jsx';
import { saidOf, sayOf } from './said.js';
import './table.css';

/** Columns that are shown at once: an image has too many to be looked at one by one. */
const SHOWN = 60;
/** Columns from which on they are looked for by name. */
const MANY = 12;

/** @typedef {import('../../boundary').ReadColumn} Found */

/** @param {{columns: Found[], small?: boolean}} props a `small` one has a role and a type for each column and no more */
export function ColumnTable({ columns, small = false }) {
  const [sought, seek] = useState('');
  const those = columns.filter(({ name }) => name.toLowerCase().includes(sought.trim().toLowerCase()));
  return (
    <div class={`columntable${small ? ' small' : ''}`}>
      {columns.length > MANY && (
        <input
          type="search"
          aria-label={t('columnSeek')}
          placeholder={t('columnSeek')}
          value={sought}
          onInput={(event) => seek(event.currentTarget.value)}
        />
      )}
      <div class="scroll" tabIndex={0} role="region" aria-label={t('columnTable')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('checkColumn')}</th>
              <th scope="col">{t('columnRole')}</th>
              <th scope="col">{t('columnHolds')}</th>
              {!small && <th scope="col">{t('columnWritten')}</th>}
              {!small && <th scope="col">{t('columnExamples')}</th>}
            </tr>
          </thead>
          <tbody>
            {those.slice(0, SHOWN).map((column) => (
              <Row key={column.name} column={column} small={small} />
            ))}
          </tbody>
        </table>
      </div>
      {those.length > SHOWN && <p class="hint">{t('moreColumns', { n: count(those.length - SHOWN) })}</p>}
    </div>
  );
}

/** Roles with which a column is not used. */
const OUT = ['id', 'ignore'];

/** @param {{column: Found, small: boolean}} props */
function Row({ column: { name, role, kind, format, unit, missing, examples }, small }) {
  const shown = short(name);
  const said = saidOf(name);
  const { properties } = state.schema.value.$defs.Column;
  const out = OUT.includes(role.value);
  const lacks = missing > 0 && t('columnMissing', { n: count(missing) });
  return (
    <tr class={[out && 'out', role.value === 'target' && 'target'].filter(Boolean).join(' ')}>
      <th scope="row" title={shown}>
        <span>{shown}</span>
        {lacks && <small>{lacks}</small>}
      </th>
      <td>
        <Choice
          label={t('columnRoleOf', { name: shown })}
          part={properties.role}
          value={said.role}
          found={role.value}
          set={(next) => sayOf(name, { role: next })}
        />
        {!small && role.guessed && <small>{say(role.reason)}</small>}
      </td>
      <td>
        <Choice
          label={t('columnType', { name: shown })}
          part={properties.kind}
          value={said.kind}
          found={kind.value}
          set={(next) => sayOf(name, { kind: next })}
        />
        {!small && kind.guessed && <small>{say(kind.reason)}</small>}
      </td>
      {!small && (
        <td>
          <Written name={name} shown={shown} said={said} kind={kind.value} format={format} unit={unit} out={out} />
        </td>
      )}
      {!small && (
        <td class="examples">
          {examples.map((example) => (
            <code key={example}>{short(example, 24)}</code>
          ))}
        </td>
      )}
    </tr>
  );
}

/** How the cells of a column are written: the decimal mark of numbers, the order of dates and what becomes of them, whether a mark for gaps is a word. @param {{name: string, shown: string, said: import('../../boundary').Document, kind: string, format: string, unit: string, out: boolean}} props */
function Written({ name, shown, said, kind, format, unit, out }) {
  const { properties } = state.schema.value.$defs.Column;
  if (kind === 'number')
    return (
      <>
        <Choice
          label={t('columnDecimalOf', { name: shown })}
          part={properties.decimal}
          value={said.decimal}
          found={format}
          set={(decimal) => sayOf(name, { decimal })}
        />
        {unit && <small>{t('columnUnit', { unit })}</small>}
      </>
    );
  if (kind === 'date')
    return (
      <>
        <Choice
          label={t('columnDatesOf', { name: shown })}
          part={properties.date}
          value={said.date}
          found={format}
          set={(date) => sayOf(name, { date })}
        />
        {!out && (
          <Choice
            label={t('columnBecomesOf', { name: shown })}
            part={properties.calendar}
            value={said.calendar}
            set={(calendar) => sayOf(name, { calendar })}
          />
        )}
      </>
    );
  return (
    <label class="marks">
      <input
        type="checkbox"
        checked={said.keep_marks}
        onChange={(event) => sayOf(name, { keep_marks: event.currentTarget.checked })}
        aria-label={t('columnMarksOf', { name: shown })}
      />
      <span>{t('columnMarks')}</span>
    </label>
  );
}
