/**
 * Owns the engine, which the page compiled: the first message brings it, as `{module, sets}`. Requests are `{id, call, args}`; replies `{id, value}` or
 * `{id, error}`; `{kept, bytes}` is a data set that was fetched, for the page to keep. The only file that runs the engine.
 */
import { Session, initSync, panic as panicNow, schema, start, jobs_schema, surface_race, surface_schema } from './pkg/descent.js';
import encodings from './pkg/encodings.wasm?url';

/** Data sets that come with Descent, by their files: fetched when an experiment needs one. @type {Record<string, string>} */
const bundled = import.meta.glob('../src/data/bundled/*.{bin,csv,txt,safetensors}', { query: '?url', import: 'default', eager: true });

/** @type {Session | undefined} */
let session;
/** What the panic hook printed last: the readable part of a trap. */
let panic = '';
const print = console.error;
console.error = (...parts) => {
  panic = String(parts[0]).split('\n\nStack')[0];
  print(...parts);
};

/**
 * Milliseconds between two looks at the clock that count at most: hardly an update takes so long, and a machine that slept, or a tab
 * that was frozen, did not train meanwhile.
 */
const LONGEST = 30_000;
const clock = performance.now.bind(performance);
let [looked, slept] = [clock(), 0];
/** A clock that stands still while the machine sleeps: the engine counts the seconds of training by it. */
performance.now = () => {
  const now = clock();
  slept += Math.max(0, now - looked - LONGEST);
  looked = now;
  return now - slept;
};

/** @param {{module: WebAssembly.Module, sets: Map<string, Uint8Array>}} given */
function begin({ module, sets }) {
  try {
    initSync({ module });
    start();
    session = new Session();
    session.listen(tell);
    for (const [name, bytes] of sets) session.bundle(name, bytes);
  } catch (error) {
    // Outside of the promises, where the page hears of it.
    setTimeout(() => {
      throw error;
    });
  }
}

/** The request that is being answered, and how much of it was done when that was last told. */
const at = { id: 0, share: 0 };

/** A large file takes a while: says how much of the request is done, by the hundredth. @param {number} share */
function tell(share) {
  if (share < at.share + 0.01 && share < 1) return;
  at.share = share;
  postMessage({ id: at.id, progress: share });
}

/** Buffers inside a reply, which can be handed over instead of copied. @param {any} value @param {Set<ArrayBuffer>} found */
function buffers(value, found) {
  if (ArrayBuffer.isView(value)) found.add(/** @type {ArrayBuffer} */ (value.buffer));
  else if (Array.isArray(value)) for (const item of value) typeof item === 'object' && buffers(item, found);
  else if (value && typeof value === 'object') for (const item of Object.values(value)) buffers(item, found);
  return found;
}

/** Gives the engine the data set and the weights that an experiment needs. Where one cannot be fetched, the engine says so. @param {Session} session @param {string} json */
async function provide(session, json) {
  for (let name = session.missing(json), last; name && name !== last; last = name, name = session.missing(json)) {
    const file = Object.entries(bundled).find(([path]) => path.startsWith(`../src/data/bundled/${name}.`))?.[1];
    if (!file) return;
    try {
      const reply = await fetch(file);
      // Where a network asks to sign in first, its page comes in the place of anything.
      if (!reply.ok || reply.headers.get('content-type')?.startsWith('text/html')) continue;
      const bytes = new Uint8Array(await reply.arrayBuffer());
      session.bundle(name, bytes);
      postMessage({ kept: name, bytes }, { transfer: [bytes.buffer] });
    } catch {
      // Offline, before it was ever fetched.
    }
  }
}

/** Calls that take an experiment which may need a data set first. */
const READING = ['open', 'open_without', 'add', 'replace', 'check', 'plan', 'augmented', 'overview'];

/** The experiments that a call of a job's reads. @type {Record<string, (...args: any[]) => any[]>} */
const READ_BY = {
  plan_job: (json) => experimentsOf(JSON.parse(json)),
  begin_task: (_key, _job, piece) => experimentsOf(JSON.parse(piece)),
};

/** @param {any} document */
const experimentsOf = ({ experiment, against }) => [experiment ?? {}, ...(against ?? [])];

/** Bytes that are decoded at a time: a large file needs no second copy of itself. */
const CHUNK = 1 << 20;

