/** Training as the page drives it: trips to the worker, what they bring, and what is done to the run that is looked at. */
import { batch, computed, effect, untracked } from '@preact/signals';
import { nodesOf } from './abilities.js';
import { engine } from './engine.js';
import { both } from './i18n/index.js';
import { makePace } from './pace.js';
import { speed } from './settings.js';
import * as state from './state.js';

/**
 * Updates that a trip to the worker may do, and milliseconds that it may take. At full speed the next trip sets out when the last one is back,
 * before its picture is drawn: the worker trains while the page draws. With the picture a trip takes about a frame. To be watched, a run has a pace of its own.
 */
const speeds = /** @type {Record<string, [number, number]>} */ ({ one: [1, 50], ten: [10, 50], hundred: [100, 50], max: [Infinity, 13] });
const WATCHED = 50;
const pace = makePace();
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

/** @typedef {import('./boundary').Frame} Frame */

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

/** @returns {import('./boundary').FrameRequest} */
const request = () => {
  const when = state.running.value ? 'playing' : 'paused';
  const unit = state.inspected.value && /** @type {[number, number, number]} */ ([...state.inspected.value, UNIT[when]]);
  const now = performance.now();
  const rests = (/** @type {keyof typeof due} */ what) => state.running.value && now < due[what];
  const diagnose = state.watching.value > 0 && !rests('diagnosis');
  const unpredicted = rests('predictions');
  const examine = !rests('findings');
  // Another trip may set out before this one is back.
  if (examine) due.findings = now + EXAMINED;
  if (diagnose) due.diagnosis = now + state.watching.value;
  const inspect = state.looking.value ? { row: state.row.value, most: SEEN, close: state.close.value } : null;
  return {
    run: state.selected.value,
    small: state.runs.value.length > 1 ? SMALL : 0,
    side: MAP[when],
    units: UNITS,
    range: state.range.value,
    axes: state.axes.value,
    since: versions,
    points: POINTS,
    unpredicted,
    unit,
    leaves: divides.value,
    inspect,
    diagnose,
    examine,
  };
};

/** The learner divides rows by its nodes: a frame then tells in which one each place of the map ends. */
const divides = computed(() => nodesOf(state.run.value) !== null);

/**
 * What is looked at changed while nothing trains: a new picture of the same model. The request is made untracked, because it reads what the picture
 * then changes: it would ask for pictures without end.
 */
effect(() => {
  state.range.value;
  state.inspected.value;
  state.looking.value;
  state.close.value;
  state.watching.value;
  state.row.value;
  divides.value;
  if (state.frame.peek() && !state.running.peek()) untracked(settle);
});

/** A history with what is new of it. @param {Record<string, (number | null)[]>} old @param {import('./boundary').History} news */
function longer(old, news) {
  const columns = news.reset ? {} : { ...old };
  let changed = news.reset;
  for (const [name, values] of Object.entries(news.columns)) {
    const before = news.reset ? [] : (columns[name] ?? []).slice(0, news.from);
    columns[name] = before.concat(Array.from(values, (value) => (Number.isFinite(value) ? value : null)));
    changed ||= values.length > 0;
  }
  return changed ? columns : old;
}

/** Whether all runs have come to their end. */
export const ended = (/** @type {Frame} */ next) => next.runs.every(({ state }) => state === 'stopped');

/** What a trip to the worker brought; where the runs were told something on the way, the picture is asked for anew. @param {number} budget @param {number} most @param {boolean} epoch */
async function pull(budget, most, epoch) {
  const of = state.selected.value;
  const reply = await engine.pull(of, budget, most, request(), epoch);
  if (reply.frame) return { ...reply, frame: reply.frame, of };
  versions = [];
  return { ...reply, of: state.selected.value, frame: await engine.frame(request()) };
}

/** @param {Frame} next @param {number} of the run of which everything is there */
function receive(next, of) {
  batch(() => {
    const all = next.runs.map(({ history: news }, at) => longer(state.histories.value[at] ?? {}, news));
    versions = next.runs.map(({ history: news }) => news.version);
    if (all.length !== state.histories.value.length || all.some((columns, at) => columns !== state.histories.value[at]))
      state.histories.value = all;
    const looked = /** @type {import('./state.js').Run | undefined} */ (next.runs[of]);
    if (looked) carry(looked);
    state.frame.value = { ...next, of };
    if (ended(next)) state.running.value = false;
  });
}

