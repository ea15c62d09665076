/** A study: the same question to many runs, and what came of each so far. Knows the pool and no store. */
import { batch, computed, signal } from '@preact/signals';
import { Unreachable } from '../../launch.js';
import { makePool } from '../../pool.js';
import { why } from '../why.js';

/** @typedef {import('../../pool.js').Standing} Standing */
/** @typedef {import('../../i18n/index.js').Message} Message */
/** Runs that differ in nothing but the seed. @typedef {{name: () => string, experiment: any, without: string | null, whole: boolean}} Group */
/** @typedef {{group: number, seed: number, state: 'waiting' | 'running' | 'done' | 'failed', standing: Standing | null, error: Message | string}} Trial */

/** Milliseconds between two pictures of what the runs do. */
const PICTURE = 200;

/** @param {any} experiment @param {number} seed */
const seeded = (experiment, seed) => JSON.stringify({ ...experiment, seed });

export function makeStudy() {
  const trials = signal(/** @type {Trial[]} */ ([]));
  const stage = signal(/** @type {'none' | 'running' | 'paused' | 'done' | 'cancelled'} */ ('none'));
  const groups = signal(/** @type {Group[]} */ ([]));
  const line = signal(/** @type {{metric: string, value: number} | null} */ (null));
  /** What went wrong with the study itself. */
  const failed = signal(/** @type {Message | string} */ (''));
  /** @type {import('../../pool.js').Pool | null} */
  let pool = null;
  let timer = 0;

  const show = () => {
    timer ||= window.setTimeout(() => {
      timer = 0;
      trials.value = [...trials.value];
    }, PICTURE);
  };
  const end = () => {
    pool?.close();
    pool = null;
    clearTimeout(timer);
    timer = 0;
    trials.value = [...trials.value];
  };
  return {
    trials,
    stage,
    groups,
    line,
    failed,
    busy: computed(() => stage.value === 'running' || stage.value === 'paused'),
    ended: computed(() => trials.value.filter(({ state }) => state === 'done' || state === 'failed').length),
    /** Seeds in turn, so that what is known of every group grows alike. @param {Group[]} asked @param {number} seeds @param {{metric: string, value: number}} to @param {Map<string, Uint8Array>} files */
    async start(asked, seeds, to, files) {
      end();
      const first = asked[0].experiment.seed;
      const list = Array.from({ length: seeds }, (_, at) => (first + at) % 2 ** 32).flatMap((seed) =>
        asked.map((_, group) => ({ group, seed })),
      );
      batch(() => {
        groups.value = asked;
        line.value = to;
        failed.value = '';
        trials.value = list.map((trial) => ({ ...trial, state: 'waiting', standing: null, error: '' }));
        stage.value = 'running';
      });
      // A large file is copied only for workers that need it.
      const text = JSON.stringify(asked.map(({ experiment }) => experiment));
      const mine = (pool = makePool(new Map([...files].filter(([name]) => text.includes(JSON.stringify(name))))));
      const jobs = list.map(({ group, seed }) => {
        const { experiment, without, whole } = asked[group];
        return { json: seeded(experiment, seed), without, line: to, whole };
      });
      try {
        await mine.run(jobs, (at, news) => {
          if (pool !== mine) return;
          Object.assign(
            trials.value[at],
            { state: news.state },
            'standing' in news && { standing: news.standing },
            news.state === 'failed' && { error: news.error },
          );
          show();
        });
      } catch (error) {
        if (pool !== mine) return;
        failed.value = error instanceof Unreachable ? why(error) : String(error);
        // What was under way has not ended.
        for (const trial of trials.value) if (trial.state === 'running') Object.assign(trial, { state: 'waiting', standing: null });
      }
      if (pool !== mine) return;
      stage.value = 'done';
      end();
    },
    pause() {
      if (stage.value !== 'running') return;
      pool?.pause();
      stage.value = 'paused';
    },
    resume() {
      if (stage.value !== 'paused') return;
      pool?.resume();
      stage.value = 'running';
    },
    /** What has ended stays. */
    cancel() {
      for (const trial of trials.value)
        if (trial.state === 'running' || trial.state === 'waiting') Object.assign(trial, { state: 'waiting', standing: null });
      stage.value = 'cancelled';
      end();
    },
  };
}

/** @typedef {ReturnType<typeof makeStudy>} Study */