/** @param {string} encoding @param {Uint8Array} bytes @param {(text: string, done: number) => void} each hears the text, a piece at a time, and how much of it there was @returns {boolean} whether the bytes are in that encoding */
function decode(encoding, bytes, each) {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += CHUNK)
      each(decoder.decode(bytes.subarray(at, at + CHUNK), { stream: true }), at / bytes.length);
    each(decoder.decode(), 1);
    return true;
  } catch {
    return false;
  }
}

/** @type {Promise<any> | undefined} */
let detector;

/** In which encoding a file is that is not UTF-8: the rule of the native engine, fetched when the first such file comes. @param {Uint8Array} bytes @returns {Promise<string>} */
async function detect(bytes) {
  detector ??= fetch(encodings)
    .then((reply) => reply.arrayBuffer())
    .then((module) => WebAssembly.instantiate(module))
    .then(({ instance }) => instance.exports);
  try {
    const { memory, room, which } = await detector;
    const start = room(bytes.length);
    new Uint8Array(memory.buffer, start, bytes.length).set(bytes);
    const name = which(start, bytes.length);
    return new TextDecoder().decode(new Uint8Array(memory.buffer, Number(name >> 32n), Number(name & 0xffffffffn)));
  } catch {
    // Offline, before it was ever fetched; or there is no room. The next file may have more luck.
    detector = undefined;
    return 'windows-1252';
  }
}

/** The line on which bytes are not in an encoding, from 1. @param {string} encoding @param {Uint8Array} bytes */
function brokenLine(encoding, bytes) {
  const text = new TextDecoder(encoding).decode(bytes);
  return text.slice(0, text.indexOf('\ufffd')).split(/\r\n|[\n\r]/).length;
}

/** A file of text as UTF-8, and what it was. `broken` is the line on which it was not that, 0 for none. @param {Uint8Array} bytes @param {string} said the encoding that the document names, or `auto` */
async function readAs(bytes, said) {
  const wide = bytes[0] === 0xff || bytes[0] === 0xfe || bytes.indexOf(0) >= 0;
  if ((said === 'auto' || said === 'utf-8') && !wide && decode('utf-8', bytes, (_, done) => tell(done)))
    return { encoding: 'utf-8', text: bytes, broken: 0 };
  const encoding = said === 'auto' ? await detect(bytes) : said;
  // What is nearly UTF-8 is left to the engine, which says where it is not.
  if (encoding === 'utf-8') return { encoding, text: bytes, broken: 0 };
  const encoder = new TextEncoder();
  /** @type {Uint8Array[]} */
  const pieces = [];
  const take = (/** @type {string} */ text, /** @type {number} */ done) => {
    pieces.push(encoder.encode(text));
    tell(done);
  };
  if (!decode(encoding, bytes, take)) return { encoding, text: bytes, broken: brokenLine(encoding, bytes) };
  const text = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    text.set(piece, at);
    at += piece.length;
  }
  return { encoding, text, broken: 0 };
}

/** Whether a file is weights, whatever it is called: eight bytes say how long the JSON is that follows. @param {string} name @param {Uint8Array} bytes */
function isWeights(name, bytes) {
  if (/\.safetensors$/i.test(name)) return true;
  if (bytes.length < 10 || bytes[8] !== '{'.charCodeAt(0)) return false;
  return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true) <= BigInt(bytes.length - 8);
}

/** Files of text as they came, where reading them another way would make a difference: those that are not ASCII throughout. @type {Map<string, {bytes: Uint8Array, said: string}>} */
const originals = new Map();

/** Gives the engine a file of text in the encoding that is said. @param {Session} session @param {string} name @param {Uint8Array} bytes @param {string} said */
async function give(session, name, bytes, said) {
  const { encoding, text, broken } = await readAs(bytes, said);
  session.attach_decoded(name, text, encoding, broken);
  if (bytes.some((byte) => byte > 127 || byte === 0)) originals.set(name, { bytes, said });
  else originals.delete(name);
  return encoding;
}

/** What is no encoding at all is refused by the engine. @param {any} said */
function isKnown(said) {
  try {
    return said === 'auto' || Boolean(new TextDecoder(said));
  } catch {
    return false;
  }
}

