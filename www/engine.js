/**
 * Request and reply with the worker. A panic poisons the worker's instance: it is replaced, the user's files and experiment are put back
 * and the run is replayed to the same update, through every live change it had. Every promise settles.
 */
import { makeWorker } from '#worker';

/** @typedef {import('./i18n/index.js').Message} Message */
/** @typedef {{path: string, message: Message}} Issue */
/** @typedef {{error: string, update: number, goal: number, done: boolean}} Recovery what is known of a replay: where it is and where it goes; the error is empty where the user cancelled */

/** Why a request was not answered: the user cancelled what the worker was doing. */
export class Cancelled extends Error {}

/** @type {Worker} */
let worker;
let next = 1;
/** @type {Map<number, {name: string, resolve: (value: any) => void, reject: (error: Error) => void}>} */
const pending = new Map();
/** A run as it began: its document, and for one that left another's way the update where it did and the document until then. @typedef {{json: string, update?: number, before?: string}} Beginning */

/**
 * What a fresh worker needs to come to the same weights: the files, the runs as they began together, the finish line, and what changed at which
 * updates. `read` are the files as they were then, `latest` the runs as they would begin again now.
 * @type {{files: Map<string, Uint8Array>, read: Map<string, Uint8Array>, runs: Beginning[], latest: Beginning[], line: string, log: {updates: number[], call: string, args: any[]}[], updates: number[]}}
 */
const memory = { files: new Map(), read: new Map(), runs: [], latest: [], line: 'null', log: [], updates: [] };
/** Calls wait for it while a replay is under way. @type {Promise<void> | null} */
let recovering = null;
let given = false;
/** @type {(recovery: Recovery) => void} */
let listener = () => {};
/** @type {(call: string, share: number) => void} */
let hearProgress = () => {};
/** The files before the newest came. */
let before = new Map();

const SLICE = 50;

function launch() {
  worker = makeWorker();
  worker.onmessage = ({ data }) => {
    const waiting = pending.get(data.id);
    if ('progress' in data) return hearProgress(waiting?.name ?? '', data.progress);
    pending.delete(data.id);
    if ('error' in data) {
      waiting?.reject(new Error(data.error));
      if (data.fatal) fail(data.error);
    } else waiting?.resolve(data.value);
  };
  worker.onerror = (event) => fail(event.message || 'the worker stopped');
}

/** The worker is lost: everything waiting is told, and a fresh one takes its place. @param {string} error empty where the user cancelled */
function fail(error) {
  worker.terminate();
  const waiting = [...pending.values()];
  pending.clear();
  launch();
  for (const { reject } of waiting) reject(error ? new Error(error) : new Cancelled());
  recovering ??= recover(error).finally(() => (recovering = null));
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

/** @param {string} error */
async function recover(error) {
  const goal = furthest(memory.updates);
  let update = 0;
  const tell = (/** @type {boolean} */ done) => listener({ error, update, goal, done });
  const attach = async (/** @type {Map<string, Uint8Array>} */ files) => {
    for (const [name, bytes] of files) await send('attach', name, bytes);
  };
  given = false;
  tell(false);
  try {
    await attach(memory.read);
    if (!memory.runs.length || !(await beginning(send, memory.runs, memory.line))) return;
    await attach(memory.files);
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
    for (const { updates, call, args } of memory.log) {
      await to(updates);
      if (given) break;
      await send(call, ...args);
    }
    if (!given) await to(memory.updates);
  } catch {
    // The replay met the panic too: the settings are kept, and the runs stand at their start.
    await attach(memory.read).catch(() => {});
    await beginning(send, memory.latest, memory.line).catch(() => {});
    await attach(memory.files).catch(() => {});
    Object.assign(memory, { runs: [...memory.latest], log: [] });
  } finally {
    memory.updates = await send('updates').catch(() => []);
    update = furthest(memory.updates);
    tell(true);
  }
}

/** @param {string} name @param {...any} args @returns {Promise<any>} */
function send(name, ...args) {
  const id = next++;
  return new Promise((resolve, reject) => {
    pending.set(id, { name, resolve, reject });
    worker.postMessage({ id, call: name, args });
  });
}

/** @param {string} name @param {...any} args @returns {Promise<any>} */
async function call(name, ...args) {
  while (recovering) await recovering;
  return send(name, ...args);
}

/** Keeps what runs were told on their way, to tell it again. @param {string} name @param {...any} args */
async function logged(name, ...args) {
  const reply = await call(name, ...args);
  if (reply.taken) memory.log.push({ updates: reply.updates, call: name, args });
  return reply;
}

/** From here on runs begin as they do now. @param {Beginning[]} runs */
const anew = (runs) =>
  Object.assign(memory, { read: new Map(memory.files), runs: [...runs], latest: runs, log: [], updates: runs.map(() => 0) });

export const engine = {
  /** Starts the worker; `onRecovery` hears of a panic, of the replay's progress and of its end, `onProgress` how much of a call is done that reads a large file. @param {(recovery: Recovery) => void} onRecovery @param {(call: string, share: number) => void} onProgress */
  start(onRecovery, onProgress) {
    listener = onRecovery;
    hearProgress = onProgress;
    launch();
  },
  /** Ends a replay where it is. */
  giveUp: () => void (given = true),
  /** Ends whatever the worker does; the experiment comes back as it was before the newest file came. */
  cancel() {
    memory.files = before;
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
  /** How long a layer takes. @param {number} run @param {number} layer @returns {Promise<{forward: number, backward: number, rows: number} | null>} */
  profile: (run, layer) => call('profile', run, layer),
  /** Keeps a file; says in which encoding it is, where it is one of text. @param {string} name @param {Uint8Array} bytes @returns {Promise<'utf-8' | 'gb18030' | null>} */
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
    if (taken) memory.latest[run] = { json };
    return issues;
  },
  /** @param {number} run */
  async remove(run) {
    const { taken } = await logged('remove', run);
    if (taken) memory.latest.splice(run, 1);
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
    return reply;
  },
  /** @param {object} request */
  frame: (request) => call('frame', request),
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
    Object.assign(memory, { runs: [...memory.latest], log: [], updates: memory.latest.map(() => 0) });
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
