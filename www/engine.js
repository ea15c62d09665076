/**
 * Request and reply with the worker. A panic poisons the worker's instance: it is replaced, the user's files and experiment are put back
 * and the run is replayed to the same update, through every live change it had. What fails again is not asked for without end: see `recover`.
 * Every promise settles.
 */
import { makeChannel } from './channel.js';
import { Unreachable, keepSpare } from './launch.js';
import { standing, unsure } from './way.js';

/** @typedef {import('./way.js').Told} Told */
/** @typedef {import('./boundary').Revealed} Revealed */
/** @typedef {import('./boundary').FrameRequest} FrameRequest */

/** @typedef {import('./i18n/index.js').Message} Message */
/** `of` is the key of the run that has it, where that is not the one which is looked at. @typedef {import('./boundary').Issue & {of?: number}} Issue */
/** A run as it began: its document, and for one that left another's way the update where it did and the document until then. @typedef {{json: string, update?: number, before?: string}} Beginning */
/**
 * What is known of a replay: where it is and where it goes; the error is empty where the user cancelled. `fell` says that the run does not stand where it
 * stood: at its 'start', or the document 'before' came back, or 'nothing' did. At the end `runs` are those that the engine has.
 * @typedef {{error: string, update: number, goal: number, done: boolean, fell: '' | 'start' | 'before' | 'nothing', runs: Beginning[] | null}} Recovery
 */
/**
 * What was told to the runs on their way: how they began, what they were told since, and what lies ahead of them, because a link says so. `told`: they were
 * just told something of it, or stand at its start again; `latest` are then their settings. `left` are calls that no longer come, and why: the user went
 * another way, or one of them was refused.
 * @typedef {{runs: Beginning[], log: Told[], ahead: Told[], told: boolean, latest: Beginning[], left: {calls: number, why: 'own' | 'unfit'} | null}} Way
 */
/** @typedef {import('./worker.js').Calls} Calls */
/** What the worker is asked by name. @template {keyof Calls} Name @typedef {(...args: Parameters<Calls[Name]>) => Promise<ReturnType<Calls[Name]>>} Call */
/** Calls that change what runs do, which are told again after a panic. @typedef {'live' | 'set' | 'reveal' | 'restore_best' | 'add' | 'replace' | 'remove' | 'fork' | 'go_back'} Change */
/** A request that is not answered: its call, and since when there was no answer, on the clock of `performance`. @typedef {{call: string, since: number}} Silence */

/** Why a request was not answered: the user cancelled what the worker was doing. */
export class Cancelled extends Error {}

/** Why a request was not answered: the engine failed. */
export class Crashed extends Error {}

/**
 * What a fresh worker needs to come to the same weights: the files, the runs as they began together, the finish line, and what changed at which
 * updates. `read` are the files as they were then, `latest` the runs as they would begin again now. `looks` are the looks at test parts
 * that are known, by runs; `early` those of them that a replay does not repeat, `seen` those of which the engine no longer knows. `ahead` is what the runs
 * are still to be told, because a link says so; `way` all of that, for a rewind, as long as nothing else was done.
 * @type {{files: Map<string, Uint8Array>, read: Map<string, Uint8Array>, runs: Beginning[], latest: Beginning[], line: string, log: Told[], updates: number[], ahead: Told[], way: {runs: Beginning[], log: Told[]} | null, looks: Revealed[][], early: Revealed[][], seen: Revealed[][]}}
 */
const memory = {
  files: new Map(),
  read: new Map(),
  runs: [],
  latest: [],
  line: 'null',
  log: [],
  updates: [],
  ahead: [],
  way: null,
  looks: [],
  early: [],
  seen: [],
};
/** Documents that have shown a picture, the newest last: what can be gone back to. @type {{id: number, files: Map<string, Uint8Array>, runs: Beginning[], line: string}[]} */
let trusted = [];
/** Counts what was opened. */
let id = 0;
/** What runs now is not yet among the trusted as it is. */
let unproven = false;
/** Failures since the last picture. */
let failures = 0;
/** How often a request was under way when the engine failed. @type {Map<string, number>} */
const culprits = new Map();
/** A request that has failed so often is not sent again. */
const OFTEN = 2;