/** Reads a document's file again where it says another encoding than the one in which it was read. @param {Session} session @param {string} json */
async function recode(session, json) {
  if (!originals.size) return;
  let data;
  try {
    ({ data } = JSON.parse(json));
  } catch {
    // The engine says what is wrong with it.
    return;
  }
  for (const named of [data?.csv, data?.text?.passage?.file]) {
    const original = originals.get(named?.path);
    const said = named?.encoding ?? 'auto';
    if (original && original.said !== said && isKnown(said)) await give(session, named.path, original.bytes, said);
  }
}

/** Updates of all runs together. @param {Session} session */
const total = (session) => session.updates().reduce((sum, updates) => sum + updates, 0);

/** What a call that changes what runs do is answered with: whether it was taken, and the update of each run before it, at which it is to be told again after a panic, and after it. @typedef {{taken: boolean, updates: number[], now: number[]}} Taken */

/** A call that changes what runs do. @template {any[]} A @template {boolean | {taken: boolean}} R @param {(session: Session, ...args: A) => R} call */
const told =
  (call) =>
  /** @param {Session} session @param {A} args @returns {Taken & (R extends boolean ? {} : R)} */
  (session, ...args) => {
    const updates = Array.from(session.updates());
    const reply = call(session, ...args);
    const known = typeof reply === 'boolean' ? { taken: reply } : reply;
    return /** @type {Taken & (R extends boolean ? {} : R)} */ ({
      .../** @type {{taken: boolean}} */ (known),
      updates,
      now: Array.from(session.updates()),
    });
  };

/**
 * What a trip brings: updates that all runs together did, whether the epoch came to its end, and the picture. With goals also whether all runs are there, and where they are.
 * @typedef {{done: number, there: boolean, frame: import('./boundary').Frame | null, reached?: boolean, updates?: number[]}} Pulled
 */

/** Updates between two looks at the clock, where runs go to a certain update. */
const STRIDE = 16;

/** Runs that are not yet where they are to go. @param {Session} session @param {number[]} goals */
const short = (session, goals) =>
  Array.from(session.updates())
    .map((update, run) => ({ run, update, goal: goals[run] ?? update }))
    .filter(({ update, goal }) => update < goal);

/**
 * Trains as `advance` does, each run as far as its goal and no further; true where all are there, or have stopped before.
 * @param {Session} session @param {number[]} goals @param {number} budget in milliseconds @param {number} most
 */
function toward(session, goals, budget, most) {
  const start = performance.now();
  const stopped = new Set();
  for (let done = 0; ; ) {
    const going = short(session, goals).filter(({ run }) => !stopped.has(run));
    if (!going.length) return true;
    const [first, last] = [Math.min(...going.map(({ update }) => update)), Math.max(...going.map(({ update }) => update))];
    const next = first === last ? first + Math.min(STRIDE, most - done) : last;
    for (const { run, update, goal } of going) {
      const until = Math.min(goal, next, update + STRIDE);
      // Without a budget it is there, or has stopped.
      session.reach(run, until, Infinity);
      if (until > update && session.updates()[run] < until) stopped.add(run);
    }
    done += first === last ? next - first : 0;
    if (done >= most || performance.now() - start >= budget) return !short(session, goals).some(({ run }) => !stopped.has(run));
  }
}

/** The same to the end of a run's epoch, which only runs that go level come to; others go on to their goals. @param {Session} session @param {number} run @param {number[]} goals @param {number} budget @param {number[]} since how much of each history is known */
function epochToward(session, run, goals, budget, since) {
  const start = performance.now();
  for (;;) {
    const updates = Array.from(session.updates());
    const { runs } = session.frame({ run: updates.length, since });
    const going = runs.map(({ state }) => state !== 'stopped');
    const level = new Set(updates.filter((_, at) => going[at])).size === 1;
    if (!level || updates.some((update, at) => going[at] && update >= (goals[at] ?? 0)))
      return { reached: toward(session, goals, budget, Infinity), there: false };
    if (session.step_epoch(run, 0)) return { reached: !short(session, goals).length, there: true };
    if (performance.now() - start >= budget) return { reached: !short(session, goals).length, there: false };
  }
}

/** @param {import('./boundary').Issue[]} issues */
const without = (issues) => ({ taken: !issues.length, issues });

/** @param {number | undefined} update */
const where = (update) => ({ taken: update !== undefined, update });

