/** One section of the rail: its heading, which says what it holds, and, opened, its controls. */
import { Fragment } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { chosenLevel, controls } from '../../form/depth.js';
import { Field } from '../../form/index.jsx';
import { Effect, NOTE } from '../../form/labelled.jsx';
import { Notes } from '../../form/notes.js';
import { Remedy } from '../../form/remedy.jsx';
import { resolve } from '../../form/paths.js';
import { has, language, say, t, words } from '../../i18n/index.js';
import { depth } from '../../settings.js';
import * as state from '../../state.js';
import * as documents from '../../documents.js';
import { Later } from '../../parts/later.jsx';
import { Augmented } from './augmented.jsx';
import { lookAtData } from '../data/open.js';
import { FilePicker } from './file.jsx';
import { Own } from './own.jsx';
import { notesOf, usePlan } from './plan.jsx';
import { Presets } from './presets.jsx';
import { Range } from './range.jsx';
import { Rates } from './rates.jsx';
import { partsOf, restored, sectionOf } from './sections.js';
import { summary } from './summary.js';
import { Transfer } from './transfer.jsx';

/** @typedef {import('./sections.js').Id} Id */
/** @typedef {import('../../engine.js').Issue} Issue */

/** The columns of the user's table, fetched with the first one. */
const ownTable = () => import('../data/own.jsx');

/** @param {{id: Id}} props */
export function Section({ id }) {
  const open = state.section.value === id;
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  // The section that was open closed above it: what was asked for must not be pushed out of sight. Only where the rail scrolls by itself.
  useLayoutEffect(() => {
    const rail = box.current?.parentElement;
    if (open && rail && rail.scrollHeight > rail.clientHeight) box.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  const parts = partsOf(state.schema.value, state.draft.value, id);
  // A section that a schema asks for is called by its first setting, where it is new to the page.
  const name = has(id) ? t(id) : words(resolve(parts[0].schema), 'title');
  const shown = parts.flatMap(({ schema, value, path }) => controls(schema, value, path, chosenLevel())).filter((control) => control.shown);
  const problems = state.issues.value.filter((issue) => sectionOf(state.schema.value, issue.path) === id);
  // A table can be opened at every depth.
  if (!shown.length && !problems.length && id !== 'data') return null;
  const live = shown.filter((control) => control.live).length;
  const effect = live === 0 ? 'restarts' : live === shown.length ? 'live' : 'mixed';
  const changed = shown.some((control) => control.changed);
  const fields = open && parts.map(({ schema, value, path }) => <Field key={path.join('.')} schema={schema} value={value} path={path} />);
  return (
    <section ref={box} class={open ? 'open' : ''}>
      <h2>
        <button
          type="button"
          aria-expanded={open}
          aria-describedby={open ? undefined : `${id}-summary`}
          onClick={() => (state.section.value = open ? '' : id)}
        >
          <span class={changed ? 'changed' : ''}>{name}</span>
          {problems.length > 0 && (
            <span class="count" title={t('problemCount', { n: problems.length })}>
              {problems.length}
            </span>
          )}
          {!open && (
            <span class="summary" id={`${id}-summary`} aria-hidden="true">
              {summary(state.schema.value, state.draft.value, id)}
            </span>
          )}
          <span class="fold" aria-hidden="true">
            {open ? '−' : '+'}
          </span>
        </button>
      </h2>
      {open && (
        <div class="body">
          <div class="note">
            <p id={NOTE}>{t(effect === 'live' ? 'allLive' : effect === 'restarts' ? 'allRestart' : 'someLive')}</p>
            {changed && (
              <button
                type="button"
                title={t('restoreSection', { what: name })}
                aria-label={t('restoreSection', { what: name })}
                onClick={() => restore(id)}
              >
                ↺ {t('restore')}
              </button>
            )}
          </div>
          <Unplaced issues={problems} />
          {id === 'data' && <FilePicker />}
          {id === 'data' && state.draft.value.data.csv && <Later load={ownTable} name="OwnTable" />}
          {id === 'data' && <Own />}
          {(id === 'data' || id === 'prepare') && (
            <button type="button" class="wide" onClick={() => lookAtData()}>
              {t('lookAtData')}
            </button>
          )}
          {id === 'model' && <Presets />}
          <Effect.Provider value={effect}>{id === 'model' ? <Planned>{fields}</Planned> : fields}</Effect.Provider>
          {id === 'model' && depth.value !== 'starter' && <Transfer />}
          {id === 'augment' && <Augmented />}
          {id === 'optimizer' && <Range />}
          {id === 'schedule' && <Rates />}
        </div>
      )}
    </section>
  );
}

/** Fields with what the layers come to. @param {{children: any}} props */
function Planned({ children }) {
  const plan = usePlan();
  const said = language.value;
  return <Notes.Provider value={useMemo(() => notesOf(plan), [plan, said])}>{children}</Notes.Provider>;
}

/** @param {Id} id */
const restore = (id) => documents.replace(restored(state.schema.value, state.draft.value, state.defaults.value, id));

/** Problems that no field below shows: of a part as a whole, or of a field that does not exist. @param {{issues: Issue[]}} props */
function Unplaced({ issues }) {
  const [lost, setLost] = useState(/** @type {Issue[]} */ ([]));
  const key = issues.map((issue) => issue.path + issue.message.en).join('\n');
  useLayoutEffect(() => setLost(issues.filter((issue) => !document.getElementById(issue.path))), [key]);
  return lost.map((issue) => (
    <Fragment key={issue.path + issue.message.en}>
      <p class="problem" role="alert">
        <code>{issue.path}</code> {say(issue.message)}
      </p>
      <Remedy issue={issue} />
    </Fragment>
  ));
}
