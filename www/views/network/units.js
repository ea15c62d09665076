/** The units of a drawn network: each one's own map (or line, or plain disc), its bias, and the names beside the network. */
import { font } from '../font.js';
import { fieldColour, fieldPixel } from '../palette.js';

/** @typedef {import('../kinds/index.js').RunOf<'layers'>} Run */

/** @typedef {import('../palette.js').Palette} Palette */
/** @typedef {import('./layout.js').Layout} Layout */

/** Cells along an edge of a unit's map. */
const MAP = 32;

/** All maps of a frame are painted on one sheet, handed over at once. @type {{canvas: OffscreenCanvas, context: OffscreenCanvasRenderingContext2D, image: ImageData, pixels: Uint32Array} | null} */
let sheet = null;

/** @param {number} count */
function sheetFor(count) {
  if (sheet && sheet.image.height === count * MAP) return sheet;
  const canvas = new OffscreenCanvas(MAP, count * MAP);
  const image = new ImageData(MAP, count * MAP);
  sheet = {
    canvas,
    image,
    context: /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d')),
    pixels: new Uint32Array(image.data.buffer),
  };
  return sheet;
}

/** The largest |value|, to draw by. @param {ArrayLike<number>} values @param {number} from @param {number} to */
function reach(values, from, to) {
  let largest = 1e-6;
  for (let at = from; at < to; at++) largest = Math.max(largest, Math.abs(values[at]));
  return largest;
}

/** Paths of a layout that no frame changes. @type {WeakMap<Layout, {corners: Path2D, outline: Path2D}>} */
const paths = new WeakMap();

/** @param {Layout} layout */
function pathsOf(layout) {
  let found = paths.get(layout);
  if (found) return found;
  const [corners, outline] = [new Path2D(), new Path2D()];
  const { box } = layout;
  const round = Math.min(6, box / 5);
  for (const { units } of layout.columns) {
    for (const { left, top } of units) {
      corners.rect(left - 0.5, top - 0.5, box + 1, box + 1);
      corners.roundRect(left, top, box, box, round);
      outline.roundRect(left, top, box, box, round);
    }
  }
  paths.set(layout, (found = { corners, outline }));
  return found;
}

/** @param {Layout} layout */
const countOf = ({ columns }) => columns.reduce((sum, { units }) => sum + units.length, 0);

/** Whether the units' pictures are lines, over one input, and no maps. @param {Layout} layout @param {Float32Array | null} neurons */
export const isFlat = (layout, neurons) => neurons?.length === countOf(layout) * MAP;

/** @param {CanvasRenderingContext2D} context @param {Layout} layout @param {Run} run @param {Palette} colours @param {[number, number] | null} picked */
export function drawUnits(context, layout, run, colours, picked) {
  const { layers } = run.view;
  const { columns, box } = layout;
  if (!run.neurons) discs(context, layout, layers, colours, picked);
  else if (isFlat(layout, run.neurons)) lines(context, layout, run.neurons, colours);
  else maps(context, layout, run.neurons, countOf(layout), colours);
  if (run.neurons) {
    context.strokeStyle = colours.muted;
    context.lineWidth = 1;
    context.stroke(pathsOf(layout).outline);
    if (picked) {
      const { left, top } = columns[picked[0]].units[picked[1]];
      context.beginPath();
      context.roundRect(left - 1.5, top - 1.5, box + 3, box + 3, Math.min(7, box / 4));
      context.lineWidth = 3;
      // Not the accent: it is the colour of one end of the maps.
      context.strokeStyle = colours.ink;
      context.stroke();
    }
    biases(context, layout, layers, colours);
  }
}

/** @param {CanvasRenderingContext2D} context @param {Layout} layout @param {Float32Array} neurons @param {number} count @param {Palette} colours */
function maps(context, layout, neurons, count, colours) {
  const { canvas, context: on, image, pixels } = sheetFor(count);
  const cells = MAP * MAP;
  for (let unit = 0; unit < count; unit++) {
    const [from, to] = [unit * cells, (unit + 1) * cells];
    const scale = 1 / reach(neurons, from, to);
    for (let at = from; at < to; at++) pixels[at] = fieldPixel(colours, neurons[at] * scale);
  }
  on.putImageData(image, 0, 0);
  const { box } = layout;
  let at = 0;
  for (const { units } of layout.columns)
    for (const { left, top } of units) context.drawImage(canvas, 0, MAP * at++, MAP, MAP, left, top, box, box);
  context.fillStyle = colours.paper;
  context.fill(pathsOf(layout).corners, 'evenodd');
}

