/** The one store: the experiment, what the engine last sent, and what is looked at. */
import { computed, signal } from '@preact/signals';
import { complete, defaultsOf } from './experiment.js';
import { short } from './format.js';
import { say } from './i18n/index.js';
import { difference } from './url.js';
import { MOST, folded, written } from './way.js';

/** @typedef {import('./engine.js').Issue} Issue */
/** @typedef {import('./boundary').Document} Document */
/** @typedef {import('./boundary').Run} Run the run that is looked at, of which everything is there */
/** @typedef {import('./boundary').Run | import('./boundary').RunBeside} AnyRun */
/** Rows that are shown: as the engine sent them, with names as people read them, or on the plane of the map. @typedef {Omit<import('./boundary').Points, 'inputs' | 'range'> & {inputs: ArrayLike<number> & object, range: ArrayLike<number>}} Points */

/** @template T @param {T} name @returns {T} */
const shortened = (name) => (typeof name === 'string' ? /** @type {any} */ (short(name)) : name);

export const schema = signal(/** @type {import('./boundary').Schema} */ (null));
/** What the form shows, problems included. */
export const draft = signal(/** @type {Document} */ (null));
/** What is wrong with the draft, shown at its fields. */
export const issues = signal(/** @type {Issue[]} */ ([]));
/** What is wrong with a document that was not taken over: an address, a file. */
export const rejected = signal(/** @type {Issue[]} */ ([]));
/**
 * The runs that race, each by its experiment as the engine has it; `from` where it left another's way: at which update, and the experiment until then.
 * A key stays with its run. The form shows the selected one's.
 * @typedef {{key: number, experiment: Document, from: {update: number, before: Document} | null}} Entry
 */
export const entries = signal(/** @type {Entry[]} */ ([]));
export const selected = signal(0);
/** What the engine last sent; `of` is the run of which everything is there. */
export const frame = signal(/** @type {(import('./boundary').Frame & {of: number}) | null} */ (null));
/** The rows as the engine sent them. */
export const rows = signal(/** @type {import('./boundary').Points | null} */ (null));
/** The rows that are shown, with their classes in the page's language where their names are words, and names cut that nobody reads to their end. */
export const points = computed(
  () =>
    rows.value && {
      ...rows.value,
      classes: (rows.value.titles.length ? rows.value.titles.map(say) : rows.value.classes).map(shortened),
      columns: rows.value.columns.map(shortened),
      symbols: rows.value.symbols?.map(shortened),
      target: shortened(rows.value.target),
    },
);
/** The row that is looked at closely, by its place among those shown; null for none. */
export const row = signal(/** @type {number | null} */ (null));
/** Columns of each run's history by name, null where there is no number. */
export const histories = signal(/** @type {Record<string, (number | null)[]>[]} */ ([]));
export const running = signal(false);
/** What just happened, until something else does; empty for nothing. */
export const notice = signal(/** @type {import('./i18n/index.js').Message | string} */ (''));
/** The file that is being read, how much of that is done, and the experiment before it; null for none. */
export const reading = signal(/** @type {{name: string, share: number, before: Document} | null} */ (null));
/**
 * A document that was not opened because files are missing that it names: its text, the files, and what the form shows of it; null for none.
 * @typedef {{json: string, absent: import('./named.js').Named[], draft: Document}} Waiting
 */
export const waiting = signal(/** @type {Waiting | null} */ (null));
/** A file that came while a document waits for one of another name: whether it is that one is asked. */
export const doubtful = signal(/** @type {{file: File, name: string} | null} */ (null));
/** A file that the browser had kept and that was just put back, and when it was opened in milliseconds since 1970. */
export const restored = signal(/** @type {{name: string, opened: number} | null} */ (null));
/** The rows that the form describes have problems: what runs are other rows. */
export const unfit = computed(() => issues.value.some(({ path }) => /^(race\.runs\[\d+\]\.)?(data|prepare|split)\b/.test(path)));
/** A panic and how far its replay is. */
export const recovery = signal(/** @type {import('./engine.js').Recovery | null} */ (null));
/** A request that the engine has not answered for a while: which, since when, and how much of it is done where that is known; null for none. */
export const silence = signal(/** @type {(import('./engine.js').Silence & {share?: number}) | null} */ (null));
/** What the runs were told on their way, and what lies ahead of them. @type {import('@preact/signals').Signal<Pick<import('./engine.js').Way, 'runs' | 'log' | 'ahead'>>} */
export const way = signal({ runs: [], log: [], ahead: [] });
/** What a link had ahead of the runs and what no longer comes, until that was read; null for nothing. */
export const wayLeft = signal(/** @type {import('./engine.js').Way['left']} */ (null));
/** Why there is no engine; null where there is one. */
export const away = signal(/** @type {import('./i18n/index.js').Message | null} */ (null));
/** The page has an experiment: before that nothing can be done with it. */
export const begun = signal(false);
/** Counts tables that were opened: the newest is to be seen. */
export const shown = signal(0);
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
export const diagnosis = signal(/** @type {import('./boundary').Diagnosis[] | null} */ (null));
/** What is wrong with the run. */
export const findings = signal(/** @type {import('./boundary').Finding[] | null} */ (null));
/** How long each layer takes, where that was measured. */
export const times = signal(/** @type {(import('./boundary').Time | null)[]} */ ([]));
export const measuring = signal(false);

