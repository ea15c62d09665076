/** The history: a lane a metric, the learning rate right under the loss, all over the same updates. */
import { Lane } from '../charts/lane.jsx';
import { t } from '../i18n/index.js';
import * as state from '../state.js';
import { usePalette } from '../views/palette.js';

/** @typedef {import('../i18n/index.js').Key} Key */

export function History() {
  const columns = state.history.value;
  const run = state.run.value;
  const colours = usePalette();
  if (!run) return <section class="history" aria-label={t('chart')} />;
  const metrics = Object.keys(run.measured.train);
  const rate = columns.learning_rate?.some((value) => value !== null);
  const shared = { x: columns.update ?? [], unit: t('updates'), ink: colours.muted, grid: colours.line };
  const lines = (/** @type {string} */ metric) => /** @type {const} */ (['train', 'validation'])
    .filter((part) => columns[`${part}.${metric}`])
    .map((part) => ({
      label: t(part), values: columns[`${part}.${metric}`], low: columns[`${part}.${metric}.min`], high: columns[`${part}.${metric}.max`],
      colour: colours.classes[part === 'train' ? 0 : 1], dashed: part === 'validation',
    }));
  return (
    <section class={`history${rate ? ' rated' : ''}`} aria-label={t('chart')}>
      {metrics.map((metric) => (
        <Lane key={metric} name={metric} {...shared} title={t(/** @type {Key} */ (metric))} lines={lines(metric)} axis={!(rate && metric === 'loss')} best={metric === 'loss' ? (run.best?.update ?? null) : null} />
      ))}
      {rate && <Lane key="rate" name="rate" {...shared} title={t('learningRate')} lines={[{ label: t('learningRate'), values: columns.learning_rate, colour: colours.accent }]} fromZero />}
    </section>
  );
}
