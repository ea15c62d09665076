/** The model, drawn by the kind of view that the engine sends. */
import { signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { choices, resolve } from '../../experiment.js';
import { brief, count, number } from '../../format.js';
import { language, t, words as wordsOf } from '../../i18n/index.js';
import { layout, present, raised } from '../../layout.js';
import { Worded } from '../../parts/button.jsx';
import { Segments } from '../../parts/segments.jsx';
import * as state from '../../state.js';
import * as documents from '../../documents.js';
import { Network } from '../../views/network/network.jsx';
import { Tree } from '../../views/tree/tree.jsx';
import { offered, show } from '../panels.js';
import { useIncoming } from './incoming.js';
import { Later } from '../../parts/later.jsx';
import { drawsUnits, inserted, limits, removed, resized } from './layers.js';
import './model.css';
import { mode, opened } from './opened.js';
import { Stage } from '../../parts/stage.jsx';

/** How the network is shown. */
const shown = signal(/** @type {'drawing' | 'layers'} */ ('drawing'));

/** Drawings of layers that are not all dense: fetched when there is such a network. */
const inside = () => import('./inside.jsx');

export function Model() {
  const run = state.run.value;
  if (!run) return <Stage id="model" />;
  return run.view.kind === 'tree' ? <TreePanel run={run} /> : <NetworkPanel run={run} />;
}

/** @param {{run: any}} props */
function TreePanel({ run }) {
  const title = t('treeTitle');
  const said = language.value;
  const words = useMemo(treeWords, [said]);
  const { nodes } = run.view;
  const leaves = nodes.filter((/** @type {any} */ node) => !node.split).length;
  const depth = nodes.reduce((/** @type {number} */ most, /** @type {any} */ node) => Math.max(most, node.depth), 0);
  return (
    <Stage id="model" head="title" title={title} note={`${t('leaves', { n: count(leaves) })} · ${t('treeDepth', { n: depth })}`}>
      <Tree run={run} points={state.points.value} label={t('treeHint')} words={words} node={state.node.value} onNode={point} />
    </Stage>
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
  const units = drawsUnits(run.view.layers, points);
  const how = shown.value === 'layers' ? 'table' : units ? 'units' : 'blocks';
  // Other layers: the number of the one that is open means another one now.
  const layers = run.view.layers.map((/** @type {any} */ { name }) => name).join();
  useEffect(() => {
    mode.value = how;
    opened.value = null;
  }, [how, layers]);
  useEffect(() => () => void (mode.value = 'units'), []);
  return (
    <Stage
      id="model"
      head="title"
      title={title}
      note={<span id="parameters">{t(layout.value !== 'desk' ? 'paramsShort' : 'parameters', { n: count(run.parameters) })}</span>}
      tools={
        <>
          <Segments
            label={t('viewOf')}
            options={[
              ['drawing', t('viewDrawing')],
              ['layers', t('viewLayers')],
            ]}
            value={shown.value}
            choose={(next) => (shown.value = next)}
          />
          {layout.value === 'desk' &&
            !present.value &&
            offered('model').map(({ id, title, icon = '' }) => (
              <Worded key={id} name={t(title)} icon={icon} action={() => show(id)} kind="late" />
            ))}
        </>
      }
    >
      {how === 'table' ? (
        <Later load={inside} name="LayersView" run={run} ends={ends} />
      ) : how === 'units' ? (
        <Network
          run={run}
          ends={ends}
          running={state.running.value}
          label={title}
          words={words}
          edit={edit}
          inspected={inspected}
          onInspect={inspect}
          incoming={incoming}
          enlarge={layout.value === 'phone' && !raised.value ? raise : null}
          scrolls={layout.value === 'phone' && raised.value}
        />
      ) : (
        <Later load={inside} name="ArchitectureView" run={run} ends={ends} />
      )}
    </Stage>
  );
}

const raise = () => void (raised.value = true);

/** @param {[number, number] | null} unit */
const inspect = (unit) => void (state.inspected.value = unit);

/** @param {number | null} node */
const point = (node) => void (state.node.value = node);

/** @returns {import('../../views/tree/tree.jsx').Words} */
const treeWords = () => ({
  rows: (n, of) => t('nodeRows', { n: count(n), of: count(of) }),
  impurity: t('impurity'),
  value: t('nodeValue'),
  path: t('nodePath'),
  root: t('nodeRoot'),
  yes: t('answerYes'),
  no: t('answerNo'),
  number: (value) => (Math.abs(value) >= 1000 ? number(value) : String(Number(value.toPrecision(3)))),
  percent: (share) => `${brief(share * 100)}%`,
});

/** Changes to the hidden layers as the experiment has them now: the drawing may be a moment behind. @param {any} schema @returns {import('../../views/network/network.jsx').Edit} */
function networkEdit(schema) {
  const change = (/** @type {(layers: any[]) => any[]} */ next) => {
    const layers = state.draft.peek().learner.net?.layers;
    if (layers) documents.change(['learner', 'net', 'layers'], next(layers));
  };
  return {
    ...limits(schema),
    resize: (at, units) => change((layers) => resized(layers, at, units)),
    add: (at) => change((layers) => inserted(schema, layers, at)),
    remove: (at) => change((layers) => removed(layers, at)),
  };
}

/** @param {any} schema @returns {import('../../views/network/network.jsx').Words} */
function networkWords(schema) {
  const activations = new Map(
    choices(resolve(schema, schema.$defs.ActivationConfig)).map(([tag, part]) => [tag, wordsOf(resolve(schema, part), 'title')]),
  );
  const kinds = new Map(
    choices(resolve(schema, schema.$defs.LayerConfig)).map(([tag, part]) => [tag, wordsOf(resolve(schema, part), 'title')]),
  );
  return {
    activation: (tag) => activations.get(tag) || tag,
    kind: (name, activation) => (name === 'activation' && activations.get(activation)) || kinds.get(name) || name,
    more: (n) => t('more', { n }),
    inputs: t('inputLayer'),
    output: t('outputLayer'),
    layer: (at) => t('hiddenLayer', { n: at }),
    unit: (layer, n) => t('unitOf', { layer, n }),
    units: t('unitsOf'),
    enlarge: t('networkEnlarge'),
    from: (n) => t('fromUnit', { n }),
    edge: (from, to, value) => t('edgeValue', { from, to, value: Number(value.toPrecision(4)) }),
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
