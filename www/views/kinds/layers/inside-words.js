/** Everything that is written or spoken of the layers, in the page's language. */
import { choices, resolve } from '../../../experiment.js';
import { count, number, shape } from '../../../format.js';
import { say, t, words as wordsOf } from '../../../i18n/index.js';

/** Milliseconds in few letters. @param {number} value */
const span = (value) =>
  value >= 1 ? `${Number(value.toPrecision(3))} ms` : `${Number((value * 1000).toPrecision(value < 1e-3 ? 2 : 3))} µs`;

/** Three digits. @param {number} value */
const rough = (value) => number(Number(value.toPrecision(3)));

/** @param {any} schema @param {string[]} ends names of the outputs @returns {import('../../architecture/architecture.jsx').Words} */
export function insideWords(schema, ends) {
  const kinds = new Map(choices(resolve(schema, schema.$defs.LayerConfig)).map(([tag, part]) => [tag, resolve(schema, part)]));
  const activations = new Map(
    choices(resolve(schema, schema.$defs.ActivationConfig)).map(([tag, part]) => [tag, wordsOf(resolve(schema, part), 'title')]),
  );
  return {
    layers: t('layersOf'),
    title: (name) =>
      name === 'inputs' ? t('inputLayer') : name === 'output' ? t('outputLayer') : wordsOf(kinds.get(name), 'title') || name,
    passes: (name) => Boolean(kinds.get(name)?.['x-passes']),
    activation: (tag) => activations.get(tag) || tag,
    shape,
    parameters: (n) => t('parameters', { n: count(n) }),
    params: (n) => t('paramsShort', { n: count(n) }),
    inside: t('layerInside'),
    work: (n) => t('multiplyAdds', { n: count(n) }),
    number: (path) => (path[0] === 0 ? '' : path.map((at, depth) => (depth ? at + 1 : at)).join('.')),
    within: (title) => t('withinLayer', { layer: title }),
    block: (title, size, parameters) => [title.trim(), size, parameters].filter(Boolean).join(', '),
    fault: (fault) => t(/** @type {import('../../../i18n/index.js').Key} */ (`fault_${fault}`)),
    axis: (axis, n) => t(/** @type {import('../../../i18n/index.js').Key} */ (`axis_${axis}`), { n }),
    ends: (n) => ends[n] || t('axis_unit', { n: n + 1 }),
    hint: t('layerHint'),
    close: t('closeUnit'),
    before: t('layerBefore'),
    after: t('layerAfter'),
    makes: t('layerMakes'),
    attends: t('layerAttends'),
    learned: (name) => t('layerLearned', { name }),
    pointHint: t('pointNumbers'),
    healthy: t('layerHealthy'),
    untrained: t('layerUntrained'),
    frozen: t('layerFrozen'),
    matrix: t('matrixAxes'),
    turned: t('turnedAxes'),
    filters: t('filterAxes'),
    unknown: t('timeUnknown'),
    weights: t('spreadWeights'),
    gradients: t('spreadGradients'),
    outputs: t('spreadOutputs'),
    none: t('noParameters'),
    range: (low, high) => t('spreadRange', { low: rough(low), high: rough(high) }),
    mean: (mean, size) => t('spreadMean', { mean: rough(mean), size: rough(size) }),
    dead: (n, of) => t('deadUnits', { n: count(n), of: count(of) }),
    time: (forward, backward, rows) => t('layerTime', { forward: span(forward), backward: span(backward), n: count(rows) }),
    measure: t('measureTime'),
    measuring: t('measuringTime'),
    value: (value) => String(Number(value.toPrecision(5))).replace('-', '−'),
    cut: (n, of) => t('someNumbers', { n: count(n), of: count(of) }),
    say,
    steps: t('stepsAcross'),
    attention: t('attentionAcross'),
  };
}

/** Large counts in few letters: 26 112 as 26.1 k. @param {number} n */
function short(n) {
  const power = n < 1e4 ? 0 : n < 1e6 ? 1 : n < 1e9 ? 2 : 3;
  return power ? `${Number((n / 1000 ** power).toPrecision(3))}\u2009${['', 'k', 'M', 'G'][power]}` : count(n);
}

/** @returns {import('../../architecture/table.jsx').Columns} */
export const tableWords = () => ({
  layer: t('tableLayer'),
  output: t('spreadOutput'),
  parameters: t('tableParameters'),
  work: t('tableWork'),
  costs: t('tableCosts'),
  time: t('tableTime'),
  forward: t('tableForward'),
  backward: t('tableBackward'),
  sum: t('tableSum'),
  caption: t('tableCaption'),
  all: t('measureAll'),
  memory: t('totalMemory'),
  rows: (n) => t('tableRows', { n: count(n) }),
  short,
  count,
  span,
});
