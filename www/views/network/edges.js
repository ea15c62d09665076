/** The edges of a drawn network: width by |weight|, colour by sign. Thousands of them, so they are gathered into a few strokes of like style. */

/** @typedef {import('../palette.js').Palette} Palette */
/** @typedef {import('./layout.js').Layout} Layout */

/** Steps of |weight| that look different. */
const LEVELS = 8;
/** Weights below this share of their layer's largest have faded away: regularisation drove them to nothing. */
const GONE = 0.012;
/** The drift of a network that trains, in pixels a second. */
const DRIFT = 26;
const DASH = [2, 14];

/** Which of the styles: 0 … LEVELS − 1 by size, negative weights first; −1 for none. @param {number} share */
export function styleOf(share) {
  const size = Math.abs(share);
  if (!(size >= GONE)) return -1;
  const level = Math.min(LEVELS - 1, Math.floor(size * LEVELS));
  return share < 0 ? level : LEVELS + level;
}

/** @param {Path2D} path @param {number} ax @param {number} ay @param {number} bx @param {number} by */
function curve(path, ax, ay, bx, by) {
  const middle = (ax + bx) / 2;
  path.moveTo(ax, ay);
  path.bezierCurveTo(middle, ay, middle, by, bx, by);
}

/**
 * @param {CanvasRenderingContext2D} context @param {Layout} layout @param {import('../../boundary').LayerView[]} layers @param {Palette} colours
 * @param {[number, number] | null} picked the unit whose edges stand out @param {number | null} seconds of the drift, null where nothing trains
 * @param {number} half from a unit's middle to its side
 */
export function drawEdges(context, layout, layers, colours, picked, seconds, half) {
  const { columns, box } = layout;
  /** @type {Path2D[]} */
  const near = [];
  /** @type {Path2D[]} */
  const rest = [];
  for (let at = 1; at < layers.length; at++) {
    const { weights, largest, shown } = layers[at];
    const before = layers[at - 1].shown;
    for (let to = 0; to < shown; to++) {
      for (let from = 0; from < before; from++) {
        const style = styleOf(weights[to * before + from] / (largest || 1));
        if (style < 0) continue;
        const stands = picked && ((picked[0] === at && picked[1] === to) || (picked[0] === at - 1 && picked[1] === from));
        const paths = picked && !stands ? rest : near;
        const [a, b] = [columns[at - 1].units[from], columns[at].units[to]];
        curve((paths[style] ??= new Path2D()), a.left + box / 2 + half, a.top + box / 2, b.left + box / 2 - half, b.top + box / 2);
      }
    }
  }
  const thick = Math.max(0.9, Math.min(3.6, box * 0.11));
  const stroke = (/** @type {Path2D[]} */ paths, /** @type {number} */ strength) => {
    for (let style = 0; style < 2 * LEVELS; style++) {
      if (!paths[style]) continue;
      const size = (((style % LEVELS) + 0.5) / LEVELS) ** 0.8;
      context.strokeStyle = `rgb(${style < LEVELS ? colours.low : colours.high})`;
      context.globalAlpha = strength * (0.14 + 0.76 * size);
      context.lineWidth = 0.5 + thick * size;
      context.stroke(paths[style]);
    }
  };
  context.lineCap = 'butt';
  stroke(rest, 0.16);
  stroke(near, 1);
  if (seconds !== null) drift(context, near, colours, thick, seconds);
  context.globalAlpha = 1;
}

/** One edge, lifted off the others. @param {CanvasRenderingContext2D} context @param {Layout} layout @param {[number, number, number]} edge @param {number} weight @param {number} half @param {Palette} colours */
export function drawEdge(context, { columns, box }, [layer, to, from], weight, half, colours) {
  const [a, b] = [columns[layer - 1].units[from], columns[layer].units[to]];
  const path = new Path2D();
  curve(path, a.left + box / 2 + half, a.top + box / 2, b.left + box / 2 - half, b.top + box / 2);
  context.lineWidth = 8;
  context.strokeStyle = colours.paper;
  context.stroke(path);
  context.lineWidth = 4;
  context.strokeStyle = `rgb(${weight < 0 ? colours.low : colours.high})`;
  context.stroke(path);
}

/** Light dots that run along the stronger edges while the network trains. @param {CanvasRenderingContext2D} context @param {Path2D[]} paths @param {Palette} colours @param {number} thick @param {number} seconds */
function drift(context, paths, colours, thick, seconds) {
  const strong = new Path2D();
  for (let style = 0; style < 2 * LEVELS; style++) if (paths[style] && style % LEVELS >= LEVELS / 2) strong.addPath(paths[style]);
  context.setLineDash(DASH);
  context.lineDashOffset = -((seconds * DRIFT) % (DASH[0] + DASH[1]));
  context.strokeStyle = colours.paper;
  context.globalAlpha = 0.9;
  context.lineWidth = 0.6 + thick * 0.45;
  context.stroke(strong);
  context.setLineDash([]);
}
