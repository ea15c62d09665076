/** What the layers come to while they are edited: the engine's own answer, before anything trains. */
import { useEffect, useState } from 'preact/hooks';
import { engine } from '../../engine.js';
import { bytes, count, shape } from '../../format.js';
import { t } from '../../i18n/index.js';
import { Help } from '../../parts/help.jsx';
import * as state from '../../state.js';
import './plan.css';

/** @typedef {import('../../boundary').Outline} Outline */
/** @typedef {import('../../boundary').Plan} Plan */

/** Milliseconds without a change before the engine is asked: the change itself goes first. */
const REST = 40;

/** The plan of the experiment as it is edited; the last one while the next is under way, null where there is none. @returns {Plan | null} */
export function usePlan() {
  const [plan, setPlan] = useState(/** @type {Plan | null} */ (null));
  const draft = state.draft.value;
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(
      () =>
        engine.plan(JSON.stringify(draft)).then(
          (next) => wanted && setPlan(next),
          () => {},
        ),
      REST,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [draft]);
  return plan;
}

/** The layers of a network, or of a layer within it, of a path. @param {Plan | null} plan @param {(string | number)[]} path @returns {Outline | undefined} */
function outlineOf(plan, path) {
  const places = path.filter((key) => typeof key === 'number');
  return places.slice(1).reduce((/** @type {Outline | undefined} */ layer, at) => layer?.inside[at], plan?.layers[places[0]]);
}

/** For the form's lists of layers. @param {Plan | null} plan @returns {import('../../form/notes.js').Known} */
export const notesOf = (plan) => ({
  entry(path) {
    if (path.at(-2) !== 'layers') return undefined;
    const layer = outlineOf(plan, path);
    if (!layer) return '';
    return [`→ ${shape(layer.shape)}`, layer.parameters && t('paramsShort', { n: count(layer.parameters) })].filter(Boolean).join(' · ');
  },
  end: (path) => (path[0] === 'learner' && path.length === 3 && path[2] === 'layers' ? <Totals plan={plan} /> : null),
});

/** What the whole network takes. @param {{plan: Plan | null}} props */
function Totals({ plan }) {
  const costs = plan?.costs;
  const memory = costs && costs.parameter_bytes + costs.gradient_bytes + costs.optimizer_bytes + costs.activation_bytes;
  const parts =
    costs &&
    t('memoryParts', {
      parameters: bytes(costs.parameter_bytes),
      gradient: bytes(costs.gradient_bytes),
      optimizer: bytes(costs.optimizer_bytes),
      activations: bytes(costs.activation_bytes),
      n: count(costs.batch),
    });
  return (
    <dl class="totals" id="totals">
      <div>
        <dt>{t('totalIn')}</dt>
        <dd>{plan ? shape(plan.input) : '–'}</dd>
      </div>
      <div>
        <dt>{t('totalParameters')}</dt>
        <dd>{costs ? count(costs.parameters) : '–'}</dd>
      </div>
      <div>
        <dt>
          {t('totalMemory')} <Help title={t('totalMemory')} text={parts || t('memoryMeans')} term="memory" />
        </dt>
        <dd>{memory ? bytes(memory) : '–'}</dd>
      </div>
      <div>
        <dt>
          {t('totalWork')} <Help title={t('totalWork')} text={t('workMeans')} term="multiply-adds" />
        </dt>
        <dd>{costs ? count(costs.multiply_adds) : '–'}</dd>
      </div>
    </dl>
  );
}