/** Takes over what a frame has of the costly things, and gives it the last ones where it has none. @param {import('./state.js').Run} next */
function carry(next) {
  const now = performance.now();
  if (next.predictions) due.predictions = now + REST * next.spent.predictions;
  else next.predictions = state.run.peek()?.predictions ?? null;
  if (next.diagnosis) {
    state.diagnosis.value = next.diagnosis;
    due.diagnosis = Math.max(due.diagnosis, now + REST * next.spent.diagnosis);
  }
  if (next.findings) {
    state.findings.value = next.findings;
    due.findings = Math.max(due.findings, now + REST * next.spent.findings);
  }
}

/** For the benchmark of the page. @param {string} name */
const markOnce = (name) => performance.getEntriesByName(name).length || performance.mark(name);

export async function refresh() {
  const of = state.selected.value;
  receive(await engine.frame(request()), of);
  markOnce('descent:first-frame');
}

/** The finer picture of a run that stands still. After a panic the recovery refreshes. */
const settle = () => refresh().catch(() => {});

/** Whether a race has just ended: the last run that can cross the line has crossed it. @param {Frame} next */
function over(next) {
  const through = (/** @type {import('./state.js').AnyRun[]} */ all) =>
    all.length > 1 && all.every(({ arrival, state }) => arrival || state === 'stopped') && all.some(({ arrival }) => arrival);
  return through(next.runs) && !through(state.runs.value);
}

/** Updates that are due to who watches, of runs in lock-step each. */
function owed() {
  const { runs } = state;
  const furthest = Math.max(0, ...runs.value.map(({ update }) => update));
  return pace.due(performance.now(), nodesOf(state.run.value) !== null, furthest);
}

/** What the next trip may do: updates and milliseconds; null where it is too early for one. @returns {[number, number] | null} */
function allowed() {
  if (untilEpoch) return speeds.max;
  if (speed.value !== 'show') return speeds[speed.value];
  const most = owed();
  return most ? [most, WATCHED] : null;
}

/** Sets out for the worker. @param {[number, number]} allowed */
async function trip([most, budget]) {
  const epoch = untilEpoch;
  const reply = await pull(budget, most, epoch);
  const ends = over(reply.frame);
  // Only where one can go on, Play trains on.
  if (ends) state.notice.value = both(ended(reply.frame) ? 'raceDone' : 'raceOver');
  return { ...reply, arrived: (epoch && reply.there) || ends };
}

/** One trip at a time; the page never waits for it. */
async function loop() {
  if (!state.running.value || busy) return;
  busy = true;
  pace.begin(performance.now());
  try {
    let under = /** @type {ReturnType<typeof trip> | null} */ (trip(allowed() ?? speeds.one));
    while (under) {
      const { frame: next, of, done, arrived } = await under;
      // What the next trip asks for builds on what this one brought, drawn or not.
      versions = next.runs.map(({ history: news }) => news.version);
      const going = state.running.value && !arrived && !ended(next);
      under = going && speed.value === 'max' ? trip(speeds.max) : null;
      receive(next, of);
      if (done) markOnce('descent:first-trained-frame');
      if (arrived) state.running.value = false;
      if (!going || under) continue;
      while (state.running.value && !under) {
        await new Promise(requestAnimationFrame);
        const next = state.running.value && allowed();
        if (next) under = trip(next);
      }
    }
  } catch {
    state.running.value = false;
  } finally {
    busy = false;
  }
  if (state.running.value) loop();
  else await settle();
}

/** Goes on training; not of old rows while the new ones have problems. @param {boolean} epoch to the end of the epoch only */
export function start(epoch) {
  if (waits()) return;
  state.notice.value = '';
  untilEpoch = epoch;
  state.running.value = true;
  // At once: the worker trains while the page draws what has just changed.
  loop();
}

/** Old rows are not trained on while the new ones have problems, which is said. */
function waits() {
  if (state.unfit.value) state.notice.value = both('playUnfit');
  return state.unfit.value;
}

/** Trains; a run that has stopped starts again from the same weights. */
export async function play() {
  if (waits()) return;
  if (state.frame.value && ended(state.frame.value)) await rewind();
  start(false);
}

export function pause() {
  state.running.value = false;
}

