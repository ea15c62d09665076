/**
 * What the engine finds in the data of the experiment as it is edited: asked for while somebody looks, once the change itself has been tried, so that the rows of
 * a run are not read twice. The last answer stays while the next is under way.
 */
import { computed, effect, signal } from '@preact/signals';
import { busy } from '../../documents.js';
import { engine } from '../../engine.js';
import * as state from '../../state.js';
import { isOpen } from '../panels.js';

/** @typedef {import('../../boundary').Document} Document */

/** @typedef {import('../../boundary').Or<import('../../boundary').Overview, import('../../boundary').Unread> & {file?: string}} Answer */

/** The answer (`Overview` of the engine, or `{issues, reading}` where the rows cannot be had) and the `file` that it is about; null before the first. */
export const found = signal(/** @type {Answer | null} */ (null));
/** How the user's file was read; null where the rows are no file, or nothing of it is known. */
export const reading = computed(() => (state.draft.value?.data.csv ? (found.value?.reading ?? null) : null));
/** How many look. */
export const watchers = signal(0);

/** The parts of an experiment on which its rows depend: what is wrong with the model has nothing to do with them. @param {Document} draft */
const rowsOf = ({ seed, data, split, prepare }) => ({ seed, data, split, prepare });

/** What was asked last: the document's rows, its data alone, and the file as it was. @type {[string, string, Uint8Array | undefined]} */
let last = ['', '', undefined];
let newest = 0;

effect(() => {
  const draft = state.draft.value;
  const looked = isOpen('data');
  if (!draft || !(looked || watchers.value) || busy.value || state.reading.value || !state.begun.value) return;
  // Files of the same name may have come since.
  state.shown.value;
  const [json, data] = [JSON.stringify(rowsOf(draft)), JSON.stringify(draft.data)];
  const file = engine.files().get(draft.data.csv?.path);
  if (json === last[0] && file === last[2]) return;
  // Beside the view of the data only how the file was read is looked at: splits and steps change nothing of that, and a large table takes its time.
  if (!looked && !state.unfit.value && data === last[1] && file === last[2] && !found.peek()?.issues) return;
  last = [json, data, file];
  ask(draft, json, ++newest);
});

/** @param {Document} draft @param {string} json @param {number} turn */
async function ask(draft, json, turn) {
  try {
    const answer = await engine.overview(json);
    const { csv } = draft.data;
    // How a file is read does not hang on settings that are wrong elsewhere.
    const ways = csv && answer.issues && !answer.reading ? [{ csv }, { csv: { path: csv.path } }] : [];
    for (const data of ways) answer.reading ??= (await engine.overview(JSON.stringify({ data }))).reading ?? null;
    if (turn === newest) found.value = { ...answer, file: csv?.path };
  } catch {
    // The recovery says what happened; the next change asks again.
    if (turn === newest) last = ['', '', undefined];
  }
}
