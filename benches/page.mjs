/**
 * The page as an impatient newcomer meets it: `node benches/page.mjs [--visits 7] [--json]` over the built `dist/`. Sizes as gzipped by a
 * server, and the time from navigation to the first frame (the page sets the mark `descent:first-frame`; Space is pressed that moment) and
 * to the first trained one (`descent:first-trained-frame`), with nothing cached, in Chromium: the system's where there is one, else
 * Playwright's.
 */
import { execSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { median } from './measure.mjs';

const [DRAWN, TRAINED] = ['descent:first-frame', 'descent:first-trained-frame'];
const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

const { values: options } = parseArgs({ options: { json: { type: 'boolean', default: false }, visits: { type: 'string', default: '7' } } });
const visits = Number(options.visits);
if (!(visits >= 1)) throw new Error(`--visits must be a number of at least 1, got ${options.visits}`);
const say = options.json ? console.error : console.log;
const tell = (workload, value, unit) =>
  options.json && console.log(JSON.stringify({ workload, engine: 'descent', median: value, unit, higher_is_better: false }));

if (!existsSync(join(DIST, 'index.html'))) throw new Error('dist/ is missing: build the page first (cargo xtask build)');

/** Every file of `dist/`, packed once: the server must not spend the page's time on compression. */
const files = new Map(
  readdirSync(DIST, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .map((path) => [
      `/${relative(DIST, path).split(sep).join('/')}`,
      { raw: readFileSync(path).length, packed: gzipSync(readFileSync(path), { level: 9 }) },
    ]),
);

/** When the last byte of wasm left for the page (Unix milliseconds). */
let wasmSent;
/** What the page asked for. */
let fetched = new Set();

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  const name = pathname === '/' ? '/index.html' : pathname;
  const file = files.get(name);
  if (!file) return response.writeHead(404).end();
  fetched.add(name);
  if (extname(name) === '.wasm') response.on('finish', () => (wasmSent = performance.timeOrigin + performance.now()));
  response.writeHead(200, {
    'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
    'content-encoding': 'gzip',
    'cache-control': 'no-store',
  });
  response.end(file.packed);
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));

function systemChromium() {
  try {
    return execSync('command -v chromium', { shell: '/bin/sh' }).toString().trim();
  } catch {
    return undefined;
  }
}

const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const args = process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet;

/** One visit with a browser of its own, so that neither bytes nor compiled code are left from the last. */
async function visit() {
  const browser = await chromium.launch({ executablePath: systemChromium(), args });
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    const failures = [];
    page.on('pageerror', (error) => failures.push(error.message));
    wasmSent = undefined;
    fetched = new Set();
    // In the page itself: from here the key would arrive some milliseconds late.
    await page.addInitScript((drawn) => {
      const press = () =>
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', code: 'Space', bubbles: true, cancelable: true }));
      new PerformanceObserver((list) => list.getEntriesByName(drawn).length && press()).observe({ type: 'mark' });
    }, DRAWN);
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page
      .waitForFunction((mark) => performance.getEntriesByName(mark).length > 0, TRAINED, { timeout: 20_000, polling: 50 })
      .catch(() => {
        throw new Error(`the page never set the mark ${TRAINED}${failures.length ? `: ${failures.join('; ')}` : ''}`);
      });
    const [origin, painted, drawn, trained] = await page.evaluate(
      (names) => [performance.timeOrigin, ...names.map((name) => performance.getEntriesByName(name)[0]?.startTime)],
      ['first-contentful-paint', DRAWN, TRAINED],
    );
    return { painted, drawn, trained, afterWasm: wasmSent === undefined ? undefined : origin + trained - wasmSent };
  } finally {
    await browser.close();
  }
}

const seen = [];
for (let n = 0; n < visits; n++) seen.push(await visit());
const firstView = fetched;
server.close();

say(`Navigation to first trained frame, ${visits} visits, nothing cached`);
for (const [key, name, meaning] of [
  ['painted', 'page/first-paint', 'first paint'],
  ['drawn', 'page/first-frame', 'first frame, before any training'],
  ['trained', 'page/first-trained-frame', 'first trained frame'],
  ['afterWasm', 'page/first-trained-frame-after-wasm', 'first trained frame after the wasm was sent'],
]) {
  const values = seen.map((visit) => visit[key]).filter((value) => value !== undefined);
  if (values.length === 0) continue;
  say(
    `  ${String(Math.round(median(values))).padStart(6)} ms   ${meaning} (${Math.round(Math.min(...values))} … ${Math.round(Math.max(...values))})`,
  );
  tell(name, median(values), 'ms');
}

const kilobytes = (bytes) => (bytes / 1000).toFixed(1).padStart(8);
say('\nSizes of dist/ (a * is fetched for the first view)\n       kB  gzipped');
for (const [name, { raw, packed }] of [...files].sort(([a], [b]) => a.localeCompare(b))) {
  say(`${firstView.has(name) ? '*' : ' '}${kilobytes(raw)} ${kilobytes(packed.length)}   ${name.slice(1)}`);
}
say('First view, gzipped');
for (const kind of ['wasm', 'js', 'css', 'html']) {
  const size = [...firstView].filter((name) => name.endsWith(`.${kind}`)).reduce((sum, name) => sum + files.get(name).packed.length, 0);
  say(` ${kilobytes(size)} kB ${kind}`);
  tell(`page/gzip-${kind}`, size, 'bytes');
}
