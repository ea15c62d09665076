/** The one store: the experiment, what the engine last sent, and what the user can do. */
import { batch, computed, effect, signal } from '@preact/signals';
import { engine } from './engine.js';
import { t } from './i18n/index.js';
import { decode, difference, encode } from './url.js';

/** @typedef {import('./engine.js').Issue} Issue */
/** @typedef {Record<string, Float64Array | number[]>} Columns */

export const schema = signal(/** @type {any} */ (null));
/** What the form shows, problems included. */
export const draft = signal(/** @type {any} */ (null));
export const issues = signal(/** @type {Issue[]} */ ([]));
export const frame = signal(/** @type {any} */ (null));
export const points = signal(/** @type {any} */ (null));
export const history = signal(/** @type {{columns: Record<string, number[]>}} */ ({ columns: {} }));
export const running = signal(false);
export const notice = signal('');
export const crash = signal('');
export const section = signal('data');
export const speed = signal('max');
export const theme = signal(localStorage.getItem('theme') ?? 'system');

export const run = computed(() => frame.value?.runs[0] ?? null);
/** The experiment with nothing changed. */
export const defaults = computed(() => {
  const properties = schema.value?.properties ?? {};
  return Object.fromEntries(Object.entries(properties).map(([key, property]) => [key, /** @type {any} */ (property).default]));
});

/** Updates a frame may do, and milliseconds that it may take. */
const speeds = /** @type {Record<string, [number, number]>} */ ({ one: [1, 50], ten: [10, 50], hundred: [100, 50], max: [Infinity, 12] });
const MAP = { playing: 64, paused: 160 };

let version = 0;
let busy = false;

function request() {
  return { side: running.value ? MAP.playing : MAP.paused, neurons: true, range: null, since: [version] };
}

/** @param {any} next */
function receive(next) {
  const news = next.runs[0]?.history;
  if (news) {
    const columns = news.reset ? {} : { ...history.value.columns };
    for (const [name, values] of Object.entries(news.columns)) {
      const old = news.reset ? [] : (columns[name] ?? []).slice(0, news.from);
      columns[name] = old.concat(Array.from(/** @type {Float64Array} */ (values)));
    }
    version = news.version;
    batch(() => {
      if (Object.values(news.columns).some((/** @type {any} */ values) => values.length)) history.value = { columns };
      frame.value = next;
    });
  } else frame.value = next;
  if (next.runs[0]?.state === 'stopped') running.value = false;
}

async function refresh() {
  receive(await engine.frame(request()));
  if (!performance.getEntriesByName('descent:first-frame').length) performance.mark('descent:first-frame');
}

/** One trip to the worker a displayed frame; the page never waits for it. */
async function loop() {
  if (!running.value || busy) return;
  busy = true;
  try {
    const [most, budget] = speeds[speed.value];
    const reply = await engine.pull(budget, most, request());
    receive(reply.frame);
    if (reply.done && !performance.getEntriesByName('descent:first-trained-frame').length) performance.mark('descent:first-trained-frame');
  } catch {
    running.value = false;
  } finally {
    busy = false;
  }
  if (running.value) requestAnimationFrame(loop);
  else await settle();
}

/** The finer picture of a run that stands still. */
const settle = () => refresh().catch(() => {});

export function play() {
  if (run.value?.state === 'stopped') return;
  notice.value = '';
  running.value = true;
  requestAnimationFrame(loop);
}

export function pause() {
  running.value = false;
}

export const toggle = () => (running.value ? pause() : play());

export async function step() {
  pause();
  const reply = await engine.pull(1000, 1, request());
  receive(reply.frame);
}

export async function stepEpoch() {
  pause();
  await engine.stepEpoch();
  await refresh();
}

export async function rewind() {
  pause();
  await engine.rewind();
  version = 0;
  await refresh();
}

export async function restoreBest() {
  pause();
  await engine.restoreBest();
  await refresh();
}

/** @param {any} experiment */
const text = (experiment) => JSON.stringify(experiment);

/** Opens a document; with problems everything stays as it was and they are shown. @param {any} experiment @returns {Promise<boolean>} */
async function open(experiment) {
  const found = await engine.open(text(experiment));
  issues.value = found;
  if (found.length) return false;
  version = 0;
  points.value = await engine.points();
  await refresh();
  return true;
}

let wanted = /** @type {any} */ (null);
let applying = false;

/** Changes one field: live where the engine can, otherwise a restart that says so. @param {(string | number)[]} path @param {any} value */
export function change(path, value) {
  const next = structuredClone(draft.value);
  let at = next;
  for (const key of path.slice(0, -1)) at = at[key];
  at[path[path.length - 1]] = value;
  return apply(next);
}

