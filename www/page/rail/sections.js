/** The sections of the rail in the order of the journey: which parts of the experiment stand in each. Knows the document and its schema, not the page. */
import { choices, defaultsOf, resolve } from '../../experiment.js';
import { familyOf, partOf, pathIn, schemaOf, settingsOf } from '../../family.js';

/** @typedef {import('../../boundary').Document} Document */
/** @typedef {import('../../boundary').Schema} Schema */

/** @typedef {string} Id of the journey's steps, or a section that settings of a family ask for */
/** @typedef {{schema: Schema, value: Document, path: (string | number)[]}} Part */

const MODEL = 'model';

/** @param {Schema} property the schema says where it stands; the others are the model's @returns {Id} */
const sectionOfSetting = (property) => property?.['x-section'] ?? MODEL;

/** The settings of a family by the section where they stand. @param {Schema} part the schema of them @returns {[key: string, property: Schema, section: Id][]} */
const placed = (part) => Object.entries(part.properties ?? {}).map(([key, property]) => [key, property, sectionOfSetting(property)]);

/** The section where the field of a path stands; a path of another run that races (`race.runs[1].prepare.clean`) is where the selected one's is. @param {Schema} root the schema @param {string} path */
export function sectionOf(root, path) {
  const [first, family, key] = path.replace(/^race\.runs\[\d+\]\./, '').split(/[.[]/);
  if (first === 'split' || first === 'seed') return 'data';
  if (first === 'learner') return key ? sectionOfSetting(schemaOf(root, family).properties?.[key]) : MODEL;
  return first;
}

/** @param {Schema} root @param {Document} draft @returns {Id[]} */
export function sectionIds(root, draft) {
  const own = placed(partOf(root, draft)).map(([, , section]) => section);
  return [...new Set(['data', 'prepare', 'augment', MODEL, ...own, 'stop'])];
}

/** @param {Schema} root the schema @param {Document} draft @param {Id} id @returns {Part[]} */
export function partsOf(root, draft, id) {
  const part = (/** @type {string} */ key) => ({ schema: root.properties[key], value: draft[key], path: [key] });
  if (id === 'data') return [part('data'), part('split'), part('seed')];
  const all = placed(partOf(root, draft));
  const here = all
    .filter(([, , section]) => section === id)
    .map(([key, schema]) => ({ schema, value: settingsOf(draft)[key], path: pathIn(draft, key) }));
  if (id !== MODEL) return here.length ? here : [part(id)];
  const divided = all.length > here.length;
  return [
    { schema: divided ? familyOnly(root) : root.properties.learner, value: draft.learner, path: ['learner'] },
    ...(divided ? here : []),
  ];
}

/** The experiment with one section as it is by default; the family stays what it is. @param {Schema} root @param {Document} draft @param {Document} defaults @param {Id} id */
export function restored(root, draft, defaults, id) {
  const next = structuredClone(draft);
  const standard = structuredClone(defaults);
  const all = placed(partOf(root, draft)).filter(([, , section]) => section === id);
  if (id === 'data') Object.assign(next, { data: standard.data, split: standard.split, seed: standard.seed });
  else if (all.length || id === MODEL) {
    const usual = usualOf(root, defaults, familyOf(draft));
    for (const [key] of all) settingsOf(next)[key] = usual[key];
  } else next[id] = standard[id];
  return next;
}

/** A family's settings by default. @param {Schema} root @param {Document} defaults the whole experiment's @param {string} family @returns {Record<string, Document>} */
export const usualOf = (root, defaults, family) =>
  structuredClone(familyOf(defaults) === family ? settingsOf(defaults) : defaultsOf(schemaOf(root, family)));

/** The choice of a family without the fields of those whose settings are shown in several sections. @param {Schema} root */
function familyOnly(root) {
  const whole = resolve(root, root.properties.learner);
  const oneOf = choices(whole).map(([tag, content]) => {
    const part = resolve(root, content);
    const { properties, ...words } = part;
    const divided = placed(part).some(([, , section]) => section !== MODEL);
    return { properties: { [tag]: divided ? { ...words, properties: {}, 'x-defaults': content } : content } };
  });
  return { ...whole, oneOf };
}
