/** Seeds: the same runs over several seeds, what they have in common, and whether one is faster than another. */
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { Spread } from '../../charts/spread.jsx';
import { engine } from '../../engine.js';
import { metric as written } from '../../format.js';
import { say, t } from '../../i18n/index.js';
import { Help } from '../../parts/help.jsx';
import { Segments } from '../../parts/segments.jsx';
import * as state from '../../state.js';
import { usePalette } from '../../views/palette.js';
import { colourOf, markOf } from '../race/looks.js';
import { rises } from '../../measured.js';
import { nameOf } from '../race/name.js';
import { racing } from '../race/race.jsx';
import { Controls, Failures, Nobody, Old } from './controls.jsx';
import { Line, Seeds as Count, useLine } from './line.jsx';
import { usePaired } from './paired.js';
import { band, quartiles } from './spread.js';
import { makeStudy } from './study.js';
import { most, p } from './said.js';

/** @typedef {import('./study.js').Trial} Trial */

export const study = makeStudy();
const seeds = signal(10);
const all = signal(true);

/** A run that stands in the study: its name and settings as they are now. @param {number} at @param {string} name */
const group = (at, name) => ({
  name: () => name,
  experiment: at === state.selected.value ? state.draft.value : state.entries.value[at].experiment,
});

export function Seeds() {
  const line = useLine();
  const busy = study.busy.value;
  const chosen =
    racing() && all.value
      ? state.entries.value.map((_, at) => group(at, nameOf(at)))
      : [group(state.selected.value, racing() ? nameOf(state.selected.value) : t('studyPresent'))];
  const begin = () => {
    const [experiment, ...against] = chosen.map((one) => one.experiment);
    const job = { seeds: { seeds: seeds.value, finish: { reach: line }, whole: true } };
    study.start({ experiment, against, job }, chosen, line, engine.files());
  };
  return (
    <>
      <p class="hint">{t('seedsAbout')}</p>
      <div class="asked">
        <Line disabled={busy} />
        <Count value={seeds.value} set={(next) => (seeds.value = next)} disabled={busy} />
        {racing() && (
          <Segments
            label={t('seedsRuns')}
            value={all.value ? 'all' : 'one'}
            choose={(value) => (all.value = value === 'all')}
            options={[
              ['all', t('seedsAll')],
              ['one', t('seedsOne')],
            ]}
          />
        )}
      </div>
      <Controls study={study} begin={begin} runs={chosen.length * seeds.value} name="seeds" />
      <Failures study={study} />
      <Nobody study={study} />
      <Old study={study} line={line} experiments={state.entries.value.map((_, at) => group(at, '').experiment)} />
      {study.ended.value > 0 && <Results />}
    </>
  );
}

/** Updates to the line, infinite where it was not reached. @param {Trial} trial */
const toLine = ({ standing }) => standing?.arrival?.update ?? Infinity;

