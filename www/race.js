/** What can be done with runs that race: they come, go, leave another's way, and are looked at as they were. */
import { batch, computed, signal } from '@preact/signals';
import { engine } from './engine.js';
import { both } from './i18n/index.js';
import * as state from './state.js';
import * as documents from './documents.js';
import * as training from './training.js';

/** @typedef {import('./boundary').Document} Document */

/** The update that is shown while a past moment is looked at; null for the present. */
export const back = computed(() => /** @type {number | null} */ (state.run.value?.looks_back ? state.run.value.standing : null));

/** The update that was last asked for. */
const pointed = signal(/** @type {number | null} */ (null));
/** The update that was asked for, where the run kept no checkpoint: what is shown is then the last one before it; null where it is the one that was asked for. */
export const asked = computed(() => (back.value !== null && pointed.value !== null && pointed.value !== back.value ? pointed.value : null));

const text = (/** @type {unknown} */ it) => JSON.stringify(it);

export const full = () => state.entries.value.length >= documents.MOST;

/** One more run like the selected one, at update 0, and looks at it; it comes level with the others before they go on. @param {Document} [experiment] other settings than the selected run's */
export function addRun(experiment = state.entries.value[state.selected.value].experiment) {
  if (full()) return Promise.resolve(false);
  return training.still(async () => {
    const found = await engine.add({ json: text(experiment) });
    if (found.length) {
      state.rejected.value = found;
      return false;
    }
    await joined(documents.entry(experiment));
    return true;
  });
}

/** @param {import('./state.js').Entry} entry */
async function joined(entry) {
  batch(() => {
    state.entries.value = [...state.entries.value, entry];
    state.selected.value = state.entries.value.length - 1;
    state.draft.value = entry.experiment;
  });
  await training.renew();
}

/** @param {number} at */
export function removeRun(at) {
  return training.still(async () => {
    if (!(await engine.remove(at))) return;
    const left = state.entries.value.filter((_, place) => place !== at);
    const now = Math.min(state.selected.value > at ? state.selected.value - 1 : state.selected.value, left.length - 1);
    batch(() => {
      state.entries.value = left;
      state.selected.value = now;
      state.issues.value = [];
      state.draft.value = left[now].experiment;
    });
    await training.renew();
  });
}

/** A run that went the selected one's way until an update, and goes on beside it. @param {number} update @param {Document} [experiment] with these live settings */
export function fork(update, experiment) {
  if (full()) return Promise.resolve(false);
  return training.still(async () => {
    const at = state.selected.value;
    await present();
    const left = await engine.fork(at, update);
    if (left === undefined) return false;
    const last = state.entries.value.length;
    // The settings of then, which may be others than those of now.
    const { experiment: before, from } = documents.began(engine.beginning(last));
    const taken = !experiment || (await engine.live(last, text(experiment)));
    await joined(documents.entry(taken && experiment ? experiment : before, from ?? { update: left, before }));
    return taken;
  });
}

/** Takes the selected run back to an update, to train on from there. @param {number} update */
export function goBack(update) {
  return training.still(async () => {
    await present();
    const at = state.selected.value;
    await engine.goBack(at, update);
    const own = documents.began(engine.beginning(at));
    batch(() => {
      state.entries.value = state.entries.value.map((entry, place) => (place === at ? { ...entry, ...own } : entry));
      state.issues.value = [];
      state.draft.value = own.experiment;
    });
    await training.renew();
  });
}

let wanted = /** @type {number | null} */ (null);
let busy = false;

/** Shows the selected run as it was at its last checkpoint at or before `update`. Only the newest of quick wishes is met. @param {number} update */
export async function lookBack(update) {
  wanted = update;
  if (busy) return;
  busy = true;
  try {
    training.pause();
    while (wanted !== null) {
      const to = wanted;
      wanted = null;
      await engine.lookBack(state.selected.value, to);
      pointed.value = to;
      await training.refresh();
    }
  } finally {
    busy = false;
  }
}

/** Ends looking back. */
export async function present() {
  wanted = null;
  if (back.value === null) return;
  await engine.lookBack(state.selected.value);
  if (!state.running.value) await training.refresh();
}

/** Draws a finish line, or takes it away. @param {{metric: string, value: number} | null} line */
export async function setLine(line) {
  const found = await engine.finish(text(line));
  if (found.length) state.notice.value = both('raceLineUnfit');
  if (!state.running.value) await training.refresh();
  return !found.length;
}

/** Whether a proposal is being taken over: until then the others are of settings that are no more. */
export const mending = signal(false);

/** Takes over what the doctor proposes: here, at the start, or some updates ago. @param {import('./boundary').FindingRemedy} remedy */
export async function remedy({ experiment, back: to }) {
  if (mending.value) return;
  mending.value = true;
  try {
    if (to) await goBack(to);
    await documents.replace(experiment);
    if (to === 0) await training.rewind();
  } finally {
    // The others hold the settings as they were: pressed now, they would take this one back. They come again as they are now.
    batch(() => {
      state.findings.value = null;
      mending.value = false;
    });
  }
  if (!state.running.value && !state.issues.value.length) await training.play();
}
