/** Documents: one is opened or changed, several race, and the form shows the selected one's. */
import { batch, signal } from '@preact/signals';
import { Cancelled, Crashed, engine } from './engine.js';
import { complete, fitted, overlay } from './experiment.js';
import { both } from './i18n/index.js';
import * as missing from './missing.js';
import { filesNamed } from './named.js';
import * as remedies from './remedies.js';
import * as state from './state.js';
import * as training from './training.js';
import { opened } from './url.js';
import { MOST as MOST_CALLS } from './way.js';

/** @typedef {import('./boundary').Document} Document */

/** Runs that can race at once. */
export const MOST = 8;

/** @param {unknown} it */
const text = (it) => JSON.stringify(it);

let keys = 0;

/** @param {Document} experiment @param {state.Entry['from']} [from] @returns {state.Entry} */
export const entry = (experiment, from = null) => ({ key: keys++, experiment, from });

/** What all runs of a race have in common. */
const SHARED = ['seed', 'data', 'split'];

/** As the engine is told. @param {state.Entry} entry */
const beginning = ({ experiment, from }) => ({ json: text(experiment), ...(from && { update: from.update, before: text(from.before) }) });

/** What the page keeps of a run that begins so. @param {import('./engine.js').Beginning} beginning @returns {Pick<state.Entry, 'experiment' | 'from'>} */
export const began = ({ json, update, before }) => {
  const whole = (/** @type {string} */ json) => complete(state.schema.value, JSON.parse(json));
  return { experiment: whole(json), from: update === undefined || before === undefined ? null : { update, before: whole(before) } };
};

/** Opens a document in the place of the selected run; with problems (returned) everything stays as it was. @param {Document} experiment @param {boolean} [reread] its files are others under the same names @returns {Promise<state.Issue[]>} */
export async function open(experiment, reread = false) {
  const at = state.selected.value;
  const old = state.entries.value[at]?.experiment;
  const together =
    state.entries.value.length > 1 && ((reread && alsoReads(at)) || SHARED.some((key) => text(experiment[key]) !== text(old[key])));
  const found = together ? await openTogether(experiment) : await engine.replace(at, text(experiment));
  if (found.length) return found;
  const whole = complete(state.schema.value, experiment);
  if (!together)
    state.entries.value = state.entries.value.length
      ? state.entries.value.map((other, place) => (place === at ? { ...other, experiment: whole, from: null } : other))
      : [entry(whole)];
  state.range.value = null;
  await training.renew();
  return [];
}

/** Whether a run besides this one reads a file that has changed. @param {number} at */
function alsoReads(at) {
  const changed = engine.changed();
  const others = state.entries.value.filter((_, place) => place !== at);
  return others.some(({ experiment }) => filesNamed(state.schema.value, experiment).some(({ name }) => changed.includes(name)));
}

/** Begins the race anew with what the document shares with the others. @param {Document} experiment @returns {Promise<state.Issue[]>} */
async function openTogether(experiment) {
  const shared = Object.fromEntries(SHARED.map((key) => [key, experiment[key]]));
  const next = state.entries.value.map((other, at) =>
    at === state.selected.value
      ? { ...other, experiment, from: null }
      : { ...other, experiment: { ...(remedies.aside.get(other.key) ?? other.experiment), ...shared }, from: null },
  );
  const found = await issuesOf(next);
  if (found.length) return found;
  await engine.openAll(next.map(beginning), text(state.line.value));
  remedies.aside.clear();
  state.entries.value = next;
  return [];
}

/** What is wrong with the documents of a race: the selected run's own problems at their places, others' with the run's number. @param {state.Entry[]} all */
async function issuesOf(all) {
  /** @type {state.Issue[]} */
  const found = [];
  for (const [at, { key, experiment, from }] of all.entries()) {
    const other = all.length > 1 && at !== state.selected.value;
    for (const document of [experiment, ...(from ? [from.before] : [])]) {
      for (const issue of await engine.check(text(document)))
        found.push(other ? { ...issue, path: `race.runs[${at}].${issue.path}`, of: key } : issue);
    }
  }
  return found;
}

/** Several runs from the start together, in the place of all; with problems (returned) everything stays as it was. @param {state.Entry[]} given @param {import('./boundary').Reach | null} finish */
export async function openEntries(given, finish) {
  state.running.value = false;
  const found = await issuesOf(given);
  if (found.length) return found;
  const whole = (/** @type {Document} */ experiment) => complete(state.schema.value, experiment);
  const next = given.map(({ key, experiment, from }) => ({
    key,
    experiment: whole(experiment),
    from: from && { ...from, before: whole(from.before) },
  }));
  if (!(await engine.openAll(next.map(beginning), text(finish)))) return [{ path: 'race', message: both('raceUnfit') }];
  batch(() => {
    state.selected.value = 0;
    state.entries.value = next;
    state.range.value = null;
    state.issues.value = [];
    state.draft.value = next[0].experiment;
  });
  await training.renew();
  return [];
}

