/** The one store: the experiment, what the engine last sent, and what the user can do. */
import { batch, computed, effect, signal } from '@preact/signals';
import { engine } from './engine.js';
import { complete, defaultsOf, overlay } from './experiment.js';
import { both, say } from './i18n/index.js';
import { speed } from './settings.js';
import { decode, difference, encode } from './url.js';

/** @typedef {import('./engine.js').Issue} Issue */

export const schema = signal(/** @type {any} */ (null));
/** What the form shows, problems included. */
export const draft = signal(/** @type {any} */ (null));
/** What is wrong with the draft, shown at its fields. */
export const issues = signal(/** @type {Issue[]} */ ([]));
/** What is wrong with a document that was not taken over: an address, a file. */
export const rejected = signal(/** @type {Issue[]} */ ([]));
export const frame = signal(/** @type {any} */ (null));
/** The rows as the engine sent them. */
export const rows = signal(/** @type {any} */ (null));
/** The rows that are shown, with their classes in the page's language where their names are words. */
export const points = computed(() => rows.value && { ...rows.value, classes: rows.value.titles.length ? rows.value.titles.map(say) : rows.value.classes });
/** The row that is looked at closely, by its place among those shown; null for none. */
export const row = signal(/** @type {number | null} */ (null));
/** Columns of the history by name, null where there is no number. */
export const history = signal(/** @type {Record<string, (number | null)[]>} */ ({}));
export const running = signal(false);
/** What just happened, until something else does; empty for nothing. */
export const notice = signal(/** @type {import('./i18n/index.js').Message | string} */ (''));
/** A panic and how far its replay is. */
export const recovery = signal(/** @type {import('./engine.js').Recovery | null} */ (null));
export const section = signal('data');
/** The part of the plane that the map shows, [x0, x1, y0, y1]; null for the run's own. */
export const range = signal(/** @type {[number, number, number, number] | null} */ (null));
/** The plane of the map of rows with more than two columns: `{columns: [across, up]}`, 'components', or null for the most telling one. */
export const axes = signal(/** @type {{columns: [number, number]} | 'components' | null} */ (null));
/** The node of a tree under the pointer, on the drawing or on the map. */
export const node = signal(/** @type {number | null} */ (null));
/** The unit that is looked at closely, [layer, unit]; its map comes in `run.unit`. */
export const inspected = signal(/** @type {[number, number] | null} */ (null));

/** What the layers make of the row is on screen. */
export const looking = signal(false);
/** The layer of which all numbers are on screen. */
export const close = signal(/** @type {number | null} */ (null));
/** Milliseconds between looks at how the layers are, 0 where nobody looks; and what was found, a layer behind the inputs each. */
export const watching = signal(0);
export const diagnosis = signal(/** @type {any[] | null} */ (null));
/** How long each layer takes, where that was measured. */
export const times = signal(/** @type {({forward: number, backward: number, rows: number} | null)[]} */ ([]));
export const measuring = signal(false);

export const run = computed(() => frame.value?.runs[0] ?? null);
/** The experiment with nothing changed. */
export const defaults = computed(() => defaultsOf(schema.value));
/** What differs from the defaults: the link and the saved file. */
export const changes = computed(() => (draft.value && schema.value ? (difference(draft.value, defaults.value) ?? {}) : {}));

/**
 * Updates that a trip to the worker may do, and milliseconds that it may take. At full speed the next trip sets out when the last one is back,
 * before its picture is drawn: the worker trains while the page draws. With the picture a trip takes about a frame.
 */
const speeds = /** @type {Record<string, [number, number]>} */ ({ one: [1, 50], ten: [10, 50], hundred: [100, 50], max: [Infinity, 13] });
/** Cells along an edge of the map. */
const MAP = { playing: 64, paused: 160 };
/** Cells along an edge of the inspected unit's map. */
const UNIT = { playing: 64, paused: 128 };
/** Units of a layer that are drawn. */
const UNITS = 8;
/** More points than this only hide the map. */
const POINTS = 2000;

/** Numbers of a layer that are drawn. */
const SEEN = 8192;

let version = 0;
/** Counts documents that were opened. */
let opened = 0;
let busy = false;
/** The run pauses by itself at the end of the epoch. */
let untilEpoch = false;

/** What of a frame may cost more than the training itself, as many rows through a large network do: when it is due again, while it trains. */
const due = { predictions: 0, diagnosis: 0 };
/** It then rests for so many times the time that it took: a tenth of the time is enough. */
const REST = 9;