export const toggle = () => (state.running.value ? pause() : play());

/** After the worker was replaced: everything comes again; false where it does not. */
export async function recovered() {
  versions = [];
  try {
    await engine.settled();
    if (!state.rows.peek()) await readRows();
    await refresh();
    return true;
  } catch {
    return false;
  }
}

export async function step() {
  if (waits()) return;
  pause();
  state.notice.value = '';
  const { frame, of } = await pull(1000, 1, false);
  receive(frame, of);
}

/** Trains to the end of the epoch and pauses; pausing on the way works as ever. */
export function stepEpoch() {
  if (!waits() && state.frame.value && !ended(state.frame.value)) start(true);
}

export async function rewind() {
  pause();
  state.notice.value = '';
  // On the way of a link there may be other runs again.
  if (await engine.rewind()) return renew();
  versions = [];
  await refresh();
}

/** Sets one learned number by hand: `index` into the row-major tensor. @param {string} tensor @param {number} index @param {number} value */
export async function setParameter(tensor, index, value) {
  const { taken, problem } = await engine.set(state.selected.value, tensor, index, value);
  state.notice.value = problem ?? '';
  if (taken && !state.running.value) await refresh();
}

/** Measures how long layers take, one after the other; training goes on in between, and a restart ends it. @param {number[]} layers counted from the inputs */
export async function measureLayers(layers) {
  const run = opened;
  state.measuring.value = true;
  try {
    for (const layer of layers) {
      const time = await engine.profile(state.selected.value, layer);
      if (run !== opened) return;
      state.times.value = Object.assign([...state.times.value], { [layer - 1]: time });
    }
  } catch {
    // The recovery says what happened.
  } finally {
    state.measuring.value = false;
  }
}

/** Another plane for the map of rows with more than two columns. @param {typeof state.axes.value} next */
export async function lookAt(next) {
  const sent = await engine.points(state.selected.value, POINTS, next);
  batch(() => {
    state.axes.value = next;
    state.range.value = null;
    state.rows.value = sent;
  });
  await refresh();
}

/** Measures the test part, and records that it was looked at. */
export async function reveal() {
  pause();
  const key = state.tested(state.draft.value);
  const { taken } = await engine.reveal(state.selected.value);
  if (taken) state.looks.value = { ...state.looks.value, [key]: (state.looks.value[key] ?? 0) + 1 };
  await refresh();
}

export async function restoreBest() {
  pause();
  await engine.restoreBest(state.selected.value);
  await refresh();
}

/** The row that is looked at first, where rows are looked at one by one: not a test row. @param {import('./state.js').Points} points */
const first = (points) => (points.shape.kind === 'flat' ? null : Math.max(0, points.split.indexOf(1)));

/** @param {import('./boundary').Points | null} before @param {import('./boundary').Points} after */
const alike = (before, after) =>
  before?.inputs.length === after.inputs.length && before.inputs.every((value, at) => value === after.inputs[at]);

/** What belongs to a run that is no longer looked at. */
export function forget() {
  opened++;
  Object.assign(due, { predictions: 0, diagnosis: 0, findings: 0 });
  state.inspected.value = null;
  state.node.value = null;
  state.diagnosis.value = null;
  state.findings.value = null;
  state.times.value = [];
}

/** The rows of the run that is looked at. */
export async function readRows() {
  let sent = await engine.points(state.selected.value, POINTS, state.axes.value);
  if (!sent) return;
  // Planes are of columns: others have others.
  if (state.axes.value && String(sent.columns) !== String(state.rows.value?.columns)) {
    state.axes.value = null;
    sent = await engine.points(state.selected.value, POINTS, null);
  }
  const rows = sent;
  if (!rows) return;
  // Another model of the same rows: the one that is looked at stays.
  batch(() => {
    if (!alike(state.rows.value, rows)) state.row.value = first(rows);
    state.rows.value = rows;
  });
}

/** After runs began, came or went. */
export async function renew() {
  versions = [];
  state.rejected.value = [];
  forget();
  await readRows();
  await refresh();
}

/** Does what runs must stand still for, and goes on if they went. @template T @param {() => Promise<T>} act @returns {Promise<T>} */
export async function still(act) {
  const playing = state.running.value;
  state.running.value = false;
  const result = await act();
  if (playing) start(false);
  return result;
}
