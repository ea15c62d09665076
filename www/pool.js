/**
 * Several workers, each with an engine of its own, for questions that take many runs. A job is one run; the page's own engine knows nothing of them. Knows
 * no store. Jobs are trained a slice at a time, so that how far they are is seen, and they can be paused and given up between two slices. Where a worker
 * crashes another takes its place and begins the job again, a few times at most. Every promise settles.
 */
import { Unreachable, hire } from './launch.js';

/** @typedef {import('./i18n/index.js').Message} Message */
/** @typedef {{update: number, epoch: number, rows: number, gradients: number, seconds: number, value: number}} Arrival */
/** A run of `json` to a finish line, or, where it is `whole`, to its own end; `without` is a technique that it goes without. @typedef {{json: string, without: string | null, line: {metric: string, value: number}, whole: boolean}} Job */
/**
 * What is known of a run: where it is, and the columns of its history that are wanted, thinned.
 * @typedef {{update: number, epoch: number, rows: number, seconds: number, arrival: Arrival | null, best: {update: number, loss: number} | null, stop: {reason: string, message: Message} | null, columns: Record<string, number[]>}} Standing
 */
/** @typedef {{state: 'running', standing?: Standing} | {state: 'done', standing: Standing} | {state: 'failed', error: Message | string}} News */

/** Workers that train at once: one core is left to the page. */
export const size = () => Math.max(1, Math.min(4, (navigator.hardwareConcurrency || 2) - 1));

/** Milliseconds of training between two words about it. */
const SLICE = 100;
/** Rows of a history that are kept. */
const ROWS = 400;
/** How often a job is begun that a crash ended. */
const TRIES = 3;
/**
 * Milliseconds of a beat, and beats without an answer after which a worker counts as dead. Beats are counted, because a machine that sleeps has none:
 * one clock would find every worker dead when it wakes.
 */
const BEAT = 10_000;
const BEATS = 18;

/** The worker was lost while it was at something. */
class Lost extends Error {}

/** Why a job could not begin. */
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
  /** @type {import('./launch.js').Hand} */
  let hand;
  let next = 1;
  let silent = 0;
  /** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */
  const pending = new Map();

  /** @param {string} name @param {...any} args @returns {Promise<any>} */
  const call = (name, ...args) =>
    new Promise((resolve, reject) => {
      const id = next++;
      if (!pending.size) silent = 0;
      pending.set(id, { resolve, reject });
      hand.post({ id, call: name, args });
    });
  const hear = (/** @type {any} */ data) => {
    silent = 0;
    if ('progress' in data) return;
    const waiting = pending.get(data.id);
    pending.delete(data.id);
    if (!('error' in data)) return waiting?.resolve(data.value);
    waiting?.reject(data.fatal ? new Lost(data.error) : new Error(data.error));
    if (data.fatal) lose(new Lost(data.error));
  };
  const launch = () => {
    hand = hire(hear, (error) => lose(error instanceof Unreachable ? error : new Lost(error.message)));
    // What comes next waits behind them.
    for (const [name, bytes] of files) call('attach', name, bytes).catch(() => {});
  };
  /** Another takes its place, where one can be had. @param {Error} error */
  const lose = (error) => {
    leave(error);
    if (error instanceof Lost) launch();
  };
  /** @param {Error} error */
  const leave = (error) => {
    hand.end();
    const waiting = [...pending.values()];
    pending.clear();
    for (const { reject } of waiting) reject(error);
  };
  const watch = setInterval(() => {
    if (pending.size && ++silent > BEATS) lose(new Lost('the worker does not answer'));
  }, BEAT);
  launch();
  return {
    call,
    /** @param {string} error */
    end: (error) => {
      clearInterval(watch);
      leave(new Error(error));
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

/** Every n-th value and the last, so that at most `ROWS` are left. @param {number[]} values */
function thinned(values) {
  const step = Math.ceil(values.length / ROWS);
  return step < 2 ? values : values.filter((_, at) => at % step === 0 || at === values.length - 1);
}

/** @param {Map<string, Uint8Array>} files @param {number} [count] */
export function makePool(files, count = size()) {
  const members = Array.from({ length: count }, () => member(files));
  let closed = false;
  let resume = () => {};
  /** @type {Promise<void> | null} */
  let paused = null;

  /** Trains one job. @param {Member} member @param {Job} job @param {(standing: Standing) => void} tell @returns {Promise<Standing>} */
  async function drive({ call }, { json, without, line, whole }, tell) {
    const issues = await (without ? call('open_without', json, without) : call('open', json));
    if (issues.length) throw new Unfit(issues);
    const aimed = await call('finish', JSON.stringify(line));
    if (!aimed.taken) throw new Unfit(aimed.issues);
    const wanted = ['update', 'loss', line.metric];
    /** @type {Record<string, number[]>} */
    const columns = {};
    let version = 0;
    for (;;) {
      while (paused) await paused;
      if (closed) throw new Error('closed');
      // There is no second run: of the first comes what is counted and measured, and nothing that is drawn.
      const { frame } = await call('pull', 0, SLICE, Infinity, { run: 1, since: [version] }, false);
      const { update, epoch, rows, seconds, arrival, best, stop, state, history } = frame.runs[0];
      for (const [name, values] of Object.entries(history.columns)) {
        if (!wanted.includes(name.split('.').pop() ?? '')) continue;
        columns[name] = (history.reset ? [] : (columns[name] ?? []).slice(0, history.from)).concat(
          Array.from(/** @type {Float64Array} */ (values)),
        );
      }
      version = history.version;
      const there = state === 'stopped' || (arrival && !whole);
      const standing = {
        update,
        epoch,
        rows,
        seconds,
        arrival,
        best,
        stop,
        columns: Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, thinned(values)])),
      };
      if (there) return standing;
      tell(standing);
    }
  }

  return {
    /** Workers at work. */
    count,
    /** Trains all jobs, in their order, as many at once as there are workers; resolves when all have ended. @param {Job[]} jobs @param {(job: number, news: News) => void} hear */
    async run(jobs, hear) {
      let at = 0;
      await Promise.all(
        members.map(async (member) => {
          while (at < jobs.length && !closed) {
            const own = at++;
            hear(own, { state: 'running' });
            try {
              const standing = await again(() => drive(member, jobs[own], (standing) => hear(own, { state: 'running', standing })));
              hear(own, { state: 'done', standing });
            } catch (error) {
              if (closed) return;
              // Without workers no other job can be done either.
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
