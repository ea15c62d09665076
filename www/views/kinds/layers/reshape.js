/** The hidden layers of the experiment, reshaped: pure functions from a list to the next, and the limits that the schema sets. */
import { choices, fresh, resolve, tagOf } from '../../../experiment.js';

/** @typedef {import('../../../state.js').Points} Points */
/** @typedef {import('../../../boundary').Schema} Schema */

/** @typedef {Record<string, import('../../../boundary').Document>[]} Layers */

/** @param {Layers} layers @param {number} at @param {number} units */
export const resized = (layers, at, units) =>
  layers.map((layer, index) => (index === at ? { [tagOf(layer)]: { ...layer[tagOf(layer)], units } } : layer));

/** The ways to choose a layer. @param {Schema} schema @param {Schema} part the schema of the family's settings */
const kinds = (schema, part) => choices(resolve(schema, part.properties.layers.items));

/** One more layer at a place, like the last dense one; of none, the schema's default. @param {Schema} schema @param {Schema} part @param {Layers} layers @param {number} at */
export function inserted(schema, part, layers, at) {
  const [first] = kinds(schema, part);
  const like = layers.findLast((layer) => tagOf(layer) === 'dense');
  const layer = like ? structuredClone(like) : fresh(schema, ...first);
  return layers.toSpliced(at, 0, layer);
}

/** @param {Layers} layers @param {number} at */
export const removed = (layers, at) => layers.toSpliced(at, 1);

/** Fewest and most units of a layer, as the first kind of layer has them, and most layers. @param {Schema} schema @param {Schema} part */
export function limits(schema, part) {
  const [[, first]] = kinds(schema, part);
  const { minimum: least, maximum: most } = resolve(schema, first).properties.units;
  return { least, most, layers: part.properties.layers.maxItems };
}

/** Whether a network is drawn as units and edges: its rows are plain numbers, and every layer sees all units of the one before or changes them in their place. @param {import('../../../boundary').LayerView[]} layers @param {Points} points */
export const drawsUnits = (layers, points) =>
  (points?.shape?.kind ?? 'flat') === 'flat' &&
  layers.every(
    (layer, at) =>
      layer.shape.kind === 'flat' && !layer.inside.length && (at === 0 || layer.fan_in > 0 || layer.units === layers[at - 1].units),
  );