const own = {
  /** Keeps a file; says in which encoding it was, where it is one of text. @param {Session} session @param {string} name @param {Uint8Array} bytes */
  attach: async (session, name, bytes) => {
    if (!isWeights(name, bytes)) return await give(session, name, bytes, 'auto');
    session.attach(name, bytes);
    return null;
  },
  schema: () => schema(),
  jobs_schema: () => jobs_schema(),
  surface_schema: () => surface_schema(),
  /** @param {Session} _ @param {string} json @param {number} side */
  surface_race: (_, json, side) => surface_race(json, side),
  /** @param {Session} _ @param {string} message */
  panic: (_, message) => panicNow(message),
  /** Trains and draws in one trip; without a request it only trains. `run` is the one whose epoch is to end. With `goals` no run goes further than its own, and where all are there nothing is drawn. @param {Session} session @param {number} run @param {number} budget @param {number} most @param {import('./boundary').FrameRequest | null} request @param {boolean} epoch @param {number[] | null} [goals] @returns {Pulled} */
  pull: (session, run, budget, most, request, epoch, goals = null) => {
    const before = total(session);
    if (goals) {
      const { reached, there } = epoch
        ? epochToward(session, run, goals, budget, request?.since ?? [])
        : { reached: toward(session, goals, budget, most), there: false };
      const frame = reached || !request ? null : session.frame(request);
      return { done: total(session) - before, there, reached, frame, updates: Array.from(session.updates()) };
    }
    const there = epoch ? session.step_epoch(run, budget) : session.advance(budget, most) === 0;
    return { done: total(session) - before, there, frame: request && session.frame(request) };
  },
  updates: (/** @type {Session} */ session) => Array.from(session.updates()),
  live: told((session, /** @type {number} */ run, /** @type {string} */ json) => session.live(run, json)),
  set: told(
    (session, /** @type {number} */ run, /** @type {string} */ tensor, /** @type {number} */ index, /** @type {number} */ value) => {
      // What is set is the present, whatever is being looked at: a replay looks at nothing.
      session.look_back(run, undefined);
      const problem = session.set(run, tensor, index, value);
      return { taken: !problem, problem };
    },
  ),
  reveal: told((session, /** @type {number} */ run) => Boolean(session.reveal(run))),
  restore_best: told((session, /** @type {number} */ run) => session.restore_best(run)),
  add: told((session, /** @type {string} */ json, /** @type {number | undefined} */ update, /** @type {string | undefined} */ before) =>
    without(session.add(json, update, before)),
  ),
  replace: told((session, /** @type {number} */ run, /** @type {string} */ json) => without(session.replace(run, json))),
  remove: told((session, /** @type {number} */ run) => session.remove(run)),
  fork: told((session, /** @type {number} */ run, /** @type {number} */ update) => where(session.fork(run, update))),
  go_back: told((session, /** @type {number} */ run, /** @type {number} */ update) => where(session.go_back(run, update))),
  finish: told((session, /** @type {string} */ json) => without(session.finish(json))),
};

/**
 * Everything that can be asked of the worker, by name: the calls of the session as the engine declares them, with those in their place that are the worker's own.
 * @typedef {Omit<Session, keyof Own | 'free' | symbol | number> & Own} Calls
 * @typedef {{[Name in keyof typeof own]: (typeof own)[Name] extends (session: Session, ...args: infer Args) => infer Reply ? (...args: Args) => Awaited<Reply> : never}} Own
 */

/** @param {{id: number, call: string, args: any[]}} request */
async function answer({ id, call, args }) {
  Object.assign(at, { id, share: 0 });
  try {
    if (!session) throw new Error('the engine has not come');
    const given = READING.includes(call) ? [args.find((given) => typeof given === 'string')] : [];
    const read = READ_BY[call]?.(...args).map((experiment) => JSON.stringify(experiment)) ?? given;
    for (const json of new Set(read)) {
      await provide(session, json);
      await recode(session, json);
    }
    const value = await (call in own ? /** @type {any} */ (own)[call](session, ...args) : /** @type {any} */ (session)[call](...args));
    postMessage({ id, value }, { transfer: [...buffers(value, new Set())] });
  } catch (error) {
    postMessage({ id, error: panic || String(error), fatal: error instanceof WebAssembly.RuntimeError });
    panic = '';
  }
}

/** Requests are answered in their order, though one may wait for a file. */
let turn = Promise.resolve();
onmessage = ({ data }) => {
  turn = turn.then(() => ('module' in data ? begin(data) : answer(data)));
};
// The script is here: what follows needs no network.
postMessage({ hello: true });
