/** Where the blocks of an architecture stand: left to right in rows, as large as all of them fit. Pure: computed once a shape and size. */

/** @typedef {{left: number, top: number, width: number, height: number}} Box */
/** @typedef {{thin: boolean, inside: Node[]}} Node what matters here of a layer: `thin` ones change numbers in their place and need no picture */
/** `path` leads to the layer: its number, and within a residual block the number there. @typedef {Box & {path: number[], thin: boolean, picture: Box}} Block */
/** `sum` is where what went past is added again, at the height `middle`. @typedef {Box & {path: number[], middle: number, sum: number}} Loop */
/** @typedef {{width: number, height: number, blocks: Block[], loops: Loop[], links: [number, number][][], lines: number}} Layout `lines` of text stand under a picture; `links` are arrows */

/** Widest and narrowest picture that says something. */
const WIDEST = 150;
const LEAST = 46;
/** Width of a layer that has no picture; with the gaps beside it a finger finds it. */
const THIN = { fine: 22, coarse: 30 };
/** Room for an arrow; between rows; at the sides, where an arrow goes to the next row. */
const ARROW = 15;
const ROWS = 14;
const SIDE = 12;
/** Around the layers of a loop; above them goes the way past them, and behind them the two are added. */
const LOOP = 7;
const PAST = 16;
const SUM = 14;

/** @typedef {{size: number, thin: number, lines: number, expand: boolean}} Sizes */
/** @typedef {{sizes: Sizes, rows: number[][], height: number, each: number}} Try */

/** @param {Node} node @param {Sizes} sizes @returns {number} */
function widthOf(node, sizes) {
  if (node.thin) return sizes.thin;
  if (!sizes.expand || !node.inside.length) return sizes.size;
  return node.inside.reduce((sum, inner) => sum + widthOf(inner, { ...sizes, expand: false }) + ARROW, 2 * LOOP + SUM);
}

/** Fills rows one after the other; null where a layer is wider than a row. @param {Node[]} nodes @param {number} most @param {Sizes} sizes @returns {number[][] | null} */
function rowsOf(nodes, most, sizes) {
  /** @type {number[][]} */
  const rows = [[]];
  let used = 0;
  for (const [at, node] of nodes.entries()) {
    const width = widthOf(node, sizes);
    if (width > most) return null;
    if (rows[rows.length - 1].length && used + ARROW + width > most) {
      rows.push([]);
      used = 0;
    }
    used += (rows[rows.length - 1].length ? ARROW : 0) + width;
    rows[rows.length - 1].push(at);
  }
  return rows;
}

/** Height of a picture: not quite a square, so that more rows fit. @param {number} size */
const pictureOf = (size) => Math.round(size * 0.86);

/** @param {Node[]} nodes @param {number} width @param {number} text height of a line @param {Sizes} sizes @returns {Try | null} */
function attempt(nodes, width, text, sizes) {
  const most = width - 2 * SIDE;
  let rows = rowsOf(nodes, most, sizes);
  if (!rows) return null;
  // As many rows, but none with a single block left over: the narrowest that still takes no more rows.
  for (let [low, high] = [most * 0.4, most]; high - low > 4; ) {
    const middle = (low + high) / 2;
    const narrower = rowsOf(nodes, middle, sizes);
    if (narrower && narrower.length === rows.length) [rows, high] = [narrower, middle];
    else low = middle;
  }
  const each = pictureOf(sizes.size) + sizes.lines * text + 4 + (loops(nodes, sizes) ? PAST + 2 * LOOP : 0);
  return { sizes, rows, each, height: rows.length * each + (rows.length - 1) * ROWS };
}

/** @param {Node[]} nodes @param {Sizes} sizes */
const loops = (nodes, { expand }) => expand && nodes.some((node) => node.inside.length > 0);

/**
 * First what shows most: loops with their layers, three lines. What is given up first are lines, then the insides of loops, then size.
 * @param {Node[]} nodes @param {number} width @param {number} height @param {number} text @param {number} thin @param {number} third what the third line needs @returns {Try}
 */
function best(nodes, width, height, text, thin, third) {
  const wanted = /** @type {[boolean, number, number][]} */ ([
    [true, 3, Math.max(76, third)],
    [true, 2, 64],
    [false, 3, Math.max(76, third)],
    [false, 2, LEAST],
  ]);
  for (const [expand, lines, least] of wanted) {
    for (let size = WIDEST; size >= least; size -= 2) {
      const found = attempt(nodes, width, text, { size, thin, lines, expand });
      if (found && found.height <= height) return found;
    }
  }
  const sizes = { size: LEAST, thin, lines: 2, expand: false };
  return attempt(nodes, width, text, sizes) ?? { sizes, rows: nodes.map((_, at) => [at]), each: 0, height: 0 };
}