const request = () => {
  const when = running.value ? 'playing' : 'paused';
  const unit = inspected.value && [...inspected.value, UNIT[when]];
  const now = performance.now();
  const rests = (/** @type {keyof typeof due} */ what) => running.value && now < due[what];
  const diagnose = watching.value > 0 && !rests('diagnosis');
  const unpredicted = rests('predictions');
  // Another trip may set out before this one is back.
  if (diagnose) due.diagnosis = now + watching.value;
  const inspect = looking.value ? { row: row.value, most: SEEN, close: close.value } : null;
  return { side: MAP[when], units: UNITS, range: range.value, axes: axes.value, since: [version], points: POINTS, unpredicted, unit, leaves: 'tree' in draft.value.learner, inspect, diagnose };
};

/** What is looked at changed while nothing trains: a new picture of the same model. */
effect(() => {
  range.value;
  inspected.value;
  looking.value;
  close.value;
  watching.value;
  row.value;
  if (frame.peek() && !running.peek()) settle();
});

/** @param {any} next */
function receive(next) {
  const news = next.runs[0]?.history;
  batch(() => {
    if (news) {
      const columns = news.reset ? {} : { ...history.value };
      let changed = news.reset;
      for (const [name, values] of Object.entries(news.columns)) {
        const old = news.reset ? [] : (columns[name] ?? []).slice(0, news.from);
        columns[name] = old.concat(Array.from(/** @type {Float64Array} */ (values), (value) => (Number.isFinite(value) ? value : null)));
        changed ||= values.length > 0;
      }
      version = news.version;
      if (changed) history.value = columns;
    }
    if (next.runs[0]) carry(next.runs[0]);
    frame.value = next;
    if (next.runs[0]?.state === 'stopped') running.value = false;
  });
}

/** Takes over what a frame has of the costly things, and gives it the last ones where it has none. @param {any} next */
function carry(next) {
  const now = performance.now();
  if (next.predictions) due.predictions = now + REST * next.spent.predictions;
  else next.predictions = run.peek()?.predictions ?? null;
  if (next.diagnosis) {
    diagnosis.value = next.diagnosis;
    due.diagnosis = Math.max(due.diagnosis, now + REST * next.spent.diagnosis);
  }
}

/** For the benchmark of the page. @param {string} name */
const markOnce = (name) => performance.getEntriesByName(name).length || performance.mark(name);

async function refresh() {
  receive(await engine.frame(request()));
  markOnce('descent:first-frame');
}

/** The finer picture of a run that stands still. After a panic the recovery refreshes. */
const settle = () => refresh().catch(() => {});

/** Sets out for the worker. */
async function trip() {
  const epoch = untilEpoch;
  const [most, budget] = speeds[speed.value];
  const reply = await engine.pull(epoch ? speeds.max[1] : budget, most, request(), epoch);
  return { ...reply, arrived: epoch && reply.there };
}

/** One trip at a time; the page never waits for it. */
async function loop() {
  if (!running.value || busy) return;
  busy = true;
  try {
    let under = /** @type {ReturnType<typeof trip> | null} */ (trip());
    while (under) {
      const { frame: next, done, arrived } = await under;
      // What the next trip asks for builds on what this one brought, drawn or not.
      version = next.runs[0]?.history.version ?? 0;
      const going = running.value && !arrived && next.runs[0]?.state !== 'stopped';
      under = going && speed.value === 'max' ? trip() : null;
      receive(next);
      if (done) markOnce('descent:first-trained-frame');
      if (arrived) running.value = false;
      if (!going || under) continue;
      await new Promise(requestAnimationFrame);
      if (running.value) under = trip();
    }
  } catch {
    running.value = false;
  } finally {
    busy = false;
  }
  if (running.value) loop();
  else await settle();
}

/** @param {boolean} epoch */
function start(epoch) {
  notice.value = '';
  untilEpoch = epoch;
  running.value = true;
  // At once: the worker trains while the page draws what has just changed.
  loop();
}

/** Trains; a run that has stopped starts again from the same weights. */
export async function play() {
  if (run.value?.state === 'stopped') await rewind();
  start(false);
}

export function pause() {
  running.value = false;
}

export const toggle = () => (running.value ? pause() : play());

export async function step() {
  pause();
  notice.value = '';
  receive((await engine.pull(1000, 1, request(), false)).frame);
}

/** Trains to the end of the epoch and pauses; pausing on the way works as ever. */
export function stepEpoch() {
  if (run.value?.state !== 'stopped') start(true);
}

export async function rewind() {
  pause();
  notice.value = '';
  await engine.rewind();
  version = 0;
  await refresh();
}

/** Sets one learned number by hand: `index` into the row-major tensor. @param {string} tensor @param {number} index @param {number} value */
export async function setParameter(tensor, index, value) {
  const { taken, problem } = await engine.set(tensor, index, value);
  notice.value = problem ?? '';
  if (taken && !running.value) await refresh();
}