/** Looks at another run: the form, the map and the model show it. @param {number} at */
export async function select(at) {
  if (at === state.selected.value || !state.entries.value[at] || state.issues.value.length) return;
  batch(() => {
    state.selected.value = at;
    state.draft.value = state.entries.value[at].experiment;
  });
  training.forget();
  await training.readRows();
  if (!state.running.value) await training.refresh();
}

let wanted = /** @type {Document} */ (null);
let anew = false;
let applying = false;
/** A change is on its way to the engine. */
export const busy = signal(false);

/** Changes one field: live where the engine can, otherwise a restart that says so. @param {(string | number)[]} path @param {Document} value @param {boolean} [reread] files changed under the same name: nothing can stay */
export function change(path, value, reread = false) {
  const next = structuredClone(state.draft.value);
  let at = next;
  for (const key of path.slice(0, -1)) at = at[key];
  at[path[path.length - 1]] = value;
  return replace(next, reread);
}

/** The whole experiment at once, like a change of one field. @param {Document} next @param {boolean} [reread] */
export function replace(next, reread = false) {
  state.draft.value = next;
  wanted = next;
  anew ||= reread;
  return apply();
}

/** The document with which the engine failed last: once more is enough. */
let failed = '';

/** Only the newest of quick changes is tried. */
async function apply() {
  if (applying) return;
  applying = true;
  busy.value = true;
  try {
    while (wanted) {
      const experiment = wanted;
      const live = !anew;
      wanted = null;
      anew = false;
      try {
        await take(experiment, live);
        failed = '';
      } catch (error) {
        // What failed may have been something else: form, link and engine come to agree when it is told once more.
        if (error instanceof Crashed && failed !== text(experiment)) {
          failed = text(experiment);
          wanted ??= experiment;
          anew ||= !live;
        } else if (!wanted) fallBack(error, experiment);
      }
    }
  } finally {
    applying = false;
    busy.value = false;
  }
}

/** @param {Document} experiment @param {boolean} live whether it may be taken over while training */
async function take(experiment, live) {
  const at = state.selected.value;
  if (live && (await engine.live(at, text(experiment)))) {
    state.issues.value = [];
    state.entries.value = state.entries.value.map((other, place) => (place === at ? { ...other, experiment } : other));
    if (!state.running.value) await training.refresh();
    state.notice.value = state.run.value?.state === 'stopped' ? both('whenAgain') : '';
    return;
  }
  const playing = state.running.value;
  state.running.value = false;
  state.issues.value = await open(experiment, !live);
  // Files that changed are still to be read by all runs, whatever is mended first.
  if (state.issues.value.length) anew ||= !live;
  else state.waiting.value = null;
  state.notice.value = state.issues.value.length ? both('problems') : missing.tellRestored() || both('restarted');
  // What ran goes on, unless the rows that the form describes are to take the place of its own.
  if (playing && state.frame.value && !state.unfit.value && !training.ended(state.frame.value)) training.start(false);
}

/** A change came to nothing. Where the user cancelled it, the form shows what runs; where the engine failed, the change stays as a draft. @param {unknown} error @param {Document} experiment */
function fallBack(error, experiment) {
  if (error instanceof Cancelled) {
    if (state.draft.value === experiment) asRuns();
    if (!state.notice.value) state.notice.value = both('cancelled');
    return;
  }
  state.issues.value = [{ path: '', message: failure(error) }];
  tellError(error);
}

/** What the form shows is what runs. */
export function asRuns() {
  const own = state.entries.value[state.selected.value];
  remedies.aside.clear();
  anew = false;
  batch(() => {
    state.issues.value = [];
    state.rejected.value = [];
    if (own) state.draft.value = own.experiment;
  });
}

/** Whether the form shows something else than what runs, because the engine failed at it. */
export const stands = () => state.issues.value.some(({ path }) => path === '');

/** What is wrong with a document at which the engine failed, or which nobody can read. @param {unknown} error */
export const failure = (error) =>
  error instanceof Cancelled
    ? both('cancelled')
    : error instanceof Crashed
      ? both('engineFails')
      : { en: String(error), zh: String(error) };

/** The experiment with nothing changed. */
export function openUsual() {
  const usual = state.defaults.value;
  return state.entries.value.length > 1 ? openEntries([entry(usual)], null) : open(usual);
}

