/**
 * Numbers laid out as cells: the maps of an image, the steps of a sequence, a matrix for each head, units, weights. A sheet knows where each number
 * lies and what it is called; it is made once a shape, and painted as often as the numbers change.
 */
import { fieldPixel } from '../palette.js';

/** @typedef {import('../palette.js').Palette} Palette */
/** @typedef {import('../../boundary').Shape} Shape */
/** @typedef {'channel' | 'row' | 'column' | 'step' | 'feature' | 'head' | 'asks' | 'asked' | 'unit' | 'output' | 'input' | 'entry'} Axis what a place is counted by */
/** @typedef {[Axis, number][]} Place where a number is, counted from 0 */
/**
 * `wide` × `high` cells; `index` is the number in each, −1 for the gaps between tiles; `stretch` where cells need not be square; `most` is the height that a cell may have.
 * @typedef {{wide: number, high: number, index: Int32Array, stretch: boolean, most?: number, place: (at: number) => Place}} Sheet
 */

/** Tiles in as many columns that the whole comes nearest to `aspect`, width over height. @param {number} count @param {number} width @param {number} height @param {number} aspect */
function columnsFor(count, width, height, aspect) {
  let [best, least] = [1, Infinity];
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const far = Math.abs(Math.log((columns * (width + 1)) / (rows * (height + 1)) / aspect)) + (columns * rows - count) / count;
    if (far < least) [best, least] = [columns, far];
  }
  return best;
}

/** @param {number} count @param {number} height @param {number} width @param {number} columns @param {Sheet['place']} place @returns {Sheet} */
function tiles(count, height, width, columns, place) {
  const rows = Math.ceil(count / columns);
  const [wide, high] = [columns * (width + 1) - 1, rows * (height + 1) - 1];
  const index = new Int32Array(wide * high).fill(-1);
  for (let tile = 0; tile < count; tile++) {
    const [left, top] = [(tile % columns) * (width + 1), Math.floor(tile / columns) * (height + 1)];
    for (let at = 0; at < height * width; at++)
      index[(top + Math.floor(at / width)) * wide + left + (at % width)] = tile * height * width + at;
  }
  return { wide, high, index, stretch: false, place };
}

/** Rows of `wide` cells by a rule. @param {number} wide @param {number} high @param {(x: number, y: number) => number} which @param {Sheet['place']} place @returns {Sheet} */
const grid = (wide, high, which, place) => ({
  wide,
  high,
  index: Int32Array.from({ length: wide * high }, (_, at) => which(at % wide, Math.floor(at / wide))),
  stretch: true,
  place,
});

/** What leaves a layer. @param {Shape} shape @param {number} aspect of the room there is @param {number} [most] tiles @returns {Sheet} */
export function outputSheet(shape, aspect, most = Infinity) {
  if (shape.kind === 'image') {
    const { channels = 1, height = 1, width = 1 } = shape;
    const count = Math.min(channels, most);
    return tiles(count, height, width, columnsFor(count, width, height, aspect), (at) => [
      ['channel', Math.floor(at / (height * width))],
      ['row', Math.floor(at / width) % height],
      ['column', at % width],
    ]);
  }
  if (shape.kind === 'sequence') {
    const { steps = 1, features = 1 } = shape;
    return grid(
      steps,
      features,
      (step, feature) => step * features + feature,
      (at) => [
        ['step', Math.floor(at / features)],
        ['feature', at % features],
      ],
    );
  }
  if (shape.kind === 'tokens')
    return grid(
      shape.steps ?? 1,
      1,
      (step) => step,
      (at) => [['step', at]],
    );
  const count = shape.units ?? 1;
  const high = count <= FEW ? count : Math.min(count, Math.max(FEW, Math.ceil(Math.sqrt(count / aspect))));
  return {
    ...grid(
      Math.ceil(count / high),
      high,
      (x, y) => (x * high + y < count ? x * high + y : -1),
      (at) => [['unit', at]],
    ),
    most: TALL,
  };
}

/** As many units stand in one column; the pixels that one is high at most. */
const FEW = 16;
const TALL = 18;

