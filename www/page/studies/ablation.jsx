/** Ablation: the present experiment without each of its techniques in turn, and the updates that each of them saves. */
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { Savings } from '../../charts/savings.jsx';
import { engine } from '../../engine.js';
import { count } from '../../format.js';
import { say, t } from '../../i18n/index.js';
import { Help } from '../../parts/help.jsx';
import { Toggle } from '../../parts/toggle.jsx';
import * as state from '../../state.js';
import { Controls, Failures, Nobody, Old } from './controls.jsx';
import { Line, Seeds as Count, useLine } from './line.jsx';
import { usePaired } from './paired.js';
import { quartiles } from './spread.js';
import { most, p } from './said.js';
import { makeStudy } from './study.js';

/** @typedef {Awaited<ReturnType<typeof engine.techniques>>[number]} Technique */
/** What came of a technique so far: updates with it and without it, seed by seed. @typedef {Technique & {pairs: [without: number, with_: number][]}} Found */

export const study = makeStudy();
const seeds = signal(6);
/** Techniques that are left out of the study. */
const left = signal(/** @type {string[]} */ ([]));
/** The techniques of the study that was begun, in the order of its groups behind the first. */
const asked = signal(/** @type {Technique[]} */ ([]));

export function Ablation() {
  const line = useLine();
  const busy = study.busy.value;
  const experiment = state.draft.value;
  const [techniques, setTechniques] = useState(/** @type {Technique[] | null} */ (null));
  const text = JSON.stringify(experiment);
  useEffect(() => {
    let here = true;
    engine.techniques(text).then(
      (found) => here && setTechniques(found),
      () => {},
    );
    return () => void (here = false);
  }, [text]);
  const chosen = (techniques ?? []).filter(({ technique }) => !left.value.includes(technique));
  const begin = () => {
    asked.value = chosen;
    const groups = [t('ablationWith'), ...chosen.map(({ title }) => t('ablationWithout', { name: say(title) }))];
    const names = groups.map((name) => ({ name: () => name, experiment }));
    const job = { ablation: { seeds: seeds.value, finish: line, techniques: chosen.map(({ technique }) => technique) } };
    study.start({ experiment, job }, names, line, engine.files());
  };
  const flip = (/** @type {string} */ technique, /** @type {boolean} */ on) =>
    void (left.value = on ? left.value.filter((other) => other !== technique) : [...left.value, technique]);
  return (
    <>
      <p class="hint">{t('ablationAbout')}</p>
      <div class="asked">
        <Line disabled={busy} />
        <Count value={seeds.value} set={(next) => (seeds.value = next)} disabled={busy} />
      </div>
      {techniques?.length === 0 && <p class="hint">{t('ablationNone')}</p>}
      {techniques && techniques.length > 0 && (
        <fieldset class="techniques" disabled={busy}>
          <legend>{t('ablationTechniques')}</legend>
          {techniques.map(({ technique, title, note }) => (
            <Toggle
              key={technique}
              label={
                <>
                  <b>{say(title)}</b> <small>{say(note)}</small>
                </>
              }
              on={!left.value.includes(technique)}
              flip={(on) => flip(technique, on)}
              disabled={busy}
            />
          ))}
        </fieldset>
      )}
      <Controls study={study} begin={begin} runs={chosen.length ? (chosen.length + 1) * seeds.value : 0} name="ablation" />
      <Failures study={study} />
      <Nobody study={study} />
      <Old study={study} line={line} experiments={[experiment]} />
      {study.ended.value > 0 && <Results />}
    </>
  );
}

/** @returns {Found[]} */
function found() {
  const { trials } = study;
  const base = trials.value.filter(({ group, state }) => group === 0 && state === 'done');
  return asked.value.map((technique, at) => {
    const updates = (/** @type {import('./study.js').Trial} */ { standing }) =>
      (technique.spent ? standing?.update : standing?.arrival?.update) ?? Infinity;
    const pairs = base.flatMap((one) => {
      const other = trials.value.find(({ group, seed, state }) => group === at + 1 && seed === one.seed && state === 'done');
      return other ? [/** @type {[number, number]} */ ([updates(other), updates(one)])] : [];
    });
    return { ...technique, pairs };
  });
}

/** What is saved where one of both arrived. @param {Found['pairs']} pairs */
const savings = (pairs) => pairs.filter(([a, b]) => Number.isFinite(a) || Number.isFinite(b)).map(([a, b]) => a - b);

