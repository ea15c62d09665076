/** The parts of the split: how many rows of each class they have, and whether what is held out is like what trains. */
import { useEffect, useState } from 'preact/hooks';
import { engine } from '../../engine.js';
import { count, number } from '../../format.js';
import { t } from '../../i18n/index.js';
import * as state from '../../state.js';
import { colour } from './columns.jsx';

/** @typedef {import('../../boundary').Alike} Alike */

/** Columns that are named in a sentence. */
const NAMED = 4;

/** @param {{data: import('../../boundary').Overview}} props */
export function Parts({ data: { used, classes } }) {
  if (!used) return <p class="hint">{t('dataUnused')}</p>;
  return (
    <>
      {used.balance.length > 0 && <Balance used={used} classes={classes} />}
      <Compared />
    </>
  );
}

/** @param {{used: import('../../boundary').Used, classes: string[]}} props */
function Balance({ used, classes }) {
  const parts = /** @type {('train' | 'validation' | 'test')[]} */ (['train', 'validation', 'test']);
  return (
    <section>
      <h3>{t('balanceTitle')}</h3>
      <table class="balance">
        <tbody>
          {parts.map(
            (part, at) =>
              used.parts[at] > 0 && (
                <tr key={part}>
                  <th scope="row">{t('partRows', { part: t(part), n: count(used.parts[at]) })}</th>
                  <td>
                    <div class="bar">
                      {used.balance.map(
                        (/** @type {number[]} */ rows, /** @type {number} */ group) =>
                          rows[at] > 0 && (
                            <i
                              key={group}
                              style={{ flexGrow: rows[at], background: colour(group, classes.length) }}
                              title={`${classes[group]}: ${rows[at]}`}
                            />
                          ),
                      )}
                    </div>
                  </td>
                </tr>
              ),
          )}
        </tbody>
      </table>
      <p class="key">
        {classes.slice(0, 12).map((name, at) => (
          <span key={at}>
            <i style={{ background: colour(at, classes.length) }} />
            {name} <b>{count(used.balance[at].reduce((/** @type {number} */ sum, /** @type {number} */ rows) => sum + rows, 0))}</b>
          </span>
        ))}
      </p>
    </section>
  );
}

function Compared() {
  const [found, setFound] = useState(/** @type {Alike[] | null} */ (null));
  const rows = state.rows.value;
  useEffect(() => {
    let wanted = true;
    setFound(null);
    engine.alike(state.selected.value).then(
      (next) => wanted && setFound(next),
      () => {},
    );
    return () => void (wanted = false);
  }, [rows]);
  return (
    <section>
      <h3>{t('alikeTitle')}</h3>
      {!found && <p role="status">{t('alikeWait')}</p>}
      {found?.length === 0 && <p>{t('alikeNone')}</p>}
      {found?.map((part) => (
        <Part key={part.part} part={part} />
      ))}
    </section>
  );
}

/** @param {{part: Alike}} props */
function Part({ part }) {
  const { columns, few, auc, auc_p } = part;
  return (
    <div class="alike">
      <p class={`verdict${part.differs ? ' differs' : ''}`}>{verdict(part)}</p>
      {!few && <p class="hint">{t('alikeAuc', { auc: auc.toFixed(2), p: number(auc_p) })}</p>}
      {!few && (
        <details open={part.differs}>
          <summary>{t('viewColumns')}</summary>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('checkColumn')}</th>
                <th scope="col">{t('checkTest')}</th>
                <th scope="col">{t('checkStatistic')}</th>
                <th scope="col">{t('checkP')}</th>
                <th scope="col">{t('checkPsi')}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {columns.map((column) => (
                <tr key={column.name} class={column.differs ? 'differs' : ''}>
                  <th scope="row">{column.name}</th>
                  <td>{t(column.test === 'ks' ? 'checkKs' : 'checkChi')}</td>
                  <td>{number(column.statistic)}</td>
                  <td>{number(column.p)}</td>
                  <td>
                    {column.psi.toFixed(2)} ({column.psi_by_chance.toFixed(2)})
                  </td>
                  <td>{column.differs && <b>{t('checkDiffers')}</b>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </div>
  );
}

/** @param {Alike} part */
function verdict({ part: name, few, columns, differing, differs }) {
  const part = t(name);
  if (few) return t('alikeFew', { part });
  if (!differs) return t('alikeYes', { part });
  if (!differing) return t('alikeModel', { part });
  const named = columns.filter((column) => column.differs).map((column) => column.name);
  const more = named.length > NAMED ? [t('more', { n: named.length - NAMED })] : [];
  return t('alikeColumns', { part, columns: [...named.slice(0, NAMED), ...more].join(', ') });
}
