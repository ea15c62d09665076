/**
 * A job of the page: its plan, what became of each piece, and what is known of it so far. The engine plans and reports, the pool's workers do the pieces; what they came to is
 * kept here, so that a worker that is lost costs the time of its piece and nothing else. Knows no store.
 */
import { batch, computed, signal } from '@preact/signals';
import { engine } from './engine.js';
import { Unreachable } from './launch.js';
import { makePool } from './pool.js';

/** @typedef {import('./boundary').Piece} Piece */
/** @typedef {import('./boundary').Known} Known */
/** @typedef {import('./engine.js').Issue} Issue */
/** @typedef {import('./i18n/index.js').Message} Message */
/** @typedef {import('./boundary').Document} Experiment */
/** What is asked, as the engine reads it. @typedef {{experiment: Experiment, against?: Experiment[], job: Record<string, import('./boundary').Document>}} Document */
/** A piece and how far it is. @typedef {{piece: Piece, state: 'waiting' | 'running' | 'done' | 'failed', share: number, found: unknown, error: Message | string}} Work */

/** Milliseconds between two pictures of what the pieces do, and between two questions about what is known. */
const PICTURE = 200;
const REPORT = 600;
/** How often the engine is asked for a plan that a crash of it interrupted. */
const TRIES = 3;

/** @param {unknown} error @returns {Message | string} */
const said = (error) => (error instanceof Error ? error.message : String(error));

/** @param {(error: Unreachable) => Message | string} why what is said where the workers cannot be had */
export function makeJob(why) {
  const work = signal(/** @type {Work[]} */ ([]));
  const stage = signal(/** @type {'none' | 'running' | 'paused' | 'done' | 'cancelled'} */ ('none'));
  const issues = signal(/** @type {Issue[]} */ ([]));
  /** What went wrong with the job itself. */
  const failed = signal(/** @type {Message | string} */ (''));
  const known = signal(/** @type {Known | null} */ (null));
  /** The document that was asked. */
  const asked = signal(/** @type {Document | null} */ (null));
  /** Milliseconds that it has worked, and since when it does. */
  const clock = { worked: 0, since: 0 };
  /** @type {import('./pool.js').Pool | null} */
  let pool = null;
  /** Counts what was begun: what comes of an older one is not wanted. */
  let turn = 0;
  let timer = 0;
  let reported = 0;

  const worked = () => clock.worked + (stage.peek() === 'running' ? performance.now() - clock.since : 0);
  /** What became of the pieces, as the engine reads it. */
  const outcomes = () =>
    JSON.stringify(
      Object.fromEntries(
        work.peek().flatMap(({ state, found, error }, at) => {
          const failed = typeof error === 'string' ? { en: error, zh: error } : error;
          const outcome = state === 'done' ? { done: found } : state === 'failed' ? { failed } : null;
          return outcome ? [[at, outcome]] : [];
        }),
      ),
    );
  const report = async (/** @type {number} */ mine) => {
    reported = performance.now();
    try {
      const told = await engine.knownOfJob(JSON.stringify(asked.peek()), outcomes());
      if (mine === turn && !told.issues) known.value = told;
    } catch {
      // The engine was lost and is replaced; the next piece asks again.
    }
  };
  const show = () => {
    timer ||= window.setTimeout(() => {
      timer = 0;
      work.value = [...work.value];
      if (performance.now() - reported > REPORT) report(turn);
    }, PICTURE);
  };
  const end = () => {
    pool?.close();
    pool = null;
    clearTimeout(timer);
    timer = 0;
    clock.worked = worked();
    work.value = [...work.value];
  };

  /** @param {Document} document @param {string} done */
  async function plan(document, done) {
    for (let time = 1; ; time++) {
      try {
        return await engine.planJob(JSON.stringify(document), done);
      } catch (error) {
        if (time === TRIES) throw error;
      }
    }
  }

  /** @param {Document} document @param {Map<string, Uint8Array>} files what its experiments may name */
  async function start(document, files) {
    const mine = ++turn;
    end();
    batch(() => {
      asked.value = document;
      work.value = [];
      issues.value = [];
      failed.value = '';
      known.value = null;
      stage.value = 'running';
    });
    Object.assign(clock, { worked: 0, since: performance.now() });
    // A large file is copied only for workers that need it.
    const text = JSON.stringify([document.experiment, document.against]);
    const given = new Map([...files].filter(([name]) => text.includes(JSON.stringify(name))));
    const job = JSON.stringify(document.job);
    try {
      for (let whole = false; !whole; ) {
        const planned = await plan(document, outcomes());
        if (mine !== turn) return;
        if (planned.issues) {
          issues.value = planned.issues;
          break;
        }
        const before = work.value.length;
        if (planned.pieces.length === before && !planned.whole) break;
        whole = planned.whole;
        work.value = planned.pieces.map((piece, at) => work.value[at] ?? { piece, state: 'waiting', share: 0, found: null, error: '' });
        const own = (pool ??= makePool(given));
        if (stage.value === 'paused') own.pause();
        const pieces = planned.pieces.slice(before).map((piece) => ({ job, piece: JSON.stringify(piece) }));
        await own.run(pieces, (at, news) => {
          if (pool !== own) return;
          const done = news.state === 'running' ? {} : { share: 1 };
          Object.assign(work.value[before + at], news, done);
          show();
        });
        if (mine !== turn) return;
      }
    } catch (error) {
      if (mine !== turn) return;
      failed.value = error instanceof Unreachable ? why(error) : said(error);
      // What was under way has not ended.
      for (const one of work.value) if (one.state === 'running') Object.assign(one, { state: 'waiting', share: 0, found: null });
    }
    if (mine !== turn) return;
    end();
    if (work.value.length) await report(mine);
    if (mine === turn) stage.value = 'done';
  }

  return {
    work,
    stage,
    issues,
    failed,
    known,
    asked,
    busy: computed(() => stage.value === 'running' || stage.value === 'paused'),
    ended: computed(() => work.value.filter(({ state }) => state === 'done' || state === 'failed').length),
    /** How much is done, from 0 to 1. */
    share: computed(() => work.value.reduce((sum, { share }) => sum + share, 0) / Math.max(1, work.value.length)),
    /** Seconds that are left if the rest goes as fast; null while that cannot be said. */
    left() {
      const done = work.value.reduce((sum, { share }) => sum + share, 0) / Math.max(1, work.value.length);
      return done > 0.01 && stage.value === 'running' ? (worked() * (1 - done)) / done / 1000 : null;
    },
    start,
    pause() {
      if (stage.value !== 'running') return;
      clock.worked = worked();
      pool?.pause();
      stage.value = 'paused';
    },
    resume() {
      if (stage.value !== 'paused') return;
      clock.since = performance.now();
      pool?.resume();
      stage.value = 'running';
    },
    /** What has ended stays. */
    cancel() {
      const mine = ++turn;
      for (const one of work.value)
        if (one.state === 'running' || one.state === 'waiting') Object.assign(one, { state: 'waiting', share: 0, found: null });
      end();
      stage.value = 'cancelled';
      if (work.value.some(({ state }) => state === 'done')) report(mine);
    },
  };
}

/** @typedef {ReturnType<typeof makeJob>} Job */
