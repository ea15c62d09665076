/** What both studies begin with: a finish line, and how many seeds. */
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { t } from '../../i18n/index.js';
import * as state from '../../state.js';
import { called, rises } from '../../measured.js';
import { lineOf, proposed, watched } from '../race/metrics.js';

/** What was typed; null until then. */
const own = signal(/** @type {{metric: string, value: number} | null} */ (null));

/** The run that is looked at: studies are offered where there is one. */
const present = () => /** @type {import('../../state.js').Run} */ (state.run.value);

/** A line that the present run crosses before its best. @param {string} metric */
const sensible = (metric) => lineOf(present(), metric, state.history.value);

/** The line of the study: the one that was typed, that of the race, or a sensible one. */
export function useLine() {
  const metrics = Object.keys(present().measured[watched(present())]);
  const given = [own.value, state.line.value].find((line) => line && metrics.includes(line.metric));
  return given ?? proposed(present(), state.history.value);
}

/** @param {{disabled: boolean}} props */
export function Line({ disabled }) {
  const line = useLine();
  const run = present();
  const part = watched(run);
  const set = (/** @type {number} */ value) => void (own.value = { ...line, value });
  return (
    <div class="line" role="group" aria-label={t('raceLine')}>
      <span>{t('raceLine')}</span>
      <select
        aria-label={t('raceLineMetric')}
        value={line.metric}
        disabled={disabled}
        onChange={(event) => (own.value = sensible(event.currentTarget.value))}
      >
        {Object.keys(run.measured[part]).map((metric) => (
          <option key={metric} value={metric}>
            {t(part === 'validation' ? 'raceOfValidation' : 'raceOfTrain', { metric: called(metric) })}
          </option>
        ))}
      </select>
      <label>
        <span>{rises(line.metric) ? '≥' : '≤'}</span>
        <Num name={t('raceLineValue')} value={line.value} set={set} disabled={disabled} />
      </label>
    </div>
  );
}

/** A number that is taken over when it is one. @param {{name: string, value: number, set: (value: number) => void, disabled: boolean, least?: number, most?: number}} props */
export function Num({ name, value, set, disabled, least = -Infinity, most = Infinity }) {
  const [typed, type] = useState(/** @type {string | null} */ (null));
  const take = (/** @type {string} */ text) => {
    const next = Number(text);
    if (text.trim() && Number.isFinite(next)) set(Math.max(least, Math.min(most, next)));
    type(null);
  };
  return (
    <input
      type="text"
      inputMode="decimal"
      aria-label={name}
      disabled={disabled}
      value={typed ?? String(value)}
      onInput={(event) => type(event.currentTarget.value)}
      onChange={(event) => take(event.currentTarget.value)}
    />
  );
}

/** @param {{value: number, set: (value: number) => void, disabled: boolean}} props */
export function Seeds({ value, set, disabled }) {
  return (
    <label class="count">
      <span>{t('studySeeds')}</span>
      <Num name={t('studySeeds')} value={value} set={(next) => set(Math.round(next))} least={3} most={30} disabled={disabled} />
    </label>
  );
}
