/** How the page begins. */
import { effect } from '@preact/signals';
import { open, openDocument } from './documents.js';
import { engine } from './engine.js';
import { hearReading } from './files.js';
import * as state from './state.js';
import { recovered } from './training.js';
import { decode, encode } from './url.js';

/** Loads the engine and the experiment of the address. */
export async function begin() {
  engine.start((next) => {
    // The user reads what happened first; what failed may fail again. What was cancelled needs no reading.
    state.recovery.value = next.done && !next.error ? null : next;
    state.running.value = false;
    if (!next.done) return;
    recovered();
  }, hearReading);
  state.schema.value = await engine.schema();
  state.draft.value = structuredClone(state.defaults.value);
  if (!(await openDocument(decode(location.hash)))) {
    const named = state.rejected.value;
    await open(state.defaults.value);
    state.rejected.value = named;
  }
  effect(() => {
    const hash = encode(state.changes.value);
    if (state.issues.value.length || state.rejected.value.length || hash === location.hash) return;
    window.history.replaceState(null, '', hash || location.pathname + location.search);
  });
  // The event's own address: a change that was just being applied may have written its own since.
  addEventListener('hashchange', (event) => openDocument(decode(new URL(event.newURL).hash)));
}
