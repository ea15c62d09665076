/**
 * Every string of the page is used, and every one that is asked for exists; none is kept twice. A key counts as used where it stands as a whole word in
 * quotation marks, or fits a template that is asked for, as `fault_dead` fits `fault_${fault}`. `node tests/words.mjs`.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { twice, words } from '../www/i18n/words.js';

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'www/*.js', 'www/*.jsx'])
  .toString()
  .split('\n')
  .filter((path) => path && !path.startsWith('www/i18n/words'));
const texts = files.map((path) => readFileSync(path, 'utf8'));
const quoted = new Set(texts.flatMap((text) => text.match(/(?<=(['"`]))\w+(?=\1)/g) ?? []));
const asked = texts.flatMap((text) => [...text.matchAll(/\b(?:t|both)\(\s*(?:\/\*\*.*?\*\/\s*\()?'(\w+)'/g)].map(([, key]) => key));
const templates = texts
  .flatMap((text) =>
    [...text.matchAll(/\b(?:t|both)\(\s*(?:\/\*\*.*?\*\/\s*\()?`((?:\w|\$\{[^}`]*\})+)`/g)].map(([, template]) => template),
  )
  .map((template) => ({ template, keys: new RegExp(`^${template.replace(/\$\{[^}]*\}/g, '\\w+')}$`) }));

const keys = Object.keys(words);
const problems = [
  ...twice.map((key) => `${key} is kept twice, in two files of www/i18n/words`),
  ...keys
    .filter((key) => !quoted.has(key) && !templates.some(({ keys }) => keys.test(key)))
    .map((key) => `${key} is used nowhere: delete it`),
  ...asked.filter((key) => !Object.hasOwn(words, key)).map((key) => `${key} is asked for, and there are no such words`),
  ...templates.filter(({ keys: fits }) => !keys.some((key) => fits.test(key))).map(({ template }) => `no words fit \`${template}\``),
  ...Object.entries(words)
    .filter(([, pair]) => pair.length !== 2 || pair.some((text) => !text))
    .map(([key]) => `${key} is not in both languages`),
];
problems.forEach((problem) => console.error(problem));
console.log(`${keys.length} strings, ${templates.length} templates of keys, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
