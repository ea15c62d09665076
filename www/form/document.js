/** What forms edit: the experiment, and documents beside it, whose paths begin with a name of their own. Schemas of those hold no references: see `inlined`. */
import { change as changeExperiment } from '../documents.js';
import { defaults, issues } from '../state.js';

/** @typedef {import('../boundary').Document} Document */

/** @typedef {import('./paths.js').Path} Path */
/** @typedef {{defaults: () => Document, issues: () => import('../engine.js').Issue[], change: (path: Path, value: Document) => void}} Beside paths without the name */

/** @type {Map<string | number, Beside>} */
const beside = new Map();

/** Makes a document known to forms, under the name with which its paths begin. @param {string} name @param {Beside} document */
export const lend = (name, document) => void beside.set(name, document);

/** Whether a path is one of the experiment. @param {Path} path */
export const isExperiment = (path) => !beside.has(path[0]);

/** Sets what stands at a path. @param {Path} path @param {Document} value */
export function change(path, value) {
  const other = beside.get(path[0]);
  if (other) other.change(path.slice(1), value);
  else changeExperiment(path, value);
}

/** The document that has everything by default, as its paths see it. @param {Path} path */
export function defaultsAround(path) {
  const other = beside.get(path[0]);
  return other ? { [path[0]]: other.defaults() } : defaults.value;
}

/** The problems of the document of a path. @param {Path} path @returns {import('../engine.js').Issue[]} */
export function issuesAround(path) {
  const other = beside.get(path[0]);
  return other
    ? other.issues().map((issue) => ({ ...issue, path: issue.path ? `${path[0]}.${issue.path}` : String(path[0]) }))
    : issues.value;
}
