/**
 * Marks that a model leaves on its map, whatever its family: rings around rows that matter to it, centres, samples that it made, lines, ellipses, arrows. They come with the view, in raw
 * coordinates of the map's plane, and are drawn as what they are; what they mean says the model's own drawing.
 */
import { mark as point } from '../marks.js';
import { pointColour } from '../palette.js';

/**
 * `at` is where it is, or begins; `to` where a line or an arrow ends; `axes` are the half axes of an ellipse, from its middle. With a `class` it has that class's colour, and a
 * centre its shape; `strength`, from 0 to 1, is how much it counts; `label` stands beside it.
 * @typedef {object} MapMark
 * @property {'ring' | 'centre' | 'sample' | 'line' | 'ellipse' | 'arrow'} kind
 * @property {[number, number]} at
 * @property {[number, number]} [to]
 * @property {[[number, number], [number, number]]} [axes]
 * @property {number} [class]
 * @property {number} [strength]
 * @property {string} [label]
 */

/** @typedef {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} Context */
/** @typedef {{range: ArrayLike<number>, width: number, height: number, colours: import('../palette.js').Palette, classes: number}} Picture `classes` is how many there are */
/** @typedef {(at: [number, number]) => [number, number]} Onto */

/** Pixels: of a ring, of a centre, of half a cross, of the head of an arrow. */
const [RING, CENTRE, CROSS, HEAD] = [9, 8, 3.5, 9];
/** Corners of an ellipse. */
const CORNERS = 64;
/** What counts for nothing is still seen. */
const FAINTEST = 0.3;

/** The path of each kind; a centre is drawn by itself. @type {Record<string, (context: Context, mark: MapMark, onto: Onto) => void>} */
const PATHS = {
  ring(context, { at }, onto) {
    const [x, y] = onto(at);
    context.arc(x, y, RING, 0, 2 * Math.PI);
  },
  sample(context, { at }, onto) {
    const [x, y] = onto(at);
    for (const up of [-CROSS, CROSS]) {
      context.moveTo(x - CROSS, y - up);
      context.lineTo(x + CROSS, y + up);
    }
  },
  line(context, { at, to = at }, onto) {
    context.moveTo(...onto(at));
    context.lineTo(...onto(to));
  },
  arrow(context, { at, to = at }, onto) {
    const [[x0, y0], [x1, y1]] = [onto(at), onto(to)];
    const length = Math.hypot(x1 - x0, y1 - y0);
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    if (!length) return;
    // The head is never longer than half of it.
    const head = Math.min(HEAD, length / 2);
    const [along, aside] = [(x1 - x0) / length, (y1 - y0) / length];
    for (const side of [-0.55, 0.55]) {
      context.moveTo(x1, y1);
      context.lineTo(x1 - head * (along - side * aside), y1 - head * (aside + side * along));
    }
  },
  ellipse(
    context,
    {
      at,
      axes = [
        [0, 0],
        [0, 0],
      ],
    },
    onto,
  ) {
    for (let corner = 0; corner <= CORNERS; corner++) {
      const angle = (2 * Math.PI * corner) / CORNERS;
      const [a, b] = [Math.cos(angle), Math.sin(angle)];
      const place = onto([at[0] + a * axes[0][0] + b * axes[1][0], at[1] + a * axes[0][1] + b * axes[1][1]]);
      if (corner) context.lineTo(...place);
      else context.moveTo(...place);
    }
  },
};

/** @param {Context} context @param {Picture} picture @param {readonly MapMark[]} all */
export function marks(context, { range, width, height, colours, classes }, all) {
  const [across, up] = [width / (range[1] - range[0]), height / (range[3] - range[2])];
  /** @type {Onto} */
  const onto = ([x, y]) => [(x - range[0]) * across, (range[3] - y) * up];
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const mark of all) {
    // A kind that is not known here, or a place that is no number, is not drawn.
    if (!(mark.kind in PATHS || mark.kind === 'centre') || !mark.at.every(Number.isFinite)) continue;
    const strength = Math.max(0, Math.min(1, mark.strength ?? 1));
    const colour = mark.class === undefined ? colours.ink : pointColour(colours, mark.class, classes);
    context.globalAlpha = FAINTEST + (1 - FAINTEST) * strength;
    if (mark.kind === 'centre') {
      const [x, y] = onto(mark.at);
      point(context, { part: 'validation', shape: mark.class ?? 0, x, y, r: CENTRE, colour, colours });
    } else {
      context.beginPath();
      PATHS[mark.kind](context, mark, onto);
      // A pale rim lifts it off any field.
      context.lineWidth = 4 + strength;
      context.strokeStyle = colours.paper;
      context.stroke();
      context.lineWidth = 1.5 + strength;
      context.strokeStyle = colour;
      context.stroke();
    }
    if (mark.label) label(context, colours, onto(mark.at), mark.label);
  }
  context.globalAlpha = 1;
}

/** @param {Context} context @param {import('../palette.js').Palette} colours @param {[number, number]} place @param {string} text */
function label(context, colours, [x, y], text) {
  context.font = '12px system-ui, sans-serif';
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.lineWidth = 3;
  context.strokeStyle = colours.paper;
  context.strokeText(text, x + RING + 4, y);
  context.fillStyle = colours.ink;
  context.fillText(text, x + RING + 4, y);
}
