/**
 * How a worker comes to be. The engine is fetched and compiled once, here in the page, and handed to every worker; one spare worker waits with its script
 * loaded. So a restart needs no network. What cannot be had is tried a few times, ever later, and then said: nothing is asked for without end.
 */
import { makeWorker } from '#worker';
import wasm from './pkg/descent_bg.wasm?url';

/** Why there is no engine: 'simd', the browser lacks it; 'other', something else came in its place (`detail` says what); 'network', nothing came. @typedef {'simd' | 'other' | 'network'} Reason */

export class Unreachable extends Error {
  /** @param {Reason} reason @param {string} [detail] */
  constructor(reason, detail = '') {
    super(`the engine could not be had: ${detail || reason}`);
    this.reason = reason;
    this.detail = detail;
  }
}

/** The smallest module with an instruction of SIMD: `i32.const 0, i8x16.splat, drop`. */
const SIMD = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11);
/** What every module begins with. */
const MAGIC = [0, 97, 115, 109];

/** Times that a script or the engine is asked for before it is said that it cannot be had, and milliseconds before the second time; then twice as many. */
const TIMES = 3;
const PAUSE = 400;

const wait = (/** @type {number} */ milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** @returns {Promise<WebAssembly.Module>} */
async function compile() {
  if (!WebAssembly.validate(SIMD)) throw new Unreachable('simd');
  const reply = await fetch(wasm).catch((error) => {
    throw new Unreachable('network', String(error.message ?? error));
  });
  const type = reply.headers.get('content-type') ?? '';
  if (!reply.ok) throw new Unreachable(reply.status >= 500 ? 'network' : 'other', `${reply.status} ${reply.statusText}`.trim());
  if (type.startsWith('application/wasm')) {
    const kept = reply.clone();
    // A body that breaks off is no module either: what came of it decides.
    return WebAssembly.compileStreaming(reply).catch(() => looked(kept, type));
  }
  return looked(reply, type);
}

/** Compiles what came under another name, where it is a module at all. @param {Response} reply @param {string} type */
async function looked(reply, type) {
  const bytes = new Uint8Array(
    await reply.arrayBuffer().catch((error) => {
      throw new Unreachable('network', String(error.message ?? error));
    }),
  );
  if (MAGIC.some((byte, at) => bytes[at] !== byte)) throw new Unreachable('other', type.split(';')[0] || 'no type');
  return WebAssembly.compile(bytes).catch((error) => {
    throw new Unreachable('other', String(error.message ?? error));
  });
}

/** @type {Promise<WebAssembly.Module> | null} */
let compiled = null;

/** The engine; a failure is not kept. */
function engine() {
  compiled ??= (async () => {
    for (let time = 1; ; time++) {
      try {
        return await compile();
      } catch (error) {
        if (!(error instanceof Unreachable) || error.reason !== 'network' || time === TIMES) throw error;
        await wait(PAUSE * 2 ** (time - 1));
      }
    }
  })();
  compiled.catch(() => (compiled = null));
  return compiled;
}

/** Data sets that came with Descent and were fetched, by their names: a fresh worker needs no network for them either. @type {Map<string, Uint8Array>} */
const sets = new Map();

/** A worker whose script has run; false where it cannot be had. @param {Worker} worker @returns {Promise<boolean>} */
const hello = (worker) =>
  new Promise((resolve) => {
    worker.onmessage = () => resolve(true);
    worker.onerror = (event) => {
      event.preventDefault();
      resolve(false);
    };
  });

/** @type {{worker: Worker, there: Promise<boolean>} | null} */
let spare = null;

/** Keeps a worker ready. One that cannot be had is not asked for again before it is needed. */
export function keepSpare() {
  if (spare) return;
  const worker = makeWorker();
  const mine = { worker, there: hello(worker) };
  spare = mine;
  mine.there.then((there) => {
    if (there) return;
    worker.terminate();
    if (spare === mine) spare = null;
  });
}

/** @typedef {{post: (message: any) => void, end: () => void}} Hand */

/**
 * A worker with its engine. What is posted before it is there waits for it.
 * @param {(data: any) => void} hear @param {(error: Error) => void} lost hears once that it is no more: `Unreachable` where it never was @returns {Hand}
 */
export function hire(hear, lost) {
  /** @type {Worker | null} */
  let worker = null;
  /** @type {any[] | null} */
  let waiting = [];
  let over = false;
  const end = () => {
    over = true;
    worker?.terminate();
    worker = null;
  };
  const lose = (/** @type {Error} */ error) => {
    if (over) return;
    end();
    lost(error);
  };

  async function arrive() {
    const module = engine();
    // It is awaited below; until then its failure is nobody's.
    module.catch(() => {});
    for (let time = 1; ; time++) {
      const taken = spare ?? { worker: makeWorker(), there: null };
      spare = null;
      worker = taken.worker;
      if (await (taken.there ?? hello(worker))) break;
      taken.worker.terminate();
      if (over) return;
      // What keeps the script away may keep the engine away as well, and that says more.
      if (time === TIMES) {
        await module;
        throw new Unreachable('network', 'worker');
      }
      await wait(PAUSE * 2 ** (time - 1));
      if (over) return;
    }
    const found = await module;
    if (over || !worker) return;
    worker.onmessage = ({ data }) => {
      if ('kept' in data) sets.set(data.kept, data.bytes);
      else hear(data);
    };
    worker.onerror = (event) => lose(new Error(event.message || 'the worker stopped'));
    worker.postMessage({ module: found, sets });
    for (const message of waiting ?? []) worker.postMessage(message);
    waiting = null;
  }
  arrive().catch(lose);
  return {
    post: (message) => {
      if (waiting) waiting.push(message);
      else worker?.postMessage(message);
    },
    end,
  };
}
