/**
 * The panels and sheets of the page: which there are, where each stands, which are open. Each is a folder with one `panel.js`, found by `all.js`; nothing else lists them.
 * Here is also how one is opened: `show('studies')`, from wherever it is wanted.
 */
import { signal } from '@preact/signals';
import { queried } from '../address.js';

/** @typedef {import('../i18n/index.js').Key} Key */

/**
 * What a `panel.js` says. `title` is its name, `short` one for a button, `tab` its tab on a phone; `icon` is a path on a 16 × 16 grid, `order` its place among its like.
 * `load` fetches the module whose default export it is when it is opened first; `part` is a component that the first view has already. A sheet is given `close`, and `given`,
 * which is what it was opened with. `fits` is whether there is something for it to show; what stands beside the stage is there while it fits.
 *
 * Where it stands: a `sheet` lies over the page until it is closed, `stage` is always there, the `rail` holds the settings, `side` takes the rail's place, a `page` is opened by its
 * own name in the address (`?glossary`) instead of the playground.
 *
 * Where it is offered: `lead` beside the page's name, in the `bar` in words, in the `menu`, or by another panel, whose id it is; `presents` is offered before a class as well.
 * `key` opens it; `keys` are those that it hears itself, for the sheet of keys. With `address` it is opened by `?id` and `?id=given` as well.
 * `narrow` is a column for which there is no room beside one that leads.
 * @typedef {object} Panel
 * @property {string} id
 * @property {'sheet' | 'stage' | 'rail' | 'side' | 'page'} where
 * @property {Key} title
 * @property {Key} [short]
 * @property {{order: number, word: Key}} [tab]
 * @property {string} [icon]
 * @property {number} [order]
 * @property {() => Promise<{default: any}>} [load]
 * @property {import('preact').ComponentType<any>} [part]
 * @property {() => boolean} [fits]
 * @property {string} [offered]
 * @property {boolean} [presents]
 * @property {string} [key]
 * @property {{title: Key, lines: [keys: string[], does: Key][]}[]} [keys] keys as `event.key` names them; several in a line do one thing together
 * @property {boolean} [address]
 * @property {boolean} [narrow]
 */

/** In their order. @type {Panel[]} */
const panels = [];

/** Takes up what was found, and opens what the address names. @param {Panel[]} found */
export function register(found) {
  panels.push(...[...found].sort((a, b) => (a.order ?? 0) - (b.order ?? 0) || (a.id < b.id ? -1 : 1)));
  const twice = panels.find(({ id }, at) => panels.findIndex((other) => other.id === id) !== at);
  if (twice) throw new Error(`two panels are called ${twice.id}`);
  const query = new URLSearchParams(location.search);
  for (const { id, address } of panels) if (address && query.has(id)) show(id, query.get(id));
}

/** @param {Panel['where']} where */
export const standing = (where) => panels.filter((panel) => panel.where === where);

/** What stands beside the stage, where something does. */
export const beside = () => standing('side').find(({ fits }) => fits?.()) ?? null;

/** What is offered there now. @param {string} at */
export const offered = (at) => panels.filter((panel) => panel.offered === at && (panel.fits?.() ?? true));

/** Keys that panels hear, in the panels' order. */
export const keysHeard = () => panels.flatMap(({ keys = [] }) => keys);

/** Keys that open one, with the panel. @returns {[string, Panel][]} */
export const openers = () => panels.flatMap((panel) => (panel.key ? [/** @type {[string, Panel]} */ ([panel.key, panel])] : []));

/** By panel, what it was opened with; undefined while it is closed. @type {Map<string, import('@preact/signals').Signal<any>>} */
const open = new Map();

/** @param {string} id */
function of(id) {
  let known = open.get(id);
  if (!known) open.set(id, (known = signal(undefined)));
  return known;
}

/** @param {string} id */
export const isOpen = (id) => of(id).value !== undefined;

/** What a panel was opened with. @param {string} id */
export const given = (id) => of(id).value;

/** @param {string} id @param {any} [what] it is opened with; what is open already is given it instead of what it had */
export const show = (id, what = null) => void (of(id).value = what ?? null);

/** @param {string} id */
export function hide(id) {
  of(id).value = undefined;
  named(id, null);
}

/** The address names what is open, or with null does no longer: `?surfaces=…`, beside the experiment. @param {string} id @param {string | null} what */
export function named(id, what) {
  const rest = location.search
    .slice(1)
    .split('&')
    .filter((part) => part && part.split('=')[0] !== id);
  const own = what === null ? [] : [what ? `${id}=${encodeURIComponent(what)}` : id];
  const query = [...rest, ...own].join('&');
  queried(query && `?${query}`);
}