function Results() {
  const colours = usePalette();
  const { groups, trials, line } = study;
  const finish = /** @type {{metric: string, value: number}} */ (line.value);
  const parted = groups.value.map((_, at) => trials.value.filter(({ group }) => group === at));
  return (
    <>
      <Curves parted={parted} finish={finish} colours={colours} />
      <div class="wide" tabIndex={0} role="group" aria-label={t('studyResults')}>
        <table>
          <caption>{t('raceTableSays', { metric: t(/** @type {any} */ (finish.metric)), value: finish.value })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('raceRun')}</th>
              <th scope="col">{t('studyArrived')}</th>
              <th scope="col">{t('studyMedian')}</th>
              <th scope="col">
                {t('studyMiddle')} <Help title={t('studyMiddle')} text={t('studyMiddleMeans')} term="median" />
              </th>
              <th scope="col">{t('studyBest')}</th>
            </tr>
          </thead>
          <tbody>
            {groups.value.map((group, at) => {
              const done = parted[at].filter(({ state }) => state === 'done');
              const found = quartiles(done.map(toLine));
              const best = quartiles(done.flatMap(({ standing }) => standing?.best?.loss ?? []));
              return (
                <tr key={at}>
                  <th scope="row">
                    <i style={{ color: colourOf(colours, at) }} aria-hidden="true">
                      {markOf(at)}
                    </i>{' '}
                    {group.name()}
                  </th>
                  <td>{t('studyOf', { n: done.filter(({ standing }) => standing?.arrival).length, all: done.length })}</td>
                  <td>{found ? most(found.median) : '–'}</td>
                  <td>{found ? `${most(found.low)} – ${most(found.high)}` : '–'}</td>
                  <td>{best ? written(best.median) : '–'}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {groups.value.length > 1 && <Verdict parted={parted} />}
    </>
  );
}

/** @param {{parted: Trial[][], finish: {metric: string, value: number}, colours: import('../../views/palette.js').Palette}} props */
function Curves({ parted, finish, colours }) {
  const [metric, choose] = useState(finish.metric);
  const [far, setFar] = useState(/** @type {'line' | 'end'} */ ('line'));
  const metrics = [...new Set([finish.metric, 'loss'])];
  const shown = metrics.includes(metric) ? metric : finish.metric;
  const begun = parted.flat().filter(({ standing }) => standing);
  const part = begun.some(({ standing }) => standing?.columns[`validation.${shown}`]) ? 'validation' : 'train';
  const last = Math.max(1, ...begun.map(({ standing }) => standing?.update ?? 0));
  const arrivals = begun.map(toLine).filter(Number.isFinite);
  const near = arrivals.length ? Math.min(last, Math.max(10, 1.5 * Math.max(...arrivals))) : last;
  const end = far === 'line' ? near : last;
  const groups = parted.map((trials, at) => {
    const curves = trials
      .filter(({ standing }) => standing)
      .map(({ standing, state }) => ({
        x: standing?.columns.update ?? [],
        y: standing?.columns[`${part}.${shown}`] ?? [],
        ended: state === 'done',
      }));
    return { name: study.groups.value[at].name(), mark: markOf(at), colour: colourOf(colours, at), curves, band: band(curves, end) };
  });
  const title = t(part === 'validation' ? 'raceOfValidation' : 'raceOfTrain', { metric: t(/** @type {any} */ (shown)) });
  return (
    <>
      <div class="asked">
        {metrics.length > 1 && (
          <Segments
            label={t('seedsMetric')}
            value={shown}
            choose={choose}
            options={metrics.map((one) => [one, t(/** @type {any} */ (one))])}
          />
        )}
        {near < last && (
          <Segments
            label={t('seedsFar')}
            value={far}
            choose={setFar}
            options={[
              ['line', t('seedsToLine')],
              ['end', t('seedsToEnd')],
            ]}
          />
        )}
        {groups.length > 1 && (
          <span class="key">
            {groups.map(({ name, mark, colour }, at) => (
              <span key={at}>
                <i style={{ color: colour }} aria-hidden="true">
                  {mark}
                </i>{' '}
                {name}
              </span>
            ))}
          </span>
        )}
      </div>
      <Spread
        title={title}
        groups={groups}
        end={end}
        unit={t('update')}
        line={shown === finish.metric ? finish.value : null}
        lineName={`${rises(finish.metric) ? '≥' : '≤'} ${finish.value}`}
        sentence={t('seedsSays', { metric: title, n: begun.length })}
      />
      <p class="hint">{t('seedsChart')}</p>
    </>
  );
}

/** How likely chance may be where a difference is called one, as the engine has it. */
const LEVEL = 0.05;

/** The runs, two by two and seed by seed: a sentence for two, a table of all pairs for more. @param {{parted: Trial[][]}} props */
function Verdict({ parted }) {
  const colours = usePalette();
  const names = study.groups.value.map(({ name }) => name());
  const couples = names.flatMap((_, a) => names.slice(a + 1).map((_, more) => /** @type {[number, number]} */ ([a, a + 1 + more])));
  const answers = usePaired(
    couples.map(([a, b]) => ({
      names: [names[a], names[b]],
      pairs: (parted[a] ?? []).flatMap((one) => {
        const other = (parted[b] ?? []).find(({ seed }) => seed === one.seed);
        return one.state === 'done' && other?.state === 'done' ? [/** @type {[number, number]} */ ([toLine(one), toLine(other)])] : [];
      }),
    })),
  );
  const run = (/** @type {number} */ at) => (
    <>
      <i style={{ color: colourOf(colours, at) }} aria-hidden="true">
        {markOf(at)}
      </i>{' '}
      {names[at]}
    </>
  );
  const [only] = answers;
  return (
    <section class="verdict">
      <h3>
        {t('seedsVerdict')} <Help title={t('seedsVerdict')} text={t('seedsVerdictMeans')} term="paired-comparison" />
      </h3>
      {couples.length === 1 && only && <p class="said">{say(only.verdict)}</p>}
      {couples.length === 1 && only && <p class="hint">{t('seedsRanks', { p: p(only.rank_p) })}</p>}
      {couples.length > 1 && (
        <div class="wide" tabIndex={0} role="group" aria-label={t('seedsPairs')}>
          <table class="pairs">
            <caption>{t('seedsPairs')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('seedsA')}</th>
                <th scope="col">{t('seedsB')}</th>
                <th scope="col">{t('seedsFaster')}</th>
                <th scope="col">{t('ablationSign')}</th>
                <th scope="col">
                  {t('studyHolm')} <Help title={t('studyHolm')} text={t('studyHolmMeans')} />
                </th>
                <th scope="col">{t('ablationRanks')}</th>
                <th scope="col">{t('studyHolm')}</th>
                <th scope="col">{t('seedsSaid')}</th>
              </tr>
            </thead>
            <tbody>
              {couples.map(([a, b], at) => {
                const found = answers[at];
                const faster = found && found.sign < LEVEL ? (found.faster > found.slower ? b : a) : null;
                return (
                  <tr key={`${a} ${b}`}>
                    <th scope="row">{run(a)}</th>
                    <th scope="row">{run(b)}</th>
                    <td>{found ? t('studyOf', { n: found.faster, all: found.pairs }) : '–'}</td>
                    <td>{found ? p(found.sign_p) : '–'}</td>
                    <td>{found ? p(found.sign) : '–'}</td>
                    <td>{found ? p(found.rank_p) : '–'}</td>
                    <td>{found ? p(found.rank) : '–'}</td>
                    <td>{found && (faster === null ? t('seedsNone') : <b>{run(faster)}</b>)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