/** Calls wait for it while a replay is under way. @type {Promise<void> | null} */
let recovering = null;
/** The rest of a replay is given up. */
let given = false;
/** @type {Unreachable | null} */
let away = null;
/** @type {(recovery: Recovery) => void} */
let listener = () => {};
/** @type {(call: string, share: number) => void} */
let hearProgress = () => {};
/** @type {(silence: Silence | null) => void} */
let hearSilence = () => {};
/** @type {(why: Unreachable | null) => void} */
let hearAway = () => {};
/** @type {(way: Way) => void} */
let hearWay = () => {};
/** The files before the newest came. */
let before = new Map();

const SLICE = 50;
/** Milliseconds without an answer after which that is said. */
const SILENT = 2000;

const channel = makeChannel({
  lost: (error, at) => {
    if (error instanceof Unreachable) return leave(error);
    accuse(at);
    fail(error.message);
  },
  changed: () => {
    answered = performance.now();
    listenAgain();
  },
  progress: (name, share) => hearProgress(name, share),
});

/** @param {import('./channel.js').Request | undefined} request */
function accuse(request) {
  const key = request && keyOf(request.name, request.args);
  if (key) culprits.set(key, (culprits.get(key) ?? 0) + 1);
}

let answered = 0;
let silence = 0;
let silent = false;

/** Waits for the next answer, and says where it does not come. */
function listenAgain() {
  clearTimeout(silence);
  silence = 0;
  if (silent) hearSilence(null);
  silent = false;
  const first = channel.first();
  if (!first) return;
  const since = Math.max(first.since, answered);
  silence = window.setTimeout(
    () => {
      silent = true;
      hearSilence({ call: first.name, since });
    },
    Math.max(0, since + SILENT - performance.now()),
  );
}

/** The worker is lost: everything waiting is told, and a fresh one takes its place. @param {string} error empty where the user cancelled */
function fail(error) {
  channel.restart(error ? new Crashed(error) : new Cancelled());
  recovering ??= recover(error).finally(() => (recovering = null));
}

/** There is no engine to be had: what waits is told, and so is what comes, until it is tried again. @param {Unreachable} error */
function leave(error) {
  away = error;
  channel.end(error);
  hearAway(error);
}

/** @param {number[]} updates */
const furthest = (updates) => Math.max(0, ...updates);

/** Opens runs as they began; false where one has problems. @param {typeof send} call @param {Beginning[]} runs @param {string} line */
async function beginning(call, [first, ...others], line) {
  if ((await call('open', first.before ?? first.json)).length) return false;
  const forks = first.before !== undefined;
  for (const { json, update, before } of forks ? [first, ...others] : others)
    if (!(await call('add', json, update, before)).taken) return false;
  // A fork can only be added: what was opened for it goes again.
  if (forks) await call('remove', 0);
  await call('finish', line);
  return true;
}

/** @param {Map<string, Uint8Array>} files */
async function attach(files) {
  for (const [name, bytes] of files) await send('attach', name, bytes);
}

/** Says what is known of the way. @param {Partial<Way>} [news] */
const tellWay = (news) =>
  hearWay({ runs: memory.runs, log: memory.log, ahead: memory.ahead, told: false, latest: memory.latest, left: null, ...news });

/** What lies ahead no longer comes. @param {'own' | 'unfit'} why */
function leaveWay(why) {
  const calls = memory.ahead.length;
  Object.assign(memory, { ahead: [], way: null });
  tellWay({ left: calls ? { calls, why } : null });
}

/**
 * Puts back into a fresh worker what can be put back: the runs at the update where they stood; where the engine fails on that way too, or failed again
 * before it drew anything, the same runs at their start, if they have ever shown a picture; else the document before them. Each is tried once.
 * @param {string} error @param {boolean} [counts] whether it is a failure of what runs
 */
