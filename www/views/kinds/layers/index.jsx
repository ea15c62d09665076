/** A model of layers: as units and edges where every layer sees plain numbers, else as blocks; or as a table. */
import { signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { choices, resolve } from '../../../experiment.js';
import { count } from '../../../format.js';
import { language, t, words as wordsOf } from '../../../i18n/index.js';
import { Later } from '../../../parts/later.jsx';
import { Segments } from '../../../parts/segments.jsx';
import { Stage } from '../../../parts/stage.jsx';
import { Network } from '../../network/network.jsx';
import { useIncoming } from './incoming.js';
import { drawsUnits, inserted, limits, removed, resized } from './reshape.js';

/** @typedef {import('../../../boundary').Schema} Schema */

/** @typedef {import('../index.js').Given<'layers'>} Given */

/** How the layers are shown: the choice outlasts the model. */
const shown = signal(/** @type {'drawing' | 'layers'} */ ('drawing'));

/** The layer that is looked at closely: its number, and within a residual block the number there. */
const opened = signal(/** @type {number[] | null} */ (null));

/** @param {number[] | null} path */
const open = (path) => void (opened.value = path);

/** Drawings of layers that are not all dense: fetched when there is such a network. */
const inside = () => import('./inside.jsx');

/** Milliseconds between looks at how the layers are: now and then for the marks of the drawing, oftener where numbers are read. */
const OFTEN = { drawing: 2000, reading: 500 };

/** @param {Given} given */
export default function Layers(given) {
  const { run, points, schema, part, change, need } = given;
  const title = t('networkTitle');
  const said = language.value;
  const words = useMemo(() => networkWords(schema), [said, schema]);
  const editable = Array.isArray(given.settings.layers);
  const edit = useMemo(() => (editable ? networkEdit(schema, part, change) : null), [schema, part, change, editable]);
  const incoming = useIncoming(given);
  const outputs = run.view.layers[run.view.layers.length - 1].units;
  const ends = points?.task === 'regression' ? [points.target] : points?.classes.length === outputs ? points.classes : [];
  const units = drawsUnits(run.view.layers, points);
  const how = shown.value === 'layers' ? 'table' : units ? 'units' : 'blocks';
  // Other layers: the number of the one that is open means another one now.
  const layers = run.view.layers.map((/** @type {import('../../../boundary').LayerView} */ { name }) => name).join();
  useEffect(() => open(null), [how, layers]);
  const path = opened.value;
  useEffect(() => {
    const close = path ? path[0] : null;
    if (how === 'units') need(null);
    else if (how === 'blocks') need({ row: true, health: path ? OFTEN.reading : OFTEN.drawing, close });
    else need({ row: path !== null, health: OFTEN.reading, close });
  }, [how, String(path)]);
  useEffect(() => () => need(null), []);
  return (
    <Stage
      id="model"
      head="title"
      title={title}
      note={<span id="parameters">{t(given.roomy ? 'parameters' : 'paramsShort', { n: count(run.parameters) })}</span>}
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
          {given.tools}
        </>
      }
    >
      {how === 'units' ? (
        <Network
          run={run}
          ends={ends}
          running={given.running}
          label={title}
          words={words}
          edit={edit}
          inspected={given.unit}
          onInspect={given.onUnit}
          incoming={incoming}
          enlarge={given.enlarge}
          scrolls={given.scrolls}
        />
      ) : (
        <Later load={inside} name={how === 'table' ? 'LayersView' : 'ArchitectureView'} {...given} ends={ends} path={path} open={open} />
      )}
    </Stage>
  );
}

/** Changes to the hidden layers. @param {Schema} schema @param {Schema} part the schema of the family's settings @param {Given['change']} change @returns {import('../../network/network.jsx').Edit} */
function networkEdit(schema, part, change) {
  const layers = (/** @type {(layers: import('../../../boundary').Document[]) => import('../../../boundary').Document[]} */ next) =>
    change(['layers'], next);
  return {
    ...limits(schema, part),
    resize: (at, units) => layers((now) => resized(now, at, units)),
    add: (at) => layers((now) => inserted(schema, part, now, at)),
    remove: (at) => layers((now) => removed(now, at)),
  };
}

/** @param {Schema} schema @returns {import('../../network/network.jsx').Words} */
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
