/**
 * The way of runs: how they began, and what they were told since, at which updates. Told again, it leads to the same bits. Pure: `engine.js` keeps it and
 * tells it, links and saved files carry it. What only looks (a past moment, the test part) changes no weight and is no part of it.
 */
import { difference } from './url.js';

/** @typedef {import('./engine.js').Beginning} Beginning */
/** A call that was taken: the update of each run before it, and for a fork and for going back the update of the checkpoint that was found. @typedef {{updates: number[], call: string, args: import('./boundary').Document[], left?: number}} Told */

/** Calls that a link may hold. More is the log of a day, not of a lesson. */
export const MOST = 5000;

/** The settings of a run as it goes: from which update on, which. @typedef {{update?: number, before?: string, trail: [number, string][]}} Course */

/** @param {Beginning} beginning @returns {Course} */
export const course = ({ json, update, before }) =>
  update === undefined || before === undefined
    ? { trail: [[-1, json]] }
    : {
        update,
        before,
        trail: [
          [-1, before],
          [update, json],
        ],
      };

/** The settings with which a checkpoint was kept. What was told at its own update came after it. @param {Course} course @param {number} update */
const settingsAt = ({ trail }, update) => /** @type {[number, string]} */ (trail.findLast(([from]) => from < update) ?? trail[0])[1];

/** @param {Course} of @param {number} left @returns {Course} */
function leaves(of, left) {
  const json = settingsAt(of, left);
  const trail = of.trail.filter(([from], at) => at === 0 || from < left);
  // From the start, it is a run of its own.
  return left > 0 ? { update: left, before: json, trail } : { trail };
}

/** @param {Course} course */
export const newest = ({ trail }) => /** @type {[number, string]} */ (trail.at(-1))[1];

/** The runs after a call. The courses given are its own. @param {Course[]} all @param {Told} told @returns {Course[]} */
export function after(all, { call, args, updates, left = 0 }) {
  const [run] = args;
  // A change of settings is the most frequent call by far: the course is its caller's own.
  if (call === 'live') {
    all[run].trail.push([updates[run], args[1]]);
    return all;
  }
  const next = [...all];
  if (call === 'add') next.push(course({ json: args[0], update: args[1], before: args[2] }));
  else if (call === 'remove') next.splice(run, 1);
  else if (call === 'replace') next[run] = course({ json: args[1] });
  else if (call === 'fork') next.push(leaves(all[run], left));
  else if (call === 'go_back') next[run] = leaves(all[run], left);
  return next;
}

/** The runs as they would begin again now: each by its newest settings. @param {Beginning[]} runs @param {Told[]} log @returns {Beginning[]} */
export const standing = (runs, log) =>
  log.reduce(after, runs.map(course)).map(({ update, before, trail }) => ({
    json: /** @type {[number, string]} */ (trail.at(-1))[1],
    ...(update !== undefined && { update, before }),
  }));

/** Whether settings were told to a run at the very update of the checkpoint to which it went back: which of them are its own is not known. @param {Beginning[]} runs @param {Told[]} log @param {number} run @param {number} left */
export const unsure = (runs, log, run, left) =>
  /** @type {Course} */ (log.reduce(after, runs.map(course))[run]).trail.some(([from]) => from === left);

/**
 * The same way in fewer words: what was told before anything that must be told on the way is how the runs begin. Settings changed at update 0 are the run's
 * own, and a run that left another which had not changed its settings is told by where it left.
 * @param {Beginning[]} runs @param {Told[]} log
 */
export function folded(runs, log) {
  const first = runs.map((run) => ({ ...run }));
  const told = log.filter(({ call }) => call !== 'reveal');
  /** @param {Told} told */
  const folds = ({ call, args, updates, left }) => {
    const [run] = args;
    if (call === 'add') first.push({ json: args[0], ...(args[2] !== undefined && { update: args[1], before: args[2] }) });
    else if (call === 'remove') first.splice(run, 1);
    else if (call === 'replace') first[run] = { json: args[1] };
    else if (call === 'fork' && first[run].before === undefined)
      first.push({ json: first[run].json, update: left, before: first[run].json });
    else if (call === 'live' && updates[run] === (first[run].update ?? 0)) first[run] = { ...first[run], json: args[1] };
    else return false;
    return true;
  };
  let at = 0;
  while (at < told.length && folds(told[at])) at++;
  return { runs: first, log: together(first, told.slice(at)) };
}

/** A slider that is dragged while training stands still tells the same number again and again: only the last one counts. @param {Beginning[]} runs @param {Told[]} log */
function together(runs, log) {
  /** @type {Told[]} */
  const kept = [];
  let all = runs.map(course);
  let [before, place] = ['', ''];
  for (const told of log) {
    const last = kept.at(-1);
    const now = told.call === 'live' ? newest(all[told.args[0]]) : '';
    const next = now && changed(told, now);
    const again = last?.call === 'live' && last.args[0] === told.args[0] && String(last.updates) === String(told.updates);
    if (again && next && next === place && told.args[1] !== before) kept.pop();
    else [before, place] = [now, next];
    kept.push(told);
    all = after(all, told);
  }
  return kept;
}

/** What is known of changes: the settings before each, and the place. @type {WeakMap<Told, {now: string, place: string}>} */
const places = new WeakMap();

/** The one number of the model that a change of settings changes, by its path; empty where it changes something else. @param {Told} told @param {string} now the settings before it */
function changed(told, now) {
  const known = places.get(told);
  if (known?.now === now) return known.place;
  const path = where(JSON.parse(now), JSON.parse(told.args[1]));
  const place = path?.startsWith('.learner') ? path : '';
  places.set(told, { now, place });
  return place;
}

/** @param {import('./boundary').Document} a @param {import('./boundary').Document} b @returns {string | null} */
function where(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return '';
  if (!a || !b || typeof a !== 'object' || typeof b !== 'object') return null;
  const [left, right] = [Object.keys(a), Object.keys(b)];
  if (String(left) !== String(right)) return null;
  const differ = left.filter((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]));
  const rest = differ.length === 1 ? where(a[differ[0]], b[differ[0]]) : null;
  return rest === null ? null : `.${differ[0]}${rest}`;
}

/** Calls as they stand in a link, with the settings that they were told as differences. @type {WeakMap<Told, {before: string, written: import('./boundary').Document[]}>} */
const known = new WeakMap();

/**
 * A way as a link and a file hold it: for each call its name, the update (of each run, where they are not the same), and what it was told; settings as they
 * differ from the run's own before, those of a new run from the first run's.
 * @param {Beginning[]} runs @param {Told[]} log @param {(json: string) => import('./boundary').Document} whole a document with its defaults filled in @returns {import('./boundary').Document[]}
 */
export function written(runs, log, whole) {
  let all = runs.map(course);
  return log.map((told) => {
    const { call, args, updates, left } = told;
    const now = call === 'live' ? newest(all[args[0]]) : runs[0].json;
    all = after(all, told);
    const found = known.get(told);
    if (found?.before === now) return found.written;
    const at = updates.every((update) => update === updates[0]) ? updates[0] : updates;
    const differs = (/** @type {string} */ json) => difference(whole(json), whole(now)) ?? {};
    const said =
      call === 'live' || call === 'replace'
        ? [args[0], differs(args[1])]
        : call === 'add'
          ? [differs(args[0]), ...(args[2] === undefined ? [] : [args[1], differs(args[2])])]
          : call === 'fork' || call === 'go_back'
            ? [args[0], left]
            : args;
    const entry = [call, at, ...said];
    known.set(told, { before: now, written: entry });
    return entry;
  });
}
