/**
 * Request and reply with the worker. A panic poisons the worker's instance: it is replaced, the user's files and experiment are put back
 * and the run is replayed to the same update, through every live change it had. Every promise settles.
 */
import { makeWorker } from '#worker';

/** @typedef {import('./i18n/index.js').Message} Message */
/** @typedef {{path: string, message: Message}} Issue */
/** @typedef {{error: string, update: number, goal: number, done: boolean}} Recovery what is known of a replay: where it is and where it goes */

/** @type {Worker} */
let worker;
let next = 1;
/** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */
const pending = new Map();
/**
 * What a fresh worker needs to come to the same weights: the files, the document that was opened and what changed at which update.
 * `read` are the files as they were when it was opened.
 * @type {{files: Map<string, Uint8Array>, read: Map<string, Uint8Array>, opened: string, latest: string, log: {update: number, call: string, args: any[]}[], update: number}}
 */
const memory = { files: new Map(), read: new Map(), opened: '', latest: '', log: [], update: 0 };
/** Calls wait for it while a replay is under way. @type {Promise<void> | null} */
let recovering = null;
let given = false;
/** @type {(recovery: Recovery) => void} */
let listener = () => {};

const SLICE = 50;

function launch() {
  worker = makeWorker();
  worker.onmessage = ({ data }) => {
    const waiting = pending.get(data.id);
    pending.delete(data.id);
    if ('error' in data) {
      waiting?.reject(new Error(data.error));
      if (data.fatal) fail(data.error);
    } else waiting?.resolve(data.value);
  };
  worker.onerror = (event) => fail(event.message || 'the worker stopped');
}

/** The worker is lost: everything waiting is told, and a fresh one takes its place. @param {string} error */
function fail(error) {
  worker.terminate();
  const waiting = [...pending.values()];
  pending.clear();
  launch();
  for (const { reject } of waiting) reject(new Error(error));
  recovering ??= recover(error).finally(() => (recovering = null));
}

/** @param {string} error */
async function recover(error) {
  const goal = memory.update;
  let update = 0;
  const tell = (/** @type {boolean} */ done) => listener({ error, update, goal, done });
  const attach = async (/** @type {Map<string, Uint8Array>} */ files) => {
    for (const [name, bytes] of files) await send('attach', name, bytes);
  };
  given = false;
  tell(false);
  try {
    await attach(memory.read);
    if (!memory.opened || (await send('open', memory.opened)).length) return;
    await attach(memory.files);
    const to = async (/** @type {number} */ until) => {
      while (update < until && !given) {
        const reply = await send('pull', SLICE, until - update, null, false);
        if (!reply.done) return;
        update += reply.done;
        tell(false);
      }
    };
    for (const { update: at, call, args } of memory.log) {
      await to(at);
      if (given) break;
      await send(call, ...args);
    }
    await to(goal);
  } catch {
    // The replay met the panic too: the settings are kept, and the run stands at its start.
    update = 0;
    await attach(memory.read).catch(() => {});
    await send('open', memory.latest).catch(() => {});
    await attach(memory.files).catch(() => {});
    Object.assign(memory, { opened: memory.latest, log: [] });
  } finally {
    memory.update = update;
    tell(true);
  }
}

/** @param {string} name @param {...any} args @returns {Promise<any>} */
function send(name, ...args) {
  const id = next++;
  return new Promise((resolve, reject) => {
    pending.set(id, { resolve, reject });
    worker.postMessage({ id, call: name, args });
  });
}

/** @param {string} name @param {...any} args @returns {Promise<any>} */
async function call(name, ...args) {
  while (recovering) await recovering;
  return send(name, ...args);
}

/** Keeps what a run was told on its way, to tell it again. @param {string} name @param {...any} args */
async function logged(name, ...args) {
  const reply = await call(name, ...args);
  if (reply.taken) memory.log.push({ update: reply.update, call: name, args });
  return reply;
}

export const engine = {
  /** Starts the worker; `onRecovery` hears of a panic, of the replay's progress and of its end. @param {(recovery: Recovery) => void} onRecovery */
  start(onRecovery) {
    listener = onRecovery;
    launch();
  },
  /** Ends a replay where it is. */
  giveUp: () => void (given = true),
  /** @returns {Promise<any>} */
  schema: async () => JSON.parse(await call('schema')),
  /** @param {string} json @returns {Promise<Issue[]>} */
  check: (json) => call('check', json),
  /** What a document's layers come to; null where that is not known. @param {string} json */
  plan: (json) => call('plan', json),
  /** What a document's augmentations make of about `most` training rows; null where there are none, and for those with problems. `draw` tells one draw from the next. @param {string} json @param {number} most @param {number} draw */
  augmented: (json, most, draw) => call('augmented', json, most, draw),
  /** How long a layer takes. @param {number} layer @returns {Promise<{forward: number, backward: number, rows: number} | null>} */
  profile: (layer) => call('profile', 0, layer),
  /** Keeps a file; says in which encoding it is, where it is one of text. @param {string} name @param {Uint8Array} bytes @returns {Promise<'utf-8' | 'gb18030' | null>} */
  attach(name, bytes) {
    memory.files.set(name, bytes);
    return call('attach', name, bytes);
  },
  /** @param {string} json @returns {Promise<Issue[]>} */
  async open(json) {
    const issues = await call('open', json);
    if (!issues.length) Object.assign(memory, { read: new Map(memory.files), opened: json, latest: json, log: [], update: 0 });
    return issues;
  },
  /** Takes over what can change while training; false where a restart is needed. @param {string} json @returns {Promise<boolean>} */
  async live(json) {
    const { taken } = await logged('live', 0, json);
    if (taken) memory.latest = json;
    return taken;
  },
  /** Trains for `budget` milliseconds, `most` updates or to the end of the epoch, then draws. @param {number} budget @param {number} most @param {object} request @param {boolean} epoch @returns {Promise<{done: number, there: boolean, frame: any}>} */
  async pull(budget, most, request, epoch) {
    const reply = await call('pull', budget, most, request, epoch);
    memory.update = reply.frame.runs[0]?.update ?? 0;
    return reply;
  },
  /** @param {object} request */
  frame: (request) => call('frame', request),
  /** What there is to see of a document's data; `{issues}` where its rows cannot be had. @param {string} json @returns {Promise<any>} */
  overview: (json) => call('overview', json),
  /** Whether what is held out is like what trains. @returns {Promise<any[]>} */
  alike: () => call('alike', 0),
  /** Measures the test part as the model stands; it is recorded in the run that it was looked at. @returns {Promise<{taken: boolean}>} */
  reveal: () => logged('reveal', 0),
  /** @param {number} most @param {any} axes the plane of a map of more than two columns, null for the most telling one */
  points: (most, axes) => call('points', 0, most, axes),
  /** Back to update 0, with the live settings as they are now. */
  async rewind() {
    await call('rewind');
    Object.assign(memory, { opened: memory.latest, log: [], update: 0 });
  },
  restoreBest: () => logged('restore_best', 0),
  /** Sets one learned number by hand. @param {string} tensor @param {number} index @param {number} value @returns {Promise<{taken: boolean, problem: Message | null}>} */
  set: (tensor, index, value) => logged('set', 0, tensor, index, value),
  tensors: () => call('tensors', 0),
  /** The learning rate that a document plans, to `present` at least; null for one with problems and for learners without a rate. @param {string} json @param {number} present @param {number} columns @returns {Promise<{updates: Float64Array, rates: Float64Array, listens: boolean} | null>} */
  rates: (json, present, columns) => call('rates', json, present, columns),
};
