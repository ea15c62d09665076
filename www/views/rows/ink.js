/**
 * How one row looks: an image in shades of ink, a sequence as lines over its steps, tokens as their symbols. Rows are `[row][number]` of one shape,
 * as the engine sends them.
 */
import { font } from '../font.js';
import { classColour } from '../palette.js';

/** @typedef {import('../palette.js').Palette} Palette */
/** @typedef {CanvasRenderingContext2D} Context */
/** @typedef {import('../../boundary').Shape} Shape */
/** @typedef {{x: number, y: number, w: number, h: number}} Box */

/** Images side by side in a line of their sheet. */
const ABREAST = 32;
/** Symbols in a line before they go on below. */
const SYMBOLS = 16;
/** Room of a symbol where rows are small. */
const LETTER = { w: 11, h: 17 };
/** Room to the right of symbols, for the sign of a wrong row. */
const MARGIN = 8;
/** Pixels along the longer edge of a small image, about. */
const SMALL = 48;
/** Room of a small sequence. */
const LINE = { w: 84, h: 40 };

/** @param {Shape} shape */
const stepsOf = (shape) => ('steps' in shape ? shape.steps : 1);

/** Lines that the symbols of a row take, and how many are in each. @param {Shape} shape */
function lines(shape) {
  const steps = stepsOf(shape);
  const deep = Math.ceil(steps / SYMBOLS);
  return { deep, long: Math.ceil(steps / deep) };
}

/** Width over height. @param {Shape} shape */
export function aspect(shape) {
  if (shape.kind === 'image') return shape.width / shape.height;
  if (shape.kind === 'sequence') return 1.7;
  const { deep, long } = lines(shape);
  return (long * LETTER.w) / (deep * LETTER.h);
}

/** The room of a small row: of an image whole pixels for each of its own. @param {Shape} shape @param {number} scale how much larger letters are than usual */
export function small(shape, scale) {
  if (shape.kind === 'image') {
    const each = Math.max(1, Math.round((SMALL * scale) / Math.max(shape.width, shape.height)));
    return { w: each * shape.width, h: each * shape.height };
  }
  if (shape.kind === 'sequence') return { w: LINE.w * scale, h: LINE.h * scale };
  const { deep, long } = lines(shape);
  return { w: (long * LETTER.w + MARGIN) * scale, h: (deep * LETTER.h + 2) * scale };
}

/** The largest whole multiple of an image that fits, in the middle; anything else as it is. @param {Shape} shape @param {Box} box @returns {Box} */
export function fitted(shape, { x, y, w, h }) {
  if (shape.kind !== 'image') return { x, y, w, h };
  const each = Math.max(1, Math.floor(Math.min(w / shape.width, h / shape.height)));
  const [width, height] = [each * shape.width, each * shape.height];
  return { x: x + Math.round((w - width) / 2), y: y + Math.round((h - height) / 2), w: width, h: height };
}

/** What is drawn of rows, made once for rows and theme. @type {WeakMap<object, {colours: Palette, sheet: OffscreenCanvas}>} */
const sheets = new WeakMap();
/** Largest |value| of all rows. @type {WeakMap<object, number>} */
const reaches = new WeakMap();

/** @typedef {Extract<Shape, {kind: 'image'}>} Image */
/** @typedef {Extract<Shape, {kind: 'sequence'}>} Sequence */

/** All images of `inputs` on one sheet, a pixel for each of theirs. @param {ArrayLike<number> & object} inputs @param {Image} shape @param {Palette} colours */
function sheetOf(inputs, shape, colours) {
  const made = sheets.get(inputs);
  if (made?.colours === colours) return made.sheet;
  const { width, height, channels } = shape;
  const units = width * height * channels;
  const count = inputs.length / units;
  const sheet = new OffscreenCanvas(width * Math.min(ABREAST, count), height * Math.ceil(count / ABREAST));
  const paper = /** @type {OffscreenCanvasRenderingContext2D} */ (sheet.getContext('2d'));
  const picture = paper.createImageData(sheet.width, sheet.height);
  const [from, to] = [colours.middle, inkOf(colours)];
  for (let row = 0; row < count; row++) {
    const [left, top] = [(row % ABREAST) * width, Math.floor(row / ABREAST) * height];
    for (let at = 0; at < width * height; at++) {
      const place = 4 * ((top + Math.floor(at / width)) * sheet.width + left + (at % width));
      for (let part = 0; part < 3; part++) {
        const value = inputs[row * units + (channels === 3 ? part * width * height : 0) + at];
        const share = Math.max(0, Math.min(1, value));
        picture.data[place + part] = channels === 3 ? 255 * share : from[part] + (to[part] - from[part]) * share;
      }
      picture.data[place + 3] = 255;
    }
  }
  paper.putImageData(picture, 0, 0);
  sheets.set(inputs, { colours, sheet });
  return sheet;
}