async function recover(error, counts = error !== '') {
  if (counts) failures++;
  const goal = furthest(memory.updates);
  let update = 0;
  /** @type {Recovery['fell']} */
  let fell = '';
  const tell = (/** @type {boolean} */ done) => listener({ error, update, goal, done, fell, runs: done ? memory.latest : null });
  const to = async (/** @type {number[]} */ updates) => {
    for (const [run, until] of updates.entries()) {
      let there = false;
      while (!there && !given) {
        there = await send('reach', run, until, SLICE);
        update = furthest(await send('updates'));
        tell(false);
      }
    }
  };
  const replay = async () => {
    await attach(memory.read);
    memory.seen = [...memory.early];
    if (!memory.runs.length) return true;
    if (!(await beginning(send, memory.runs, memory.line))) return false;
    await attach(memory.files);
    for (const [at, { updates, call, args }] of memory.log.entries()) {
      await to(updates);
      if (given) {
        putOff(at);
        break;
      }
      await retell(send, call, args);
    }
    if (!given) await to(memory.updates);
    return true;
  };
  const start = async () => {
    fell = 'start';
    await attach(memory.read);
    if (!(await beginning(send, memory.latest, memory.line))) return false;
    await attach(memory.files);
    Object.assign(memory, { runs: [...memory.latest], log: [], early: [...memory.looks], seen: [...memory.looks] });
    leaveWay('unfit');
    return true;
  };
  const earlier = async () => {
    fell = 'before';
    trusted = trusted.filter((document) => document.id !== id);
    const document = trusted.at(-1);
    if (!document) return false;
    await attach(document.files);
    if (!(await beginning(send, document.runs, document.line))) return false;
    anew(document.runs.map((run) => ({ ...run })));
    Object.assign(memory, { files: new Map(document.files), line: document.line });
    id = document.id;
    return true;
  };
  const known = trusted.some((document) => document.id === id);
  const ways = failures < 2 ? [replay, start, earlier] : failures < 3 && known ? [start, earlier] : [earlier];
  given = false;
  tell(false);
  try {
    for (const way of ways) {
      try {
        if (await way()) return;
      } catch (error) {
        if (error instanceof Unreachable) throw error;
        // The user cancelled this way, or the engine failed on it: the next one.
      }
    }
    fell = 'nothing';
    Object.assign(memory, { runs: [], latest: [], log: [], ahead: [], way: null });
  } catch {
    // There is no engine: what is remembered waits for it.
    return;
  } finally {
    if (!away) {
      memory.updates = await send('updates').catch(() => []);
      update = furthest(memory.updates);
      tell(true);
    }
  }
}

/** Where a replay is given up, what was told later lies ahead of the runs again. @param {number} from the first call of the log that was not told */
function putOff(from) {
  const log = memory.log.slice(0, from);
  const ahead = [...memory.log.slice(from), ...memory.ahead];
  const way = memory.way ?? { runs: memory.runs, log: [...log, ...ahead] };
  Object.assign(memory, { log, ahead, way, latest: standing(memory.runs, log) });
  tellWay();
}

/** What a request is known by: the same one again is the same. @param {string} name @param {unknown[]} args */
const keyOf = (name, args) => (name === 'attach' || name === 'frame' || name === 'pull' ? '' : `${name} ${JSON.stringify(args)}`);

/** @template {keyof Calls} Name @param {Name} name @param {Parameters<Calls[Name]>} args @returns {ReturnType<Call<Name>>} */
function send(name, ...args) {
  return away ? Promise.reject(away) : channel.send(name, ...args);
}

/** What was told once, told again: that its arguments are those of its call was seen then, or when a link was read. @param {typeof send} how @param {string} name @param {unknown[]} args */
function retell(how, name, args) {
  const tell = /** @type {(name: string, ...args: unknown[]) => Promise<ReturnType<Calls[Change]>>} */ (/** @type {unknown} */ (how));
  return tell(name, ...args);
}

