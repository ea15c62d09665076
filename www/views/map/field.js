/** The field under the rows: the model's answer in colours, the lines where it changes, and the part of a tree that is looked at. */
import { nodesOf } from '../../abilities.js';
import { ticks } from '../axes.js';
import { answerMap } from '../field.js';
import { TINY, borders, contour } from './contour.js';
import { hatch } from './hatch.js';
import { greatest, largest } from './rows.js';

/** @typedef {import('../../state.js').Points} Points */
/** @typedef {import('../../state.js').Run} Run */

/** @typedef {{run: Run, points: Points, shown: import('../map.jsx').Shown, range: ArrayLike<number>, width: number, height: number, colours: import('../palette.js').Palette}} Scene */

/** Classes that differ by colour alone; regions of the others are hatched as well. */
const COLOURS = 5;
/** How sure the model is at the thin lines: of the one class 0.9, of the other 0.1. */
const SURE = Math.log(9);
/** Lines of equal numbers, about. */
const LEVELS = 6;

/** Numbers of the cells, a buffer a size. @type {Map<number, {scores: Float32Array, best: Uint8Array}>} */
const buffers = new Map();

/** @param {number} cells */
function bufferOf(cells) {
  let buffer = buffers.get(cells);
  if (!buffer) buffers.set(cells, (buffer = { scores: new Float32Array(cells), best: new Uint8Array(cells) }));
  return buffer;
}

/** Levels of the targets, kept for the rows. @type {{points: Points | null, levels: number[], scale: number}} */
const numbers = { points: null, levels: [], scale: 1 };

/** Round levels over a regression's targets, and the number at which colours are full. @param {Points} points */
export function levelsOf(points) {
  if (numbers.points === points) return numbers;
  const { targets } = points;
  let [low, high] = [Infinity, -Infinity];
  for (let at = 0; at < targets.length; at++) [low, high] = [Math.min(low, targets[at]), Math.max(high, targets[at])];
  return Object.assign(numbers, { points, levels: ticks(low, high, LEVELS), scale: largest(targets) });
}

/** The last picture of all rows: what shows where the view has moved to and the engine has not drawn yet. */
const whole = {
  canvas: /** @type {OffscreenCanvas | null} */ (null),
  range: /** @type {ArrayLike<number>} */ ([]),
  points: /** @type {Points | null} */ (null),
  colours: /** @type {import('../palette.js').Palette | null} */ (null),
};

/** @param {OffscreenCanvas} picture @param {Scene} scene */
function keep(picture, { run, points, colours }) {
  const [drawn, home] = [run.map_range, points.range];
  if (drawn[0] > home[0] || drawn[1] < home[1] || drawn[2] > home[2] || drawn[3] < home[3]) return;
  if (whole.canvas?.width !== picture.width) whole.canvas = new OffscreenCanvas(picture.width, picture.height);
  whole.canvas?.getContext('2d')?.drawImage(picture, 0, 0);
  Object.assign(whole, { range: drawn, points, colours });
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {number} across @param {number} up pixels of a unit */
function underlay(context, { points, colours, range }, across, up) {
  const { canvas, range: drawn } = whole;
  if (!canvas || whole.points !== points || whole.colours !== colours) return;
  context.drawImage(
    canvas,
    (drawn[0] - range[0]) * across,
    (range[3] - drawn[3]) * up,
    (drawn[1] - drawn[0]) * across,
    (drawn[3] - drawn[2]) * up,
  );
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {Uint8Array | null} inside nodes of the part of a tree that is looked at */
export function field(context, scene, inside) {
  const { run, points, shown, range, width, height, colours } = scene;
  const { map, map_range: drawn, outputs } = run;
  if (!map) return;
  const side = Math.round(Math.sqrt(map.length / outputs));
  const { levels, scale } = outputs === 1 ? levelsOf(points) : { levels: [], scale: 1 };
  // What the engine drew last lies where it belongs in the view that is wanted now.
  const [across, up] = [width / (range[1] - range[0]), height / (range[3] - range[2])];
  const box = {
    x: (drawn[0] - range[0]) * across,
    y: (range[3] - drawn[3]) * up,
    width: (drawn[1] - drawn[0]) * across,
    height: (drawn[3] - drawn[2]) * up,
  };
  const { scores, best } = bufferOf(side * side);
  if (outputs > 2) for (let at = 0; at < best.length; at++) best[at] = greatest(map, outputs, at);

  context.fillStyle = `rgb(${colours.middle})`;
  context.fillRect(0, 0, width, height);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  const picture = answerMap(map, outputs, side, colours, { scale, plain: shown.plain, levels });
  if (box.x > 0.5 || box.y > 0.5 || box.x + box.width < width - 0.5 || box.y + box.height < height - 0.5)
    underlay(context, scene, across, up);
  context.drawImage(picture, box.x, box.y, box.width, box.height);
  keep(picture, scene);
  if (outputs > COLOURS) hatch(context, side, (at) => best[at] >= COLOURS, box, scene, { colour: colours.paper, alpha: 0.6 });
  context.lineJoin = 'round';

  /** Draws what `draw` traces in cells. @param {(context: CanvasRenderingContext2D) => void} draw @param {number} line @param {number} alpha @param {number[]} [dashes] */
  const trace = (draw, line, alpha, dashes = []) => {
    context.save();
    context.beginPath();
    context.translate(box.x, box.y);
    context.scale(box.width / side, box.height / side);
    draw(context);
    context.restore();
    context.lineWidth = line;
    context.globalAlpha = alpha;
    context.strokeStyle = colours.ink;
    context.setLineDash(dashes);
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  };

  if (shown.contours) {
    if (outputs === 1) {
      for (const level of levels) trace((pen) => contour(map, side, level, pen), level === 0 ? 2 : 1, level === 0 ? 0.85 : 0.5);
    } else if (outputs === 2) {
      // Logarithms of the odds are nearly straight between cells, probabilities are steps.
      for (let at = 0; at < scores.length; at++) scores[at] = Math.log((map[2 * at + 1] + TINY) / (map[2 * at] + TINY));
      trace((pen) => contour(scores, side, 0, pen), 2, 0.9);
      // Where nodes divide rows the answer jumps: all three lines would be one.
      if (!nodesOf(run)) {
        for (const level of [-SURE, SURE]) trace((pen) => contour(scores, side, level, pen), 1.2, 0.6, [5, 4]);
      }
    } else trace((pen) => borders(map, outputs, best, side, pen), 2, 0.9);
  }
  if (inside && run.leaves?.length === scores.length) {
    for (let at = 0; at < scores.length; at++) scores[at] = inside[run.leaves[at]];
    hatch(context, side, (at) => scores[at] > 0, box, scene, { colour: colours.ink, alpha: 0.5, falling: true });
    trace((pen) => contour(scores, side, 0.5, pen), 3, 1);
  }
}
