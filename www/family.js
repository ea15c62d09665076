/**
 * The family of an experiment's learner, whatever it is called: the document names it, the schema says what it has. Nothing in the page knows a family by its name; what it
 * wants of one (an optimizer, layers) it finds among the settings, or does not.
 */
import { choices, resolve, tagOf } from './experiment.js';

/** @typedef {import('./boundary').Document} Document */
/** @typedef {import('./boundary').Schema} Schema */

/** What it is called in the document. @param {Document} experiment @returns {string} */
export const familyOf = ({ learner }) => tagOf(learner);

/** Its settings. @param {Document} experiment @returns {Record<string, Document>} */
export const settingsOf = ({ learner }) => learner[tagOf(learner)] ?? {};

/** The schema of its settings, with the family's own words; with nothing in it for a family that the schema does not know. @param {Schema} root @param {string} tag @returns {Schema} */
export function schemaOf(root, tag) {
  const option = choices(resolve(root, root.properties.learner)).find(([name]) => name === tag);
  return option ? resolve(root, option[1]) : { properties: {} };
}

/** The same of the family of an experiment. @param {Schema} root @param {Document} experiment @returns {Schema} */
export const partOf = (root, experiment) => schemaOf(root, familyOf(experiment));

/** The way in the document to one of its settings. @param {Document} experiment @param {...(string | number)} keys @returns {(string | number)[]} */
export const pathIn = (experiment, ...keys) => ['learner', familyOf(experiment), ...keys];

/** The experiment with some of its settings changed. @template {{learner: Document}} T @param {T} experiment @param {Record<string, Document>} own @returns {T} */
export const withSettings = (experiment, own) => ({
  ...experiment,
  learner: { [familyOf(experiment)]: { ...settingsOf(experiment), ...own } },
});
