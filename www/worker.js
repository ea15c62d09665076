/**
 * Owns the engine, which the page compiled: the first message brings it, as `{module, sets}`. Requests are `{id, call, args}`; replies `{id, value}` or
 * `{id, error}`; `{kept, bytes}` is a data set that was fetched, for the page to keep. The only file that runs the engine.
 */
import { Session, initSync, panic as panicNow, schema, start, landscape_schema, surface_race, surface_schema } from './pkg/descent.js';

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
const READING = ['open', 'open_without', 'add', 'replace', 'check', 'plan', 'augmented', 'test_rates'];

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

/** A file of text as UTF-8: what is not that is GB18030, as in `src/data/encoding.rs`; null for bytes that are neither. @param {Uint8Array} bytes */
function readAs(bytes) {
  if (decode('utf-8', bytes, (_, done) => tell(done))) return { encoding: 'utf-8', text: bytes };
  const encoder = new TextEncoder();
  /** @type {Uint8Array[]} */
  const pieces = [];
  const take = (/** @type {string} */ text, /** @type {number} */ done) => {
    pieces.push(encoder.encode(text));
    tell(done);
  };
  if (!decode('gb18030', bytes, take)) return null;
  const text = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    text.set(piece, at);
    at += piece.length;
  }
  return { encoding: 'gb18030', text };
}

/** Updates of all runs together. @param {Session} session */
const total = (session) => session.updates().reduce((sum, updates) => sum + updates, 0);

/** A call that changes what runs do: whether it was taken, and the update of each run before it, at which it is to be told again after a panic. @param {(session: Session, ...args: any[]) => any} call */
const told =
  (call) =>
  (/** @type {Session} */ session, /** @type {any[]} */ ...args) => {
    const updates = Array.from(session.updates());
    const reply = call(session, ...args);
    return { ...(typeof reply === 'boolean' ? { taken: reply } : reply), updates };
  };

/** @param {any[]} issues */
const without = (issues) => ({ taken: !issues.length, issues });

/** @param {number | undefined} update */
const where = (update) => ({ taken: update !== undefined, update });

const own = {
  /** Keeps a file; says in which encoding it was, where it is one of text. @param {Session} session @param {string} name @param {Uint8Array} bytes */
  attach: (session, name, bytes) => {
    const read = /\.safetensors$/i.test(name) ? null : readAs(bytes);
    session.attach(name, read?.text ?? bytes);
    return read?.encoding ?? null;
  },
  schema: () => schema(),
  landscape_schema: () => landscape_schema(),
  surface_schema: () => surface_schema(),
  /** @param {Session} _ @param {string} json @param {number} side */
  surface_race: (_, json, side) => surface_race(json, side),
  /** @param {Session} _ @param {string} message */
  panic: (_, message) => panicNow(message),
  /** Trains and draws in one trip; without a request it only trains. `run` is the one whose epoch is to end. @param {Session} session @param {number} run @param {number} budget @param {number} most @param {object | null} request @param {boolean} epoch */
  pull: (session, run, budget, most, request, epoch) => {
    const before = total(session);
    const there = epoch ? session.step_epoch(run, budget) : session.advance(budget, most) === 0;
    return { done: total(session) - before, there, frame: request && session.frame(request) };
  },
  updates: (/** @type {Session} */ session) => Array.from(session.updates()),
  live: told((session, run, json) => session.live(run, json)),
  set: told((session, run, tensor, index, value) => {
    const problem = session.set(run, tensor, index, value);
    return { taken: !problem, problem };
  }),
  reveal: told((session, run) => Boolean(session.reveal(run))),
  restore_best: told((session, run) => session.restore_best(run)),
  add: told((session, json, update, before) => without(session.add(json, update, before))),
  replace: told((session, run, json) => without(session.replace(run, json))),
  remove: told((session, run) => session.remove(run)),
  fork: told((session, run, update) => where(session.fork(run, update))),
  go_back: told((session, run, update) => where(session.go_back(run, update))),
  finish: told((session, json) => without(session.finish(json))),
};

/** @param {{id: number, call: string, args: any[]}} request */
async function answer({ id, call, args }) {
  Object.assign(at, { id, share: 0 });
  try {
    if (!session) throw new Error('the engine has not come');
    if (READING.includes(call)) await provide(session, /** @type {string} */ (args.find((given) => typeof given === 'string')));
    const value = call in own ? /** @type {any} */ (own)[call](session, ...args) : /** @type {any} */ (session)[call](...args);
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
