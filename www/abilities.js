/** What a run's frame says that its learner has, whatever its family is called: the page asks for the ability, never for the name. */

/** Layers, each with its units and weights; null for a learner that has none. @param {any} run @returns {any[] | null} */
export const layersOf = (run) => run?.view.layers ?? null;

/** Nodes that divide rows by questions, the root first; null for a learner that has none. @param {any} run @returns {any[] | null} */
export const nodesOf = (run) => run?.view.nodes ?? null;

/** Marks that the model leaves on its map; none for most. @param {any} run @returns {readonly import('./views/map/marks.js').MapMark[]} */
export const marksOf = (run) => run?.view.marks ?? [];