/** Over one input a unit is a line. @param {CanvasRenderingContext2D} context @param {Layout} layout @param {Float32Array} neurons @param {Palette} colours */
function lines(context, layout, neurons, colours) {
  const { box } = layout;
  const { outline } = pathsOf(layout);
  context.fillStyle = `rgb(${colours.middle})`;
  context.fill(outline);
  context.beginPath();
  let before = 0;
  for (const { units } of layout.columns) {
    for (const { left, top } of units) {
      const scale = (box * 0.42) / reach(neurons, before, before + MAP);
      for (let at = 0; at < MAP; at++) {
        const [x, y] = [left + ((at + 0.5) / MAP) * box, top + box / 2 - neurons[before + at] * scale];
        if (at) context.lineTo(x, y);
        else context.moveTo(x, y);
      }
      before += MAP;
    }
  }
  context.strokeStyle = colours.accent;
  context.lineWidth = 1.6;
  context.stroke();
}

/** Radius of a unit that has no map. @param {number} box */
export const discOf = (box) => Math.max(3, Math.min(12, box * 0.36));

/** More columns than a plane has: a unit is a disc, tinted by its bias. @param {CanvasRenderingContext2D} context @param {Layout} layout @param {import('../../boundary').LayerView[]} layers @param {Palette} colours @param {[number, number] | null} picked */
function discs(context, layout, layers, colours, picked) {
  const { columns, box } = layout;
  columns.forEach(({ units }, layer) => {
    const { biases: of } = layers[layer];
    const scale = of.length ? 1 / Math.max(0.5, reach(of, 0, of.length)) : 0;
    units.forEach(({ left, top }, unit) => {
      const chosen = picked && picked[0] === layer && picked[1] === unit;
      context.beginPath();
      context.arc(left + box / 2, top + box / 2, discOf(box), 0, 7);
      context.fillStyle = layer ? `rgb(${fieldColour(colours, of[unit] * scale)})` : colours.muted;
      context.fill();
      context.lineWidth = chosen ? 3 : 1.25;
      context.strokeStyle = chosen ? colours.ink : colours.muted;
      context.stroke();
    });
  });
}

/** A bar at a unit's left, as high as |bias| among its layer's. @param {CanvasRenderingContext2D} context @param {Layout} layout @param {import('../../boundary').LayerView[]} layers @param {Palette} colours */
function biases(context, layout, layers, colours) {
  const { columns, box } = layout;
  const wide = box < 16 ? 2 : 4;
  for (const sign of [-1, 1]) {
    context.beginPath();
    columns.forEach(({ units }, layer) => {
      const { biases: of } = layers[layer];
      if (!of.length) return;
      const scale = box / Math.max(0.5, reach(of, 0, of.length));
      units.forEach(({ left, top }, unit) => {
        if (Math.sign(of[unit]) !== sign) return;
        const high = Math.abs(of[unit]) * scale;
        context.rect(left - wide - 1, top + box - high, wide, high);
      });
    });
    context.lineWidth = 1.5;
    context.strokeStyle = colours.paper;
    context.stroke();
    context.fillStyle = `rgb(${sign < 0 ? colours.low : colours.high})`;
    context.fill();
  }
}

/** @param {CanvasRenderingContext2D} context @param {Layout} layout @param {Palette} colours @param {(count: number) => string} more */
export function drawNames(context, layout, colours, more) {
  const { columns, box, names, ends } = layout;
  context.font = font();
  context.textBaseline = 'middle';
  context.fillStyle = colours.ink;
  const beside = (/** @type {string[]} */ texts, /** @type {import('./layout.js').Column} */ { units }, /** @type {number} */ away) =>
    units.forEach(({ left, top }, unit) => texts[unit] && context.fillText(texts[unit], left + box / 2 + away, top + box / 2));
  context.textAlign = 'right';
  beside(names, columns[0], -box / 2 - 7);
  context.textAlign = 'left';
  beside(ends, columns[columns.length - 1], box / 2 + 7);
  context.textAlign = 'center';
  context.fillStyle = colours.muted;
  for (const { centre, units, more: hidden } of columns) {
    if (hidden <= 0) continue;
    const under = units[units.length - 1].top + box;
    if (layout.head !== 'upright') {
      const whole = more(hidden);
      // Beside a neighbour that says the same, the number is enough.
      context.fillText(
        context.measureText(whole).width < layout.gap - 8 ? whole : `+${hidden}`,
        centre,
        under + 0.9 * parseFloat(context.font),
      );
      continue;
    }
    context.save();
    context.translate(centre, under + 5);
    context.rotate(-Math.PI / 2);
    context.textAlign = 'right';
    context.fillText(`+${hidden}`, 0, 1);
    context.restore();
  }
  context.textBaseline = 'alphabetic';
}