/** The colour of ink as numbers. @param {Palette} colours */
const inkOf = ({ ink }) => [1, 3, 5].map((from) => parseInt(ink.slice(from, from + 2), 16));

/** @param {ArrayLike<number> & object} inputs */
export function reach(inputs) {
  let most = reaches.get(inputs);
  if (most !== undefined) return most;
  most = 1e-6;
  for (let at = 0; at < inputs.length; at++) most = Math.max(most, Math.abs(inputs[at]));
  reaches.set(inputs, most);
  return most;
}

/**
 * Draws row `row` into its box.
 * @param {Context} context @param {{inputs: ArrayLike<number> & object, shape: Shape, symbols: string[]}} points @param {number} row @param {Box} box @param {Palette} colours @param {boolean} [large]
 */
export function draw(context, points, row, box, colours, large = false) {
  const { shape } = points;
  if (shape.kind === 'image') image(context, points.inputs, shape, row, box, colours);
  else if (shape.kind === 'sequence') sequence(context, points.inputs, shape, row, box, colours, large);
  else tokens(context, points, row, box, colours);
}

/** @param {Context} context @param {ArrayLike<number> & object} inputs @param {Image} shape @param {number} row @param {Box} box @param {Palette} colours */
function image(context, inputs, shape, row, { x, y, w, h }, colours) {
  context.imageSmoothingEnabled = false;
  context.drawImage(
    sheetOf(inputs, shape, colours),
    (row % ABREAST) * shape.width,
    Math.floor(row / ABREAST) * shape.height,
    shape.width,
    shape.height,
    x,
    y,
    w,
    h,
  );
}

/** @param {Context} context @param {ArrayLike<number> & object} inputs @param {Sequence} shape @param {number} row @param {Box} box @param {Palette} colours @param {boolean} large */
function sequence(context, inputs, { steps, features }, row, { x, y, w, h }, colours, large) {
  const most = reach(inputs);
  const across = (/** @type {number} */ step) => x + 2 + ((w - 4) * step) / Math.max(1, steps - 1);
  const up = (/** @type {number} */ value) => y + h / 2 - (value / most) * (h / 2 - 2);
  context.fillStyle = `rgb(${colours.middle})`;
  context.fillRect(x, y, w, h);
  context.beginPath();
  context.moveTo(x, Math.round(y + h / 2) + 0.5);
  context.lineTo(x + w, Math.round(y + h / 2) + 0.5);
  context.lineWidth = 1;
  context.strokeStyle = colours.line;
  context.stroke();
  context.lineJoin = 'round';
  for (let feature = 0; feature < Math.min(features, colours.classes.length); feature++) {
    context.beginPath();
    for (let step = 0; step < steps; step++) context.lineTo(across(step), up(inputs[(row * steps + step) * features + feature]));
    context.lineWidth = large ? 2 : 1.5;
    context.strokeStyle = features === 1 ? colours.ink : classColour(colours, feature);
    context.stroke();
  }
  if (!large || w / steps < 6) return;
  context.fillStyle = colours.ink;
  for (let step = 0; step < steps; step++) {
    context.beginPath();
    context.arc(across(step), up(inputs[(row * steps + step) * features]), 2.2, 0, 7);
    context.fill();
  }
}

/** @param {Context} context @param {{inputs: ArrayLike<number>, shape: Shape, symbols: string[]}} points @param {number} row @param {Box} box @param {Palette} colours */
function tokens(context, { inputs, shape, symbols }, row, { x, y, w, h }, colours) {
  const { deep, long } = lines(shape);
  context.fillStyle = `rgb(${colours.middle})`;
  context.fillRect(x, y, w, h);
  w -= MARGIN;
  // Lines lie as close as their letters let them, whatever the box.
  const wide = w / long;
  // A Chinese character is as wide as it is high.
  const square = symbols.some((symbol) => /** @type {number} */ (symbol.codePointAt(0)) >= 0x3000);
  const size = Math.max(9, Math.min((h / deep) * 0.78, wide * (square ? 1 : 1.15), 30));
  const high = Math.min(h / deep, size * 1.7);
  const top = y + (h - deep * high) / 2;
  context.font = `${size}px ui-monospace, Menlo, Consolas, monospace`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = colours.ink;
  const steps = stepsOf(shape);
  for (let step = 0; step < steps; step++) {
    const symbol = symbols[inputs[row * steps + step]] ?? '?';
    context.fillText(symbol, x + ((step % long) + 0.5) * wide, top + (Math.floor(step / long) + 0.53) * high);
  }
  context.font = font();
  context.textBaseline = 'alphabetic';
}
