/** The way of a link (`way.js`) as it is read: what of it is no step, and what the engine is told. Fetched when a link has one. */
import { overlay } from './experiment.js';
import { after, course, newest } from './way.js';

/** @typedef {import('./boundary').Document} Document */

/** @typedef {import('./way.js').Beginning} Beginning */
/** @typedef {import('./way.js').Told} Told */

/** Runs at once; as `Session` has it. */
const RUNS = 8;

/** @param {Document} it */
const plain = (it) => it !== null && typeof it === 'object' && !Array.isArray(it);
const count = (/** @type {Document} */ it) => Number.isSafeInteger(it) && it >= 0;

/** What each call is told in a link. @type {Record<string, (args: Document[], is: (run: Document) => boolean) => boolean>} */
const SHAPES = {
  live: ([run, settings, ...more], is) => is(run) && plain(settings) && !more.length,
  replace: ([run, settings, ...more], is) => is(run) && plain(settings) && !more.length,
  set: ([run, tensor, index, value, ...more], is) =>
    is(run) && typeof tensor === 'string' && count(index) && typeof value === 'number' && !more.length,
  fork: ([run, update, ...more], is) => is(run) && count(update) && !more.length,
  go_back: ([run, update, ...more], is) => is(run) && count(update) && !more.length,
  restore_best: ([run, ...more], is) => is(run) && !more.length,
  remove: ([run, ...more], is) => is(run) && !more.length,
  add: ([settings, update, before, ...more]) =>
    plain(settings) && ((update === undefined && before === undefined) || (count(update) && plain(before))) && !more.length,
};

/** Runs after a call of this name. */
const RUNS_AFTER = /** @type {Record<string, number>} */ ({ add: 1, fork: 1, remove: -1 });

/** The place of the first entry that is none, where `count` runs begin; -1 for none. What settings are worth, the engine says. @param {Document[]} way @param {number} runs */
export function unclear(way, runs) {
  return way.findIndex((entry) => {
    if (!Array.isArray(entry)) return true;
    const [call, at, ...args] = entry;
    const shape = Object.hasOwn(SHAPES, call) && SHAPES[call];
    const when = count(at) || (Array.isArray(at) && at.length === runs && at.every(count));
    if (!shape || !when || !shape(args, (run) => count(run) && run < runs)) return true;
    runs += RUNS_AFTER[call] ?? 0;
    return runs < 1 || runs > RUNS;
  });
}

/** A way of a link, as the engine is told it. @param {Beginning[]} runs @param {Document[]} way of which nothing is `unclear` @param {(document: Document) => Document} whole fills in the defaults @returns {Told[]} */
export function read(runs, way, whole) {
  let all = runs.map(course);
  const parsed = (/** @type {string} */ json) => whole(JSON.parse(json));
  const first = parsed(runs[0].json);
  return way.map(([call, at, ...args]) => {
    const text = (/** @type {Document} */ base, /** @type {Document} */ settings) => JSON.stringify(whole(overlay(base, settings)));
    const updates = Array.isArray(at) ? at : all.map(() => at);
    const said =
      call === 'live'
        ? [args[0], text(parsed(newest(all[args[0]])), args[1])]
        : call === 'replace'
          ? [args[0], text(first, args[1])]
          : call === 'add'
            ? [text(first, args[0]), ...(args[2] === undefined ? [] : [args[1], text(first, args[2])])]
            : args;
    const left = call === 'fork' || call === 'go_back' ? args[1] : undefined;
    const told = { updates, call, args: said, ...(left !== undefined && { left }) };
    all = after(all, told);
    return told;
  });
}
