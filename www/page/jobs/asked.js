/** What is asked: the job that is chosen, its settings, and the runs that it is asked of. Knows the store. */
import { computed, effect, signal } from '@preact/signals';
import { engine } from '../../engine.js';
import { choices, defaultsOf, inlined, resolve } from '../../experiment.js';
import { lend } from '../../form/document.js';
import { makeJob } from '../../job.js';
import * as state from '../../state.js';
import { nameOf } from '../race/name.js';
import { why } from '../why.js';

/** @typedef {import('../../boundary').Schema} Schema */

/** Under what forms find the settings. */
export const NAME = 'job';
/** Milliseconds without a change after which the engine is asked what there is to do. */
const CALM = 250;

export const job = makeJob(why);

/** The jobs that are shown here, by tag, without references. */
export const schemas = signal(/** @type {Map<string, import('../../boundary').Document>} */ (new Map()));
export const chosen = signal('');
/** By tag. */
const settings = signal(/** @type {Record<string, import('../../boundary').Document>} */ ({}));
/** All runs that race, or the one that is looked at. */
export const all = signal(true);
/** Pieces that there would be, and the problems of what is asked; null until the engine has said. */
export const planned = signal(/** @type {{pieces: number, issues: import('../../engine.js').Issue[]} | null} */ (null));
/** Names of the experiments that were asked about, in their order. */
export const names = signal(/** @type {string[]} */ ([]));

export const schema = computed(() => schemas.value.get(chosen.value));
export const value = computed(() => settings.value[chosen.value] ?? (schema.value && defaultsOf(schema.value)));

export async function begin() {
  if (schemas.peek().size) return;
  const root = await engine.jobsSchema();
  // What says where it is shown is shown there.
  const here = choices(root).flatMap(([tag, content]) => {
    const part = resolve(root, content);
    return part['x-panel'] ? [] : [/** @type {[string, Schema]} */ ([tag, inlined(root, part)])];
  });
  schemas.value = new Map(here);
  chosen.value ||= here[0][0];
}

const runs = computed(() =>
  state.entries.value.length > 1 && all.value ? state.entries.value.map((_, at) => at) : [state.selected.value],
);
const experimentOf = (/** @type {number} */ at) => (at === state.selected.value ? state.draft.value : state.entries.value[at]?.experiment);

/** The document that would be asked now; null before the schema is here. */
export const document = computed(() => {
  if (!schema.value) return null;
  const [experiment, ...against] = runs.value.map(experimentOf);
  return { experiment, against, job: { [chosen.value]: value.value } };
});

lend(NAME, {
  defaults: () => (schema.value ? defaultsOf(schema.value) : {}),
  issues: () => own(planned.value?.issues ?? []),
  change: (path, to) => {
    const next = structuredClone(value.peek());
    const last = /** @type {string | number} */ (path.at(-1));
    path.slice(0, -1).reduce((/** @type {import('../../boundary').Document} */ at, key) => at[key], next)[last] = to;
    settings.value = { ...settings.value, [chosen.peek()]: next };
  },
});

/** Problems of the settings, at their fields. @param {import('../../engine.js').Issue[]} issues */
const own = (issues) => {
  const start = `job.${chosen.value}.`;
  return issues.filter(({ path }) => path.startsWith(start)).map((issue) => ({ ...issue, path: issue.path.slice(start.length) }));
};

/** Problems that stand at no field here. */
export const others = computed(() => (planned.value?.issues ?? []).filter(({ path }) => !path.startsWith(`job.${chosen.value}.`)));

/** Asks the engine what there would be to do, each time that something has changed, while `open`. @returns {() => void} */
export function watch() {
  let timer = 0;
  let turn = 0;
  const stop = effect(() => {
    const text = document.value && JSON.stringify(document.value);
    const mine = ++turn;
    clearTimeout(timer);
    if (!text) return;
    timer = window.setTimeout(async () => {
      try {
        const plan = await engine.planJob(text, '{}');
        if (mine === turn) planned.value = plan.issues ? { pieces: 0, issues: plan.issues } : { pieces: plan.pieces.length, issues: [] };
      } catch {
        // The engine was lost and is replaced: Start asks again.
      }
    }, CALM);
  });
  return () => {
    turn++;
    clearTimeout(timer);
    stop();
  };
}

export function start() {
  const asked = document.peek();
  if (!asked) return;
  names.value = runs.value.map((at) => nameOf(at));
  job.start(asked, engine.files());
}

/** Whether what stands there now is something else than what was asked. */
export const old = computed(() => job.asked.value !== null && JSON.stringify(job.asked.value) !== JSON.stringify(document.value));
