/**
 * Requests to a worker with its engine, and their answers: the one way to one, for the page's own engine and for the workers of a job. Every promise settles: a worker that is lost
 * answers nothing any more, and who has the channel says then what becomes of what waits. Knows no store.
 */
import { hire } from './launch.js';

/** @typedef {import('./worker.js').Calls} Calls */

/** What the worker says of a request: its answer, why there is none, or how much of it is done. @typedef {{id: number, value: unknown} | {id: number, error: string, fatal: boolean} | {id: number, progress: number}} Reply */

/** `since` is on the clock of `performance`. @typedef {{name: string, args: unknown[], since: number, resolve: (value: any) => void, reject: (error: Error) => void}} Request */

/**
 * What who has it does with what he hears. `lost`: the worker is no more, with the request at which it was, as far as that is known; what waits, that one too, waits until `restart` or `end`. The error is
 * `Unreachable` where there is no worker to be had. `heard`: it said something. `changed`: requests wait now where none did, or one was answered.
 * @typedef {{lost: (error: Error, at: Request | undefined) => void, heard?: () => void, changed?: () => void, progress?: (name: string, share: number) => void}} Around
 */

/** @param {Around} around */
export function makeChannel({ lost, heard = () => {}, changed = () => {}, progress = () => {} }) {
  /** @type {import('./launch.js').Hand | null} */
  let hand = null;
  let next = 1;
  /** The oldest first. @type {Map<number, Request>} */
  const pending = new Map();
  const first = () => /** @type {Request | undefined} */ (pending.values().next().value);

  function launch() {
    hand?.end();
    // A worker that dies without a word was at the oldest request.
    hand = hire(hear, (error) => lost(error, first()));
  }
  /** @param {Reply} reply */
  function hear(reply) {
    heard();
    const request = pending.get(reply.id);
    if ('progress' in reply) return progress(request?.name ?? '', reply.progress);
    if ('error' in reply && reply.fatal) return lost(new Error(reply.error), request);
    pending.delete(reply.id);
    changed();
    if ('error' in reply) request?.reject(new Error(reply.error));
    else request?.resolve(reply.value);
  }
  /** @param {Error} error */
  function dismiss(error) {
    const waiting = [...pending.values()];
    pending.clear();
    changed();
    return () => {
      for (const { reject } of waiting) reject(error);
    };
  }

  return {
    launch,
    first,
    /** Requests that wait. */
    waiting: () => pending.size,
    /** @template {keyof Calls} Name @param {Name} name @param {Parameters<Calls[Name]>} args @returns {Promise<ReturnType<Calls[Name]>>} */
    send: (name, ...args) =>
      new Promise((resolve, reject) => {
        const id = next++;
        pending.set(id, { name, args, since: performance.now(), resolve, reject });
        if (pending.size === 1) changed();
        hand?.post({ id, call: name, args });
      }),
    /** Another worker takes the place of this one; `given` is told to it before anything else. @param {Error} error what those hear that wait @param {() => void} [given] */
    restart(error, given) {
      const tell = dismiss(error);
      launch();
      given?.();
      tell();
    },
    /** The worker is needed no more, or there is none. @param {Error} error */
    end(error) {
      hand?.end();
      dismiss(error)();
    },
  };
}

/** @typedef {ReturnType<typeof makeChannel>} Channel */