/** @param {any} experiment */
export async function apply(experiment) {
  draft.value = experiment;
  wanted = experiment;
  if (applying) return;
  applying = true;
  try {
    while (wanted) {
      const experiment = wanted;
      wanted = null;
      if (await engine.live(text(experiment))) {
        issues.value = [];
        notice.value = '';
        continue;
      }
      const playing = running.value;
      running.value = false;
      if (await open(experiment)) notice.value = t('restarted');
      if (playing) play();
    }
  } catch (error) {
    notice.value = String(error);
  } finally {
    applying = false;
  }
}

export const newSeed = () => change(['seed'], Math.floor(Math.random() * 2 ** 32));

/** @param {File} file */
export async function loadFile(file) {
  if (file.name.endsWith('.json')) return openDocument(await file.text());
  await engine.attach(file.name, new Uint8Array(await file.arrayBuffer()));
  return change(['data'], { csv: { path: file.name, target: '', task: 'classification' } });
}

/** Lays a partial document over the defaults. Anything that is not an object is left to the engine to name. @param {any} base @param {any} over */
function overlay(base, over) {
  const plain = (/** @type {any} */ it) => it && typeof it === 'object' && !Array.isArray(it);
  if (!plain(base) || !plain(over)) return over;
  const tagged = Object.keys(base).length === 1 && Object.keys(over).length === 1 && Object.keys(base)[0] !== Object.keys(over)[0];
  if (tagged) return over;
  const result = { ...base };
  for (const [key, value] of Object.entries(over)) result[key] = key in base ? overlay(base[key], value) : value;
  return result;
}

/** Opens a document as text (an address, a file); broken ones are named and change nothing. @param {string} json */
export async function openDocument(json) {
  let parsed;
  try {
    parsed = JSON.parse(json);
  } catch {
    issues.value = await engine.check(json);
    return false;
  }
  const experiment = overlay(defaults.value, parsed);
  const playing = running.value;
  running.value = false;
  const opened = await open(experiment);
  if (opened) draft.value = complete(experiment);
  else if (playing) play();
  return opened;
}

/** Fills in the defaults of choices that a document leaves out. @param {any} experiment */
function complete(experiment) {
  const root = schema.value;
  /** @param {any} part @param {any} value @returns {any} */
  const fill = (part, value) => {
    if (part?.$ref) return fill(root.$defs[part.$ref.split('/').pop()], value);
    if (Array.isArray(value)) return value.map((item) => fill(part.items, item));
    const options = part?.oneOf?.filter((/** @type {any} */ option) => option.properties);
    if (options?.length) {
      const tag = typeof value === 'string' ? value : Object.keys(value ?? {})[0];
      const option = options.find((/** @type {any} */ option) => tag in option.properties);
      return option ? { [tag]: fill(option.properties[tag], typeof value === 'string' ? {} : (value[tag] ?? {})) } : value;
    }
    if (part?.properties && value && typeof value === 'object') {
      /** @type {Record<string, any>} */
      const result = {};
      for (const [key, property] of Object.entries(part.properties)) {
        result[key] = fill(property, key in value ? value[key] : structuredClone(/** @type {any} */ (property).default));
      }
      return result;
    }
    return value;
  };
  return fill(root, experiment);
}

/** A choice with its defaults filled in. @param {any} option @param {string} tag */
export function fresh(option, tag) {
  const root = schema.value;
  const content = option.$ref ? root.$defs[option.$ref.split('/').pop()] : option;
  const entries = Object.entries(content.properties ?? {}).map(([key, property]) => [key, structuredClone(/** @type {any} */ (property).default)]);
  return { [tag]: Object.fromEntries(entries) };
}

export const changes = computed(() => (draft.value && schema.value ? (difference(draft.value, defaults.value) ?? {}) : {}));

export async function start() {
  engine.start((message) => {
    crash.value = message;
    version = 0;
    settle();
  });
  schema.value = await engine.schema();
  draft.value = structuredClone(defaults.value);
  const hash = decode(location.hash);
  if (!(await openDocument(hash))) {
    const named = issues.value;
    await open(defaults.value);
    issues.value = named;
  }
  effect(() => {
    const hash = encode(changes.value);
    if (!issues.value.length && hash !== location.hash) window.history.replaceState(null, '', hash || location.pathname + location.search);
  });
  addEventListener('hashchange', () => openDocument(decode(location.hash)));
}

effect(() => {
  localStorage.setItem('theme', theme.value);
  document.documentElement.dataset.theme = theme.value;
});