/**
 * @param {{nodes: Node[], width: number, height: number, text: number, third: number, coarse: boolean}} of `text` is the height of a line, `third` the width of the longest that is left away where it does not fit; `coarse` is a pointer that needs large targets
 * @returns {Layout} higher than there is room only where even the smallest blocks do not fit
 */
export function layoutOf({ nodes, width, height, text, third, coarse }) {
  const found = best(nodes, width, height, text, coarse ? THIN.coarse : THIN.fine, third);
  const { sizes, rows, each } = found;
  const { size, lines, expand } = sizes;
  const inner = { ...sizes, expand: false };
  const picture = pictureOf(size);
  const drop = loops(nodes, sizes) ? PAST + LOOP : 0;
  /** @type {Layout} */
  const layout = { width, height: Math.max(height, found.height), blocks: [], loops: [], links: [], lines };
  let top = Math.max(0, (height - found.height) / 2);
  const used = (/** @type {number[]} */ row) => row.reduce((sum, at) => sum + widthOf(nodes[at], sizes) + ARROW, -ARROW);
  // Rows begin below one another, and together stand in the middle.
  const start = (width - Math.max(...rows.map(used))) / 2;
  /** Where the last block ends, and how far down its row goes. */
  let last = /** @type {{right: number, middle: number, below: number} | null} */ (null);
  for (const row of rows) {
    let left = start;
    const middle = top + drop + picture / 2;
    /** @param {number} x @param {number} wide @param {number[]} path @param {boolean} thin */
    const block = (x, wide, path, thin) => {
      const box = { left: x, top: top + drop, width: wide, height: picture };
      layout.blocks.push({ ...box, height: picture + (thin ? 0 : lines * text + 4), path, thin, picture: box });
    };
    for (const at of row) {
      const node = nodes[at];
      const wide = widthOf(node, sizes);
      if (last) {
        const [from, to] = [
          /** @type {[number, number]} */ ([last.right + 2, last.middle]),
          /** @type {[number, number]} */ ([left - 2, middle]),
        ];
        const turn = last.below + ROWS / 2 - 1;
        layout.links.push(
          last.middle === middle
            ? [from, to]
            : [
                from,
                [last.right + SIDE - 4, last.middle],
                [last.right + SIDE - 4, turn],
                [start - SIDE + 3, turn],
                [start - SIDE + 3, middle],
                to,
              ],
        );
      }
      if (expand && node.inside.length) {
        const loop = {
          left,
          top,
          width: wide,
          height: drop + picture + lines * text + 4 + LOOP,
          path: [at],
          middle,
          sum: left + wide - LOOP - SUM / 2,
        };
        layout.loops.push(loop);
        let x = left + LOOP;
        node.inside.forEach((part, number) => {
          const own = widthOf(part, inner);
          block(x, own, [at, number], part.thin);
          x += own + ARROW;
          layout.links.push([
            [x - ARROW + 2, middle],
            [number + 1 < node.inside.length ? x - 2 : loop.sum - SUM / 2, middle],
          ]);
        });
      } else block(left, wide, [at], node.thin);
      last = { right: left + wide, middle, below: top + each };
      left += wide + ARROW;
    }
    top += each + ROWS;
  }
  return layout;
}

/** The block that a key leads to from another one: on along the way, or to the one above or below. @param {Layout} layout @param {number} from @param {string} key @returns {number | null} */
export function walk({ blocks }, from, key) {
  if (key === 'ArrowLeft' || key === 'ArrowRight') return Math.max(0, Math.min(blocks.length - 1, from + (key === 'ArrowLeft' ? -1 : 1)));
  if (key === 'Home') return 0;
  if (key === 'End') return blocks.length - 1;
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return null;
  const own = blocks[from];
  const centre = (/** @type {Block} */ block) => block.left + block.width / 2;
  const there = blocks
    .map((block, at) => ({ block, at }))
    .filter(({ block }) => (key === 'ArrowUp' ? block.top < own.top - 1 : block.top > own.top + 1));
  if (!there.length) return from;
  const row = key === 'ArrowUp' ? Math.max(...there.map(({ block }) => block.top)) : Math.min(...there.map(({ block }) => block.top));
  return there
    .filter(({ block }) => block.top === row)
    .reduce((near, next) => (Math.abs(centre(next.block) - centre(own)) < Math.abs(centre(near.block) - centre(own)) ? next : near)).at;
}