/** @template {keyof Calls} Name @param {Name} name @param {Parameters<Calls[Name]>} args @returns {Promise<ReturnType<Calls[Name]>>} */
async function call(name, ...args) {
  while (recovering) await recovering;
  const key = keyOf(name, args);
  if (key && (culprits.get(key) ?? 0) >= OFTEN) throw new Crashed(`the engine failed ${OFTEN} times at this: ${name}`);
  return send(name, ...args);
}

/** Settles when what the user asked for has been answered: whether the runs still go the way of a link shows only then. */
let deciding = Promise.resolve();

async function decided() {
  for (let seen; seen !== deciding; ) {
    seen = deciding;
    await seen;
  }
}

/** Keeps what runs were told on their way, to tell it again. Who tells them something of his own leaves the way that a link said. @template {Change} Name @param {Name} name @param {Parameters<Calls[Name]>} args @returns {Promise<ReturnType<Calls[Name]>>} */
function logged(name, ...args) {
  const reply = call(name, ...args).then((reply) => {
    if (!reply.taken) return reply;
    take({ call: name, args }, reply);
    unproven = true;
    if (name === 'reveal') tellWay();
    else leaveWay('own');
    return reply;
  });
  const settled = reply.then(
    () => {},
    () => {},
  );
  deciding = Promise.all([deciding, settled]).then(() => {});
  return reply;
}

/** The runs have taken a call. @param {Pick<Told, 'call' | 'args'>} told @param {{updates: number[], update?: number, now: number[]}} reply */
function take(told, { updates, update, now }) {
  memory.log = [...memory.log, { ...told, updates, ...(update !== undefined && { left: update }) }];
  memory.updates = now;
  memory.latest = standing(memory.runs, memory.log);
  if (told.call === 'replace') forgetLooks(told.args[0]);
  if (told.call === 'remove') for (const looks of [memory.looks, memory.early, memory.seen]) looks.splice(told.args[0], 1);
}

/** @type {Promise<number>} */
let going = Promise.resolve(0);

/** Tells the runs what is due where they stand; how many calls that were. */
function goOn() {
  going = going.catch(() => 0).then(tellDue);
  return going;
}

async function tellDue() {
  let told = 0;
  for (;;) {
    await decided();
    const [next] = memory.ahead;
    if (!next || String(next.updates) !== String(memory.updates)) return told;
    if (!(await tellNext(next))) return told;
    told++;
  }
}

/** @param {Told} next what is told; false where it is not taken, and what follows neither */
async function tellNext(next) {
  try {
    const reply = await retell(call, next.call, next.args);
    if (reply.taken) take(next, reply);
    // Meanwhile the user may have gone another way.
    if (memory.ahead[0] !== next) return false;
    if (reply.taken) {
      memory.ahead = memory.ahead.slice(1);
      unproven = true;
      tellWay({ told: true });
    } else leaveWay('unfit');
    return reply.taken;
  } catch (error) {
    if ((culprits.get(keyOf(next.call, next.args)) ?? 0) >= OFTEN) leaveWay('unfit');
    throw error;
  }
}

/** From here on runs begin as they do now. @param {Beginning[]} runs */
function anew(runs) {
  Object.assign(memory, {
    read: new Map(memory.files),
    runs: [...runs],
    latest: runs,
    log: [],
    updates: runs.map(() => 0),
    ahead: [],
    way: null,
    looks: [],
    early: [],
    seen: [],
  });
  culprits.clear();
  id++;
  unproven = true;
  tellWay();
}

/** Another run stands in the place of one: what that one saw of its test part is not this one's. @param {number} run */
function forgetLooks(run) {
  for (const looks of [memory.looks, memory.early, memory.seen]) if (looks[run]) looks[run] = [];
}

/** A picture came: what runs can be gone back to. Looks at test parts that the engine no longer knows stand before its own. @param {import('./boundary').Frame} frame */
function drawn(frame) {
  failures = 0;
  if (unproven) {
    const document = { id, files: new Map(memory.files), runs: memory.latest.map((run) => ({ ...run })), line: memory.line };
    trusted = [...trusted.filter((other) => other.id !== id), document].slice(-TRUSTED);
    unproven = false;
  }
  for (const [at, run] of frame.runs.entries()) if (memory.seen[at]?.length) run.revealed = [...memory.seen[at], ...run.revealed];
  memory.looks = frame.runs.map(({ revealed }) => revealed);
  memory.updates = frame.runs.map(({ update }) => update);
  return frame;
}

