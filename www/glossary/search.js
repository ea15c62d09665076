/** Finding entries by what is typed. */

/** @param {string} text */
const folded = (text) => text.toLowerCase().normalize('NFKC');

/** Whether every word typed stands in an entry, in either language. @param {import('./terms.js').Term} term @param {string} typed */
export function matches(term, typed) {
  const text = folded([term.id, ...term.name, ...term.text, term.formula ?? ''].flat().join(' '));
  return folded(typed)
    .split(/\s+/)
    .every((word) => text.includes(word));
}
