/** Where everything of a drawn network stands: pure, computed once a shape and size, read by the drawing and by the buttons over it. */

/** @typedef {'full' | 'short' | 'upright'} Head how much of a layer's header there is room for */
/** @typedef {{left: number, top: number}} Spot the upper left corner of a unit */
/** @typedef {{centre: number, units: Spot[], pitch: number, more: number}} Column */
/** @typedef {{width: number, height: number, gap: number, box: number, top: number, head: Head, columns: Column[], names: string[], ends: string[], full: number}} Layout `full` is the height that gives every unit a target of its own */

/** Height of the headers, by kind; with buttons for fingers a full one is higher. */
const HEADS = { full: 68, short: 50, upright: 108 };
const FULL_COARSE = 86;
/** Room under the columns for the number of units that are not drawn; upright headers have it upright too. */
const BELOW = { full: 18, short: 18, upright: 34 };
/** Edge of the largest box, and its share of a panel in which that is small. */
const LARGEST = 46;
const LARGE = 0.09;
/** Units of a small layer stand this many boxes apart at most; small boxes further, to use the height. */
const SPREAD = 1.75;
const APART = 34;
/** Height of what a finger finds. */
const FINGER = 44;
/** Shares of the width that the names of inputs and of outputs may take, and the pixels that they need at most. */
const BESIDE = { names: 0.17, ends: 0.13 };
const LONGEST = 130;

/** Cuts a text to a width. @param {string} text @param {number} room @param {(text: string) => number} measure */
export function fit(text, room, measure) {
  if (measure(text) <= room) return text;
  let length = text.length;
  while (length > 1 && measure(`${text.slice(0, length)}…`) > room) length--;
  return `${text.slice(0, length)}…`;
}

/**
 * @param {{shown: number[], units: number[], names: string[], ends: string[], width: number, height: number, coarse: boolean, unit?: number, measure: (text: string) => number}} of
 *   `names` stand left of the inputs, `ends` right of the outputs; `coarse` is a pointer that needs large targets; headers and boxes are `unit` times as large
 * @returns {Layout}
 */
export function layoutOf({ shown, units, names, ends, width, height, coarse, unit = 1, measure }) {
  const largest = Math.max(LARGEST * unit, LARGE * Math.min(width, height));
  const room = { names: Math.min(LONGEST, width * BESIDE.names), ends: Math.min(LONGEST, width * BESIDE.ends) };
  const side = (/** @type {string[]} */ texts, /** @type {number} */ most) =>
    Math.max(0, ...texts.map((text) => Math.min(most, measure(text)) + 8));
  const [before, after] = [side(names, room.names), side(ends, room.ends)];
  // A first guess of the box, so that the outer columns keep clear of the edges.
  const guess = Math.min(largest, (width / shown.length) * 0.5);
  const first = Math.max(before + guess / 2, 30);
  const last = width - Math.max(after + guess / 2, 46);
  const gap = (last - first) / Math.max(1, shown.length - 1);
  const head = gap >= unit * (coarse ? 140 : 72) ? 'full' : gap >= 44 * unit ? 'short' : 'upright';
  const top = unit * (coarse && head === 'full' ? FULL_COARSE : HEADS[head]);
  const space = Math.max(40, height - top - unit * BELOW[head]);
  const most = Math.max(...shown);
  const box = Math.max(6, Math.min(largest, gap * 0.56, space / most - (most > 6 ? 4 : 6)));
  const columns = shown.map((count, at) => {
    const pitch = Math.min(space / count, Math.max(coarse ? FINGER : APART, box * SPREAD));
    const centre = first + gap * at;
    const start = top + (space - pitch * count) / 2 + (pitch - box) / 2;
    return {
      centre,
      pitch,
      more: units[at] - count,
      units: Array.from({ length: count }, (_, unit) => ({ left: centre - box / 2, top: start + pitch * unit })),
    };
  });
  const cut = (/** @type {string[]} */ texts, /** @type {number} */ most) => texts.map((text) => fit(text, most, measure));
  return {
    width,
    height,
    gap,
    box,
    top,
    head,
    columns,
    names: cut(names, room.names),
    ends: cut(ends, room.ends),
    full: top + most * FINGER + unit * BELOW[head],
  };
}

