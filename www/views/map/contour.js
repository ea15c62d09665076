/**
 * Lines where a grid of numbers crosses a level, and where the greatest of several numbers changes. Marching squares, with the pieces
 * linked to whole lines and drawn as curves through the middles of their pieces: no corners, no gaps. Knows no canvas: what it draws on is
 * a `Pen`, in units of cells, whose centres lie at halves.
 */

/** @typedef {Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'closePath'>} Pen */

/**
 * What is kept between frames for a side: where each edge between two neighbours is crossed, and the up to two crossings it is linked to.
 * Edges to the right come first, edges down after them.
 * @typedef {{x: Float32Array, y: Float32Array, links: Int32Array, used: Uint8Array}} Net
 */

/** @type {Map<number, Net>} */
const nets = new Map();

/** @param {number} side @returns {Net} */
function netOf(side) {
  const count = 2 * side * side;
  let net = nets.get(side);
  if (!net)
    nets.set(
      side,
      (net = { x: new Float32Array(count), y: new Float32Array(count), links: new Int32Array(2 * count), used: new Uint8Array(count) }),
    );
  net.links.fill(-1);
  net.used.fill(0);
  return net;
}

/** @param {Net} net @param {number} a @param {number} b */
function link({ links, used }, a, b) {
  links[2 * a + (links[2 * a] < 0 ? 0 : 1)] = b;
  links[2 * b + (links[2 * b] < 0 ? 0 : 1)] = a;
  used[a] = used[b] = 1;
}

/** Crossed edges of the cell in hand. */
const crossed = new Int32Array(4);

/**
 * Walks all cells. `share(a, b)` says how far from cell centre `a` to its neighbour `b` the line runs, negative where none does.
 * @param {number} side @param {(a: number, b: number) => number} share @param {(at: number) => boolean} apart whether in a cell whose four edges are all crossed the lines cut off the corners at `at` and opposite it @param {Pen} pen
 */
function march(side, share, apart, pen) {
  const net = netOf(side);
  const { x, y } = net;
  const down = side * side;
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const at = row * side + column;
      x[at] = x[down + at] = -1;
      const right = column + 1 < side ? share(at, at + 1) : -1;
      if (right >= 0) {
        x[at] = column + right + 0.5;
        y[at] = row + 0.5;
      }
      const below = row + 1 < side ? share(at, at + side) : -1;
      if (below >= 0) {
        x[down + at] = column + 0.5;
        y[down + at] = row + below + 0.5;
      }
    }
  }
  for (let row = 0; row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) {
      const at = row * side + column;
      const [top, right, bottom, left] = [at, down + at + 1, at + side, down + at];
      let count = 0;
      if (x[top] >= 0) crossed[count++] = top;
      if (x[right] >= 0) crossed[count++] = right;
      if (x[bottom] >= 0) crossed[count++] = bottom;
      if (x[left] >= 0) crossed[count++] = left;
      if (count === 2) link(net, crossed[0], crossed[1]);
      else if (count === 3) {
        // Three answers meet in this cell.
        const [mx, my] = [(x[crossed[0]] + x[crossed[1]] + x[crossed[2]]) / 3, (y[crossed[0]] + y[crossed[1]] + y[crossed[2]]) / 3];
        for (let k = 0; k < 3; k++) {
          pen.moveTo(x[crossed[k]], y[crossed[k]]);
          pen.lineTo(mx, my);
          net.used[crossed[k]] = 1;
        }
      } else if (count === 4) {
        const corner = apart(at);
        link(net, top, corner ? left : right);
        link(net, bottom, corner ? right : left);
      }
    }
  }
  for (let edge = 0; edge < 2 * down; edge++) if (net.used[edge] && net.links[2 * edge + 1] < 0) follow(net, edge, false, side, pen);
  for (let edge = 0; edge < 2 * down; edge++) if (net.used[edge]) follow(net, edge, true, side, pen);
}

/** Draws one line from `from` on: to its other end, or around to where it began. @param {Net} net @param {number} from @param {boolean} closed @param {number} side @param {Pen} pen */
function follow({ x, y, links, used }, from, closed, side, pen) {
  let before = from;
  let at = links[2 * from];
  used[from] = 0;
  if (at < 0) return;
  const [sx, sy] = [(x[from] + x[at]) / 2, (y[from] + y[at]) / 2];
  if (closed) pen.moveTo(sx, sy);
  else {
    pen.moveTo(rim(x[from], side), rim(y[from], side));
    pen.lineTo(x[from], y[from]);
    pen.lineTo(sx, sy);
  }
  while (used[at]) {
    used[at] = 0;
    const next = links[2 * at] === before ? links[2 * at + 1] : links[2 * at];
    if (next < 0) {
      pen.lineTo(x[at], y[at]);
      pen.lineTo(rim(x[at], side), rim(y[at], side));
      return;
    }
    pen.quadraticCurveTo(x[at], y[at], (x[at] + x[next]) / 2, (y[at] + y[next]) / 2);
    before = at;
    at = next;
  }
  if (!closed) return;
  pen.quadraticCurveTo(x[from], y[from], sx, sy);
  pen.closePath();
}

/** Lines that end at the outermost cells go on to the edge of the picture. @param {number} value @param {number} side */
const rim = (value, side) => (value === 0.5 ? 0 : value === side - 0.5 ? side : value);

/** Where `values` cross `level`. @param {ArrayLike<number>} values @param {number} side @param {number} level @param {Pen} pen */
export function contour(values, side, level, pen) {
  const share = (/** @type {number} */ a, /** @type {number} */ b) => {
    const [from, to] = [values[a], values[b]];
    return from < level === to < level ? -1 : (level - from) / (to - from);
  };
  const middle = (/** @type {number} */ at) => (values[at] + values[at + 1] + values[at + side] + values[at + side + 1]) / 4;
  march(side, share, (at) => middle(at) < level !== values[at] < level, pen);
}

/** Where the greatest of `outputs` scores changes; scores are probabilities, compared by their logarithms, which are close to straight between cells. @param {ArrayLike<number>} map @param {number} outputs @param {ArrayLike<number>} best the greatest of each cell @param {number} side @param {Pen} pen */
export function borders(map, outputs, best, side, pen) {
  const lead = (/** @type {number} */ at, /** @type {number} */ one, /** @type {number} */ other) =>
    Math.log((map[at * outputs + one] + TINY) / (map[at * outputs + other] + TINY));
  const share = (/** @type {number} */ a, /** @type {number} */ b) => {
    const [from, to] = [best[a], best[b]];
    if (from === to) return -1;
    const [first, second] = [lead(a, from, to), lead(b, to, from)];
    return first + second > 0 ? first / (first + second) : 0.5;
  };
  march(side, share, (at) => best[at] !== best[at + side + 1], pen);
}

/** Keeps logarithms of probabilities that are 0 in single precision finite. */
export const TINY = 1e-7;