export const runs = computed(() => /** @type {AnyRun[]} */ (frame.value?.runs ?? []));
/** The run that is looked at. */
export const run = computed(() => /** @type {Run | null} */ (frame.value && (runs.value[frame.value.of] ?? null)));
export const history = computed(() => histories.value[frame.value?.of ?? 0] ?? {});
/** The finish line, `{metric, value}` or null. */
export const line = computed(() => frame.value?.line ?? null);
/** The experiment with nothing changed. */
export const defaults = computed(() => defaultsOf(schema.value));
/** The way, in as few words as tell it. */
export const told = computed(() => folded(way.value.runs, [...way.value.log, ...way.value.ahead]));
/** What differs from the defaults: the link and the saved file. Runs that race are told by what differs from the first. What was done on the way follows as `way`. */
export const changes = computed(() => documentOf(draft.value));
/** The same of what runs: another while the form shows what cannot run. */
export const standing = computed(() => documentOf(entries.value[selected.value]?.experiment));

/** @param {Document} own the selected run's document */
function documentOf(own) {
  if (!own || !schema.value) return {};
  const { runs, log } = told.value;
  // A draft that does not run has no way yet.
  const runsSo = JSON.stringify(own) === JSON.stringify(entries.value[selected.value]?.experiment);
  if (!log.length || log.length > MOST || !runsSo)
    return raceOf(
      // Before something was opened there is a draft already.
      entries.value.length
        ? entries.value.map(({ experiment, from }, at) => ({ experiment: at === selected.value ? own : experiment, from }))
        : [{ experiment: own, from: null }],
    );
  const whole = (/** @type {string} */ json) => complete(schema.value, JSON.parse(json));
  const began = runs.map(({ json, update, before }) => ({
    experiment: whole(json),
    from: update === undefined || before === undefined ? null : { update, before: whole(before) },
  }));
  return { ...raceOf(began, entries.value.length > 1), way: written(runs, log, whole) };
}

/** What of a document differs from the defaults. A file has many settings, and what none of them says is not said. @param {Document} experiment */
function differing(experiment) {
  const told = difference(experiment, defaults.value) ?? {};
  if (!told.data?.csv) return told;
  const usual = defaultsOf(schema.value.$defs.Csv);
  const said = Object.entries(told.data.csv).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(usual[name]));
  return { ...told, data: { csv: Object.fromEntries(said) } };
}

/** @param {Pick<Entry, 'experiment' | 'from'>[]} all @param {boolean} [races] also one alone, for others that join it */
function raceOf(all, races = all.length > 1) {
  const [first] = all;
  if (!races && !first?.from) return differing(first.experiment);
  const runs = all.map(({ experiment, from }, at) => {
    const base = at ? first.experiment : defaults.value;
    return {
      ...(at ? (difference(experiment, base) ?? {}) : differing(experiment)),
      ...(from && { from: { update: from.update, before: at ? (difference(from.before, base) ?? {}) : differing(from.before) } }),
    };
  });
  return { race: { runs, ...(line.value && { finish: line.value }) } };
}

/** Which rows test: what is known of them from runs with other settings is known. @param {Document} experiment */
export const tested = ({ seed, data, split, prepare: { damage, clean } }) => JSON.stringify([seed, data, split, damage, clean]);

/** Looks at test rows in this visit, by which rows they were. */
export const looks = signal(/** @type {Record<string, number>} */ ({}));
/** How often the present test rows were looked at. */
export const seen = computed(() => (draft.value ? (looks.value[tested(draft.value)] ?? 0) : 0));
