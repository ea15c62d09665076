/** Names of classes that are short enough to stand below a picture. */

/** Where wide letters begin: Chinese takes two places. */
const WIDE = 0x2e80;
/** Names of classes up to this many letters wide are written; of longer ones the mark of the class stands for the name. */
const SHORT = 3;

/** Whether these names are written out. @param {string[]} classes */
export const short = (classes) =>
  classes.every((name) => [...name].reduce((sum, letter) => sum + (letter.charCodeAt(0) < WIDE ? 1 : 2), 0) <= SHORT);