/** Tells a run that went back the settings of its checkpoint, where it is not known which ones those were. @param {number} run @param {number} left */
async function agree(run, left) {
  if (unsure(memory.runs, memory.log.slice(0, -1), memory.log.at(-1)?.args[0], left)) await logged('live', run, memory.latest[run].json);
}

/** The runs of a link at their start, with the files that they read then; false where they cannot be. @param {{runs: Beginning[], log: Told[]}} way */
async function beginAgain({ runs, log }) {
  const other = [...memory.read].filter(([name, bytes]) => memory.files.get(name) !== bytes);
  for (const [name, bytes] of other) await call('attach', name, bytes);
  const begun = await beginning(call, runs, memory.line);
  for (const [name] of other) {
    const bytes = memory.files.get(name);
    if (bytes) await call('attach', name, bytes);
  }
  if (!begun) return false;
  // What was seen of the test part stays seen, though the engine no longer knows.
  const looks = memory.looks.slice(0, runs.length);
  const latest = runs.map((run) => ({ ...run }));
  Object.assign(memory, { runs, latest, log: [], updates: runs.map(() => 0), ahead: log, way: { runs, log }, looks });
  Object.assign(memory, { early: [...looks], seen: [...looks] });
  tellWay({ told: true });
  await goOn();
  return true;
}

/** Documents that are kept to go back to. */
const TRUSTED = 3;