/** The form shows what it can of a document that cannot run. @param {string} json @param {state.Issue[]} wrong */
export function keepDraft(json, wrong) {
  try {
    const parsed = JSON.parse(json);
    const told = parsed?.race ? parsed.race.runs?.[0] : parsed;
    const draft = fitted(state.schema.value, overlay(state.defaults.value, told));
    if (text(draft) === text(complete(state.schema.value, state.defaults.value))) return;
    // The form shows the first run of a race, and of problems those that can be mended there.
    const shown = wrong.flatMap((issue) => {
      const [, run, path] = /^race\.runs\[(\d+)\]\.(.*)$/.exec(issue.path) ?? [];
      return run === undefined ? [issue] : run === '0' ? [{ ...issue, path }] : [];
    });
    if (!shown.length) return;
    batch(() => {
      state.draft.value = draft;
      state.issues.value = shown;
    });
  } catch {
    // Nothing of it can be shown.
  }
}

/** After the engine failed: what it has stands in the page; what the form showed beyond that stays as a draft. @param {import('./engine.js').Beginning[]} runs */
export function agree(runs) {
  if (!runs.length) return;
  const next = runs.map((run) => {
    const { experiment, from } = began(run);
    return entry(experiment, from);
  });
  const told = (/** @type {state.Entry[]} */ all) => text(all.map(({ experiment, from }) => [experiment, from?.update, from?.before]));
  if (told(next) === told(state.entries.value)) return;
  batch(() => {
    state.entries.value = next;
    state.selected.value = Math.min(state.selected.value, next.length - 1);
    state.range.value = null;
    state.rows.value = null;
    const own = next[state.selected.value].experiment;
    if (text(own) !== text(state.draft.value) && !applying && !state.issues.value.length)
      state.issues.value = [{ path: '', message: both('engineFails') }];
  });
}

/** What is known of the way. Where the engine told the runs something of it, the page follows: what the form shows stays only where it is a draft. @param {import('./engine.js').Way} next */
export function hearWay({ runs, log, ahead, told, latest, left }) {
  batch(() => {
    state.way.value = { runs, log, ahead };
    // Until another document is opened.
    if (left || ahead.length || !log.length) state.wayLeft.value = left;
    if (told) follow(latest);
  });
}

/** @param {import('./engine.js').Beginning[]} latest */
function follow(latest) {
  const own = state.entries.value[state.selected.value];
  const untouched = own && text(own.experiment) === text(state.draft.value);
  const same = (/** @type {Pick<state.Entry, 'experiment' | 'from'>} */ a, /** @type {Pick<state.Entry, 'experiment' | 'from'>} */ b) =>
    text([a.experiment, a.from]) === text([b.experiment, b.from]);
  // A run that went away leaves the others their keys.
  const gone = state.entries.value.length > latest.length;
  const left = [...state.entries.value];
  const next = latest.map((run, at) => {
    const now = began(run);
    const place = gone ? left.findIndex((old) => same(old, now)) : at;
    const [old] = gone ? left.splice(Math.max(0, place), 1) : [left[at]];
    return old ? { ...old, ...now } : entry(now.experiment, now.from);
  });
  const place = next.findIndex(({ key }) => key === own?.key);
  state.entries.value = next;
  state.selected.value = place >= 0 ? place : Math.min(state.selected.value, next.length - 1);
  if (untouched || place < 0) {
    state.issues.value = [];
    state.draft.value = next[state.selected.value].experiment;
  }
}

/** What was asked for last and not yet tried is no longer wanted. */
export const giveUp = () => void (wanted = null);

/** What the user cancelled is no error, and of an engine that failed the alert tells. @param {unknown} error */
export function tellError(error) {
  if (!(error instanceof Cancelled || error instanceof Crashed)) state.notice.value = String(error);
}

export const newSeed = () => change(['seed'], Math.floor(Math.random() * 2 ** 32));

/** Applies what helps against a problem, and against the same problem of other runs that race. @param {state.Issue} issue */
export function remedy(issue) {
  const root = state.schema.value;
  return replace(complete(root, remedies.applied(issue, state.issues.value, state.draft.value, state.entries.value, SHARED)), anew);
}

/** The document that was not opened last, and the run that was looked at then. @type {{json: string, selected: number} | null} */
let refused = null;

/** Applies what helps against a problem of the document that was not opened, and opens it. @param {state.Issue} issue */
export async function mend(issue) {
  if (!refused) return;
  const { json, selected } = refused;
  const next = remedies.appliedTold(JSON.parse(json), issue, state.rejected.value, selected, SHARED);
  state.rejected.value = [];
  await openDocument(text(next));
}

