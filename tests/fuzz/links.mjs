/**
 * Links as people, mail programs and attackers change them: whatever stands behind the #, what the page makes of it before the engine sees it does not throw, and
 * what it writes it reads again. `node tests/fuzz/links.mjs [count] [seed]`; the engine's side of it is the kind `texts` of `cargo xtask fuzz`.
 */
import { execFileSync } from 'node:child_process';
import { complete, defaultsOf, overlay } from '../../www/experiment.js';
import { decode, difference, encode } from '../../www/url.js';
import { chance } from '../chance.mjs';

const [count, seed] = [Number(process.argv[2] ?? 200_000), Number(process.argv[3] ?? 0)];
const schema = JSON.parse(
  execFileSync('cargo', ['run', '--quiet', '--example', 'headless', '--', 'schema'], { encoding: 'utf8', maxBuffer: 1 << 26 }),
);
const defaults = defaultsOf(schema);

const { random, below, pick } = chance(seed);

const KEYS = [
  'seed',
  'data',
  'split',
  'learner',
  'net',
  'layers',
  'tree',
  'race',
  'runs',
  'from',
  'update',
  'before',
  'prepare',
  'steps',
  'stop',
  'augment',
];
const ODD = ['__proto__', 'constructor', 'toString', '', 'length', '列', '<b>', '\u0000'];
const LEAVES = [null, true, -1, 0.5, 1e308, '', 'adam', 'net', 'tree', [], {}, '\ud800', '列'];
const PIECES = ['%', '%7B', '%7', '%ff', '%E5%88', '#', '{', '}', '[', ']', '"', ',', ':', '\\u0000', '+', ' ', '&amp;', '列', '\ud800'];

/** @param {number} depth @returns {any} */
function value(depth) {
  if (depth > 4 || random() < 0.3) return pick(LEAVES);
  if (random() < 0.25) return Array.from({ length: below(4) }, () => value(depth + 1));
  const pairs = Array.from({ length: below(4) }, () => [random() < 0.9 ? pick(KEYS) : pick(ODD), value(depth + 1)]);
  // As a document is parsed: `__proto__` is a field of its own.
  return JSON.parse(`{${pairs.map(([key, content]) => `${JSON.stringify(key)}:${JSON.stringify(content)}`).join(',')}}`);
}

function link() {
  let text = `#${encodeURIComponent(JSON.stringify(value(0)).replace(/[\ud800-\udfff]/g, ''))}`;
  while (random() < 0.4) {
    const at = below(text.length + 1);
    const kind = below(3);
    if (kind === 0) text = text.slice(0, at);
    else text = text.slice(0, at) + (kind === 1 ? pick(PIECES) : '') + text.slice(at + below(3));
  }
  return random() < 0.0002 ? `#${'['.repeat(below(100_000))}` : text;
}

/** Links of which only one is made a whole document and a link again, which takes ten times as long as reading it. */
const SELDOM = 16;

/** What begins with a link, up to the engine. @param {string} hash @param {boolean} further */
function begin(hash, further) {
  const json = decode(hash);
  if (typeof json !== 'string') throw new Error('no text');
  let document;
  try {
    document = JSON.parse(json);
  } catch {
    return 'broken';
  }
  const laid = overlay(defaults, document);
  if (!further) return 'read';
  const whole = complete(schema, laid);
  const changes = difference(whole, defaults);
  if (changes !== null && typeof changes === 'object') {
    const again = JSON.parse(decode(encode(changes)));
    if (JSON.stringify(again) !== JSON.stringify(Object.keys(changes).length ? changes : {}))
      throw new Error('the link of it is another document');
  }
  return 'read';
}

const counted = { broken: 0, read: 0 };
for (let number = 0; number < count; number++) {
  const hash = link();
  try {
    counted[begin(hash, number % SELDOM === 0)]++;
  } catch (error) {
    console.error(`link ${number} of seed ${seed}: ${hash.slice(0, 400)}\n${error instanceof Error ? error.stack : error}`);
    process.exitCode = 1;
    break;
  }
}
console.log(`links: ${JSON.stringify(counted)}`);
