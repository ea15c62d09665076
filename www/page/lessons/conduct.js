/** Conducts a step of a lesson: sets its experiment up, runs it, and sees what came of it. The experiment is the page's own: it can be changed, rewound and kept. */
import { computed, effect, signal, untracked } from '@preact/signals';
import { engine } from '../../engine.js';
import { complete, overlay } from '../../experiment.js';
import { speed } from '../../settings.js';
import * as state from '../../state.js';
import * as documents from '../../documents.js';
import * as training from '../../training.js';
import { given } from '../race/name.js';
import { keepsBrought, place } from './open.js';

/** @typedef {import('../../boundary').Document} Document */

/** @typedef {import('../../lessons/index.js').Step} Step */
/** @typedef {import('../../lessons/measure.js').Run} Run */

/** What the step waits for: '' for the student. */
export const busy = signal(/** @type {'' | 'source' | 'opening'} */ (''));
/** Its experiment stands there, so that what ends is its own. */
const ready = signal(false);

/** The step that was taken, and which answer was predicted: a card that is put away, as behind another tab of a phone, comes back to them. @type {Step | null} */
let taken = null;
const guessed = signal(/** @type {number | null} */ (null));
/** @param {Step} step */
export const guessOf = (step) => (guessed.value !== null && taken === step ? guessed.value : null);
/** @param {number} answer */
export const guess = (answer) => void (guessed.value = answer);

let turn = 0;
/** The speed as the user chose it, while a lesson sets its own. @type {string | null} */
let own = null;

/** A document of differences from the defaults, whole. @param {Document} changes */
const whole = (changes) => complete(state.schema.value, overlay(state.defaults.value, changes));

/** The page's runs as a lesson sees them. @returns {Run[]} */
const seen = () =>
  state.runs.value.map((/** @type {Document} */ { update, best, stop }, /** @type {number} */ at) => ({
    update,
    best,
    stop,
    columns: state.histories.value[at] ?? {},
  }));

/** Every run has ended or crossed the finish line. */
const ended = () =>
  state.runs.value.length > 0 &&
  state.runs.value.every((/** @type {Document} */ { state: stands, arrival }) => stands === 'stopped' || arrival);

/** What the step's runs came to, once all have ended. @param {Step} step */
export function resultsOf(step) {
  if (!ready.value || taken !== step || state.running.value) return null;
  return ended() && state.runs.value.length === step.runs.length ? seen() : null;
}

/** Whether the experiment is another than the step's. @param {Step} step */
export function isChanged(step) {
  if (!ready.value) return false;
  const documents = state.entries.value.map(({ experiment }, at) => (at === state.selected.value ? state.draft.value : experiment));
  return JSON.stringify(documents) !== JSON.stringify(step.runs.map(({ experiment }) => whole(experiment)));
}

/** Slow enough to be watched, a few seconds at sixty frames each. @param {Step} step */
function pace(step) {
  const longest = Math.max(...step.runs.map(({ experiment }) => whole(experiment).stop.max_updates));
  own ??= speed.value;
  speed.value = longest <= 450 ? 'one' : longest <= 4500 ? 'ten' : 'hundred';
}

/** Takes a step, and sets it up; nothing where it is the one that was taken. @param {Step} step */
export function take(step) {
  if (taken === step) return;
  taken = step;
  guessed.value = null;
  setUp(step, keepsBrought());
}

/** Back to the user's own speed. */
export function leave() {
  turn++;
  taken = null;
  guessed.value = null;
  ready.value = false;
  busy.value = '';
  given.value = [];
  training.pause();
  if (own !== null) speed.value = own;
  own = null;
}

/** Waits until something is so; false where the step was left meanwhile. @param {() => unknown} so @param {number} mine */
const until = (so, mine) =>
  new Promise((resolve) => {
    const stop = effect(() => {
      if (turn === mine && !so()) return;
      queueMicrotask(() => {
        stop();
        resolve(turn === mine);
      });
    });
  });

/** Trains the source task to its end, in the engine alone, and keeps its weights as a file. @param {{file: string, experiment: Document}} pretrained @param {number} mine */
async function pretrain({ file, experiment }, mine) {
  busy.value = 'source';
  if ((await engine.open(JSON.stringify(whole(experiment)))).length) return false;
  for (let going = true; going && turn === mine; ) {
    const { frame } = await engine.pull(0, 50, Infinity, {}, false);
    going = frame?.runs[0].state !== 'stopped';
  }
  if (turn !== mine) {
    // Who left meanwhile finds what stood there before.
    if (!place.value) await documents.openEntries(state.entries.value, state.line.value);
    return false;
  }
  await engine.attach(file, await engine.tensors(0));
  return true;
}

/** Sets a step up. With `keep`, an experiment that stands there already (an address had it) stays. @param {Step} step @param {boolean} [keep] */
export async function setUp(step, keep = false) {
  const mine = ++turn;
  ready.value = false;
  busy.value = 'opening';
  // The page may still be opening what the address has.
  if (!(await until(() => state.frame.value, mine))) return;
  training.pause();
  pace(step);
  try {
    if (!keep || step.pretrained) {
      if (step.pretrained && !(await pretrain(step.pretrained, mine))) return;
      busy.value = 'opening';
      const [first, ...others] = step.runs.map(({ experiment }) => experiment);
      // A race of one has no line that another experiment left behind.
      if (!(await documents.openRace({ runs: [first, ...others.map(whole)], finish: step.finish ?? null }))) return;
    }
    if (turn === mine) {
      given.value = step.runs.map(({ name, experiment }) => ({ name, experiment: whole(experiment) }));
      ready.value = true;
    }
  } finally {
    if (turn === mine) busy.value = '';
  }
}

/** Whether something of the step is under way. */
export const under = computed(() => busy.value !== '' || state.running.value);

// Who leaves by the browser's Back or for a challenge leaves as well.
effect(() => {
  if (!place.value) untracked(() => taken && leave());
});
