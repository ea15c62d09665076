/**
 * Request and reply with the worker. A panic poisons the worker's instance: it is replaced, the user's files and experiment are put back
 * and the run is replayed to the same update, through every live change it had. What fails again is not asked for without end: see `recover`.
 * Every promise settles.
 */
import { Unreachable, hire, keepSpare } from './launch.js';

/** @typedef {import('./i18n/index.js').Message} Message */
/** What helps: values for places in the document, in their order. @typedef {{title: Message, edits: [string, any][]}} Remedy */
/** `of` is the key of the run that has it, where that is not the one which is looked at. @typedef {{path: string, message: Message, remedy?: Remedy, of?: number}} Issue */
/** A run as it began: its document, and for one that left another's way the update where it did and the document until then. @typedef {{json: string, update?: number, before?: string}} Beginning */
/**
 * What is known of a replay: where it is and where it goes; the error is empty where the user cancelled. `fell` says that the run does not stand where it
 * stood: at its 'start', or the document 'before' came back, or 'nothing' did. At the end `runs` are those that the engine has.
 * @typedef {{error: string, update: number, goal: number, done: boolean, fell: '' | 'start' | 'before' | 'nothing', runs: Beginning[] | null}} Recovery
 */
/** A request that is not answered: its call, and since when there was no answer, on the clock of `performance`. @typedef {{call: string, since: number}} Silence */

/** Why a request was not answered: the user cancelled what the worker was doing. */
export class Cancelled extends Error {}

/** Why a request was not answered: the engine failed. */
export class Crashed extends Error {}

/** @type {import('./launch.js').Hand} */
let hand;
let next = 1;
/** In the order in which they are answered. @type {Map<number, {name: string, key: string, since: number, resolve: (value: any) => void, reject: (error: Error) => void}>} */
const pending = new Map();

/**
 * What a fresh worker needs to come to the same weights: the files, the runs as they began together, the finish line, and what changed at which
 * updates. `read` are the files as they were then, `latest` the runs as they would begin again now. `looks` are the looks at test parts
 * that are known, by runs; `early` those of them that a replay does not repeat, `seen` those of which the engine no longer knows.
 * @type {{files: Map<string, Uint8Array>, read: Map<string, Uint8Array>, runs: Beginning[], latest: Beginning[], line: string, log: {updates: number[], call: string, args: any[]}[], updates: number[], looks: any[][], early: any[][], seen: any[][]}}
 */
