/**
 * Every string of the page is used, and every one that is asked for exists; none is kept twice. A key counts as used where it stands as a whole word in
 * quotation marks, or fits a template that is asked for, as `fault_dead` fits `fault_${fault}`. `node tests/words.mjs`.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { counted, filled } from '../www/i18n/filled.js';
import { twice, words } from '../www/i18n/words.js';

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'www/*.js', 'www/*.jsx'])
  .toString()
  .split('\n')
  .filter((path) => path && !path.startsWith('www/i18n/words') && !path.endsWith('/words.js'));
const texts = files.map((path) => readFileSync(path, 'utf8'));
const quoted = new Set(texts.flatMap((text) => text.match(/(?<=(['"`]))\w+(?=\1)/g) ?? []));

/** The first argument of a call, from behind its bracket. @param {string} text @param {number} from */
function argument(text, from) {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if ('([{'.includes(text[at])) depth++;
    else if (')]}'.includes(text[at]) && depth-- === 0) return text.slice(from, at);
    else if (text[at] === ',' && depth === 0) return text.slice(from, at);
  }
  return text.slice(from);
}
/** What may come of an argument: of `kind === 'plane' ? 'mapTitle' : t` it is `mapTitle`; what is compared or looked up is no word. @param {string} text */
const outcomes = (text) =>
  [
    ...text
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/[!=]==? '[^']*'|'[^']*' (?:in\b|[!=]==?)|\w\(\s*'[^']*'|\w\['\w+'\]|`[^`]*`/g, '')
      .matchAll(/'(\w+)'/g),
  ].map(([, key]) => key);
const asked = texts.flatMap((text) => [
  ...[...text.matchAll(/\b(?:t|both)\(/g)].flatMap((call) => outcomes(argument(text, call.index + call[0].length))),
  // What a panel, a key or a hint says of itself.
  ...[...text.matchAll(/\b(?:title|short|tab|does|words): '([a-z]\w*)'/g)].map(([, key]) => key),
]);
const templates = texts
  .flatMap((text) =>
    [...text.matchAll(/\b(?:t|both)\(\s*(?:\/\*\*.*?\*\/\s*\()?`((?:\w|\$\{[^}`]*\})+)`/g)].map(([, template]) => template),
  )
  .map((template) => ({ template, keys: new RegExp(`^${template.replace(/\$\{[^}]*\}/g, '\\w+')}$`) }));

/** [words, values, what is shown]. @type {[string, Record<string, string | number>, string][]} */
const CASES = [
  ['{n} {n|row|rows}', { n: 1 }, '1 row'],
  ['{n} {n|row|rows}', { n: 0 }, '0 rows'],
  // A count as the page writes it.
  ['{n} {n|row|rows}', { n: '1' }, '1 row'],
  ['{n} {n|row|rows}', { n: '1,001' }, '1,001 rows'],
  // The noun is that of the last count, the verb that of the first.
  ['{n} of {all} {all|row|rows} {n|is|are} wrong', { n: 1, all: 10 }, '1 of 10 rows is wrong'],
  ['{n|row is|rows are} left', { n: 2 }, 'rows are left'],
];

const keys = Object.keys(words);
/** Values that a string asks for. @param {string} text */
const values = (text) => [...new Set([...text.matchAll(/\{(\w+)[|}]/g)].map(([, name]) => name))].sort().join();
const problems = [
  ...twice.map((key) => `${key} is kept twice, in two files of words`),
  ...keys
    .filter((key) => !quoted.has(key) && !templates.some(({ keys }) => keys.test(key)))
    .map((key) => `${key} is used nowhere: delete it`),
  ...asked.filter((key) => !Object.hasOwn(words, key)).map((key) => `${key} is asked for, and there are no such words`),
  ...templates.filter(({ keys: fits }) => !keys.some((key) => fits.test(key))).map(({ template }) => `no words fit \`${template}\``),
  ...Object.entries(words)
    .filter(([, pair]) => pair.length !== 2 || pair.some((text) => !text))
    .map(([key]) => `${key} is not in both languages`),
  ...CASES.filter(([text, given, shown]) => filled(text, given) !== shown).map(
    ([text, given, shown]) => `${text} is ${filled(text, given)}, not ${shown}`,
  ),
  ...(counted(1, 'row', 'rows') === '1 row' ? [] : ['one row is not counted as one']),
  ...Object.entries(words)
    .filter(([, [en, zh]]) => values(en) !== values(zh))
    .map(([key]) => `${key} says other values in one language than in the other`),
];
problems.forEach((problem) => console.error(problem));
console.log(`${keys.length} strings, ${templates.length} templates of keys, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
