/** Every file of words that the page is built with: of parts of the page in `words/`, and beside the panels and drawings that they belong to. In Node `tests/words-found.js` stands in its place. */

/** @type {Record<string, Record<string, [string, string]>>} */
export const parts = import.meta.glob(['./words/*.js', '../page/**/words.js', '../views/**/words.js'], { eager: true, import: 'default' });
