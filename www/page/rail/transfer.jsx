/** Transfer learning in a few clicks: keep a network's weights for another task, and race the ways to go on from them. */
import { useState } from 'preact/hooks';
import { tagOf } from '../../experiment.js';
import { pathIn, settingsOf, withSettings } from '../../family.js';
import { both, t } from '../../i18n/index.js';
import { Help } from '../../parts/help.jsx';
import * as race from '../../race.js';
import * as state from '../../state.js';
import * as documents from '../../documents.js';
import * as files from '../../files.js';
import { proposed } from '../race/metrics.js';

/** @typedef {import('../../boundary').Document} Document */

/**
 * Tasks for which weights of a related one come with Descent: their documents say what they were trained on. `line` is an accuracy to race to, `layers` are as many as are worth
 * taking over: what lies behind them is of the old task. That shapes help with shapes is in tests/pretrained.rs; digits help other digits hardly, which is worth seeing too.
 * @type {{file: string, words: import('../../i18n/index.js').Key, trained: () => Promise<any>, target: Document, layers: number, line: number}[]}
 */
const READY = [
  {
    file: 'digits-0-4',
    words: 'transferDigits',
    trained: () => import('../../../src/data/bundled/digits-0-4.json'),
    target: { data: { digits: { which: 'high', samples: 200 } }, split: { validation: 0.4, test: 0 } },
    layers: 4,
    line: 0.85,
  },
  {
    file: 'shapes',
    words: 'transferShapes',
    trained: () => import('../../../src/data/bundled/shapes.json'),
    target: { data: { shapes: { samples: 200, noise: 0.2 } }, split: { validation: 0.4, test: 0 } },
    layers: 6,
    line: 0.8,
  },
];

/** @param {string} path @param {number} layers */
const from = (path, layers) => ({ file: { path, which: { first: { layers } } } });

export function Transfer() {
  const { transfer, layers } = settingsOf(state.draft.value);
  const [last, setLast] = useState(2);
  // Of families that can begin with the weights of another run.
  if (!transfer || !layers) return null;
  const run = state.run.value;
  const known = transfer.file?.path;
  const hidden = layers.length;
  return (
    <fieldset class="transfer">
      <legend>
        {t('transfer')} <Help title={t('transfer')} text={t('transferMeans')} term="transfer-learning" />
      </legend>
      <button type="button" class="wide" disabled={!run?.update || state.issues.value.length > 0 || hidden === 0} onClick={keep}>
        {t('transferKeep')}
      </button>
      {known && hidden > 0 && (
        <>
          <label class="last">
            {t('transferLast')}{' '}
            <input
              type="number"
              min={1}
              max={hidden}
              value={Math.min(last, hidden)}
              onInput={(event) => setLast(Math.max(1, Math.min(hidden, Math.round(Number(event.currentTarget.value)) || 1)))}
            />
          </label>
          <button type="button" class="wide" onClick={() => raceWays(state.draft.value, Math.min(last, hidden))}>
            {t('transferRace')}
          </button>
        </>
      )}
      {READY.map((ready) => (
        <button key={ready.file} type="button" class="wide" onClick={() => openReady(ready)}>
          {t(ready.words)}
        </button>
      ))}
    </fieldset>
  );
}

/** The present weights as those that the network begins with: what is chosen next is the new task. */
async function keep() {
  const { layers } = settingsOf(state.draft.value);
  const name = `${tagOf(state.draft.value.data)}-${state.run.value?.update ?? 0}.safetensors`;
  await files.keepWeights(name);
  await documents.change(pathIn(state.draft.value, 'transfer'), from(name, layers.length), true);
  if (!state.issues.value.length) {
    state.section.value = 'data';
    state.notice.value = both('transferKept', { name });
  }
}

/** From scratch, only what is fresh, the last layers, all of them, and all with small steps for what is known. @param {Document} experiment @param {number} last */
async function raceWays(experiment, last) {
  const { layers, transfer } = settingsOf(experiment);
  const hidden = layers.length;
  const taken = Math.min(transfer.file?.which.first?.layers ?? hidden, hidden);
  const way = (/** @type {Document} */ own) => documents.entry(withSettings(experiment, own));
  const frozen = (/** @type {number} */ to) => ({ tuning: [{ freeze: { first: 1, last: to } }] });
  const ways = [
    way({ transfer: { fresh: {} }, tuning: [] }),
    way(frozen(taken)),
    ...(hidden + 1 - last < taken && last <= hidden ? [way(frozen(hidden + 1 - last))] : []),
    way({ tuning: [] }),
    way({ tuning: [{ rate: { first: 1, last: taken, factor: 0.1 } }] }),
  ];
  const line = state.line.value ?? (state.run.value && proposed(state.run.value));
  const found = await documents.openEntries(ways, line);
  if (found.length) state.rejected.value = found;
}

/** @param {typeof READY[number]} ready */
async function openReady({ file, trained, target, layers, line }) {
  const { default: document } = await trained();
  const experiment = {
    ...withSettings(document, { transfer: from(`${file}.safetensors`, layers) }),
    seed: 0,
    ...target,
    stop: { ...document.stop, evaluate_every: { updates: { every: 5 } } },
  };
  if (await documents.openDocument(JSON.stringify(experiment))) {
    await raceWays(state.draft.value, 2);
    await race.setLine({ metric: 'accuracy', value: line });
  }
}
