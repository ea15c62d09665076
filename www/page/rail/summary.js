/** What a section holds now, in the few words of its closed heading: the whole experiment at a glance. */
import { choices, tagOf } from '../../experiment.js';
import { partOf, settingsOf } from '../../family.js';
import { resolve } from '../../form/paths.js';
import { count, number } from '../../format.js';
import { t, words } from '../../i18n/index.js';
import { written } from '../race/differs.js';
import { partsOf } from './sections.js';

/** @typedef {import('../../boundary').Document} Document */
/** @typedef {import('../../boundary').Schema} Schema */

/** The title of what is chosen. @param {Schema} raw @param {Document} value */
function titleOf(raw, value) {
  const tag = tagOf(value);
  const option = choices(resolve(raw)).find(([name]) => name === tag);
  return words(resolve(option?.[1]), 'title') || String(tag);
}

/** @param {Schema} raw @param {string} value */
const wordOf = (raw, value) =>
  words(
    (resolve(raw).oneOf ?? []).find((/** @type {Schema} */ option) => option.const === value),
    'title',
  ) || value;

/** The name of a setting within a sentence: lower case, where a language has it. @param {Schema} part */
const named = (part) => words(part, 'title').toLowerCase();

/** @type {Record<import('./sections.js').Id, (root: Schema, draft: Document) => string>} */
const SUMMARIES = {
  data(root, { data }) {
    const [tag, own] = Object.entries(data)[0];
    if (tag === 'drawn') return `${titleOf(root.properties.data, data)} · ${count(own.points.length)}`;
    if (tag === 'csv') return own.path || titleOf(root.properties.data, data);
    const noise = resolve(choices(resolve(root.properties.data)).find(([name]) => name === tag)?.[1])?.properties?.noise;
    return [titleOf(root.properties.data, data), own.samples && count(own.samples), noise && `${named(noise)} ${number(own.noise)}`]
      .filter(Boolean)
      .join(' · ');
  },
  prepare(root, { prepare }) {
    const { features, scale } = root.$defs.Prepare.properties;
    const parts = prepare.features.map((/** @type {string} */ word) => wordOf(resolve(features).items, word)).join(', ');
    return [parts, prepare.scale !== 'none' && wordOf(scale, prepare.scale)].filter(Boolean).join(' · ') || t('asIs');
  },
  augment: (root, { augment }) =>
    augment.map((/** @type {Document} */ entry) => titleOf(resolve(root.properties.augment).items, entry)).join(', ') || t('none'),
  model(root, draft) {
    const { layers } = partOf(root, draft).properties;
    const listed = settingsOf(draft).layers;
    if (!layers || !Array.isArray(listed)) return titleOf(root.properties.learner, draft.learner);
    const own = listed.map((/** @type {Document} */ layer) => Object.entries(layer)[0]);
    if (!own.length) return t('linearModel');
    const dense = own.every((/** @type {[string, Schema]} */ [tag]) => tag === 'dense');
    const kinds = own.map((/** @type {[string, Schema]} */ [, part]) =>
      part?.activation ? titleOf(activationOf(layers), part.activation) : '',
    );
    const named = (/** @type {[string, Schema]} */ [tag, part], /** @type {number} */ at) =>
      tag === 'dense' ? `${part?.units ?? '?'} ${kinds[at]}` : titleOf(resolve(layers).items, { [tag]: part });
    if (!dense || kinds.some((/** @type {string} */ kind) => kind !== kinds[0])) return own.map(named).join(' – ');
    return `${own.map((/** @type {[string, Schema]} */ [, part]) => part?.units ?? '?').join('–')} ${kinds[0]}`;
  },
  optimizer(root, draft) {
    const { optimizer } = settingsOf(draft);
    const rate = /** @type {Document} */ (Object.values(optimizer)[0])?.learning_rate;
    return `${titleOf(partOf(root, draft).properties.optimizer, optimizer)} ${rate === undefined ? '' : number(rate)}`;
  },
  schedule(root, draft) {
    const { schedule, warmup } = settingsOf(draft);
    const parts = partOf(root, draft).properties;
    return [titleOf(parts.schedule, schedule), warmup?.updates > 0 && `${named(parts.warmup)} ${count(warmup.updates)}`]
      .filter(Boolean)
      .join(' · ');
  },
  stop(root, { stop }) {
    const { patience } = stop.early_stopping;
    if (patience) return `${named(root.$defs.Patience.properties.patience)} ${count(patience.patience)}`;
    return t('atMost', { n: count(stop.max_updates) });
  },
};

/** @param {Document} layers */
const activationOf = (layers) => resolve(choices(resolve(resolve(layers).items))[0][1]).properties.activation;

/** @param {Schema} root the schema @param {Document} draft @param {import('./sections.js').Id} id */
export function summary(root, draft, id) {
  const lacks = NEEDED[id] && settingsOf(draft)[NEEDED[id]] === undefined;
  if (SUMMARIES[id] && !lacks) return SUMMARIES[id](root, draft);
  // A section that is not known here tells its settings one by one.
  return partsOf(root, draft, id)
    .map(({ schema, value }) => `${named(resolve(schema))} ${written(root, schema, value)}`)
    .join(' · ');
}

/** Settings without which a section is summed up otherwise. @type {Record<string, string>} */
const NEEDED = { optimizer: 'optimizer', schedule: 'schedule' };
