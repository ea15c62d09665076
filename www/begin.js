/** How the page begins. */
import { effect } from '@preact/signals';
import { address, hearAddress } from './address.js';
import * as documents from './documents.js';
import { Unreachable } from './launch.js';
import { engine } from './engine.js';
import { hearReading } from './files.js';
import { both } from './i18n/index.js';
import * as missing from './missing.js';
import { why } from './page/why.js';
import * as state from './state.js';
import * as training from './training.js';
import { encode, opened } from './url.js';

/** How often the usual experiment is opened because nothing else could be put back, until a picture of it comes. */
const MOST = 2;
let fallen = 0;

/** @param {import('./engine.js').Recovery} next */
async function hearRecovery(next) {
  // The user reads what happened first; what failed may fail again. What was cancelled needs no reading.
  state.recovery.value = next.done && !next.error && !next.fell ? null : next;
  state.running.value = false;
  if (!next.done) return;
  // What was looked at may be what fails.
  if (next.fell) training.forget();
  if (next.fell) state.range.value = null;
  if (next.fell === 'nothing') {
    if (++fallen > MOST) return;
    await documents.openUsual();
  } else documents.agree(next.runs ?? []);
  if (await training.recovered()) fallen = 0;
}

/** Loads the engine and the experiment of the address. */
export async function begin() {
  engine.start({
    recovery: (next) => void hearRecovery(next).catch(documents.tellError),
    progress: (call, share) => {
      hearReading(call, share);
      if (state.silence.value) state.silence.value = { ...state.silence.value, share };
    },
    silence: (next) => void (state.silence.value = next),
    way: documents.hearWay,
    gone: (error) => {
      state.away.value = error && why(error);
      state.recovery.value = null;
      state.running.value = false;
    },
  });
  state.schema.value = await engine.schema();
  state.draft.value = structuredClone(state.defaults.value);
  await first(location.hash);
  state.begun.value = true;
  effect(() => {
    // A link is to what runs. Where another's was refused it stays until that was read.
    const hash = encode(state.issues.value.length ? state.standing.value : state.changes.value);
    if (!state.rejected.value.length) address(hash);
  });
  hearAddress((hash) => documents.openLink(hash).catch(documents.tellError));
  engine.keepSpare();
}

/** The experiment of the address; where it cannot run the usual one does, what is wrong is told, and the form keeps what it can show of it. @param {string} hash */
async function first(hash) {
  let wrong = /** @type {state.Issue[]} */ ([]);
  try {
    if (await documents.openLink(hash)) return;
    wrong = state.rejected.value;
  } catch (error) {
    if (error instanceof Unreachable) throw error;
    wrong = [{ path: '', message: documents.failure(error) }];
  }
  const waits = state.waiting.value !== null;
  await documents.openUsual();
  const text = (await opened(hash).catch(() => null)) ?? '';
  // Who goes on without the file before the usual experiment stands there has read what is wrong.
  if (waits && !state.waiting.value) return;
  documents.keepDraft(text, wrong);
  missing.shown();
  state.rejected.value = wrong.length ? wrong : [{ path: '', message: both('engineFails') }];
}