/** Opens the document of an address. @param {string} hash @returns {Promise<boolean>} */
export async function openLink(hash) {
  const json = await opened(hash);
  if (json !== null) return openDocument(json);
  state.rejected.value = [{ path: '', message: both('linkDamaged') }];
  state.notice.value = '';
  return false;
}

/** Opens a document as text (an address, a file) with the files that it names; broken ones are named and change nothing. One that lacks files waits for them. @param {string} json @returns {Promise<boolean>} */
export async function openDocument(json) {
  const absent = await missing.bring(json);
  const selected = state.selected.value;
  const opened = await openTold(json);
  refused = opened ? null : { json, selected };
  missing.wait(json, opened ? [] : absent);
  const told = missing.tellRestored();
  if (opened && told) state.notice.value = told;
  return opened;
}

/** @param {string} json @returns {Promise<boolean>} */
async function openTold(json) {
  let parsed;
  try {
    parsed = JSON.parse(json);
    // One that is nested so deeply that a walk through it does not come back is none.
    overlay(state.defaults.value, parsed);
    JSON.stringify(parsed);
  } catch {
    state.rejected.value = await engine.check(json);
    state.notice.value = '';
    return false;
  }
  if (!isPlain(parsed) || !Object.hasOwn(parsed, 'way')) return openParsed(parsed);
  const { way, ...began } = parsed;
  const { read, unclear } = await import('./way-read.js');
  const isList = Array.isArray(way) && way.length <= MOST_CALLS;
  const wrong = isList ? unclear(way, began.race?.runs?.length ?? 1) : -1;
  if (!isList || wrong >= 0) {
    state.rejected.value = [
      isList ? { path: `way[${wrong}]`, message: both('wayUnclear') } : { path: 'way', message: both('wayNoList', { most: MOST_CALLS }) },
    ];
    state.notice.value = '';
    return false;
  }
  if (!(await openParsed(began))) return false;
  const { runs: first } = state.way.value;
  const whole = (/** @type {Document} */ experiment) => complete(state.schema.value, experiment);
  if (way.length && (await engine.expect(read(first, way, whole)))) await training.renew();
  return true;
}

/** @param {Document} parsed a document without what was done on the way */
async function openParsed(parsed) {
  if (parsed?.race !== undefined) return openRace(parsed.race);
  const experiment = overlay(state.defaults.value, parsed);
  const playing = state.running.value;
  state.running.value = false;
  // A document stands for itself: the race is over.
  const found = state.entries.value.length > 1 ? await openEntries([entry(experiment)], null) : await open(experiment);
  state.notice.value = '';
  if (found.length) {
    state.rejected.value = found;
    if (playing) training.start(false);
    return false;
  }
  batch(() => {
    state.issues.value = [];
    state.draft.value = complete(state.schema.value, experiment);
  });
  return true;
}

/** @param {unknown} it */
const isPlain = (it) => it !== null && typeof it === 'object' && !Array.isArray(it);

/** Opens a race, as a link tells it: the first run by what differs from the defaults, the others by what differs from the first. @param {Document} race @returns {Promise<boolean>} false where it has problems, which are named */
export async function openRace(race) {
  const told = Array.isArray(race?.runs) ? race.runs : [];
  const wrong =
    told.length < 1 || told.length > MOST || told.some((/** @type {unknown} */ it) => !it || typeof it !== 'object' || Array.isArray(it));
  if (wrong) {
    state.rejected.value = [{ path: 'race.runs', message: both('raceRuns', { most: MOST, n: told.length }) }];
    return false;
  }
  const unclear = told.findIndex(
    (/** @type {Document} */ { from }) =>
      from !== undefined && !(Number.isSafeInteger(from?.update) && from.update >= 0 && isPlain(from.before)),
  );
  if (unclear >= 0) {
    state.rejected.value = [{ path: `race.runs[${unclear}].from`, message: both('raceFromUnclear') }];
    return false;
  }
  const { from: _, ...leading } = told[0];
  const base = overlay(state.defaults.value, leading);
  const all = told.map((/** @type {Document} */ { from, ...own }, /** @type {number} */ at) => {
    const experiment = at ? overlay(complete(state.schema.value, base), own) : base;
    const whose = at ? complete(state.schema.value, base) : state.defaults.value;
    return entry(experiment, from ? { update: from.update, before: overlay(whose, from.before) } : null);
  });
  const found = await openEntries(all, race.finish ?? null);
  // A line that this data does not have is no reason not to race, but is said.
  state.notice.value = !found.length && race.finish && !state.line.value ? both('raceLineUnfit') : '';
  if (found.length) state.rejected.value = found;
  return !found.length;
}