export const engine = {
  /**
   * Starts the worker. `recovery` hears of a panic, of the replay's progress and of its end, `progress` how much of a call is done that reads a large file,
   * `silence` that there was no answer for a while, and null when there was one, `gone` that there is no engine, and null when it is tried again, `way` what
   * the runs were told on their way.
   * @param {{recovery: typeof listener, progress: typeof hearProgress, silence: typeof hearSilence, gone: typeof hearAway, way: typeof hearWay}} hearing
   */
  start({ recovery, progress, silence, gone, way }) {
    [listener, hearProgress, hearSilence, hearAway, hearWay] = [recovery, progress, silence, gone, way];
    away = null;
    channel.launch();
  },
  /** Tries again to have an engine, and puts back what there was. */
  retry() {
    if (!away) return;
    const { message } = away;
    away = null;
    hearAway(null);
    channel.launch();
    recovering ??= recover(message, false).finally(() => (recovering = null));
  },
  /** Waits for the end of a recovery. */
  settled: async () => {
    while (recovering) await recovering;
  },
  /** Keeps a worker ready, so that a restart needs no network. */
  keepSpare,
  /** Ends a replay where it is. */
  giveUp: () => void (given = true),
  /** Ends whatever the worker does; what ran comes back. During a replay, the runs come back at their start. @param {{file?: boolean}} [what] with `file`, as everything was before the newest file came */
  cancel({ file = false } = {}) {
    if (away) return;
    if (file) memory.files = before;
    given = true;
    fail('');
  },
  /** @returns {Promise<import('./boundary').Schema>} */
  schema: async () => JSON.parse(await call('schema')),
  /** @param {string} json @returns {Promise<Issue[]>} */
  check: (json) => call('check', json),
  /** What a document's layers come to; null where that is not known. @param {string} json */
  plan: (json) => call('plan', json),
  /** What a document's augmentations make of about `most` training rows; null where there are none, and for those with problems. `draw` tells one draw from the next. @param {string} json @param {number} most @param {number} draw */
  augmented: (json, most, draw) => call('augmented', json, most, draw),
  /** The techniques that an experiment uses. @param {string} json */
  techniques: (json) => call('techniques', json),
  /** What updates to a line, seed by seed, say of B against A. @param {number[]} a @param {number[]} b @param {string} nameOfA @param {string} nameOfB */
  paired: (a, b, nameOfA, nameOfB) => call('paired', Float64Array.from(a), Float64Array.from(b), nameOfA, nameOfB),
  /** The user's files by their names. */
  files: () => new Map(memory.files),
  /** Names of files that came, or came anew, since the runs began together. */
  changed: () => [...memory.files].filter(([name, bytes]) => memory.read.get(name) !== bytes).map(([name]) => name),
  /** How long a layer takes. @param {number} run @param {number} layer */
  profile: (run, layer) => call('profile', run, layer),
  /** Keeps a file; says in which encoding it is, where it is one of text. @param {string} name @param {Uint8Array} bytes @returns {Promise<string | null>} */
  attach(name, bytes) {
    before = new Map(memory.files);
    memory.files.set(name, bytes);
    return call('attach', name, bytes);
  },
  /** One run at update 0 in the place of all. @param {string} json @returns {Promise<Issue[]>} */
  async open(json) {
    const issues = await call('open', json);
    if (!issues.length) anew([{ json }]);
    return issues;
  },
  /** Runs that begin together; false where one has problems, which `check` names. @param {Beginning[]} runs @param {string} line */
  async openAll(runs, line) {
    const opened = await beginning(call, runs, line);
    if (opened) {
      anew(runs);
      memory.line = line;
    }
    return opened;
  },
  /** What the runs that were just opened are told on their way, as a link says it. How much of that was due at once. @param {Told[]} told @returns {Promise<number>} */
  expect(told) {
    Object.assign(memory, { ahead: told, way: { runs: memory.runs, log: told } });
    tellWay();
    return goOn();
  },
  /** A run as it would begin again now. @param {number} run */
  beginning: (run) => memory.latest[run],
  /** One more run beside the others. @param {Beginning} beginning @returns {Promise<Issue[]>} */
  add: async ({ json, update, before }) => (await logged('add', json, update, before)).issues,
  /** A run at update 0 in the place of another. @param {number} run @param {string} json @returns {Promise<Issue[]>} */
  async replace(run, json) {
    if (memory.latest.length < 2) return engine.open(json);
    return (await logged('replace', run, json)).issues;
  },
  /** @param {number} run */
  remove: async (run) => (await logged('remove', run)).taken,
  /** One more run, which went another's way until its last checkpoint at or before `update`: where it left; undefined where it cannot be. @param {number} run @param {number} update @returns {Promise<number | undefined>} */
  async fork(run, update) {
    const { taken, update: left } = await logged('fork', run, update);
    if (taken && left !== undefined) await agree(memory.latest.length - 1, left);
    return left;
  },
  /** Takes a run back to its last checkpoint at or before `update`. @param {number} run @param {number} update */
  async goBack(run, update) {
    const { taken, update: left } = await logged('go_back', run, update);
    if (taken && left !== undefined) await agree(run, left);
  },
  /** Draws a finish line for all runs: `{metric, value}` or null as JSON. @param {string} json @returns {Promise<Issue[]>} */
  async finish(json) {
    const { taken, issues } = await call('finish', json);
    if (taken) memory.line = json;
    return issues;
  },
  /** Shows a past moment of a run, or with undefined its present; the update that is shown. @param {number} run @param {number} [update] */
  lookBack: (run, update) => call('look_back', run, update),
  /** Takes over what can change while training; false where a restart is needed. @param {number} run @param {string} json @returns {Promise<boolean>} */
  live: async (run, json) => (await logged('live', run, json)).taken,
  /** Trains for `budget` milliseconds, `most` updates or to the end of a run's epoch, then draws. @param {number} run @param {number} budget @param {number} most @param {FrameRequest} request @param {boolean} epoch The frame is null where the runs were told something on the way. */
  async pull(run, budget, most, request, epoch) {
    if (memory.ahead.length) {
      await going.catch(() => 0);
      await decided();
    }
    // As far as what lies ahead of the runs, and no further.
    const [next] = memory.ahead;
    const reply = await call('pull', run, budget, most, request, epoch, next?.updates ?? null);
    if (reply.updates) memory.updates = reply.updates;
    if (reply.frame) drawn(reply.frame);
    if (!reply.reached) return reply;
    await goOn();
    // They came to a stop before it: these are other runs than those that it was said of.
    if (memory.ahead[0] === next) leaveWay('unfit');
    return reply;
  },
  /** @param {FrameRequest} request */
  frame: async (request) => drawn(await call('frame', request)),
  /** What there is to see of a document's data; issues where its rows cannot be had. @param {string} json */
  overview: (json) => call('overview', json),
  /** Whether what is held out is like what trains. @param {number} run */
  alike: (run) => call('alike', run),
  /** Measures the test part as the model stands; it is recorded in the run that it was looked at. @param {number} run */
  reveal: (run) => logged('reveal', run),
  /** @param {number} run @param {number} most @param {import('./boundary').Axes | null} axes the plane of a map of more than two columns, null for the most telling one */
  points: (run, most, axes) => call('points', run, most, axes),
  /** All runs back to update 0, with the live settings as they are now; on the way of a link to its start, with what it says ahead of them again: then true. */
  async rewind() {
    const { way, ahead } = memory;
    if (way) {
      Object.assign(memory, { way: null, ahead: [] });
      await going.catch(() => 0);
      try {
        if (await beginAgain(way)) return true;
      } catch (error) {
        // The runs come back where they stood, with the same ahead of them.
        if (!memory.way) Object.assign(memory, { way, ahead });
        throw error;
      }
      Object.assign(memory, { way, ahead });
      leaveWay('unfit');
    }
    await call('rewind');
    Object.assign(memory, { runs: [...memory.latest], log: [], updates: memory.latest.map(() => 0), early: [...memory.looks] });
    tellWay();
    return false;
  },
  /** @param {number} run */
  restoreBest: (run) => logged('restore_best', run),
  /** Sets one learned number by hand. @param {number} run @param {string} tensor @param {number} index @param {number} value */
  set: (run, tensor, index, value) => logged('set', run, tensor, index, value),
  /** @param {number} run */
  tensors: (run) => call('tensors', run),
  /** The learning rate that a document plans, to `present` at least; null for one with problems and for learners without a rate. @param {string} json @param {number} present @param {number} columns */
  rates: (json, present, columns) => call('rates', json, present, columns),
  /** The JSON Schema of the jobs. @returns {Promise<import('./boundary').Schema>} */
  jobsSchema: async () => JSON.parse(await call('jobs_schema')),
  /** What there is to do for a job's document, as far as what is done tells; or what is wrong with it. @param {string} json @param {string} done outcomes by their pieces' numbers */
  planJob: (json, done) => call('plan_job', json, done),
  /** What is known of a job so far. @param {string} json @param {string} done */
  knownOfJob: (json, done) => call('known_of_job', json, done),
  /** Begins a piece of a job beside the training, which is found again under `key`. @param {string} key @param {string} job @param {string} piece @returns {Promise<Issue[]>} */
  beginTask: (key, job, piece) => call('begin_task', key, job, piece),
  /** Begins a job's piece at a run as it stands, and says at which update that is, or what is wrong. @param {string} key @param {string} job @param {number} run */
  beginTaskAt: (key, job, run) => call('begin_task_at', key, job, run),
  /** Goes on with a piece for so many milliseconds; what is known of it where that is wanted and where it is done, which ends it. Null where there is none. @param {string} key @param {number} budget @param {boolean} wanted */
  goOn: (key, budget, wanted) => call('go_on', key, budget, wanted),
  /** Drops a piece. @param {string} key */
  endTask: (key) => call('end_task', key),
  /** @returns {Promise<import('./boundary').Schema>} */
  surfaceSchema: async () => JSON.parse(await call('surface_schema')),
  /** A race on a surface, to its end; `{issues}` for a document with problems. @param {string} json @param {number} side cells along an edge of the picture of the surface, 0 for none */
  surfaceRace: (json, side) => call('surface_race', json, side),
};
