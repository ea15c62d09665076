/** The hidden layers of the experiment, reshaped: pure functions from a list to the next, and the limits that the schema sets. */
import { choices, fresh, resolve, tagOf } from '../../experiment.js';

/** @typedef {Record<string, any>[]} Layers */

/** @param {Layers} layers @param {number} at @param {number} units */
export const resized = (layers, at, units) => layers.map((layer, index) => (index === at ? { [tagOf(layer)]: { ...layer[tagOf(layer)], units } } : layer));

/** One more layer at a place, like the last one; of none, the schema's default. @param {any} schema @param {Layers} layers @param {number} at */
export function inserted(schema, layers, at) {
  const [first] = choices(resolve(schema, schema.$defs.LayerConfig));
  const layer = layers.length ? structuredClone(layers[layers.length - 1]) : fresh(schema, ...first);
  return layers.toSpliced(at, 0, layer);
}

/** @param {Layers} layers @param {number} at */
export const removed = (layers, at) => layers.toSpliced(at, 1);

/** Fewest and most units of a layer, and most layers. @param {any} schema */
export function limits(schema) {
  const { minimum: least, maximum: most } = schema.$defs.Dense.properties.units;
  return { least, most, layers: schema.$defs.Net.properties.layers.maxItems };
}
