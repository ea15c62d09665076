/** What would have been without early stopping: a second run that goes on, and what it found. */
import { count, number } from '../../format.js';
import { t } from '../../i18n/index.js';
import * as race from '../../race.js';
import * as state from '../../state.js';
import * as training from '../../training.js';
import { watched } from './metrics.js';

/** @typedef {import('../../boundary').Document} Document */

/** @param {Document} experiment */
const unstopped = (experiment) => ({ ...experiment, stop: { ...experiment.stop, early_stopping: { off: {} } } });

const same = (/** @type {Document} */ a, /** @type {Document} */ b) => JSON.stringify(a) === JSON.stringify(b);

/** Places of a run that was stopped early, and of the one that went on. @returns {[number, number] | null} */
function pair() {
  const all = state.entries.value;
  for (const [at, { experiment, from }] of all.entries()) {
    const base = from
      ? all.findIndex(
          (other, place) =>
            place !== at && state.runs.value[place]?.stop?.reason === 'early_stopping' && same(unstopped(other.experiment), experiment),
        )
      : -1;
    if (base >= 0) return [base, at];
  }
  return null;
}

/** The question, where a run was stopped early. */
export function Ask() {
  const run = state.run.value;
  if (run?.stop?.reason !== 'early_stopping' || race.full() || pair()) return null;
  const { update } = run.stop;
  const ask = async () => {
    if (await race.fork(update, unstopped(state.draft.value))) await training.play();
  };
  return (
    <button type="button" class="wide" onClick={ask}>
      {t('ghostAsk')}
    </button>
  );
}

/** What going on has found so far, and what stopping has saved. */
export function Ghost() {
  const found = pair();
  const [base, other] = (found ?? []).map((at) => state.runs.value[at]);
  const column = other && state.histories.value[found?.[1] ?? 0]?.[`${watched(other)}.loss`];
  if (!base?.best || !base.stop || !other?.best || !column) return null;
  const better = other.best.loss < base.best.loss;
  const values = {
    n: count(other.update - base.stop.update),
    best: number(base.best.loss),
    other: number(other.best.loss),
    now: number(column.at(-1)),
    difference: number(base.best.loss - other.best.loss),
  };
  return (
    <p class="ghost" role="status">
      {t('ghostSaved', values)} {t(better ? 'ghostLost' : 'ghostWon', values)}
    </p>
  );
}
