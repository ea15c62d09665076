/** The view of the data, over the page: what arrived, what was done to it, and whether the parts of the split are alike. Asks the engine about the experiment as it is edited. */
import { useEffect, useState } from 'preact/hooks';
import { engine } from '../../engine.js';
import { choices, complete, resolve } from '../../experiment.js';
import { count } from '../../format.js';
import { say, t } from '../../i18n/index.js';
import { Button, ICONS } from '../../parts/button.jsx';
import { Segments } from '../../parts/segments.jsx';
import * as state from '../../state.js';
import * as documents from '../../documents.js';
import { Sheet } from '../sheet.jsx';
import { Columns } from './columns.jsx';
import { dataOpen } from './open.js';
import { Parts } from './parts.jsx';
import { Related } from './related.jsx';
import { Head } from './rows.jsx';
import './data.css';

/** @typedef {'rows' | 'columns' | 'related' | 'parts'} View */

export function Data() {
  const [view, choose] = useState(/** @type {View} */ ('rows'));
  const found = useOverview();
  const close = () => void (dataOpen.value = false);
  return (
    <Sheet name="data" title="data-title" close={close}>
      <div class="top">
        <h2 id="data-title">{t('dataTitle')}</h2>
        <Segments
          label={t('dataViews')}
          value={view}
          choose={choose}
          options={[
            ['rows', t('viewRows')],
            ['columns', t('viewColumns')],
            ['related', t('viewRelated')],
            ['parts', t('viewParts')],
          ]}
        />
        <Button name={t('closeUnit')} icon={ICONS.close} action={close} />
      </div>
      {!found && <p role="status">{t('dataWait')}</p>}
      {found?.issues && (
        <>
          <p class="problem" role="alert">
            {t('dataBad')}
          </p>
          <ul>
            {found.issues.map((/** @type {import('../../engine.js').Issue} */ issue) => (
              <li key={issue.path}>
                <code>{issue.path}</code> {say(issue.message)}
              </li>
            ))}
          </ul>
        </>
      )}
      {found?.columns && <Told data={found} />}
      {found?.columns && (
        <div class="view" tabIndex={0}>
          {view === 'rows' && <Head data={found} />}
          {view === 'columns' && <Columns data={found} />}
          {view === 'related' && <Related related={found.related} />}
          {view === 'parts' && <Parts data={found} />}
        </div>
      )}
    </Sheet>
  );
}

/** What the engine says of the data of the experiment as it is edited; the last answer while the next is under way. */
function useOverview() {
  const [found, setFound] = useState(/** @type {any} */ (null));
  const draft = state.draft.value;
  useEffect(() => {
    let wanted = true;
    engine.overview(JSON.stringify(draft)).then(
      (next) => wanted && setFound(next),
      () => {},
    );
    return () => void (wanted = false);
  }, [draft]);
  return found;
}

/** How many rows there are and what became of them. @param {{data: any}} props */
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
          {prepare.damage.map((/** @type {any} */ step, /** @type {number} */ at) => (
            <Step
              key={`damage${at}`}
              list="damage"
              at={at}
              step={step}
              said={used && ((/** @type {string} */ what) => t('dataDamaged', { what, n: count(used.damaged[at]) }))}
            />
          ))}
          {prepare.clean.map((/** @type {any} */ step, /** @type {number} */ at) => (
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

/** Why the rows cannot be used, and the steps of cleaning that may help. */
function Unusable() {
  const { issues, draft } = state;
  const cleanable = issues.value.some(({ path }) => path === 'prepare.clean');
  const add = (/** @type {string} */ tag) => documents.change(['prepare', 'clean'], [...draft.value.prepare.clean, completed(tag)]);
  return (
    <div class="unusable">
      {issues.value.map((issue) => (
        <p key={issue.path + issue.message.en} class="problem" role="alert">
          {say(issue.message)}
        </p>
      ))}
      {cleanable && (
        <p>
          {['impute', 'drop_missing', 'labels'].map((tag) => (
            <button type="button" key={tag} onClick={() => add(tag)}>
              {titleOf('clean', tag)}
            </button>
          ))}
        </p>
      )}
    </div>
  );
}

/** A step of cleaning as it is by default. @param {string} tag */
function completed(tag) {
  const whole = complete(state.schema.value, {
    ...structuredClone(state.draft.value),
    prepare: { ...structuredClone(state.draft.value.prepare), clean: [{ [tag]: {} }] },
  });
  return whole.prepare.clean[0];
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

/** A step of damage or cleaning, with what it did. @param {{list: 'damage' | 'clean', at: number, step: any, said: ((what: string) => string) | null}} props */
function Step({ list, at, step, said }) {
  const what = titleOf(list, Object.keys(step)[0]);
  const back = () =>
    documents.change(
      ['prepare', list],
      state.draft.value.prepare[list].filter((/** @type {any} */ _, /** @type {number} */ other) => other !== at),
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
