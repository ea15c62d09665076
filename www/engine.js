/**
 * Request and reply with the worker. A panic poisons the worker's instance: it is replaced, the user's files and experiment are put back
 * and the run is replayed to the same update. Every promise settles.
 */
import { makeWorker } from '#worker';

/** @typedef {{path: string, message: string}} Issue */

/** @type {Worker} */
let worker;
let next = 1;
/** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */
const pending = new Map();
/** What a fresh worker needs to know. @type {{files: Map<string, Uint8Array>, opened: string | null, update: number}} */
const memory = { files: new Map(), opened: null, update: 0 };
/** Called with the readable error after the worker was replaced. @type {(message: string) => void} */
let onPanic = () => {};

function launch() {
  worker = makeWorker();
  worker.onmessage = ({ data }) => {
    const waiting = pending.get(data.id);
    pending.delete(data.id);
    if ('error' in data) {
      waiting?.reject(new Error(data.error));
      if (data.fatal) recover(data.error);
    } else waiting?.resolve(data.value);
  };
  worker.onerror = (event) => recover(event.message || 'the worker stopped');
}

/** @param {string} message */
async function recover(message) {
  worker.terminate();
  for (const waiting of pending.values()) waiting.reject(new Error(message));
  pending.clear();
  launch();
  for (const [name, bytes] of memory.files) await call('attach', name, bytes);
  if (memory.opened) {
    const issues = await call('open', memory.opened).catch(() => [{}]);
    if (!issues.length) await call('replay', memory.update).catch(() => {});
  }
  onPanic(message);
}

/** @param {string} name @param {...any} args @returns {Promise<any>} */
function call(name, ...args) {
  const id = next++;
  return new Promise((resolve, reject) => {
    pending.set(id, { resolve, reject });
    worker.postMessage({ id, call: name, args });
  });
}

export const engine = {
  /** @param {(message: string) => void} listener */
  start(listener) {
    onPanic = listener;
    launch();
  },
  /** @returns {Promise<any>} */
  schema: async () => JSON.parse(await call('schema')),
  /** @param {string} json @returns {Promise<Issue[]>} */
  check: (json) => call('check', json),
  /** @param {string} name @param {Uint8Array} bytes */
  attach(name, bytes) {
    memory.files.set(name, bytes);
    return call('attach', name, bytes);
  },
  /** @param {string} json @returns {Promise<Issue[]>} */
  async open(json) {
    const issues = await call('open', json);
    if (!issues.length) Object.assign(memory, { opened: json, update: 0 });
    return issues;
  },
  /** @param {string} json @returns {Promise<boolean>} */
  async live(json) {
    const taken = await call('live', 0, json);
    if (taken) memory.opened = json;
    return taken;
  },
  /** @param {number} budget @param {number} most @param {object} request */
  async pull(budget, most, request) {
    const reply = await call('pull', budget, most, request);
    memory.update = reply.frame.runs[0]?.update ?? 0;
    return reply;
  },
  /** @param {object} request */
  frame: (request) => call('frame', request),
  points: () => call('points', 0),
  stepEpoch: () => call('step_epoch'),
  rewind: () => call('rewind'),
  restoreBest: () => call('restore_best', 0),
  tensors: () => call('tensors', 0),
};