function Results() {
  const rows = found().map((technique) => {
    const values = savings(technique.pairs);
    return { technique, values, quartiles: quartiles(values) };
  });
  // Those that save most come first; of which nothing is known, last. What ends a run earlier has an axis of its own: it saves other updates.
  const sorted = rows.toSorted((a, b) =>
    a.quartiles && b.quartiles
      ? a.quartiles.median === b.quartiles.median
        ? 0
        : b.quartiles.median - a.quartiles.median
      : Number(Boolean(b.quartiles)) - Number(Boolean(a.quartiles)),
  );
  const bars = sorted.map(({ technique, values, quartiles }) => ({
    id: technique.technique,
    name: say(technique.title),
    said: sentence(technique, quartiles),
    values,
    quartiles,
    spent: technique.spent,
  }));
  const { metric, value } = /** @type {{metric: string, value: number}} */ (study.line.value);
  const answers = usePaired(sorted.map(({ technique: { pairs } }) => ({ pairs, names: ['', ''] })));
  const several = sorted.length > 1;
  return (
    <>
      <h3>
        {t('ablationSaved')} <Help title={t('ablationSaved')} text={t('ablationSavedMeans')} term="ablation" />
      </h3>
      {[false, true].map((all) => {
        const these = bars.filter(({ spent }) => spent === all);
        return these.length > 0 && <Savings key={String(all)} rows={these} unit={t(all ? 'ablationSpentUnit' : 'ablationUnit')} />;
      })}
      <div class="wide" tabIndex={0} role="group" aria-label={t('studyResults')}>
        <table>
          <caption>{t('raceTableSays', { metric: t(/** @type {any} */ (metric)), value })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('ablationTechnique')}</th>
              <th scope="col">{t('ablationMedianWith')}</th>
              <th scope="col">{t('ablationMedianWithout')}</th>
              <th scope="col">{t('ablationFaster')}</th>
              <th scope="col">
                {t('ablationSign')} <Help title={t('ablationSign')} text={t('ablationSignMeans')} term="sign-test" />
              </th>
              {several && (
                <th scope="col">
                  {t('studyHolm')} <Help title={t('studyHolm')} text={t('studyHolmMeans')} />
                </th>
              )}
              <th scope="col">{t('ablationRanks')}</th>
              {several && <th scope="col">{t('studyHolm')}</th>}
            </tr>
          </thead>
          <tbody>
            {sorted.map(({ technique }, at) => (
              <Row key={technique.technique} technique={technique} result={answers[at]} several={several} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** What a technique does, in words. @param {Found} technique @param {{median: number} | null} saved */
function sentence({ pairs, spent }, saved) {
  if (!pairs.length) return t('ablationWaits');
  const never = (/** @type {0 | 1} */ which) => pairs.filter((pair) => !Number.isFinite(pair[which])).length;
  const [without, with_] = [never(0), never(1)];
  const counts = { n: without, all: pairs.length };
  if (!saved) return t('ablationNeither');
  const told = [];
  if (Number.isFinite(saved.median)) {
    const updates = Math.round(Math.abs(saved.median));
    const share = quartiles(pairs.filter(([a, b]) => a > 0 && Number.isFinite(a) && Number.isFinite(b)).map(([a, b]) => 100 * (1 - b / a)));
    const key = updates === 0 ? 'ablationNothing' : saved.median > 0 ? (spent ? 'ablationStops' : 'ablationSaves') : 'ablationCosts';
    told.push(t(key, { n: count(updates), share: Math.round(Math.abs(share?.median ?? 0)) }));
  }
  if (without) told.push(without === pairs.length ? t('ablationNever') : t('ablationOften', counts));
  if (with_) told.push(t('ablationItself', { n: with_, all: pairs.length }));
  return told.join(t('saidEnd'));
}

/** @param {{technique: Found, result: import('./paired.js').Answer | null, several: boolean}} props `several` techniques are asked for at once */
function Row({ technique: { title, spent, pairs }, result, several }) {
  const median = (/** @type {0 | 1} */ which) => {
    const of = quartiles(pairs.map((pair) => pair[which]));
    return of ? most(of.median) : '–';
  };
  return (
    <tr>
      <th scope="row">
        {say(title)}
        {spent && <small> {t('ablationSpent')}</small>}
      </th>
      <td>{median(1)}</td>
      <td>{median(0)}</td>
      <td>{result ? t('studyOf', { n: result.faster, all: result.pairs }) : '–'}</td>
      <td>{result ? p(result.sign_p) : '–'}</td>
      {several && <td>{result ? p(result.sign) : '–'}</td>}
      <td>{result ? p(result.rank_p) : '–'}</td>
      {several && <td>{result ? p(result.rank) : '–'}</td>}
    </tr>
  );
}