/** The unit beside one in the next or previous layer, at about the same height. @param {Layout} layout @param {number} layer @param {number} unit @param {number} step @returns {[number, number]} */
export function across({ columns, box }, layer, unit, step) {
  const to = Math.max(0, Math.min(columns.length - 1, layer + step));
  if (to === layer) return [layer, unit];
  const middle = columns[layer].units[unit].top + box / 2;
  const far = columns[to].units.map(({ top }) => Math.abs(top + box / 2 - middle));
  return [to, far.indexOf(Math.min(...far))];
}

/** Pixels around an edge that count as it. */
const REACH = 5;

/** How far along its edge's height a point of an edge is, by how far it is along the width: both are a cubic with its handles halfway. @param {number} along */
function rise(along) {
  let t = along;
  for (let step = 0; step < 4; step++) t -= (1.5 * t - 1.5 * t * t + t ** 3 - along) / (1.5 - 3 * t + 3 * t * t);
  return 3 * t * t - 2 * t ** 3;
}

/**
 * The edge under a place, as [layer, unit, unit before]; null where none is near.
 * @param {Layout} layout @param {number} half from a unit's middle to its side @param {number} x @param {number} y @param {(layer: number, to: number, from: number) => boolean} seen whether an edge is drawn at all
 * @returns {[number, number, number] | null}
 */
export function edgeAt({ columns, box }, half, x, y, seen) {
  const layer = columns.findIndex(({ centre }, at) => at > 0 && x < centre - half && x > columns[at - 1].centre + half);
  if (layer < 0) return null;
  const [start, end] = [columns[layer - 1].centre + half, columns[layer].centre - half];
  const share = rise((x - start) / (end - start));
  let [found, least] = [/** @type {[number, number, number] | null} */ (null), REACH];
  columns[layer].units.forEach((to, toAt) =>
    columns[layer - 1].units.forEach((from, fromAt) => {
      const far = Math.abs(from.top + box / 2 + (to.top - from.top) * share - y);
      if (far < least && seen(layer, toAt, fromAt)) [found, least] = [[layer, toAt, fromAt], far];
    }),
  );
  return found;
}

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

/** Room between a panel, what it tells of and the window's edge. */
const CLEAR = 10;

/**
 * Where a panel stands: beside what it tells of, inside the window, best inside `within`; never over it while there is room elsewhere.
 * @param {Box} of @param {{width: number, height: number}} panel @param {Box} within @param {{width: number, height: number}} view
 * @returns {{left: number, top: number, most: number}} `most` is the height that it may have
 */
export function beside(of, panel, within, view) {
  const clamp = (/** @type {number} */ at, /** @type {number} */ size, /** @type {number} */ most) =>
    Math.max(CLEAR, Math.min(most - size - CLEAR, at));
  const most = view.height - 2 * CLEAR;
  const top = clamp((of.top + of.bottom - panel.height) / 2, Math.min(panel.height, most), view.height);
  const right = of.right + CLEAR;
  const left = of.left - CLEAR - panel.width;
  const fits = { right: right + panel.width <= view.width - CLEAR, left: left >= CLEAR };
  // How far the panel would stand out of the drawing.
  const out = { right: right + panel.width - within.right, left: within.left - left };
  if (fits.right && (!fits.left || out.right <= out.left)) return { left: right, top, most };
  if (fits.left) return { left, top, most };
  const across = clamp((of.left + of.right - panel.width) / 2, panel.width, view.width);
  const [above, below] = [of.top - 2 * CLEAR, view.height - of.bottom - 2 * CLEAR];
  if (below >= above) return { left: across, top: of.bottom + CLEAR, most: below };
  return { left: across, top: Math.max(CLEAR, of.top - CLEAR - panel.height), most: above };
}
