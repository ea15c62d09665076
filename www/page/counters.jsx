/** The large counters: of the moment that is shown. While a past one is looked at, they are that one's, and beside them stands how far training is. */
import { rowAt } from '../charts/ranges.js';
import { brief, count } from '../format.js';
import { t } from '../i18n/index.js';
import { back } from '../race.js';
import * as state from '../state.js';

/** The epoch of an update, as the history has it. @param {number} update */
function epochAt(update) {
  const { update: updates = [], epoch = [] } = state.history.value;
  return updates.length ? (epoch[rowAt(updates, update)] ?? null) : null;
}

export function Counters() {
  const run = state.run.value;
  const past = back.value;
  const epoch = past === null ? run?.epoch : epochAt(past);
  return (
    <dl class={`counters${past === null ? '' : ' past'}`}>
      <div>
        <dt>{t('update')}</dt>
        <dd id="update">{run ? count(past ?? run.update) : '–'}</dd>
        {run && past !== null && <dd class="of">{t('counterOf', { n: count(run.update) })}</dd>}
      </div>
      <div>
        <dt>{t('epoch')}</dt>
        <dd id="epoch">{typeof epoch === 'number' ? brief(epoch) : '–'}</dd>
      </div>
    </dl>
  );
}
