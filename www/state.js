/** The one store: the experiment, what the engine last sent, and what the user can do. */
import { batch, computed, effect, signal } from '@preact/signals';
import { Cancelled, engine } from './engine.js';
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
/**
 * The runs that race, each by its experiment as the engine has it; `from` where it left another's way: at which update, and the experiment until then.
 * A key stays with its run. The form shows the selected one's.
 * @typedef {{key: number, experiment: any, from: {update: number, before: any} | null}} Entry
 */
export const entries = signal(/** @type {Entry[]} */ ([]));
export const selected = signal(0);
/** What the engine last sent; `of` is the run of which everything is there. */
export const frame = signal(/** @type {any} */ (null));
/** The rows as the engine sent them. */
export const rows = signal(/** @type {any} */ (null));
/** The rows that are shown, with their classes in the page's language where their names are words. */
export const points = computed(() => rows.value && { ...rows.value, classes: rows.value.titles.length ? rows.value.titles.map(say) : rows.value.classes });
/** The row that is looked at closely, by its place among those shown; null for none. */
export const row = signal(/** @type {number | null} */ (null));
/** Columns of each run's history by name, null where there is no number. */
export const histories = signal(/** @type {Record<string, (number | null)[]>[]} */ ([]));
export const running = signal(false);
/** What just happened, until something else does; empty for nothing. */
export const notice = signal(/** @type {import('./i18n/index.js').Message | string} */ (''));
/** The file that is being read, how much of that is done, and the experiment before it; null for none. */
export const reading = signal(/** @type {{name: string, share: number, before: any} | null} */ (null));
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
/** What is wrong with the run. */
export const findings = signal(/** @type {any[] | null} */ (null));
/** How long each layer takes, where that was measured. */
export const times = signal(/** @type {({forward: number, backward: number, rows: number} | null)[]} */ ([]));
export const measuring = signal(false);

export const runs = computed(() => /** @type {any[]} */ (frame.value?.runs ?? []));
/** The run that is looked at. */
export const run = computed(() => runs.value[frame.value?.of] ?? null);
export const history = computed(() => histories.value[frame.value?.of ?? 0] ?? {});
/** The finish line, `{metric, value}` or null. */
export const line = computed(() => frame.value?.line ?? null);
/** The experiment with nothing changed. */
export const defaults = computed(() => defaultsOf(schema.value));
/** What differs from the defaults: the link and the saved file. Runs that race are told by what differs from the first. */
export const changes = computed(() => {
  if (!draft.value || !schema.value) return {};
  const own = (/** @type {any} */ experiment) => difference(experiment, defaults.value) ?? {};
  if (entries.value.length < 2) return own(draft.value);
  const all = entries.value.map(({ experiment }, at) => (at === selected.value ? draft.value : experiment));
  const told = all.map((experiment, at) => {
    const base = at ? all[0] : defaults.value;
    const from = entries.value[at].from;
    return { ...(difference(experiment, base) ?? {}), ...(from && { from: { update: from.update, before: difference(from.before, base) ?? {} } }) };
  });
  return { race: { runs: told, ...(line.value && { finish: line.value }) } };
});

/**
 * Updates that a trip to the worker may do, and milliseconds that it may take. At full speed the next trip sets out when the last one is back,
 * before its picture is drawn: the worker trains while the page draws. With the picture a trip takes about a frame.
 */
const speeds = /** @type {Record<string, [number, number]>} */ ({ one: [1, 50], ten: [10, 50], hundred: [100, 50], max: [Infinity, 13] });
/** Cells along an edge of the map. */
const MAP = { playing: 64, paused: 160 };
/** Cells along an edge of the inspected unit's map. */
const UNIT = { playing: 64, paused: 128 };
/** Cells along an edge of the small maps of runs that race. */
const SMALL = 32;
/** Units of a layer that are drawn. */
const UNITS = 8;
/** More points than this only hide the map. */
const POINTS = 2000;

/** Numbers of a layer that are drawn. */
const SEEN = 8192;

/** How much of each run's history is here. @type {number[]} */
let versions = [];
/** Counts documents that were opened. */
let opened = 0;
let busy = false;
/** The run pauses by itself at the end of the epoch. */
let untilEpoch = false;

/** What of a frame may cost more than the training itself, as many rows through a large network do: when it is due again, while it trains. */
const due = { predictions: 0, diagnosis: 0, findings: 0 };
/** It then rests for so many times the time that it took: a tenth of the time is enough. */
const REST = 9;