/** Measures how long layers take, one after the other; training goes on in between, and a restart ends it. @param {number[]} layers counted from the inputs */
export async function measureLayers(layers) {
  const run = opened;
  measuring.value = true;
  try {
    for (const layer of layers) {
      const time = await engine.profile(layer);
      if (run !== opened) return;
      times.value = Object.assign([...times.value], { [layer - 1]: time });
    }
  } catch {
    // The recovery says what happened.
  } finally {
    measuring.value = false;
  }
}

/** Another plane for the map of rows with more than two columns. @param {typeof axes.value} next */
export async function lookAt(next) {
  const sent = await engine.points(POINTS, next);
  batch(() => {
    axes.value = next;
    range.value = null;
    rows.value = sent;
  });
  await refresh();
}

/** Which rows test: what is known of them from runs with other settings is known. @param {any} experiment */
const tested = ({ seed, data, split, prepare: { damage, clean } }) => JSON.stringify([seed, data, split, damage, clean]);

/** Looks at test rows in this visit, by which rows they were. */
const looks = signal(/** @type {Record<string, number>} */ ({}));
/** How often the present test rows were looked at. */
export const seen = computed(() => (draft.value ? (looks.value[tested(draft.value)] ?? 0) : 0));

/** Measures the test part, and records that it was looked at. */
export async function reveal() {
  pause();
  const key = tested(draft.value);
  const { taken } = await engine.reveal();
  if (taken) looks.value = { ...looks.value, [key]: (looks.value[key] ?? 0) + 1 };
  await refresh();
}

export async function restoreBest() {
  pause();
  await engine.restoreBest();
  await refresh();
}

/** @param {any} experiment */
const text = (experiment) => JSON.stringify(experiment);

/** The row that is looked at first, where rows are looked at one by one: not a test row. @param {any} points */
const first = (points) => (points.shape.kind === 'flat' ? null : Math.max(0, points.split.findIndex((/** @type {number} */ part) => part === 1)));

/** @param {any} before @param {any} after */
const alike = (before, after) => before?.inputs.length === after.inputs.length && before.inputs.every((/** @type {number} */ value, /** @type {number} */ at) => value === after.inputs[at]);

/** Opens a document; with problems (returned) everything stays as it was. @param {any} experiment @returns {Promise<Issue[]>} */
async function open(experiment) {
  const found = await engine.open(text(experiment));
  if (found.length) return found;
  version = 0;
  opened++;
  Object.assign(due, { predictions: 0, diagnosis: 0 });
  rejected.value = [];
  range.value = null;
  inspected.value = null;
  node.value = null;
  diagnosis.value = null;
  times.value = [];
  let sent = await engine.points(POINTS, axes.value);
  // Planes are of columns: others have others.
  if (axes.value && String(sent.columns) !== String(rows.value?.columns)) {
    axes.value = null;
    sent = await engine.points(POINTS, null);
  }
  // Another model of the same rows: the one that is looked at stays.
  batch(() => {
    if (!alike(rows.value, sent)) row.value = first(sent);
    rows.value = sent;
  });
  await refresh();
  return [];
}

let wanted = /** @type {any} */ (null);
let anew = false;
let applying = false;

/** Changes one field: live where the engine can, otherwise a restart that says so. @param {(string | number)[]} path @param {any} value @param {boolean} [reread] files changed under the same name: nothing can stay */
export function change(path, value, reread = false) {
  const next = structuredClone(draft.value);
  let at = next;
  for (const key of path.slice(0, -1)) at = at[key];
  at[path[path.length - 1]] = value;
  return replace(next, reread);
}

/** The whole experiment at once, like a change of one field. @param {any} next @param {boolean} [reread] */
export function replace(next, reread = false) {
  draft.value = next;
  wanted = next;
  anew ||= reread;
  return apply();
}

/** Only the newest of quick changes is tried. */
async function apply() {
  if (applying) return;
  applying = true;
  try {
    while (wanted) {
      const experiment = wanted;
      const live = !anew;
      wanted = null;
      anew = false;
      if (live && (await engine.live(text(experiment)))) {
        issues.value = [];
        if (!running.value) await refresh();
        notice.value = run.value?.state === 'stopped' ? both('whenAgain') : '';
        continue;
      }
      const playing = running.value;
      running.value = false;
      issues.value = await open(experiment);
      notice.value = issues.value.length ? both('problems') : both('restarted');
      if (playing && run.value?.state !== 'stopped') start(false);
    }
  } catch (error) {
    notice.value = String(error);
  } finally {
    applying = false;
  }
}

export const newSeed = () => change(['seed'], Math.floor(Math.random() * 2 ** 32));

/** Where a file was not UTF-8, that is said once it was taken over. @param {File} file */
function tellEncoding(file) {
  if (encodings.get(file.name) === 'gb18030' && !issues.value.length) notice.value = both('asGb18030', { name: file.name });
}

/** The encoding of each file that was kept. @type {Map<string, string | null>} */
const encodings = new Map();

