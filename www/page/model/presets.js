/** Ready-made networks: fragments of experiments as data (`presets/networks.json`), and what becomes of the present experiment when one is chosen. */
import networks from '../../../presets/networks.json';
import { complete, overlay, tagOf } from '../../experiment.js';
import { familyOf, partOf, settingsOf } from '../../family.js';
import { usualOf } from '../rail/sections.js';

/** @typedef {import('../../boundary').Document} Document */
/** @typedef {import('../../state.js').Points} Points */
/** @typedef {import('../../boundary').Schema} Schema */

/** `rows` are the kinds of rows that it is made for; its experiment has data of such a kind. @typedef {{id: string, name: import('../../i18n/index.js').Message, about: import('../../i18n/index.js').Message, rows: string[], experiment: Document}} Preset */

/** @type {Preset[]} */
export const presets = networks;

/** What depends on the data or on the numbers of layers: it begins anew with others. */
const OF_DATA = ['loss', 'output_activation', 'class_weights'];
const OF_LAYERS = ['tuning'];

/** Whether the present rows are such that a network is made for. @param {Preset} preset @param {Points} points */
export const suits = (preset, points) => preset.rows.includes(points?.shape?.kind ?? 'flat');

/** The data that it brings. @param {Preset} preset */
export const dataOf = (preset) => tagOf(preset.experiment.data);

/** The experiment with a ready-made network, and with its data where the present rows do not suit. @param {Schema} schema @param {Document} draft @param {Document} defaults @param {Preset} preset @param {boolean} switches */
export function chosen(schema, draft, defaults, preset, switches) {
  const standard = structuredClone(defaults);
  const next = structuredClone(draft);
  const family = familyOf(preset.experiment);
  const usual = usualOf(schema, defaults, family);
  const before = next.learner[family] ?? structuredClone(usual);
  for (const key of [...OF_LAYERS, ...(switches ? OF_DATA : [])]) before[key] = usual[key];
  next.learner = { [family]: { ...before, ...structuredClone(settingsOf(preset.experiment)) } };
  if (switches)
    Object.assign(next, {
      data: structuredClone(preset.experiment.data),
      prepare: standard.prepare,
      augment: standard.augment,
      stop: standard.stop,
    });
  return complete(schema, overlay(standard, next));
}

/** Whether an experiment's layers are those of a ready-made network. @param {Schema} schema @param {Document} draft @param {Preset} preset */
export function isChosen(schema, draft, preset) {
  if (familyOf(draft) !== familyOf(preset.experiment)) return false;
  const part = { ...partOf(schema, draft), $defs: schema.$defs };
  const whole = (/** @type {Document} */ experiment) => JSON.stringify(complete(part, { layers: settingsOf(experiment).layers }).layers);
  return whole(draft) === whole(preset.experiment);
}
