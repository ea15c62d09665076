/** The sections of the rail in the order of the journey: which parts of the experiment stand in each. Knows the document, not the page. */
import { choices, resolve } from '../../experiment.js';

/** @typedef {'data' | 'prepare' | 'augment' | 'model' | 'optimizer' | 'schedule' | 'stop'} Id */
/** @typedef {{schema: any, value: any, path: string[]}} Part */

/** Settings of a network that stand in a section of their own, and in which; the others are the model's. @type {Record<string, Id>} */
const OWN = {
  optimizer: 'optimizer',
  weight_decay: 'optimizer',
  clip: 'optimizer',
  average: 'optimizer',
  tuning: 'optimizer',
  schedule: 'schedule',
  warmup: 'schedule',
};
const OF_NET = [...new Set(Object.values(OWN))];

/** The section where the field of a path stands; a path of another run that races (`race.runs[1].prepare.clean`) is where the selected one's is. @param {string} path */
export function sectionOf(path) {
  const [first, , third] = path.replace(/^race\.runs\[\d+\]\./, '').split(/[.[]/);
  if (first === 'split' || first === 'seed') return 'data';
  if (first === 'learner') return OWN[third] ?? 'model';
  return first;
}

/** @param {any} draft @returns {Id[]} */
export const sectionIds = (draft) => ['data', 'prepare', 'augment', 'model', ...(draft.learner.net ? OF_NET : []), 'stop'];

/** @param {any} root the schema @param {any} draft @param {Id} id @returns {Part[]} */
export function partsOf(root, draft, id) {
  const part = (/** @type {string} */ key) => ({ schema: root.properties[key], value: draft[key], path: [key] });
  if (id === 'data') return [part('data'), part('split'), part('seed')];
  if (id !== 'model' && !OF_NET.includes(id)) return [part(id)];
  const { net } = draft.learner;
  const ofNet = Object.entries(net ? root.$defs.Net.properties : {}).map(([key, property]) => ({
    schema: property,
    value: net[key],
    path: ['learner', 'net', key],
  }));
  const here = ofNet.filter(({ path }) => (OWN[path[2]] ?? 'model') === id);
  if (id !== 'model') return here;
  return [{ schema: net ? familyOnly(root) : root.properties.learner, value: draft.learner, path: ['learner'] }, ...here];
}

/** The experiment with one section as it is by default. @param {any} draft @param {any} defaults @param {Id} id */
export function restored(draft, defaults, id) {
  const next = structuredClone(draft);
  const standard = structuredClone(defaults);
  if (id === 'data') Object.assign(next, { data: standard.data, split: standard.split, seed: standard.seed });
  else if (id === 'model') {
    const kept = Object.fromEntries(
      Object.keys(OWN)
        .filter(() => draft.learner.net)
        .map((key) => [key, next.learner.net[key]]),
    );
    next.learner = { net: { ...standard.learner.net, ...kept } };
  } else if (OF_NET.includes(id)) {
    for (const key of Object.keys(OWN).filter((key) => OWN[key] === id)) next.learner.net[key] = standard.learner.net[key];
  } else next[id] = standard[id];
  return next;
}

/** The choice of a family without the fields of the network, which are shown in three sections. @param {any} root */
function familyOnly(root) {
  const whole = resolve(root, root.properties.learner);
  const oneOf = choices(whole).map(([tag, content]) => {
    const { properties, ...words } = resolve(root, content);
    return { properties: { [tag]: tag === 'net' ? { ...words, properties: {}, 'x-defaults': content } : content } };
  });
  return { ...whole, oneOf };
}
