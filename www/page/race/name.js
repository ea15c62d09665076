/** What runs are called: as what they are, where they differ from the one that they are compared with. */
import { computed, signal } from '@preact/signals';
import { choices, resolve, tagOf } from '../../experiment.js';
import { partOf, settingsOf } from '../../family.js';
import { count, short } from '../../format.js';
import { language, t, words } from '../../i18n/index.js';
import * as state from '../../state.js';
import { chosen, differences } from './differs.js';

/** @typedef {import('../../boundary').Document} Document */
/** @typedef {import('../../boundary').Schema} Schema */

/** Differences that a name has. */
const NAMED = 2;
/** Characters of a name at the end of a line. */
const LABEL = 24;

/** Names that whoever set the runs up gave them, as [English, Chinese], each for as long as its run has the settings that it was given for. @type {import('@preact/signals').Signal<{experiment: Document, name: readonly [string, string]}[]>} */
export const given = signal([]);

const text = (/** @type {any} */ it) => JSON.stringify(it);

/** The optimizer with its rate, or the learner: what a run is where nothing tells it from the others. @param {Schema} root the schema @param {Document} experiment */
function kind(root, experiment) {
  const { learner } = experiment;
  const { optimizer } = settingsOf(experiment);
  if (optimizer) return chosen(root, resolve(root, partOf(root, experiment).properties.optimizer), optimizer);
  const part = resolve(root, root.properties.learner);
  const option = choices(part).find(([tag]) => tag === tagOf(learner));
  return (option && words(resolve(root, option[1]), 'title')) || tagOf(learner);
}

/** Run by run: its given name, or the differences in words, none twice. The first has what the others changed, and they have what they changed. */
const told = computed(() => {
  const root = state.schema.value;
  const own = state.entries.value.map(({ experiment }, at) => (at === state.selected.value ? state.draft.value : experiment));
  return own.map((experiment, at) => {
    const from = state.entries.value[at].from;
    const named = given.value[at];
    const name = named && !from && text(named.experiment) === text(experiment) ? named.name[language.value === 'zh' ? 1 : 0] : null;
    const against = at === 0 ? own.slice(1) : [own[0]];
    const parts = against
      .flatMap((other) => differences(root, root, other, experiment))
      .map(({ title, value }) => `${title} ${value}`.trim());
    return { name, from, parts: [...new Set(parts)], kind: kind(root, experiment) };
  });
});

/** Whether a run is another one like the first, in which nothing was changed yet. @param {number} at */
export function unchanged(at) {
  const run = told.value[at];
  return at > 0 && Boolean(run) && !run.name && !run.from && !run.parts.length;
}

/** @param {number} at @param {number} [most] differences that are named */
export function nameOf(at, most = NAMED) {
  const run = told.value[at];
  if (!run) return '';
  if (run.name) return run.name;
  const more = run.parts.length > most ? [t('raceMore', { n: run.parts.length - most })] : [];
  const from = run.from ? [t('raceFrom', { n: count(run.from.update) })] : [];
  return [...from, ...run.parts.slice(0, most), ...more].join(' · ') || run.kind;
}

/** The name as it stands at the end of a line. @param {number} at */
export function labelOf(at) {
  const whole = nameOf(at);
  return whole.length <= LABEL ? whole : short(nameOf(at, 1), LABEL);
}
