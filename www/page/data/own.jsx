/** In the data's section, at every depth: the columns of the user's table with role and type, how the file was read, and whether the browser keeps it. */
import { useEffect } from 'preact/hooks';
import { bytes, short } from '../../format.js';
import { say, t } from '../../i18n/index.js';
import * as kept from '../../kept.js';
import * as state from '../../state.js';
import { found, reading, watchers } from './found.js';
import { lookAtData } from './open.js';
import { sectionOf } from '../rail/sections.js';
import { Findings, Problems } from './problems.jsx';
import { optionsOf } from './said.js';
import { ColumnTable } from './table.jsx';

/** @typedef {import('../../boundary').Document} Document */
/** @typedef {import('../../boundary').Schema} Schema */

export function OwnTable() {
  useEffect(() => {
    watchers.value++;
    return () => void watchers.value--;
  }, []);
  const now = reading.value;
  const { path } = state.draft.value.data.csv;
  return (
    <div class="owntable">
      {now && <p class="hint">{brief(now)}</p>}
      <Elsewhere file={path} />
      {now && (
        <>
          <ColumnTable columns={now.columns} small />
          <Findings findings={now.findings} />
          <button type="button" class="wide" onClick={() => lookAtData('columns')}>
            {t('columnsMore')}
          </button>
        </>
      )}
      <Keeping name={path} />
    </div>
  );
}

/**
 * Problems of the rows that no field of this section shows: what is missing is dealt with where rows are prepared, rows may ask for another model, and while other settings are wrong the draft's own
 * problems do not tell of the file. @param {{file: string}} props
 */
function Elsewhere({ file }) {
  const own = state.issues.value;
  const issues = found.value?.issues ?? [];
  const of = found.value?.file;
  const known = (/** @type {import('../../engine.js').Issue} */ { message }) => own.some((other) => other.message.en === message.en);
  const told = [
    ...own.filter(
      ({ path, remedy }) => sectionOf(state.schema.value, path) === 'prepare' || remedy?.edits.some(([place]) => place === 'learner'),
    ),
    ...(of === file && own.length > 0 ? issues.filter((issue) => !known(issue)) : []),
  ];
  return told.length ? <Problems issues={told} only /> : null;
}

/** How the file was read, in a line. @param {import('../../boundary').Reading} now */
function brief({ encoding, separator, header }) {
  const { properties } = state.schema.value.$defs.Csv;
  const title = (/** @type {Schema} */ part, /** @type {string} */ value) => {
    const option = optionsOf(part).find((one) => one.value === value);
    return option ? say(option) : value;
  };
  return [
    title(properties.encoding, encoding.value),
    title(properties.separator, separator.value),
    t(header.value ? 'headerThere' : 'headerNone'),
  ].join(' · ');
}

/** Whether the browser keeps a file, and a way to make it forget. @param {{name: string}} props */
export function Keeping({ name }) {
  useEffect(() => {
    if (kept.kept.peek() === null) kept.look();
  }, []);
  const own = kept.kept.value?.find((file) => file.name === name);
  const why = kept.unkept.value[name];
  if (!own && !why) return null;
  return (
    <p class="keeping">
      <span class={why ? 'problem' : 'hint'}>
        {own
          ? t('fileKept', { name: short(name, 40), size: bytes(own.size) })
          : t(why === 'full' ? 'fileKeepFull' : 'fileKeepRefused', { name: short(name, 40) })}
      </span>
      {own && (
        <button type="button" onClick={() => kept.forget(name)}>
          {t('fileForget')}
        </button>
      )}
    </p>
  );
}

/** Everything that the browser keeps, each with the way to make it forget. */
export function AllKept() {
  useEffect(() => {
    if (kept.kept.peek() === null) kept.look();
  }, []);
  const all = kept.kept.value ?? [];
  if (!all.length) return null;
  const size = all.reduce((sum, file) => sum + file.size, 0);
  return (
    <details class="allkept">
      <summary>{t('filesKept', { n: all.length, size: bytes(size) })}</summary>
      <ul>
        {all.map((file) => (
          <li key={file.name}>
            <span>
              {short(file.name, 60)} <small>{bytes(file.size)}</small>
            </span>
            <button type="button" aria-label={t('fileForgetNamed', { name: short(file.name, 60) })} onClick={() => kept.forget(file.name)}>
              {t('fileForget')}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
