/** Which lanes a run can have, which are shown, and in which columns they stand. Knows the history's columns and no state. */

/** @typedef {import('../../charts/ranges.js').Kind} Kind */
/** @typedef {'loss' | 'rate' | 'metric' | 'norm'} Sort */
/** @typedef {{name: string, title: import('../../i18n/index.js').Key, sort: Sort, kind: Kind, series: [id: string, column: string][], on: boolean}} Description */

/** Of a quantity that has an upper bound; the others are not negative and have none. @param {number | null} low @param {number} high @returns {Kind} */
const bounded = (low, high) => ({ bounds: [low ?? -Infinity, high], least: 0.05, empty: [Math.max(low ?? 0, 0), high] });
/** @type {Kind} */
const AMOUNT = { zero: 'near', empty: [0, 1], emptyLog: [0.001, 1] };
/** @type {Kind} */
const RATE = { zero: 'always', empty: [0, 0.1] };

/** Quantities of a learner's own that are shown at first. */
const OWN = 2;

/**
 * Every lane that a run has, loss first. The first metric that has an upper bound is shown at first, and the first of a learner's own of which one way is better: each lane takes room from those that matter more.
 * @param {import('../../quantities.js').Quantity[]} quantities what is measured of it @param {boolean} stepped whether the learner takes steps along a gradient @returns {Description[]}
 */
export function describe(quantities, stepped) {
  const best = quantities.find(({ of_rows: onRows, high }) => onRows && high !== null);
  const own = quantities.filter(({ of_rows: onRows, direction }) => !onRows && direction !== null).slice(0, OWN);
  const parts = (/** @type {string} */ metric) =>
    /** @type {[string, string][]} */ ([
      ['train', `train.${metric}`],
      ['validation', `validation.${metric}`],
    ]);
  const all = [
    ...quantities.map(({ name, low, high, of_rows: onRows }) => ({
      name,
      title: name,
      sort: name === 'loss' ? 'loss' : 'metric',
      kind: high === null ? AMOUNT : bounded(low, high),
      series: onRows ? parts(name) : [['own', name]],
      on: name === 'loss' || (onRows ? name === best?.name : own.some((one) => one.name === name)),
    })),
    ...(stepped
      ? [
          { name: 'rate', title: 'learningRate', sort: 'rate', kind: RATE, series: [['rate', 'learning_rate']], on: true },
          { name: 'gradient', title: 'gradientNorm', sort: 'norm', kind: AMOUNT, series: [['gradient', 'gradient_norm']], on: false },
          { name: 'weight', title: 'weightNorm', sort: 'norm', kind: AMOUNT, series: [['weight', 'weight_norm']], on: false },
        ]
      : []),
  ];
  return /** @type {Description[]} */ (all);
}

/** Lanes that have room below one another. */
const STACKED = 3;

/**
 * Lanes below one another, the one that matters first: that of the finish line's metric, else the loss; without the learning rate where it tells nothing.
 * @template {{name: string, sort: string}} T @param {T[]} lanes @param {string | undefined} metric of the finish line @param {boolean} all or the first alone @param {boolean} rated whether the learning rate tells anything @returns {T[]}
 */
export function stack(lanes, metric, all, rated) {
  const first = lanes.find(({ name }) => name === metric) ?? lanes.find(({ sort }) => sort === 'loss') ?? lanes[0];
  if (!first) return [];
  const rank = (/** @type {T} */ { sort }) => ['loss', 'metric', 'rate', 'norm'].indexOf(sort);
  const others = lanes.filter((lane) => lane !== first && (rated || lane.sort !== 'rate')).sort((a, b) => rank(a) - rank(b));
  return [first, ...(all ? others.slice(0, STACKED - 1) : [])];
}

/** The learning rate stands right under the loss; the others beside them, in pairs where they are many. @template {{name: string}} T @param {T[]} lanes @returns {T[][]} */
export function arrange(lanes) {
  const main = ['loss', 'rate'].flatMap((name) => lanes.filter((lane) => lane.name === name));
  const others = lanes.filter((lane) => !main.includes(lane));
  const each = others.length > 2 ? 2 : 1;
  const columns = Array.from({ length: Math.ceil(others.length / each) }, (_, at) => others.slice(at * each, (at + 1) * each));
  return [main, ...columns].filter((column) => column.length);
}
