/** Places in the experiment: their names, what stands there, what stands there by default. */
import { resolve as resolveIn, tagOf } from '../experiment.js';
import { schema } from '../state.js';
import { defaultsAround, issuesAround } from './document.js';

/** @typedef {import('../boundary').Document} Document */
/** @typedef {import('../boundary').Schema} Schema */

/** @typedef {(string | number)[]} Path */

/** @param {Schema} part */
export const resolve = (part) => resolveIn(schema.value, part);

/** As the engine writes it: `learner.net.layers[0].dense.units`. @param {Path} path */
export const dotted = (path) =>
  path.reduce(
    (/** @type {string} */ text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${key}` : String(key)),
    '',
  );

/** @param {Path} path @param {Document} from */
export const at = (path, from) => path.reduce((value, key) => value?.[key], from);

/** What stands at a path by default; undefined in a list, where nothing is usual. @param {Path} path @param {Schema} part */
export const usual = (path, part) => at(path, defaultsAround(path)) ?? part.default;

/** Whether a control was changed; a choice by its tag only, since what it brings is shown beneath it. @param {Path} path @param {Schema} part @param {Document} value @param {boolean} choice */
export function differs(path, part, value, choice) {
  const standard = usual(path, part);
  if (standard === undefined) return false;
  return choice ? tagOf(value) !== tagOf(standard) : JSON.stringify(value) !== JSON.stringify(standard);
}

/** The problems of a path, with `beneath` those inside it as well. @param {Path} path @param {boolean} [beneath] */
export function problemsAt(path, beneath = false) {
  const here = dotted(path);
  return issuesAround(path).filter(
    (issue) => issue.path === here || (beneath && /^[.[]/.test(issue.path.slice(here.length)) && issue.path.startsWith(here)),
  );
}
