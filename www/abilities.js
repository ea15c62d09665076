/** What a run's frame says that its learner has, whatever its family is called: the page asks for the ability, never for the name. */

/** @typedef {import('./state.js').Run} Run */
/** @typedef {import('./boundary').LayerView} LayerView */
/** @typedef {import('./boundary').NodeView} NodeView */

/** Layers, each with its units and weights; null for a learner that has none. @param {Run | null} run @returns {LayerView[] | null} */
export const layersOf = (run) => (run && 'layers' in run.view ? run.view.layers : null);

/** Nodes that divide rows by questions, the root first; null for a learner that has none. @param {Run | null} run @returns {NodeView[] | null} */
export const nodesOf = (run) => (run && 'nodes' in run.view ? run.view.nodes : null);

/** Marks that the model leaves on its map; none for most. @param {Run | null} run @returns {readonly import('./boundary').MapMark[]} */
export const marksOf = (run) => run?.view.marks ?? [];
