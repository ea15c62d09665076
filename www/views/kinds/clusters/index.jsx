/** Clusters around centres: which step was done last, and how many samples each cluster has. The centres themselves are marks on the map. */
import { count } from '../../../format.js';
import { t } from '../../../i18n/index.js';
import { Stage } from '../../../parts/stage.jsx';
import { Mark } from '../../legend.jsx';
import './clusters.css';

/** The steps, in their order. */
const STEPS = ['place', 'assign', 'move', 'rest'];

/** @param {import('../index.js').Given<'clusters'>} props */
export default function Clusters({ run, family, tools }) {
  const { last, next, sizes } = run.view;
  const now = next === 'rest' ? 'rest' : (last ?? 'place');
  const most = Math.max(1, ...sizes);
  return (
    <Stage id="model" head="title" title={family} note={t('clusters', { n: sizes.length })} tools={tools}>
      <div class="clusters" tabIndex={0}>
        <ol aria-label={t('clustersSteps')}>
          {STEPS.map((step) => (
            <li key={step} class={step === now ? 'now' : ''} aria-current={step === now ? 'step' : undefined}>
              {t(`clusterStep_${step}`)}
            </li>
          ))}
        </ol>
        <p role="status">{t(`clusterSays_${now}`)}</p>
        <h3>{t('clusterSizes')}</h3>
        <ul>
          {sizes.map((/** @type {number} */ size, /** @type {number} */ at) => (
            <li key={at}>
              <Mark shape={at} classes={Math.max(3, sizes.length)} />
              <span>{t('clusterNamed', { n: at + 1 })}</span>
              <i style={{ '--share': size / most }} />
              <b>{count(size)}</b>
            </li>
          ))}
        </ul>
      </div>
    </Stage>
  );
}