/** Milliseconds between two looks for what is wrong. */
const EXAMINED = 700;

const request = () => {
  const when = running.value ? 'playing' : 'paused';
  const unit = inspected.value && [...inspected.value, UNIT[when]];
  const now = performance.now();
  const rests = (/** @type {keyof typeof due} */ what) => running.value && now < due[what];
  const diagnose = watching.value > 0 && !rests('diagnosis');
  const unpredicted = rests('predictions');
  const examine = !rests('findings');
  // Another trip may set out before this one is back.
  if (examine) due.findings = now + EXAMINED;
  if (diagnose) due.diagnosis = now + watching.value;
  const inspect = looking.value ? { row: row.value, most: SEEN, close: close.value } : null;
  return { run: selected.value, small: runs.value.length > 1 ? SMALL : 0, side: MAP[when], units: UNITS, range: range.value, axes: axes.value, since: versions, points: POINTS, unpredicted, unit, leaves: 'tree' in draft.value.learner, inspect, diagnose, examine };
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

/** A history with what is new of it. @param {Record<string, (number | null)[]>} old @param {any} news */
function longer(old, news) {
  const columns = news.reset ? {} : { ...old };
  let changed = news.reset;
  for (const [name, values] of Object.entries(news.columns)) {
    const before = news.reset ? [] : (columns[name] ?? []).slice(0, news.from);
    columns[name] = before.concat(Array.from(/** @type {Float64Array} */ (values), (value) => (Number.isFinite(value) ? value : null)));
    changed ||= values.length > 0;
  }
  return changed ? columns : old;
}

const ended = (/** @type {any} */ next) => next.runs.every((/** @type {any} */ { state }) => state === 'stopped');

/** @param {any} next @param {number} of the run of which everything is there */
function receive(next, of) {
  batch(() => {
    const all = next.runs.map((/** @type {any} */ { history: news }, /** @type {number} */ at) => longer(histories.value[at] ?? {}, news));
    versions = next.runs.map((/** @type {any} */ { history: news }) => news.version);
    if (all.length !== histories.value.length || all.some((/** @type {any} */ columns, /** @type {number} */ at) => columns !== histories.value[at])) histories.value = all;
    if (next.runs[of]) carry(next.runs[of]);
    frame.value = { ...next, of };
    if (ended(next)) running.value = false;
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
  if (next.findings) {
    findings.value = next.findings;
    due.findings = Math.max(due.findings, now + REST * next.spent.findings);
  }
}

/** For the benchmark of the page. @param {string} name */
const markOnce = (name) => performance.getEntriesByName(name).length || performance.mark(name);

export async function refresh() {
  const of = selected.value;
  receive(await engine.frame(request()), of);
  markOnce('descent:first-frame');
}

/** The finer picture of a run that stands still. After a panic the recovery refreshes. */
const settle = () => refresh().catch(() => {});

/** Whether a race has just ended: the last run that can cross the line has crossed it. @param {any} next */
function over(next) {
  const through = (/** @type {any[]} */ all) => all.length > 1 && all.every(({ arrival, state }) => arrival || state === 'stopped') && all.some(({ arrival }) => arrival);
  return through(next.runs) && !through(runs.value);
}

/** Sets out for the worker. */
async function trip() {
  const epoch = untilEpoch;
  const [most, budget] = speeds[speed.value];
  const of = selected.value;
  const reply = await engine.pull(of, epoch ? speeds.max[1] : budget, most, request(), epoch);
  const ends = over(reply.frame);
  if (ends) notice.value = both('raceOver');
  return { ...reply, of, arrived: (epoch && reply.there) || ends };
}

/** One trip at a time; the page never waits for it. */
async function loop() {
  if (!running.value || busy) return;
  busy = true;
  try {
    let under = /** @type {ReturnType<typeof trip> | null} */ (trip());
    while (under) {
      const { frame: next, of, done, arrived } = await under;
      // What the next trip asks for builds on what this one brought, drawn or not.
      versions = next.runs.map((/** @type {any} */ { history: news }) => news.version);
      const going = running.value && !arrived && !ended(next);
      under = going && speed.value === 'max' ? trip() : null;
      receive(next, of);
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
  if (frame.value && ended(frame.value)) await rewind();
  start(false);
}

export function pause() {
  running.value = false;
}

export const toggle = () => (running.value ? pause() : play());

export async function step() {
  pause();
  notice.value = '';
  const of = selected.value;
  receive((await engine.pull(of, 1000, 1, request(), false)).frame, of);
}

/** Trains to the end of the epoch and pauses; pausing on the way works as ever. */
export function stepEpoch() {
  if (frame.value && !ended(frame.value)) start(true);
}

export async function rewind() {
  pause();
  notice.value = '';
  await engine.rewind();
  versions = [];
  await refresh();
}

/** Sets one learned number by hand: `index` into the row-major tensor. @param {string} tensor @param {number} index @param {number} value */
export async function setParameter(tensor, index, value) {
  const { taken, problem } = await engine.set(selected.value, tensor, index, value);
  notice.value = problem ?? '';
  if (taken && !running.value) await refresh();
}

/** Measures how long layers take, one after the other; training goes on in between, and a restart ends it. @param {number[]} layers counted from the inputs */
export async function measureLayers(layers) {
  const run = opened;
  measuring.value = true;
  try {
    for (const layer of layers) {
      const time = await engine.profile(selected.value, layer);
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
  const sent = await engine.points(selected.value, POINTS, next);
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
  const { taken } = await engine.reveal(selected.value);
  if (taken) looks.value = { ...looks.value, [key]: (looks.value[key] ?? 0) + 1 };
  await refresh();
}

export async function restoreBest() {
  pause();
  await engine.restoreBest(selected.value);
  await refresh();
}

/** Runs that can race at once. */
export const MOST = 8;

/** @param {any} it */
const text = (it) => JSON.stringify(it);

/** The row that is looked at first, where rows are looked at one by one: not a test row. @param {any} points */
const first = (points) => (points.shape.kind === 'flat' ? null : Math.max(0, points.split.findIndex((/** @type {number} */ part) => part === 1)));

/** @param {any} before @param {any} after */
const alike = (before, after) => before?.inputs.length === after.inputs.length && before.inputs.every((/** @type {number} */ value, /** @type {number} */ at) => value === after.inputs[at]);

/** What belongs to a run that is no longer looked at. */
function forget() {
  opened++;
  Object.assign(due, { predictions: 0, diagnosis: 0, findings: 0 });
  inspected.value = null;
  node.value = null;
  diagnosis.value = null;
  findings.value = null;
  times.value = [];
}

/** The rows of the run that is looked at. */
async function readRows() {
  let sent = await engine.points(selected.value, POINTS, axes.value);
  // Planes are of columns: others have others.
  if (axes.value && String(sent.columns) !== String(rows.value?.columns)) {
    axes.value = null;
    sent = await engine.points(selected.value, POINTS, null);
  }
  // Another model of the same rows: the one that is looked at stays.
  batch(() => {
    if (!alike(rows.value, sent)) row.value = first(sent);
    rows.value = sent;
  });
}

/** After runs began, came or went. */
export async function renew() {
  versions = [];
  rejected.value = [];
  forget();
  await readRows();
  await refresh();
}

let keys = 0;

/** @param {any} experiment @param {Entry['from']} [from] @returns {Entry} */
export const entry = (experiment, from = null) => ({ key: keys++, experiment, from });

/** What all runs of a race have in common. */
const SHARED = ['seed', 'data', 'split'];

/** As the engine is told. @param {Entry} entry */
const beginning = ({ experiment, from }) => ({ json: text(experiment), ...(from && { update: from.update, before: text(from.before) }) });

/** Opens a document in the place of the selected run; with problems (returned) everything stays as it was. @param {any} experiment @returns {Promise<Issue[]>} */
async function open(experiment) {
  const at = selected.value;
  const old = entries.value[at]?.experiment;
  const together = entries.value.length > 1 && SHARED.some((key) => text(experiment[key]) !== text(old[key]));
  const found = together ? await openTogether(experiment) : await engine.replace(at, text(experiment));
  if (found.length) return found;
  const whole = complete(schema.value, experiment);
  if (!together) entries.value = entries.value.length ? entries.value.map((other, place) => (place === at ? { ...other, experiment: whole, from: null } : other)) : [entry(whole)];
  range.value = null;
  await renew();
  return [];
}

/** Begins the race anew with what the document shares with the others. @param {any} experiment @returns {Promise<Issue[]>} */
async function openTogether(experiment) {
  const shared = Object.fromEntries(SHARED.map((key) => [key, experiment[key]]));
  const next = entries.value.map((other, at) => (at === selected.value ? { ...other, experiment, from: null } : { ...other, experiment: { ...other.experiment, ...shared }, from: null }));
  const found = await issuesOf(next);
  if (found.length) return found;
  await engine.openAll(next.map(beginning), text(line.value));
  entries.value = next;
  return [];
}

/** What is wrong with the documents of a race: the selected run's own problems at their places, others' with the run's number. @param {Entry[]} all */
async function issuesOf(all) {
  /** @type {Issue[]} */
  const found = [];
  for (const [at, { experiment, from }] of all.entries()) {
    for (const document of [experiment, ...(from ? [from.before] : [])]) {
      for (const { path, message } of await engine.check(text(document))) found.push({ path: all.length > 1 && at !== selected.value ? `race.runs[${at}].${path}` : path, message });
    }
  }
  return found;
}

/** Several runs from the start together, in the place of all; with problems (returned) everything stays as it was. @param {Entry[]} given @param {any} finish */
export async function openEntries(given, finish) {
  running.value = false;
  const found = await issuesOf(given);
  if (found.length) return found;
  const whole = (/** @type {any} */ experiment) => complete(schema.value, experiment);
  const next = given.map(({ key, experiment, from }) => ({ key, experiment: whole(experiment), from: from && { ...from, before: whole(from.before) } }));
  if (!(await engine.openAll(next.map(beginning), text(finish)))) return [{ path: 'race', message: both('raceUnfit') }];
  batch(() => {
    selected.value = 0;
    entries.value = next;
    range.value = null;
    issues.value = [];
    draft.value = next[0].experiment;
  });
  await renew();
  return [];
}

/** Does what runs must stand still for, and goes on if they went. @template T @param {() => Promise<T>} act @returns {Promise<T>} */
export async function still(act) {
  const playing = running.value;
  running.value = false;
  const result = await act();
  if (playing) start(false);
  return result;
}

/** Looks at another run: the form, the map and the model show it. @param {number} at */
export async function select(at) {
  if (at === selected.value || !entries.value[at] || issues.value.length) return;
  batch(() => {
    selected.value = at;
    draft.value = entries.value[at].experiment;
  });
  forget();
  await readRows();
  if (!running.value) await refresh();
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
      const at = selected.value;
      if (live && (await engine.live(at, text(experiment)))) {
        issues.value = [];
        entries.value = entries.value.map((other, place) => (place === at ? { ...other, experiment } : other));
        if (!running.value) await refresh();
        notice.value = run.value?.state === 'stopped' ? both('whenAgain') : '';
        continue;
      }
      const playing = running.value;
      running.value = false;
      issues.value = await open(experiment);
      notice.value = issues.value.length ? both('problems') : both('restarted');
      if (playing && frame.value && !ended(frame.value)) start(false);
    }
  } catch (error) {
    tellError(error);
  } finally {
    applying = false;
  }
}

/** What the user cancelled is no error. @param {unknown} error */
function tellError(error) {
  if (!(error instanceof Cancelled)) notice.value = String(error);
}

export const newSeed = () => change(['seed'], Math.floor(Math.random() * 2 ** 32));

/** Where a file was not UTF-8, that is said once it was taken over. @param {File} file */
function tellEncoding(file) {
  if (encodings.get(file.name) === 'gb18030' && !issues.value.length) notice.value = both('asGb18030', { name: file.name });
}

/** The encoding of each file that was kept. @type {Map<string, string | null>} */
const encodings = new Map();

/** How much of the time goes into the encoding; the rest is the engine's. */
const DECODING = 0.1;

/** Reads a file and takes it over. @param {string} name @param {() => Promise<any>} work */
async function read(name, work) {
  notice.value = both('reading', { name });
  reading.value = { name, share: 0, before: draft.value };
  try {
    await work();
  } catch (error) {
    tellError(error);
  } finally {
    reading.value = null;
  }
}

/** @param {string} call @param {number} share */
function hearReading(call, share) {
  if (!reading.value) return;
  const all = call === 'attach' ? DECODING * share : DECODING + (1 - DECODING) * share;
  if (all < reading.value.share) return;
  reading.value = { ...reading.value, share: all };
  // What follows on the last row: the split, the steps, the first evaluation.
  if (share === 1 && call !== 'attach') notice.value = both('preparing', { name: reading.value.name });
}

/** Ends the reading of a file: the experiment before it comes back. True where the draft was already another. */
export function cancelReading() {
  if (!reading.value) return false;
  const { name, before } = reading.value;
  const changed = draft.value !== before;
  encodings.delete(name);
  wanted = null;
  engine.cancel();
  batch(() => {
    reading.value = null;
    draft.value = before;
    notice.value = both('readingCancelled', { name });
  });
  return changed;
}

/** Keeps a file under its name for experiments that read it; false, and why, where it is too large. @param {File} file @param {number} largest in bytes */
async function keep(file, largest) {
  // Larger files are named without being read: they may not fit into memory.
  const bytes = file.size > 4 * largest ? new ArrayBuffer(0) : await file.arrayBuffer();
  if (!reading.value) throw new Cancelled();
  if (bytes.byteLength === file.size) {
    encodings.set(file.name, await engine.attach(file.name, new Uint8Array(bytes)));
    return true;
  }
  notice.value = '';
  rejected.value = [{ path: file.name, message: both('tooLarge', { most: largest >> 20, size: Math.round(file.size / 2 ** 20) }) }];
  return false;
}

/** A file for the setting that names it. @param {(string | number)[]} path @param {File} file @param {number} largest in bytes */
export function chooseFile(path, file, largest) {
  return read(file.name, async () => {
    if (!(await keep(file, largest))) return;
    await change(path, file.name, true);
    tellEncoding(file);
  });
}

/** An experiment, weights, a passage where the rows are text, or a table, by the file's name. @param {File} file */
export function loadFile(file) {
  const name = file.name.toLowerCase();
  return read(file.name, async () => {
    if (name.endsWith('.json')) return await openDocument(await file.text());
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
  });
}

/** A table that the page made of images. @param {string} path @param {Uint8Array} bytes @param {{channels: number, height: number}} image how the pixels lie */
export function takeImages(path, bytes, image) {
  return read(path, async () => {
    await engine.attach(path, bytes);
    section.value = 'data';
    await change(['data'], { csv: { ...defaultsOf(schema.value.$defs.Csv), path, target: 'class', task: 'classification', layout: { image } } }, true);
  });
}

/** Keeps the present weights as a file of this name, for a network to begin with. @param {string} name */
export async function keepWeights(name) {
  await engine.attach(name, await engine.tensors(selected.value));
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
  if (parsed?.race) return openRace(parsed.race);
  const experiment = overlay(defaults.value, parsed);
  const playing = running.value;
  running.value = false;
  // A document stands for itself: the race is over.
  const found = entries.value.length > 1 ? await openEntries([entry(experiment)], null) : await open(experiment);
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

/** Opens a race, as a link tells it: the first run by what differs from the defaults, the others by what differs from the first. @param {any} race @returns {Promise<boolean>} false where it has problems, which are named */
export async function openRace(race) {
  const told = Array.isArray(race?.runs) ? race.runs : [];
  const wrong = told.length < 1 || told.length > MOST || told.some((/** @type {any} */ it) => !it || typeof it !== 'object' || Array.isArray(it));
  if (wrong) {
    rejected.value = [{ path: 'race.runs', message: both('raceRuns', { most: MOST, n: told.length }) }];
    return false;
  }
  const { from: _, ...leading } = told[0];
  const base = overlay(defaults.value, leading);
  const all = told.map((/** @type {any} */ { from, ...own }, /** @type {number} */ at) => {
    const experiment = at ? overlay(complete(schema.value, base), own) : base;
    const update = Number(from?.update);
    return entry(experiment, Number.isFinite(update) && from.before ? { update, before: overlay(at ? complete(schema.value, base) : defaults.value, from.before) } : null);
  });
  const found = await openEntries(all, race.finish ?? null);
  // A line that this data does not have is no reason not to race, but is said.
  notice.value = !found.length && race.finish && !line.value ? both('raceLineUnfit') : '';
  if (found.length) rejected.value = found;
  return !found.length;
}

/** Loads the engine and the experiment of the address. */
export async function begin() {
  engine.start((next) => {
    // The user reads what happened first; what failed may fail again. What was cancelled needs no reading.
    recovery.value = next.done && !next.error ? null : next;
    running.value = false;
    if (!next.done) return;
    versions = [];
    settle();
  }, hearReading);
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
