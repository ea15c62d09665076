/**
 * Several workers, each with an engine of its own, for jobs: each does one piece of a job at a time, and knows nothing of the others. Knows no store and no
 * job. Pieces are done a slice at a time, so that how far they are is seen, and they can be paused and given up between two slices. Where a worker crashes
 * another takes its place and begins the piece again, a few times at most. Every promise settles.
 */
import { makeChannel } from './channel.js';
import { Unreachable } from './launch.js';

/** @typedef {import('./i18n/index.js').Message} Message */
/** A piece of a job as the engine planned it, and the job's settings. @typedef {{job: string, piece: string}} Work */
/** @typedef {{state: 'running', share: number, found: unknown} | {state: 'done', found: unknown} | {state: 'failed', error: Message | string}} News */

/** Workers that train at once: one core is left to the page. */
export const size = () => Math.max(1, Math.min(4, (navigator.hardwareConcurrency || 2) - 1));

/** Milliseconds of training between two words about it. */
const SLICE = 100;
/** Under what a worker keeps the piece that it is at. */
const KEY = 'piece';
/** How often a piece is begun that a crash ended. */
const TRIES = 3;
/**
 * Milliseconds of a beat, and beats without an answer after which a worker counts as dead. Beats are counted, because a machine that sleeps has none:
 * one clock would find every worker dead when it wakes.
 */
const BEAT = 10_000;
const BEATS = 18;

/** The worker was lost while it was at something. */
class Lost extends Error {}

/** Why a piece could not begin. */
class Unfit extends Error {
  /** @param {{path: string, message: Message}[]} issues */
  constructor(issues) {
    super('unfit');
    const all = (/** @type {'en' | 'zh'} */ language) =>
      issues.map(({ path, message }) => `${path ? `${path}: ` : ''}${message[language]}`).join('; ');
    this.said = { en: all('en'), zh: all('zh') };
  }
}

/** A worker with its engine. @param {Map<string, Uint8Array>} files what its experiments may name */
function member(files) {
  let silent = 0;
  /** @param {Error} error */
  const lose = (error) => {
    if (error instanceof Unreachable) channel.end(error);
    else channel.restart(new Lost(error.message), give);
  };
  const channel = makeChannel({ lost: lose, heard: () => (silent = 0) });
  // What comes next waits behind them.
  const give = () => {
    for (const [name, bytes] of files) channel.send('attach', name, bytes).catch(() => {});
  };
  const watch = setInterval(() => {
    if (channel.waiting() && ++silent > BEATS) lose(new Error('the worker does not answer'));
  }, BEAT);
  channel.launch();
  give();
  return {
    /** @type {import('./channel.js').Channel['send']} */
    call: (name, ...args) => {
      if (!channel.waiting()) silent = 0;
      return channel.send(name, ...args);
    },
    /** @param {string} error */
    end: (error) => {
      clearInterval(watch);
      channel.end(new Error(error));
    },
  };
}

/** @typedef {ReturnType<typeof member>} Member */

/** Does what a lost worker interrupted again: where and when that happens says nothing of the run. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
async function again(work) {
  for (let time = 1; ; time++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Lost) || time === TRIES) throw error;
    }
  }
}

/** @param {Map<string, Uint8Array>} files @param {number} [count] */
export function makePool(files, count = size()) {
  const members = Array.from({ length: count }, () => member(files));
  let closed = false;
  let resume = () => {};
  /** @type {Promise<void> | null} */
  let paused = null;

  /** Does one piece. @param {Member} member @param {Work} work @param {(share: number, found: unknown) => void} tell */
  async function drive({ call }, { job, piece }, tell) {
    const issues = await call('begin_task', KEY, job, piece);
    if (issues.length) throw new Unfit(issues);
    for (;;) {
      while (paused) await paused;
      if (closed) throw new Error('closed');
      const progress = await call('go_on', KEY, SLICE, true);
      if (!progress) throw new Lost('the piece is gone');
      if (progress.done) return progress.found;
      tell(progress.share, progress.found);
    }
  }

  return {
    /** Workers at work. */
    count,
    /** Does all pieces, in their order, as many at once as there are workers; resolves when all have ended. @param {Work[]} all @param {(piece: number, news: News) => void} hear */
    async run(all, hear) {
      let at = 0;
      await Promise.all(
        members.map(async (member) => {
          while (at < all.length && !closed) {
            const own = at++;
            hear(own, { state: 'running', share: 0, found: null });
            try {
              const found = await again(() => drive(member, all[own], (share, found) => hear(own, { state: 'running', share, found })));
              hear(own, { state: 'done', found });
            } catch (error) {
              if (closed) return;
              // Without workers no other piece can be done either.
              if (error instanceof Unreachable) throw error;
              hear(own, {
                state: 'failed',
                error: error instanceof Unfit ? error.said : /** @type {Error} */ (error).message.replace(/\s*\n\s*/g, ' '),
              });
            }
          }
        }),
      );
    },
    pause() {
      paused ??= new Promise((resolve) => (resume = resolve));
    },
    resume() {
      paused = null;
      resume();
    },
    /** Ends everything at once. */
    close() {
      closed = true;
      paused = null;
      resume();
      for (const { end } of members) end('closed');
    },
  };
}

/** @typedef {ReturnType<typeof makePool>} Pool */
