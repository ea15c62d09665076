/** Forms from the schema: one component a kind of schema, chosen here. Nothing below knows what an optimizer is. */
import { choices } from '../experiment.js';
import { BooleanField } from './boolean.jsx';
import { ChoiceField } from './choice.jsx';
import { chosenLevel, control } from './depth.js';
import { FileField } from './file.jsx';
import { ListField } from './list.jsx';
import { NumberField } from './number.jsx';
import { resolve } from './paths.js';
import { TextField } from './text.jsx';
import { WordField, wordsOf } from './word.jsx';
import './form.css';

/** @typedef {import('../boundary').Document} Document */
/** @typedef {import('../boundary').Schema} Schema */

/** @typedef {{schema: Schema, value: Document, path: import('./paths.js').Path, live?: boolean, level?: number}} FieldProps */
/** @typedef {{part: Schema, value: Document, path: import('./paths.js').Path, live: boolean, changed: boolean}} ControlProps */

/** The field for any schema; nothing where it stands too deep for `level`, which is the user's unless a part around it raises it. @param {FieldProps} props @returns {any} */
export function Field({ schema: raw, value, path, live = false, level = chosenLevel() }) {
  const part = resolve(raw);
  // What is set elsewhere in the page: points on the map.
  if (part['x-form'] === 'hidden') return null;
  const alive = live || Boolean(part['x-live']);
  if (part.properties || part.type === 'object') return <Fields schema={part} value={value} path={path} live={alive} level={level} />;
  const own = control(part, value, path, level, alive);
  const props = { part, value, path, live: alive, changed: own.changed };
  const options = choices(part);
  if (options.length) return <ChoiceField {...props} options={options} shown={own.shown} level={own.level} />;
  if (!own.shown) return null;
  const listed = wordsOf(part);
  if (listed.length) return <WordField {...props} options={listed} />;
  const kind = Array.isArray(part.type) ? part.type[0] : part.type;
  if (kind === 'array') return <ListField {...props} level={own.level} />;
  if (kind === 'number' || kind === 'integer') return <NumberField {...props} />;
  if (kind === 'boolean') return <BooleanField {...props} />;
  return part['x-file'] ? <FileField {...props} /> : <TextField {...props} />;
}

/** All fields of an object. @param {FieldProps} props */
function Fields({ schema: part, value, path, live, level }) {
  return Object.entries(part.properties ?? {}).map(([key, property]) => (
    <Field key={key} schema={property} value={value?.[key]} path={[...path, key]} live={live} level={level} />
  ));
}
