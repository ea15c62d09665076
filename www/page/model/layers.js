/** The hidden layers of the experiment, reshaped: pure functions from a list to the next, and the limits that the schema sets. */
import { choices, fresh, resolve, tagOf } from '../../experiment.js';

/** @typedef {Record<string, any>[]} Layers */

/** @param {Layers} layers @param {number} at @param {number} units */
export const resized = (layers, at, units) =>
  layers.map((layer, index) => (index === at ? { [tagOf(layer)]: { ...layer[tagOf(layer)], units } } : layer));

/** One more layer at a place, like the last dense one; of none, the schema's default. @param {any} schema @param {Layers} layers @param {number} at */
export function inserted(schema, layers, at) {
  const [first] = choices(resolve(schema, schema.$defs.LayerConfig));
  const like = layers.findLast((layer) => tagOf(layer) === 'dense');
  const layer = like ? structuredClone(like) : fresh(schema, ...first);
  return layers.toSpliced(at, 0, layer);
}

/** @param {Layers} layers @param {number} at */
export const removed = (layers, at) => layers.toSpliced(at, 1);

/** Fewest and most units of a layer, and most layers. @param {any} schema */
export function limits(schema) {
  const { minimum: least, maximum: most } = schema.$defs.Dense.properties.units;
  return { least, most, layers: schema.$defs.Net.properties.layers.maxItems };
}

/** Whether a network is drawn as units and edges: its rows are plain numbers, and every layer sees all units of the one before or changes them in their place. @param {any[]} layers of the engine's view @param {any} points */
export const drawsUnits = (layers, points) =>
  (points?.shape?.kind ?? 'flat') === 'flat' &&
  layers.every(
    (layer, at) =>
      layer.shape.kind === 'flat' && !layer.inside.length && (at === 0 || layer.fan_in > 0 || layer.units === layers[at - 1].units),
  );
