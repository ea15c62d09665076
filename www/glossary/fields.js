/** Which entry of the glossary explains a setting or an option: by its name in the experiment document. */

/** @type {Record<string, string>} */
const TERMS = {};

/** The entry for what a path ends in; undefined where the sentence in its place is enough. @param {(string | number)[]} path */
export const termOf = (path) => TERMS[path[path.length - 1]];
