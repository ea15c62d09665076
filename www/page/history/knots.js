/** What of a schedule can be taken hold of in its lane: where on the plan it lies, and what the settings become when it is moved. Knows the document, not the page. */
import { choices, resolve, tagOf } from '../../experiment.js';
import { partOf, settingsOf, withSettings } from '../../family.js';

/** @typedef {import('../../boundary').Document} Document */
/** @typedef {import('../../boundary').Schema} Schema */

/** @typedef {{key: string, x: number | null, y: number, title: string, across: boolean, up: boolean, moved: (x: number | null, y: number) => Document}} Knot `moved` gives the whole experiment */

/** @param {number} value */
const brief = (value) => Number(value.toPrecision(3));

/**
 * The settings of each schedule that lie somewhere on its plan. `w` is where the warm-up ends, `base` the learning rate; x and y are of the lane.
 * @type {Record<string, (own: Document, w: number, base: number) => {key: string, x: number, y: number, set: (x: number, y: number) => Record<string, number>, across: boolean, up: boolean}[]>}
 */
const KNOTS = {
  constant: () => [],
  reduce_on_plateau: () => [],
  step: ({ step_size: size, gamma }, w, base) => [
    {
      key: 'step_size',
      x: w + size,
      y: base * gamma,
      across: true,
      up: true,
      set: (x, y) => ({ step_size: Math.round(x - w), gamma: brief(y / base) }),
    },
  ],
  // Where the rate has fallen to a half.
  exponential: ({ gamma }, w, base) =>
    gamma < 1
      ? [
          {
            key: 'gamma',
            x: w + Math.log(0.5) / Math.log(gamma),
            y: base / 2,
            across: true,
            up: false,
            set: (x) => ({ gamma: Number((0.5 ** (1 / Math.max(1, x - w))).toPrecision(6)) }),
          },
        ]
      : [],
  polynomial: ({ total_iters: length }, w) => [
    { key: 'total_iters', x: w + length, y: 0, across: true, up: false, set: (x) => ({ total_iters: Math.round(x - w) }) },
  ],
  cosine: ({ t_max: length, eta_min: least }, w) => [
    { key: 't_max', x: w + length, y: least, across: true, up: true, set: (x, y) => ({ t_max: Math.round(x - w), eta_min: brief(y) }) },
  ],
  warm_restarts: ({ t_0: length, eta_min: least }, w) => [
    { key: 't_0', x: w + length, y: least, across: true, up: true, set: (x, y) => ({ t_0: Math.round(x - w), eta_min: brief(y) }) },
  ],
  one_cycle: ({ total_steps: length, pct_start: share, max_factor: factor }, w, base) => [
    {
      key: 'max_factor',
      x: w + share * length,
      y: base * factor,
      across: true,
      up: true,
      set: (x, y) => ({ pct_start: brief((x - w) / length), max_factor: brief(y / base) }),
    },
    { key: 'total_steps', x: w + length, y: 0, across: true, up: false, set: (x) => ({ total_steps: Math.round(x - w) }) },
  ],
  cyclic: ({ step_size_up: up, step_size_down: down, max_factor: factor }, w, base) => [
    {
      key: 'max_factor',
      x: w + up,
      y: base * factor,
      across: true,
      up: true,
      set: (x, y) => ({ step_size_up: Math.round(x - w), max_factor: brief(y / base) }),
    },
    { key: 'step_size_down', x: w + up + down, y: base, across: true, up: false, set: (x) => ({ step_size_down: Math.round(x - w - up) }) },
  ],
};

/** @param {Schema} part @param {number} value */
const within = (part, value) => Math.max(part?.minimum ?? -Infinity, Math.min(part?.maximum ?? Infinity, value));

/**
 * The rate itself, the warm-up and the schedule's own; nothing for models without a rate.
 * @param {Schema} root the schema @param {Document} experiment @param {(part: Document) => string} titled the title of a part of the schema
 * @returns {Knot[]}
 */
export function knots(root, experiment, titled) {
  const { optimizer: chosen, schedule: planned, warmup: before } = settingsOf(experiment);
  const base = /** @type {number | undefined} */ (/** @type {Document} */ (Object.values(chosen ?? {})[0])?.learning_rate);
  if (!base) return [];
  const { optimizer, schedule, warmup } = partOf(root, experiment).properties;
  const settings = (/** @type {Schema} */ raw, /** @type {string} */ tag) =>
    resolve(root, choices(resolve(root, raw)).find(([name]) => name === tag)?.[1])?.properties ?? {};
  const [tag, kind] = [tagOf(chosen), tagOf(planned)];
  const [ofOptimizer, ofSchedule, ofWarmup] = [settings(optimizer, tag), settings(schedule, kind), resolve(root, warmup)?.properties];
  const changed = (/** @type {Document} */ own) => withSettings(experiment, own);
  const w = before?.updates ?? 0;
  const rate = {
    key: 'learning_rate',
    x: null,
    y: base,
    title: titled(ofOptimizer.learning_rate),
    across: false,
    up: true,
    moved: (/** @type {number | null} */ _, /** @type {number} */ y) =>
      changed({
        optimizer: { [tag]: { ...chosen[tag], learning_rate: within(ofOptimizer.learning_rate, brief(Math.max(y, base / 100))) } },
      }),
  };
  const warm =
    w > 0
      ? [
          {
            key: 'warmup',
            x: w,
            y: base,
            title: titled(ofWarmup.updates),
            across: true,
            up: false,
            moved: (/** @type {number | null} */ x) =>
              changed({ warmup: { ...before, updates: within(ofWarmup.updates, Math.round(Number(x))) } }),
          },
        ]
      : [];
  const own = (KNOTS[kind]?.(planned[kind], w, base) ?? []).map(({ set, ...knot }) => ({
    ...knot,
    title: titled(ofSchedule[knot.key]),
    moved: (/** @type {number | null} */ x, /** @type {number} */ y) => {
      const next = Object.fromEntries(Object.entries(set(Number(x), y)).map(([key, value]) => [key, within(ofSchedule[key], value)]));
      return changed({ schedule: { [kind]: { ...planned[kind], ...next } } });
    },
  }));
  return [rate, ...warm, ...own];
}
