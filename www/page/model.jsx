/** The model, drawn by the kind of view that the engine sends. */
import { useMemo } from 'preact/hooks';
import { choices, resolve } from '../experiment.js';
import { count } from '../format.js';
import { language, t, words as wordsOf } from '../i18n/index.js';
import * as state from '../state.js';
import { Network } from '../views/network/network.jsx';
import { Tree } from '../views/tree.jsx';
import { useIncoming } from './model/incoming.js';
import { inserted, limits, removed, resized } from './model/layers.js';

export function Model() {
  const run = state.run.value;
  if (!run) return <div class="panel model" />;
  return run.view.kind === 'tree' ? <TreePanel run={run} /> : <NetworkPanel run={run} />;
}

/** @param {{run: any}} props */
function TreePanel({ run }) {
  const title = t('treeTitle');
  const leaves = run.view.nodes.filter((/** @type {any} */ node) => !node.split).length;
  return (
    <section class="panel model" aria-label={title}>
      <h2>{title} <small>{t('leaves', { n: count(leaves) })}</small></h2>
      <Tree run={run} points={state.points.value} label={title} />
    </section>
  );
}

/** @param {{run: any}} props */
function NetworkPanel({ run }) {
  const title = t('networkTitle');
  const points = state.points.value;
  const said = language.value;
  const schema = state.schema.value;
  const words = useMemo(() => networkWords(schema), [said, schema]);
  const edit = useMemo(() => networkEdit(schema), [schema]);
  const inspected = state.inspected.value;
  const incoming = useIncoming(run, inspected);
  const outputs = run.view.layers[run.view.layers.length - 1].units;
  const ends = points?.task === 'regression' ? [points.target] : points?.classes.length === outputs ? points.classes : [];
  return (
    <section class="panel model" aria-label={title}>
      <h2>{title} <small id="parameters">{t('parameters', { n: count(run.parameters) })}</small></h2>
      <Network run={run} ends={ends} running={state.running.value} label={title} words={words} edit={edit} inspected={inspected} onInspect={inspect} incoming={incoming} />
    </section>
  );
}

/** @param {[number, number] | null} unit */
const inspect = (unit) => void (state.inspected.value = unit);

/** Changes to the hidden layers as the experiment has them now: the drawing may be a moment behind. @param {any} schema @returns {import('../views/network/network.jsx').Edit} */
function networkEdit(schema) {
  const change = (/** @type {(layers: any[]) => any[]} */ next) => {
    const layers = state.draft.peek().learner.net?.layers;
    if (layers) state.change(['learner', 'net', 'layers'], next(layers));
  };
  return {
    ...limits(schema),
    resize: (at, units) => change((layers) => resized(layers, at, units)),
    add: (at) => change((layers) => inserted(schema, layers, at)),
    remove: (at) => change((layers) => removed(layers, at)),
  };
}

/** @param {any} schema @returns {import('../views/network/network.jsx').Words} */
function networkWords(schema) {
  const activations = new Map(choices(resolve(schema, schema.$defs.ActivationConfig)).map(([tag, part]) => [tag, wordsOf(resolve(schema, part), 'title')]));
  return {
    activation: (tag) => activations.get(tag) || tag,
    more: (n) => t('more', { n }),
    inputs: t('inputLayer'),
    output: t('outputLayer'),
    layer: (at) => t('hiddenLayer', { n: at }),
    unit: (layer, n) => t('unitOf', { layer, n }),
    units: t('unitsOf'),
    from: (n) => t('fromUnit', { n }),
    fewer: (layer) => t('fewerUnits', { layer }),
    moreUnits: (layer) => t('moreUnits', { layer }),
    least: (n) => t('leastUnits', { n }),
    most: (n) => t('mostUnits', { n }),
    mostLayers: (n) => t('mostLayers', { n }),
    remove: (layer) => t('removeLayer', { layer }),
    addAt: (n) => t('addLayerAt', { n }),
    addBefore: (layer) => t('addLayerBefore', { layer }),
    addAfter: (layer) => t('addLayerAfter', { layer }),
    reshape: (layer, title, n) => t('reshapeLayer', { layer, title, n }),
    size: (sum) => t('layerSize', { sum }),
    bias: t('bias'),
    incoming: (n) => t('incomingWeights', { n }),
    others: (n) => t('otherWeights', { n }),
    pin: t('pinHint'),
    close: t('closeUnit'),
  };
}
