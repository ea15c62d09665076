/** What it cost each run to come to the finish line. */
import { brief, count } from '../../format.js';
import { t } from '../../i18n/index.js';
import { called } from '../../measured.js';
import * as state from '../../state.js';
import { usePalette } from '../../views/palette.js';
import { colourOf, markOf } from './looks.js';
import { saved } from './result.js';

/** @typedef {import('../../state.js').AnyRun} AnyRun */

const COLUMNS = /** @type {const} */ ([
  ['update', 'updates', count],
  ['epoch', 'chartEpochs', brief],
  ['rows', 'chartRows', count],
  ['gradients', 'gradients', count],
  ['seconds', 'raceMilliseconds', (/** @type {number} */ value) => count(Math.round(value * 1000))],
]);

/** @param {{runs: AnyRun[], name: (at: number, most?: number) => string}} props */
export function Table({ runs, name }) {
  const colours = usePalette();
  const line = state.line.value;
  if (!line) return <p>{t('raceTableNoLine')}</p>;
  return (
    <div class="race-table">
      <table>
        <caption>{t('raceTableSays', { metric: called(line.metric), value: line.value })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('raceRun')}</th>
            {COLUMNS.map(([key, word]) => (
              <th key={key} scope="col">
                {t(word)}
              </th>
            ))}
            <th scope="col">{t('raceSaved')}</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run, at) => {
            const share = saved(runs, at);
            return (
              <tr key={state.entries.value[at]?.key ?? at}>
                <th scope="row">
                  <i style={{ color: colourOf(colours, at) }} aria-hidden="true">
                    {markOf(at)}
                  </i>{' '}
                  {name(at, 12)}
                </th>
                {run.arrival ? (
                  COLUMNS.map(([key, , write]) => <td key={key}>{write(run.arrival?.[key] ?? NaN)}</td>)
                ) : (
                  <td colSpan={COLUMNS.length} class="never">
                    {t(run.state === 'stopped' ? 'raceNever' : 'raceOnItsWay', { n: count(run.update) })}
                  </td>
                )}
                <td>
                  {share === null ? (at === 0 ? t('raceBase') : '–') : `${share < 0 ? '−' : ''}${Math.abs(Math.round(share * 100))} %`}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