const memory = {
  files: new Map(),
  read: new Map(),
  runs: [],
  latest: [],
  line: 'null',
  log: [],
  updates: [],
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
/** The files before the newest came. */
let before = new Map();

const SLICE = 50;
/** Milliseconds without an answer after which that is said. */
const SILENT = 2000;

function launch() {
  hand = hire(hear, (error) => {
    if (error instanceof Unreachable) return leave(error);
    // A worker that dies without a word was at the oldest request.
    accuse(pending.values().next().value);
    fail(error.message);
  });
}

/** @param {any} data */
function hear(data) {
  const waiting = pending.get(data.id);
  if ('progress' in data) return hearProgress(waiting?.name ?? '', data.progress);
  pending.delete(data.id);
  answered = performance.now();
  listenAgain();
  if ('error' in data) {
    if (data.fatal) {
      accuse(waiting);
      waiting?.reject(new Crashed(data.error));
      fail(data.error);
    } else waiting?.reject(new Error(data.error));
  } else waiting?.resolve(data.value);
}

/** @param {{key: string} | undefined} request */
function accuse(request) {
  if (request?.key) culprits.set(request.key, (culprits.get(request.key) ?? 0) + 1);
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
  const [first] = pending.values();
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

/** Tells everything that waits. @param {Error} error */
function dismiss(error) {
  const waiting = [...pending.values()];
  pending.clear();
  listenAgain();
  for (const { reject } of waiting) reject(error);
}

/** The worker is lost: everything waiting is told, and a fresh one takes its place. @param {string} error empty where the user cancelled */
function fail(error) {
  hand.end();
  launch();
  dismiss(error ? new Crashed(error) : new Cancelled());
  recovering ??= recover(error).finally(() => (recovering = null));
}

/** There is no engine to be had: what waits is told, and so is what comes, until it is tried again. @param {Unreachable} error */
function leave(error) {
  away = error;
  dismiss(error);
  hearAway(error);
}

/** @param {number[]} updates */
const furthest = (updates) => Math.max(0, ...updates);

/** Opens runs as they began; false where one has problems. @param {(name: string, ...args: any[]) => Promise<any>} call @param {Beginning[]} runs @param {string} line */
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
    for (const { updates, call, args } of memory.log) {
      await to(updates);
      if (given) break;
      await send(call, ...args);
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
    Object.assign(memory, { runs: [], latest: [], log: [] });
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

/** What a request is known by: the same one again is the same. @param {string} name @param {any[]} args */
const keyOf = (name, args) => (name === 'attach' || name === 'frame' || name === 'pull' ? '' : `${name} ${JSON.stringify(args)}`);

/** @param {string} name @param {...any} args @returns {Promise<any>} */
function send(name, ...args) {
  if (away) return Promise.reject(away);
  const id = next++;
  return new Promise((resolve, reject) => {
    pending.set(id, { name, key: keyOf(name, args), since: performance.now(), resolve, reject });
    if (pending.size === 1) listenAgain();
    hand.post({ id, call: name, args });
  });
}

/** @param {string} name @param {...any} args @returns {Promise<any>} */
async function call(name, ...args) {
  while (recovering) await recovering;
  const key = keyOf(name, args);
  if (key && (culprits.get(key) ?? 0) >= OFTEN) throw new Crashed(`the engine failed ${OFTEN} times at this: ${name}`);
  return send(name, ...args);
}

/** Keeps what runs were told on their way, to tell it again. @param {string} name @param {...any} args */
async function logged(name, ...args) {
  const reply = await call(name, ...args);
  if (reply.taken) {
    memory.log.push({ updates: reply.updates, call: name, args });
    unproven = true;
  }
  return reply;
}

/** From here on runs begin as they do now. @param {Beginning[]} runs */
function anew(runs) {
  Object.assign(memory, {
    read: new Map(memory.files),
    runs: [...runs],
    latest: runs,
    log: [],
    updates: runs.map(() => 0),
    looks: [],
    early: [],
    seen: [],
  });
  culprits.clear();
  id++;
  unproven = true;
}

/** Another run stands in the place of one: what that one saw of its test part is not this one's. @param {number} run */
function forgetLooks(run) {
  for (const looks of [memory.looks, memory.early, memory.seen]) if (looks[run]) looks[run] = [];
}

/** A picture came: what runs can be gone back to. Looks at test parts that the engine no longer knows stand before its own. @template T @param {T & {runs: any[]}} frame @returns {T} */
function drawn(frame) {
  failures = 0;
  if (unproven) {
    const document = { id, files: new Map(memory.files), runs: memory.latest.map((run) => ({ ...run })), line: memory.line };
    trusted = [...trusted.filter((other) => other.id !== id), document].slice(-TRUSTED);
    unproven = false;
  }
  for (const [at, run] of frame.runs.entries()) if (memory.seen[at]?.length) run.revealed = [...memory.seen[at], ...run.revealed];
  memory.looks = frame.runs.map(({ revealed }) => revealed);
  return frame;
}

/** Documents that are kept to go back to. */
const TRUSTED = 3;

export const engine = {
  /**
   * Starts the worker. `recovery` hears of a panic, of the replay's progress and of its end, `progress` how much of a call is done that reads a large file,
   * `silence` that there was no answer for a while, and null when there was one, `gone` that there is no engine, and null when it is tried again.
   * @param {{recovery: typeof listener, progress: typeof hearProgress, silence: typeof hearSilence, gone: typeof hearAway}} hearing
   */
  start({ recovery, progress, silence, gone }) {
    [listener, hearProgress, hearSilence, hearAway] = [recovery, progress, silence, gone];
    hand?.end();
    away = null;
    launch();
  },
  /** Tries again to have an engine, and puts back what there was. */
  retry() {
    if (!away) return;
    const { message } = away;
    away = null;
    hearAway(null);
    launch();
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
  /** @returns {Promise<any>} */
  schema: async () => JSON.parse(await call('schema')),
  /** @param {string} json @returns {Promise<Issue[]>} */
  check: (json) => call('check', json),
  /** What a document's layers come to; null where that is not known. @param {string} json */
  plan: (json) => call('plan', json),
  /** What a document's augmentations make of about `most` training rows; null where there are none, and for those with problems. `draw` tells one draw from the next. @param {string} json @param {number} most @param {number} draw */
  augmented: (json, most, draw) => call('augmented', json, most, draw),
  /** The techniques that an experiment uses. @param {string} json @returns {Promise<{technique: string, title: Message, note: Message, spent: boolean}[]>} */
  techniques: (json) => call('techniques', json),
  /** What updates to a line, seed by seed, say of B against A. @param {number[]} a @param {number[]} b @param {string} nameOfA @param {string} nameOfB @returns {Promise<{pairs: number, faster: number, slower: number, ties: number, sign_p: number, rank_p: number, verdict: Message}>} */
  paired: (a, b, nameOfA, nameOfB) => call('paired', Float64Array.from(a), Float64Array.from(b), nameOfA, nameOfB),
  /** The user's files by their names. */
  files: () => new Map(memory.files),
  /** Names of files that came, or came anew, since the runs began together. */
  changed: () => [...memory.files].filter(([name, bytes]) => memory.read.get(name) !== bytes).map(([name]) => name),
  /** How long a layer takes. @param {number} run @param {number} layer @returns {Promise<{forward: number, backward: number, rows: number} | null>} */
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
  /** One more run beside the others. @param {Beginning} beginning @returns {Promise<Issue[]>} */
  async add({ json, update, before }) {
    const { taken, issues } = await logged('add', json, update, before);
    if (taken) memory.latest.push({ json, update, before });
    return issues;
  },
  /** A run at update 0 in the place of another. @param {number} run @param {string} json @returns {Promise<Issue[]>} */
  async replace(run, json) {
    if (memory.latest.length < 2) return engine.open(json);
    const { taken, issues } = await logged('replace', run, json);
    if (taken) {
      memory.latest[run] = { json };
      forgetLooks(run);
    }
    return issues;
  },
  /** @param {number} run */
  async remove(run) {
    const { taken } = await logged('remove', run);
    if (taken) {
      memory.latest.splice(run, 1);
      for (const looks of [memory.looks, memory.early, memory.seen]) looks.splice(run, 1);
    }
    return taken;
  },
  /** One more run, which went another's way until its last checkpoint at or before `update`: where it left; undefined where it cannot be. @param {number} run @param {number} update @returns {Promise<number | undefined>} */
  async fork(run, update) {
    const reply = await logged('fork', run, update);
    if (reply.taken) memory.latest.push({ json: memory.latest[run].json, update: reply.update, before: memory.latest[run].json });
    return reply.update;
  },
  /** Takes a run back to its last checkpoint at or before `update`. @param {number} run @param {number} update */
  goBack: (run, update) => logged('go_back', run, update),
  /** Draws a finish line for all runs: `{metric, value}` or null as JSON. @param {string} json @returns {Promise<Issue[]>} */
  async finish(json) {
    const { taken, issues } = await call('finish', json);
    if (taken) memory.line = json;
    return issues;
  },
  /** Shows a past moment of a run, or with undefined its present; the update that is shown. @param {number} run @param {number} [update] */
  lookBack: (run, update) => call('look_back', run, update),
  /** Takes over what can change while training; false where a restart is needed. @param {number} run @param {string} json @returns {Promise<boolean>} */
  async live(run, json) {
    const { taken } = await logged('live', run, json);
    if (taken) memory.latest[run] = { ...memory.latest[run], json };
    return taken;
  },
  /** Trains for `budget` milliseconds, `most` updates or to the end of a run's epoch, then draws. @param {number} run @param {number} budget @param {number} most @param {object} request @param {boolean} epoch @returns {Promise<{done: number, there: boolean, frame: any}>} */
  async pull(run, budget, most, request, epoch) {
    const reply = await call('pull', run, budget, most, request, epoch);
    memory.updates = reply.frame.runs.map((/** @type {any} */ { update }) => update);
    drawn(reply.frame);
    return reply;
  },
  /** @param {object} request */
  frame: async (request) => drawn(await call('frame', request)),
  /** What there is to see of a document's data; `{issues}` where its rows cannot be had. @param {string} json @returns {Promise<any>} */
  overview: (json) => call('overview', json),
  /** Whether what is held out is like what trains. @param {number} run @returns {Promise<any[]>} */
  alike: (run) => call('alike', run),
  /** Measures the test part as the model stands; it is recorded in the run that it was looked at. @param {number} run @returns {Promise<{taken: boolean}>} */
  reveal: (run) => logged('reveal', run),
  /** @param {number} run @param {number} most @param {any} axes the plane of a map of more than two columns, null for the most telling one */
  points: (run, most, axes) => call('points', run, most, axes),
  /** All runs back to update 0, with the live settings as they are now. */
  async rewind() {
    await call('rewind');
    Object.assign(memory, { runs: [...memory.latest], log: [], updates: memory.latest.map(() => 0), early: [...memory.looks] });
  },
  /** @param {number} run */
  restoreBest: (run) => logged('restore_best', run),
  /** Sets one learned number by hand. @param {number} run @param {string} tensor @param {number} index @param {number} value @returns {Promise<{taken: boolean, problem: Message | null}>} */
  set: (run, tensor, index, value) => logged('set', run, tensor, index, value),
  /** Begins a range test of a document's learning rate. @param {string} json @returns {Promise<Issue[]>} */
  testRates: (json) => call('test_rates', json),
  /** Goes on with it for so many milliseconds. @param {number} budget @returns {Promise<any>} */
  ratesTested: (budget) => call('rates_tested', budget),
  /** @param {number} run */
  tensors: (run) => call('tensors', run),
  /** The learning rate that a document plans, to `present` at least; null for one with problems and for learners without a rate. @param {string} json @param {number} present @param {number} columns @returns {Promise<{updates: Float64Array, rates: Float64Array, listens: boolean} | null>} */
  rates: (json, present, columns) => call('rates', json, present, columns),
  /** @returns {Promise<any>} */
  landscapeSchema: async () => JSON.parse(await call('landscape_schema')),
  /** Begins a slice of the loss around the weights of a run, and says at which update they stand, or what is wrong. @param {number} run @param {string} json @returns {Promise<{issues?: Issue[], update: number}>} */
  landscapeBegin: (run, json) => call('landscape_begin', run, json),
  /** Goes on for so many milliseconds: how much of it is known, from 0 to 1; null where none was begun. @param {number} budget @returns {Promise<number | null>} */
  landscapeAdvance: async (budget) => (await call('landscape_advance', budget)) ?? null,
  /** What is known of it. @returns {Promise<any>} */
  landscape: () => call('landscape'),
  landscapeEnd: () => call('landscape_end'),
  /** @returns {Promise<any>} */
  surfaceSchema: async () => JSON.parse(await call('surface_schema')),
  /** A race on a surface, to its end; `{issues}` for a document with problems. @param {string} json @param {number} side cells along an edge of the picture of the surface, 0 for none @returns {Promise<any>} */
  surfaceRace: (json, side) => call('surface_race', json, side),
};
