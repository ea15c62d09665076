/**
 * Drawings of models, by the kind of view that the engine sends: the view `{kind: 'tree', …}` is drawn by `tree.jsx` here, or by `tree/index.jsx`. A new drawing is a new file, whose
 * default export is a component; it is fetched when a model of that kind is looked at first. A kind that has no file is drawn by `none.jsx`. Words stand in `words.js` of a folder.
 */

/** @typedef {import('../../state.js').Points} Points */
/** @typedef {import('../../state.js').Run} Run */
/** @typedef {import('../../boundary').Document} Document */
/** @typedef {import('../../boundary').Schema} Schema */

/** @typedef {import('../../boundary').View} View */
/** A run whose model is drawn so. @template {View['kind']} Kind @typedef {Omit<Run, 'view'> & {view: Extract<View, {kind: Kind}>}} RunOf */

/**
 * What a drawing is given: what the page knows, and what it can do. It needs no store.
 * @template {View['kind']} [Kind=View['kind']]
 * @typedef {object} Given
 * @property {RunOf<Kind>} run the run as the frame has it; what its kind draws is in `run.view`
 * @property {Points} points rows, columns and classes
 * @property {Schema} schema the experiment's
 * @property {string} family what the model is called
 * @property {Record<string, Document>} settings the family's, as the form has them
 * @property {Schema} part the schema of the settings
 * @property {[name: string, value: string][]} facts the settings in words
 * @property {(keys: (string | number)[], next: (now: Document) => Document) => void} change changes one of the settings as the form has it by then: the drawing may be a moment behind
 * @property {boolean} running
 * @property {boolean} roomy there is room for whole words
 * @property {(() => void) | null} enlarge gives the drawing more room, where it has little
 * @property {boolean} scrolls its panel has as much room as the drawing takes
 * @property {any} tools what the page has beside the heading
 * @property {number | null} node the node that is pointed at, here or on the map
 * @property {(node: number | null) => void} onNode
 * @property {[layer: number, unit: number] | null} unit the unit that is looked at closely: the frame then has its map
 * @property {(unit: [number, number] | null) => void} onUnit
 * @property {(needs: Needs | null) => void} need what the frames are to bring besides; null when it is gone
 * @property {{diagnosis: import('../../boundary').Diagnosis[] | null, times: (import('../../boundary').Time | null)[], measuring: boolean}} health what is known of the layers
 * @property {(layers: number[]) => void} measure finds out how long layers take
 * @property {() => Promise<Uint8Array>} tensors all weights, as a safetensors file
 * @property {(tensor: string, at: number, value: number) => void} set changes a weight
 */

/** `row` is what is made of the chosen row, all of it of the layer `close`; `health` how the layers are, every so many milliseconds. @typedef {{row?: boolean, close?: number | null, health?: number}} Needs */

const found = /** @type {Record<string, () => Promise<{default: import('preact').ComponentType<Given>}>>} */ (
  import.meta.glob(['./*.jsx', './*/index.jsx'])
);
const drawings = new Map(Object.entries(found).map(([path, load]) => [path.split('/')[1].replace('.jsx', ''), load]));

/** What fetches the drawing of a kind. @param {string} kind */
export const drawingOf = (kind) => /** @type {() => Promise<any>} */ (drawings.get(kind) ?? drawings.get('none'));
