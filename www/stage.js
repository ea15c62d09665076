/** The stage: where model, map, metrics and chart stand. One of them may fill it; before a class the one that a lesson's step names leads. */
import { computed, effect, signal } from '@preact/signals';
import { present } from './layout.js';

/** The panels, by what they show, and the element that each of them is. */
const ELEMENTS = /** @type {const} */ ({ model: '.panel.model', map: '.panel.map', metrics: '.panel.metrics', chart: '.history' });
/** @typedef {keyof typeof ELEMENTS} Panel */

const PANELS = /** @type {Panel[]} */ (Object.keys(ELEMENTS));

/** The panel that fills the stage; null for all of them. */
export const filled = signal(/** @type {Panel | null} */ (null));

/** The panel that matters in what is taught; null where nothing is. */
export const matters = signal(/** @type {Panel | null} */ (null));

/** The panel that is the largest: before a class the one that matters. */
export const lead = computed(() => (present.value ? matters.value : null));

/** The panels that are on the stage. Beside a lead there is no room for a column of numbers. */
export const shown = computed(() => {
  if (filled.value) return [filled.value];
  return lead.value ? PANELS.filter((panel) => panel !== 'metrics' || panel === lead.value) : PANELS;
});

// A step that is about another panel shows it.
effect(() => {
  matters.value;
  filled.value = null;
});

/** Lets a panel fill the stage, or shows all of them again. @param {Panel} panel */
export const fill = (panel) => void (filled.value = filled.value === panel ? null : panel);

/** The panel that is meant by a key: under the pointer, or with the focus; else the one that matters, else the chart. @returns {Panel} */
function meant() {
  const within = (/** @type {string} */ state) => PANELS.find((panel) => document.querySelector(ELEMENTS[panel])?.matches(state));
  return within(':hover') ?? within(':focus-within') ?? matters.value ?? 'chart';
}

export const fillByKey = () => fill(filled.value ?? meant());

/** For a key that leads back: whether there was something to lead back from. */
export function empty() {
  const was = filled.value !== null;
  filled.value = null;
  return was;
}
