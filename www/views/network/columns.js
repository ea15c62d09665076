/** Which layers of a network are columns of units: those that weigh what is before them. What only changes numbers in their place stands between columns. */

/** @typedef {import('../kinds/index.js').RunOf<'layers'>} Run */

/** Layers in between are `passed` on the way to the next column. @typedef {{at: number, passed: {name: string, activation: string}[]}} Column */

/** @param {import('../../boundary').LayerView[]} layers @returns {Column[]} */
export function columnsOf(layers) {
  /** @type {Column[]} */
  const columns = [];
  layers.forEach((layer, at) => {
    if (at === 0 || layer.fan_in > 0) columns.push({ at, passed: [] });
    else columns[columns.length - 1].passed.push({ name: layer.name, activation: layer.activation });
  });
  return columns;
}

/** A run with the layers, and the pictures of units, of its columns only. @param {Run} run @param {Column[]} columns */
export function drawnOf(run, columns) {
  const { layers } = run.view;
  if (columns.length === layers.length) return run;
  return {
    ...run,
    view: { ...run.view, layers: columns.map(({ at }) => layers[at]) },
    neurons: run.neurons && pictures(run.neurons, layers, columns),
  };
}

/** @param {Float32Array} neurons `[units of every layer][cells]` @param {import('../../boundary').LayerView[]} layers @param {Column[]} columns */
function pictures(neurons, layers, columns) {
  const cells = neurons.length / layers.reduce((sum, { shown }) => sum + shown, 0);
  /** @type {number[]} */
  const starts = [];
  layers.reduce((start, { shown }, at) => (starts[at] = start) + shown * cells, 0);
  const parts = columns.map(({ at }) => neurons.subarray(starts[at], starts[at] + layers[at].shown * cells));
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}
