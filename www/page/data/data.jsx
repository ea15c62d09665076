/** The view of the data, over the page: what arrived, what was done to it, and whether the parts of the split are alike. Asks the engine about the experiment as it is edited. */
import { useEffect, useState } from 'preact/hooks';
import { engine } from '../../engine.js';
import { choices, complete, resolve } from '../../experiment.js';
import { count } from '../../format.js';
import { say, t } from '../../i18n/index.js';
import { Segments } from '../../parts/segments.jsx';
import * as state from '../../state.js';
import * as documents from '../../documents.js';
import { Sheet } from '../../parts/sheet.jsx';
import { Columns } from './columns.jsx';
import { found, reading } from './found.js';
import { HowRead } from './howread.jsx';
import { dataView } from './open.js';
import { AllKept, Keeping } from './own.jsx';
import { Parts } from './parts.jsx';
import { Related } from './related.jsx';
import { Findings, Problems } from './problems.jsx';
import { Head, Raw } from './rows.jsx';
import { ColumnTable } from './table.jsx';
import './data.css';

/** @typedef {import('../../boundary').Document} Document */

/** @typedef {import('./open.js').View} View */

/** @param {{close: () => void}} props */
export default function Data({ close }) {
  const { csv } = state.draft.value.data;
  const view = dataView.value ?? (csv ? 'columns' : 'rows');
  const now = found.value;
  const there = now && !now.issues ? now : null;
  const read = csv && reading.value;
  const [rows, columns] = /** @type {[View, string][]} */ ([
    ['rows', t('viewRows')],
    ['columns', t('viewColumns')],
  ]);
  return (
    <Sheet
      id="data"
      title={t('dataTitle')}
      tall
      close={close}
      head={
        there && (
          <Segments
            label={t('dataViews')}
            value={view}
            choose={(next) => (dataView.value = next)}
            options={[
              // What it opens at comes first.
              ...(csv ? [columns, rows] : [rows, columns]),
              ['related', t('viewRelated')],
              ['parts', t('viewParts')],
            ]}
          />
        )
      }
    >
      {!now && <p role="status">{t('dataWait')}</p>}
      {now?.issues && (
        <div class="told">
          <p class="problem">{t('dataBad')}</p>
          <Problems issues={now.issues} />
        </div>
      )}
      {there && <Told data={there} />}
      {now && (
        <div class="view" tabIndex={0}>
          {csv && (now.issues || view === 'columns') && <OwnFile read={read} head={Boolean(now.issues)} />}
          {there && view === 'rows' && <Head data={there} />}
          {there && view === 'columns' && <Columns data={there} />}
          {there && view === 'related' && <Related related={there.related} />}
          {there && view === 'parts' && <Parts data={there} />}
        </div>
      )}
    </Sheet>
  );
}

/** The user's file: what is worth a look, every column, how it was read, and with `head` its first rows as they stand. @param {{read: import('../../boundary').Reading | null, head: boolean}} props */
function OwnFile({ read, head }) {
  const name = state.draft.value.data.csv.path;
  return (
    <div class="ownfile">
      {read && <Findings findings={read.findings} />}
      {read && <ColumnTable columns={read.columns} />}
      <HowRead reading={read} />
      <Keeping name={name} />
      <AllKept />
      {read && head && <Raw read={read} />}
    </div>
  );
}

/** How many rows there are and what became of them. @param {{data: import('../../boundary').Overview}} props */
function Told({ data: { rows, width, incomplete, used } }) {
  const { prepare } = state.draft.value;
  const [train, validation, test] = used?.parts ?? [0, 0, 0];
  return (
    <div class="told">
      <p>
        {t('dataFacts', {
          rows: count(rows),
          columns: count(width),
          gaps: incomplete ? t('dataIncomplete', { n: count(incomplete) }) : t('dataComplete'),
        })}{' '}
        {used
          ? t('dataUsed', { rows: count(used.rows), train: count(train), validation: count(validation), test: count(test) })
          : t('dataUnused')}
      </p>
      {!used && <Unusable />}
      {(prepare.damage.length > 0 || prepare.clean.length > 0) && (
        <ol>
          {prepare.damage.map((/** @type {Document} */ step, /** @type {number} */ at) => (
            <Step
              key={`damage${at}`}
              list="damage"
              at={at}
              step={step}
              said={used && ((/** @type {string} */ what) => t('dataDamaged', { what, n: count(used.damaged[at]) }))}
            />
          ))}
          {prepare.clean.map((/** @type {Document} */ step, /** @type {number} */ at) => (
            <Step
              key={`clean${at}`}
              list="clean"
              at={at}
              step={step}
              said={used && ((/** @type {string} */ what) => did(what, used.cleaned[at]))}
            />
          ))}
        </ol>
      )}
    </div>
  );
}

