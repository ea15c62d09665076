/** The runs that race, beside their charts: what differs, how each stands, the finish line. */
import { useState } from 'preact/hooks';
import { count, number } from '../../format.js';
import { t } from '../../i18n/index.js';
import { Button, ICONS } from '../../parts/button.jsx';
import { Popover } from '../../parts/popover.jsx';
import * as race from '../../race.js';
import * as state from '../../state.js';
import * as documents from '../../documents.js';
import { SmallMap } from '../../views/small.jsx';
import { usePalette } from '../../views/palette.js';
import { onMap } from '../answer/kind.js';
import { colourOf, markOf } from './looks.js';
import { called, rises } from '../../measured.js';
import { lineOf, proposed, watched } from './metrics.js';
import { nameOf, unchanged } from './name.js';
import { saved, winner } from './result.js';
import { Table } from './table.jsx';
import './race.css';

/** @typedef {import('../../state.js').AnyRun} AnyRun */

/** Whether there is a race. */
export const racing = () => state.runs.value.length > 1;

/** Starts a race: the present run, and one like it to change. */
export async function compare() {
  const line = state.line.value ?? (state.run.value && proposed(state.run.value, state.history.value));
  if (await race.addRun()) await race.setLine(line);
}

/** The button that opens a race, where there is none. */
export function Compare() {
  if (racing()) return null;
  return (
    <button type="button" class="compare" title={t('raceCompareHelp')} onClick={compare}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={ICONS.duplicate} />
      </svg>
      {t('raceCompare')}
    </button>
  );
}

export function Race() {
  if (!racing()) return null;
  const runs = state.runs.value;
  return (
    <div class="race">
      <Line run={runs[0]} />
      <ul aria-label={t('raceRuns_')}>
        {runs.map((run, at) => state.entries.value[at] && <Chip key={state.entries.value[at].key} run={run} at={at} runs={runs} />)}
      </ul>
      <div class="foot">
        <button type="button" disabled={race.full()} onClick={() => race.addRun()} title={t('raceAddHelp')}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d={ICONS.plus} />
          </svg>
          {t('raceAdd')}
        </button>
        <Popover name={t('raceResults')} sign={<span>{t('raceResults')}</span>}>
          <Table runs={runs} name={nameOf} />
        </Popover>
      </div>
    </div>
  );
}

/** @param {{run: AnyRun, at: number, runs: AnyRun[]}} props */
function Chip({ run, at, runs }) {
  const colours = usePalette();
  const chosen = state.selected.value === at;
  const name = nameOf(at);
  const points = state.points.value;
  const flat = points && onMap(points).columns.length === 2;
  return (
    <li class={chosen ? 'chosen' : ''}>
      <button type="button" class="pick" aria-pressed={chosen} onClick={() => documents.select(at)} title={nameOf(at, 12)}>
        {flat && run.map ? <SmallMap run={run} colours={colours} scale={Math.max(...points.targets.map(Math.abs), 1e-9)} /> : null}
        <span class="who">
          <i style={{ color: colourOf(colours, at) }} aria-hidden="true">
            {markOf(at)}
          </i>
          <b>{unchanged(at) ? t('raceSame') : name}</b>
          {at === 0 && <small class="base">{t('raceBase')}</small>}
        </span>
        <Standing run={run} at={at} runs={runs} />
      </button>
      <Button name={t('raceRemove', { name })} icon={ICONS.remove} action={() => race.removeRun(at)} />
    </li>
  );
}

/** How far a run has come. @param {{run: AnyRun, at: number, runs: AnyRun[]}} props */
function Standing({ run, at, runs }) {
  const line = state.line.value;
  const share = saved(runs, at);
  if (run.arrival) {
    return (
      <span class="how">
        {winner(runs) === at && (
          <svg viewBox="0 0 16 16" role="img" aria-label={t('raceWins')}>
            <path d="M3 1h1.500v1H14l-2 3.500 2 3.500H4.500v6H3z" />
          </svg>
        )}
        <span class="at">{t('raceArrived', { n: count(run.arrival.update) })}</span>
        {share !== null && (
          <em class={share > 0 ? 'less' : ''}>
            {t(share > 0 ? 'raceLess' : share < 0 ? 'raceMoreUpdates' : 'raceEqual', { share: Math.round(Math.abs(share) * 100) })}
          </em>
        )}
      </span>
    );
  }
  const value = line && run.measured[watched(run)]?.[line.metric];
  if (run.state === 'stopped') return <span class="how">{t(line ? 'raceNever' : 'raceStopped', { n: count(run.update) })}</span>;
  return (
    <span class="how">
      {t('chartAtUpdate', { n: count(run.update) })}
      {line && value !== undefined && ` · ${number(value)}`}
    </span>
  );
}

/** The finish line: which metric, and which value. @param {{run: AnyRun}} props */
function Line({ run }) {
  const line = state.line.value;
  const [typed, type] = useState(/** @type {string | null} */ (null));
  const part = watched(run);
  const set = (/** @type {string} */ text) => {
    const value = Number(text);
    if (line && text.trim() && Number.isFinite(value)) race.setLine({ ...line, value });
  };
  const choose = (/** @type {string} */ metric) => race.setLine(metric ? lineOf(run, metric, state.histories.value[0]) : null);
  return (
    <div class="finish" role="group" aria-label={t('raceLine')}>
      <select aria-label={t('raceLineMetric')} value={line?.metric ?? ''} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{t('raceNoLine')}</option>
        {Object.keys(run.measured[part]).map((metric) => (
          <option key={metric} value={metric}>
            {t(part === 'validation' ? 'raceOfValidation' : 'raceOfTrain', { metric: called(metric) })}
          </option>
        ))}
      </select>
      {line && (
        <label>
          <span>{rises(line.metric) ? '≥' : '≤'}</span>
          <input
            type="text"
            inputMode="decimal"
            aria-label={t('raceLineValue')}
            value={typed ?? String(line.value)}
            onInput={(event) => type(event.currentTarget.value)}
            onChange={(event) => {
              set(event.currentTarget.value);
              type(null);
            }}
          />
        </label>
      )}
    </div>
  );
}
