/** Short ways to write a lesson's experiments: each gives a part of the document, of differences from the defaults. */

/** Parts of a document as one; lists and choices of the later one count. @param {...import('../boundary').Document} parts @returns {import('../boundary').Document} */
export const experiment = (...parts) => parts.reduce(merge, {});

/** @param {import('../boundary').Document} base @param {import('../boundary').Document} over @returns {import('../boundary').Document} */
function merge(base, over) {
  const plain = (/** @type {import('../boundary').Document} */ it) => it && typeof it === 'object' && !Array.isArray(it);
  if (!plain(base) || !plain(over)) return over;
  return {
    ...base,
    ...Object.fromEntries(Object.entries(over).map(([key, value]) => [key, key in base ? merge(base[key], value) : value])),
  };
}

/** A network's settings. @param {import('../boundary').Document} settings */
export const net = (settings) => ({ learner: { net: settings } });

/** An optimizer of a network. @param {string} name @param {import('../boundary').Document} settings */
export const optimizer = (name, settings) => net({ optimizer: { [name]: settings } });

/** A dense layer. @param {number} units @param {string} [activation] */
export const dense = (units, activation = 'tanh') => ({ dense: { units, activation: { [activation]: {} } } });

/** So many layers alike. @param {number} count @param {import('../boundary').Document} layer a layer, or several */
export const times = (count, layer) => Array.from({ length: count }, () => layer).flat();

/** Trains for so many updates whatever happens, measured every few. @param {number} updates @param {number} [every] updates from one measurement to the next; without it, an epoch */
export const train = (updates, every) => ({
  stop: { max_updates: updates, early_stopping: { off: {} }, ...(every && { evaluate_every: { updates: { every } } }) },
});