/** Whom each step listens to, a matrix a head. @param {{heads: number, steps: number}} attention @param {number} aspect @returns {Sheet} */
export const attentionSheet = ({ heads, steps }, aspect) =>
  tiles(heads, steps, steps, columnsFor(heads, steps, steps, aspect), (at) => [
    ['head', Math.floor(at / steps ** 2)],
    ['asks', Math.floor(at / steps) % steps],
    ['asked', at % steps],
  ]);

/** What a layer has learned: filters as tiles, an output a row; matrices as they are; vectors as a row. @param {number[]} shape @param {number} aspect @returns {Sheet} */
export function tensorSheet(shape, aspect) {
  if (shape.length === 4) {
    const [outputs, inputs, height, width] = shape;
    const size = height * width;
    const columns = inputs > 1 ? inputs : columnsFor(outputs, width, height, aspect);
    return tiles(outputs * inputs, height, width, columns, (at) => [
      ['output', Math.floor(at / size / inputs)],
      ['input', Math.floor(at / size) % inputs],
      ['row', Math.floor(at / width) % height],
      ['column', at % width],
    ]);
  }
  if (shape.length === 1) {
    const wide = Math.min(shape[0], 64);
    return grid(
      wide,
      Math.ceil(shape[0] / wide),
      (x, y) => (y * wide + x < shape[0] ? y * wide + x : -1),
      (at) => [['entry', at]],
    );
  }
  const [outputs, ...rest] = shape;
  const inputs = rest.reduce((product, size) => product * size, 1);
  // A tall one lies on its side.
  if (outputs > 4 * inputs)
    return grid(
      outputs,
      inputs,
      (x, y) => x * inputs + y,
      (at) => [
        ['output', Math.floor(at / inputs)],
        ['input', at % inputs],
      ],
    );
  return grid(
    inputs,
    outputs,
    (x, y) => y * inputs + x,
    (at) => [
      ['output', Math.floor(at / inputs)],
      ['input', at % inputs],
    ],
  );
}

/** @type {WeakMap<Sheet, {canvas: OffscreenCanvas, context: OffscreenCanvasRenderingContext2D, image: ImageData, pixels: Uint32Array}>} */
const papers = new WeakMap();

/** The sheet in the field's colours, a pixel a cell; `largest` is as strong as a colour gets. @param {Sheet} sheet @param {ArrayLike<number>} values @param {number} largest @param {Palette} colours */
export function paint(sheet, values, largest, colours) {
  let paper = papers.get(sheet);
  if (!paper) {
    const canvas = new OffscreenCanvas(sheet.wide, sheet.high);
    const image = new ImageData(sheet.wide, sheet.high);
    paper = {
      canvas,
      image,
      context: /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d')),
      pixels: new Uint32Array(image.data.buffer),
    };
    papers.set(sheet, paper);
  }
  const { index } = sheet;
  const scale = 1 / Math.max(largest, 1e-9);
  for (let cell = 0; cell < index.length; cell++)
    paper.pixels[cell] = index[cell] < 0 ? 0 : fieldPixel(colours, values[index[cell]] * scale);
  paper.context.putImageData(paper.image, 0, 0);
  return paper.canvas;
}

/** Cells of a column of units are no wider than so many times their height. */
const FLATTEST = 3;

/** Where a sheet lies in a room: square cells where it does not stretch, centred. @param {Sheet} sheet @param {number} width @param {number} height */
export function placed(sheet, width, height) {
  const room = height;
  const cell = Math.min(width / sheet.wide, height / sheet.high);
  if (sheet.most) height = Math.min(height, sheet.most * sheet.high);
  const size = sheet.stretch
    ? [Math.min(width, (height / sheet.high) * FLATTEST * sheet.wide), Math.min(height, (width / sheet.wide) * FLATTEST * sheet.high)]
    : [cell * sheet.wide, cell * sheet.high];
  return { left: (width - size[0]) / 2, top: (room - size[1]) / 2, width: size[0], height: size[1] };
}
