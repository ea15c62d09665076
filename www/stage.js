/** The stage: where model, map, metrics and chart stand. One of them may fill it; before a class the one that a lesson's step names leads. */
import { computed, effect, signal } from '@preact/signals';
import { present } from './layout.js';
import { standing } from './page/panels.js';

/** @typedef {string} Panel the id of a panel that stands on the stage; its element has it as `data-panel` */

/** The panel that fills the stage; null for all of them. */
export const filled = signal(/** @type {Panel | null} */ (null));

/** The panel that matters in what is taught; null where nothing is. */
export const matters = signal(/** @type {Panel | null} */ (null));

/** The panel that is the largest: before a class the one that matters. */
export const lead = computed(() => (present.value ? matters.value : null));

/** The panels that are on the stage. */
export const shown = computed(() => {
  const all = standing('stage');
  if (filled.value) return all.filter(({ id }) => id === filled.value);
  return lead.value ? all.filter(({ id, narrow }) => !narrow || id === lead.value) : all;
});

// A step that is about another panel shows it.
effect(() => {
  matters.value;
  filled.value = null;
});

/** Lets a panel fill the stage, or shows all of them again. @param {Panel} panel */
export const fill = (panel) => void (filled.value = filled.value === panel ? null : panel);

/** The panel that is meant by a key: under the pointer, or with the focus; else the one that matters, else the last, which is the widest. @returns {Panel} */
function meant() {
  const within = (/** @type {string} */ state) =>
    /** @type {HTMLElement | null} */ (document.querySelector(`[data-panel]${state}`))?.dataset.panel;
  return within(':hover') ?? within(':focus-within') ?? matters.value ?? standing('stage').at(-1)?.id ?? '';
}

export const fillByKey = () => fill(filled.value ?? meant());

/** For a key that leads back: whether there was something to lead back from. */
export function empty() {
  const was = filled.value !== null;
  filled.value = null;
  return was;
}
