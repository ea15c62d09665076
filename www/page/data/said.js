/** What the document says about the columns of the user's table, and how that is changed. The target has a field of its own: it is one column, whatever the list says. */
import { defaultsOf, resolve } from '../../experiment.js';
import * as documents from '../../documents.js';
import * as state from '../../state.js';

/** @typedef {import('../../boundary').Document} Document */
/** @typedef {import('../../boundary').Schema} Schema */

/** Settings of a column as they are where nothing is said. */
const usual = () => defaultsOf(resolve(state.schema.value, state.schema.value.$defs.Column));

/** What is said of a column: its entry, the target's role included. @param {string} name @returns {Document} */
export function saidOf(name) {
  const { columns, target } = state.draft.value.data.csv;
  const own = { ...usual(), ...columns.find((/** @type {Document} */ { column }) => column.trim() === name), column: name };
  return target.trim() === name ? { ...own, role: 'target' } : own;
}

/** Says something of a column; an entry that says nothing any more goes. @param {string} name @param {Record<string, Document>} news */
export function sayOf(name, news) {
  const { csv } = state.draft.value.data;
  let { columns, target } = csv;
  const entry = { ...usual(), ...columns.find((/** @type {Document} */ { column }) => column.trim() === name), ...news, column: name };
  if ('role' in news) {
    const isTarget = target.trim() === name;
    if (news.role === 'target') {
      target = name;
      // One column is predicted.
      columns = columns.map((/** @type {Document} */ other) => (other.role === 'target' ? { ...other, role: 'auto' } : other));
      entry.role = 'auto';
    } else if (isTarget) target = '';
  }
  const others = columns.filter((/** @type {Document} */ { column }) => column.trim() !== name);
  const all = [...others, entry].filter((said) => !isUsual(said));
  documents.change(['data', 'csv'], { ...csv, target, columns: all });
}

/** @param {Document} said */
const isUsual = (said) => JSON.stringify({ ...usual(), ...said, column: '' }) === JSON.stringify({ ...usual(), column: '' });

/** Words of a choice of the schema, as the form shows them: `[value, title]`. @param {Schema} part @returns {{value: string, en: string, zh: string}[]} */
export function optionsOf(part) {
  const whole = resolve(state.schema.value, part);
  return (whole.oneOf ?? []).map((/** @type {Schema} */ one) => ({ value: one.const, en: one.title, zh: one['x-title-zh'] }));
}