/** Keeps a file under its name for experiments that read it; false, and why, where it is too large. @param {File} file @param {number} largest in bytes */
async function keep(file, largest) {
  notice.value = both('reading', { name: file.name });
  // Larger files are named without being read: they may not fit into memory.
  const bytes = file.size > 4 * largest ? new ArrayBuffer(0) : await file.arrayBuffer();
  if (bytes.byteLength === file.size) {
    encodings.set(file.name, await engine.attach(file.name, new Uint8Array(bytes)));
    return true;
  }
  notice.value = '';
  rejected.value = [{ path: file.name, message: both('tooLarge', { most: largest >> 20, size: Math.round(file.size / 2 ** 20) }) }];
  return false;
}

/** A file for the setting that names it. @param {(string | number)[]} path @param {File} file @param {number} largest in bytes */
export async function chooseFile(path, file, largest) {
  try {
    if (!(await keep(file, largest))) return;
    await change(path, file.name, true);
    tellEncoding(file);
  } catch (error) {
    notice.value = String(error);
  }
}

/** An experiment, weights, a passage where the rows are text, or a table, by the file's name. @param {File} file */
export async function loadFile(file) {
  const name = file.name.toLowerCase();
  try {
    if (name.endsWith('.json')) {
      notice.value = both('reading', { name: file.name });
      return await openDocument(await file.text());
    }
    if (name.endsWith('.safetensors')) return await loadWeights(file);
    if (name.endsWith('.txt') && draft.value.data.text) {
      if (!(await keep(file, schema.value.$defs.Own.properties.path['x-largest-bytes']))) return;
      await change(['data', 'text', 'passage'], { file: { path: file.name } }, true);
      return tellEncoding(file);
    }
    if (!(await keep(file, schema.value.$defs.Csv.properties.path['x-largest-bytes']))) return;
    section.value = 'data';
    await replace(complete(schema.value, { ...structuredClone(draft.value), data: { csv: { path: file.name, target: '', task: 'auto' } } }), true);
    // Gaps are dealt with where rows are prepared.
    if (issues.value.length && issues.value.every(({ path }) => path.startsWith('prepare'))) section.value = 'prepare';
    tellEncoding(file);
  } catch (error) {
    notice.value = String(error);
  }
}

/** A table that the page made of images. @param {string} path @param {Uint8Array} bytes @param {{channels: number, height: number}} image how the pixels lie */
export async function takeImages(path, bytes, image) {
  notice.value = both('reading', { name: path });
  try {
    await engine.attach(path, bytes);
    section.value = 'data';
    await change(['data'], { csv: { ...defaultsOf(schema.value.$defs.Csv), path, target: 'class', task: 'classification', layout: { image } } }, true);
  } catch (error) {
    notice.value = String(error);
  }
}

/** @param {File} file */
async function loadWeights(file) {
  const { net } = draft.value.learner;
  if (!net) {
    rejected.value = [{ path: file.name, message: both('weightsWhere') }];
    return;
  }
  if (!(await keep(file, schema.value.$defs.SavedWeights.properties.path['x-largest-bytes']))) return;
  section.value = 'model';
  const { which = { all: {} } } = net.transfer.file ?? {};
  await change(['learner', 'net', 'transfer'], { file: { path: file.name, which } }, true);
}

/** Opens a document as text (an address, a file); broken ones are named and change nothing. @param {string} json */
export async function openDocument(json) {
  let parsed;
  try {
    parsed = JSON.parse(json);
  } catch {
    rejected.value = await engine.check(json);
    notice.value = '';
    return false;
  }
  const experiment = overlay(defaults.value, parsed);
  const playing = running.value;
  running.value = false;
  const found = await open(experiment);
  notice.value = '';
  if (found.length) {
    rejected.value = found;
    if (playing) start(false);
    return false;
  }
  batch(() => {
    issues.value = [];
    draft.value = complete(schema.value, experiment);
  });
  return true;
}

/** Loads the engine and the experiment of the address. */
export async function begin() {
  engine.start((next) => {
    recovery.value = next;
    // The user reads what happened first; what failed may fail again.
    running.value = false;
    if (!next.done) return;
    version = 0;
    settle();
  });
  schema.value = await engine.schema();
  draft.value = structuredClone(defaults.value);
  if (!(await openDocument(decode(location.hash)))) {
    const named = rejected.value;
    await open(defaults.value);
    rejected.value = named;
  }
  effect(() => {
    const hash = encode(changes.value);
    if (issues.value.length || rejected.value.length || hash === location.hash) return;
    window.history.replaceState(null, '', hash || location.pathname + location.search);
  });
  // The event's own address: a change that was just being applied may have written its own since.
  addEventListener('hashchange', (event) => openDocument(decode(new URL(event.newURL).hash)));
}
