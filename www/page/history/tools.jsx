/** Beside the heading of the charts: what x is under the pointer, what x counts, how lanes are shown, what can be saved. */
import { t } from '../../i18n/index.js';
import { called } from '../../measured.js';
import { ICONS } from '../../parts/button.jsx';
import { Popover } from '../../parts/popover.jsx';
import { Segments } from '../../parts/segments.jsx';
import { Toggle } from '../../parts/toggle.jsx';
import { Compare } from '../race/race.jsx';
import { Back } from '../race/back.jsx';
import { back } from '../../race.js';
import * as options from './options.js';

/** @typedef {import('./lanes.js').Description} Description */

/** @param {{path: string}} props */
const Sign = ({ path }) => (
  <svg viewBox="0 0 16 16" aria-hidden="true">
    <path d={path} />
  </svg>
);

/** What x can count, with its name. */
export const units = () =>
  /** @type {[options.Unit, string][]} */ ([
    ['update', t('updates')],
    ['epoch', t('chartEpochs')],
    ['rows', t('chartRows')],
    ['gradient_evaluations', t('chartGradients')],
    ['seconds', t('chartSeconds')],
  ]);

/** @param {{offered: [options.Unit, string][], unit: options.Unit, reading: string, happened: string, all: Description[], shown: Description[], onPicture: () => void, onCsv: () => void}} props */
export function Tools({ offered, unit, reading, happened, all, shown, onPicture, onCsv }) {
  return (
    <>
      {back.value === null ? <span class="reading">{[reading, happened].filter(Boolean).join(' · ')}</span> : <Back />}
      {back.value === null && <Compare />}
      {back.value === null && (
        <Segments label={t('chartAxis')} options={offered} value={unit} choose={(unit) => (options.unit.value = unit)} />
      )}
      <Popover name={t('chartOptions')} sign={<Sign path={ICONS.options} />}>
        <h3>{t('chartLanes')}</h3>
        <div class="choices">
          {all.map(({ name, title }) => (
            <Toggle
              key={name}
              label={called(title)}
              on={shown.some((lane) => lane.name === name)}
              flip={(on) => (options.chosen.value = { ...options.chosen.value, [name]: on })}
            />
          ))}
        </div>
        <h3>{t('chartLook')}</h3>
        <Smoothing />
        <div class="choices">
          <Toggle label={t('chartLogLoss')} on={options.logLoss.value} flip={(on) => (options.logLoss.value = on)} />
          {all.some(({ sort }) => sort === 'norm') && (
            <Toggle label={t('chartLogNorms')} on={options.logNorms.value} flip={(on) => (options.logNorms.value = on)} />
          )}
          <Toggle label={t('chartGap')} on={options.gap.value} flip={(on) => (options.gap.value = on)} />
          <Toggle label={t('chartFull')} on={options.full.value} flip={(on) => (options.full.value = on)} />
        </div>
      </Popover>
      <Popover name={t('chartSave')} sign={<Sign path={ICONS.save} />}>
        <button type="button" onClick={onPicture}>
          {t('chartPicture')}
        </button>
        <button type="button" onClick={onCsv}>
          {t('chartCsv')}
        </button>
      </Popover>
    </>
  );
}

function Smoothing() {
  const { value } = options.smoothing;
  return (
    <label class="smoothing">
      <span>{t('chartSmoothing')}</span>
      <input
        type="range"
        min={0}
        max={options.SMOOTHEST}
        step={0.01}
        value={value}
        onInput={(event) => (options.smoothing.value = Number(event.currentTarget.value))}
      />
      <span>{value.toFixed(2)}</span>
    </label>
  );
}