/** Steps of cleaning that may help where something is missing. */
const CLEANING = ['impute', 'drop_missing', 'labels'];

/** The last step of a remedy's list. @param {unknown} steps */
const lastOf = (steps) => /** @type {Document} */ (Array.isArray(steps) ? (steps.at(-1) ?? {}) : {});

/** Why the rows cannot be used, what helps, and the other steps of cleaning with which they can be: each was tried. */
function Unusable() {
  const draft = state.draft.value;
  const { issues } = state;
  const cleanable = issues.value.some(({ path }) => path === 'prepare.clean');
  const [helps, setHelps] = useState(/** @type {string[]} */ ([]));
  const proposed = issues.value.flatMap(({ remedy }) => remedy?.edits ?? []).filter(([path]) => path === 'prepare.clean');
  useEffect(() => {
    let wanted = true;
    setHelps([]);
    const others = CLEANING.filter((tag) => !proposed.some(([, steps]) => tag in lastOf(steps)));
    (async () => {
      for (const tag of cleanable ? others : []) {
        const wrong = await engine.check(JSON.stringify(withStep(draft, tag)));
        if (!wanted) return;
        if (!wrong.some(({ path }) => path.startsWith('prepare'))) setHelps((before) => [...before, tag]);
      }
    })().catch(() => {});
    return () => void (wanted = false);
  }, [draft, cleanable]);
  return (
    <div class="unusable">
      <Problems />
      {helps.length > 0 && (
        <p>
          {helps.map((tag) => (
            <button type="button" key={tag} onClick={() => documents.replace(withStep(state.draft.value, tag))}>
              {titleOf('clean', tag)}
            </button>
          ))}
        </p>
      )}
    </div>
  );
}

/** The experiment with one more step of cleaning, as it is by default. @param {Document} draft @param {string} tag */
function withStep(draft, tag) {
  const { prepare } = structuredClone(draft);
  return complete(state.schema.value, { ...structuredClone(draft), prepare: { ...prepare, clean: [...prepare.clean, { [tag]: {} }] } });
}

/** @param {'damage' | 'clean'} list @param {string} tag */
function titleOf(list, tag) {
  const root = state.schema.value;
  const item = resolve(root, resolve(root, root.properties.prepare).properties[list]).items;
  const words = resolve(root, Object.fromEntries(choices(resolve(root, item)))[tag]);
  return say({ en: words.title, zh: words['x-title-zh'] });
}

/** @param {string} what @param {{dropped: number, changed: number, values: number}} done */
const did = (what, { dropped, changed, values }) =>
  [
    dropped && t('dataDropped', { what, n: count(dropped) }),
    changed && t('dataChanged', { what, values: count(values), n: count(changed) }),
  ]
    .filter(Boolean)
    .join('; ') || t('dataUntouched', { what });

/** A step of damage or cleaning, with what it did. @param {{list: 'damage' | 'clean', at: number, step: Document, said: ((what: string) => string) | null}} props */
function Step({ list, at, step, said }) {
  const what = titleOf(list, Object.keys(step)[0]);
  const back = () =>
    documents.change(
      ['prepare', list],
      state.draft.value.prepare[list].filter((/** @type {Document} */ _, /** @type {number} */ other) => other !== at),
    );
  return (
    <li>
      {said ? said(what) : what}{' '}
      <button type="button" onClick={back} aria-label={`${t('takeBack')}: ${what}`}>
        {t('takeBack')}
      </button>
    </li>
  );
}
