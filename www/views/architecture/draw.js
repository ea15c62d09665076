/** The architecture on a canvas: arrows, blocks with what they make of the row, loops around residual blocks, and what stands under them. */
import { font } from '../font.js';
import { fit } from '../network/layout.js';
import { attentionSheet, outputSheet, paint, placed } from './sheets.js';

/** @typedef {import('../palette.js').Palette} Palette */
/** @typedef {import('./layout.js').Layout} Layout */
/** @typedef {import('./layout.js').Box} Box */
/** @typedef {import('./sheets.js').Sheet} Sheet */
/** @typedef {import('../../boundary').Seen} Seen */
/** @typedef {{title: string, lines: string[], fault: string}} Caption `lines` are the shape and what is learned; `fault` is empty where nothing is wrong */

/** What is written under a block may be so much wider. */
export const OVER = 8;

/** Tiles of an image that a block shows. */
const TILES = 16;

/** What lies in the room of a picture: a sheet with its numbers, or a line, or words. @typedef {{kind: 'sheet' | 'line' | 'words', sheet: Sheet, values: Float32Array, largest: number, least: number}} Content `least` and `largest` are the ends of the colours that occur */

/** @param {Seen} seen @param {number} aspect @param {(key: string, make: () => Sheet) => Sheet} kept sheets by what they are @param {number} [most] tiles @returns {Content} */
export function contentOf(seen, aspect, kept, most = TILES) {
  const { attention, shape } = seen;
  const about = aspect.toFixed(2);
  if (attention) {
    const sheet = kept(`${attention.heads} ${attention.steps} ${about}`, () => attentionSheet(attention, aspect));
    return {
      kind: 'sheet',
      sheet,
      values: attention.values,
      least: 0,
      largest: attention.values.reduce((most, value) => Math.max(most, value), 1e-9),
    };
  }
  const sheet = kept(`${Object.values(shape)} ${about} ${most}`, () => outputSheet(shape, aspect, most));
  const kind = shape.kind === 'tokens' ? 'words' : shape.kind === 'sequence' && shape.features === 1 ? 'line' : 'sheet';
  return { kind, sheet, values: seen.values, largest: seen.largest, least: -seen.largest };
}

/** @param {CanvasRenderingContext2D} context @param {Content} content @param {Box} box @param {Palette} colours @param {string[]} symbols of tokens */
export function drawContent(context, { kind, sheet, values, largest }, box, colours, symbols) {
  if (kind === 'line') return drawLine(context, values, largest, box, colours);
  if (kind === 'words') return drawWords(context, values, box, colours, symbols);
  const at = placed(sheet, box.width, box.height);
  // Smaller than a pixel a cell, what is drawn is a mean.
  context.imageSmoothingEnabled = at.width < sheet.wide || at.height < sheet.high;
  context.drawImage(paint(sheet, values, largest, colours), box.left + at.left, box.top + at.top, at.width, at.height);
  context.imageSmoothingEnabled = true;
}

/** A series. @param {CanvasRenderingContext2D} context @param {Float32Array} values @param {number} largest @param {Box} box @param {Palette} colours */
function drawLine(context, values, largest, { left, top, width, height }, colours) {
  const scale = (height * 0.45) / Math.max(largest, 1e-9);
  context.beginPath();
  context.moveTo(left, top + height / 2);
  context.lineTo(left + width, top + height / 2);
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  context.stroke();
  context.beginPath();
  values.forEach((value, at) => context.lineTo(left + ((at + 0.5) / values.length) * width, top + height / 2 - value * scale));
  context.strokeStyle = colours.accent;
  context.lineWidth = 1.6;
  context.stroke();
}

/** Tokens in rows, as a text is written. @param {number} count @param {number} width @param {number} height */
export function wordsGrid(count, width, height) {
  let columns = 1;
  while (columns < count && (width / columns) * 1.1 > height / Math.ceil(count / columns)) columns++;
  const rows = Math.ceil(count / columns);
  return { columns, wide: width / columns, high: Math.min(height / rows, (width / columns) * 1.4) };
}

/** @param {CanvasRenderingContext2D} context @param {Float32Array} values @param {Box} box @param {Palette} colours @param {string[]} symbols */
function drawWords(context, values, { left, top, width, height }, colours, symbols) {
  const { columns, wide, high } = wordsGrid(values.length, width, height);
  const down = (height - high * Math.ceil(values.length / columns)) / 2;
  const size = Math.min(15, wide * 0.8, high * 0.8);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = `${size}px system-ui, sans-serif`;
  values.forEach((value, at) => {
    const [x, y] = [left + (at % columns) * wide, top + down + Math.floor(at / columns) * high];
    context.fillStyle = colours.line;
    context.fillRect(x + 0.5, y + 0.5, wide - 1, high - 1);
    context.fillStyle = colours.ink;
    if (size >= 7) context.fillText(symbols[value] ?? String(value), x + wide / 2, y + high / 2 + 0.5);
  });
  context.textBaseline = 'alphabetic';
}

/** @param {CanvasRenderingContext2D} context @param {[number, number][]} path @param {Palette} colours */
function arrow(context, path, colours) {
  context.beginPath();
  for (const [x, y] of path) context.lineTo(x, y);
  context.strokeStyle = colours.muted;
  context.lineWidth = 1.5;
  context.lineJoin = 'round';
  context.stroke();
  const [[ax, ay], [x, y]] = path.slice(-2);
  const [dx, dy] = [Math.sign(x - ax), Math.sign(y - ay)];
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x - 5 * dx - 3.5 * dy, y - 5 * dy - 3.5 * dx);
  context.lineTo(x - 5 * dx + 3.5 * dy, y - 5 * dy + 3.5 * dx);
  context.closePath();
  context.fillStyle = colours.muted;
  context.fill();
}

/**
 * @param {CanvasRenderingContext2D} context @param {Layout} layout @param {Palette} colours
 * @param {{captions: Caption[], loops: Caption[], around: boolean[], contents: (Content | null)[], symbols: string[], picked: number | null, text: number, measure: (text: string) => number}} of one caption and one content a block; `around` where a block hides a loop
 */
export function drawArchitecture(context, layout, colours, { captions, loops, around, contents, symbols, picked, text, measure }) {
  for (const [at, loop] of layout.loops.entries()) drawLoop(context, loop, loops[at], colours, measure);
  for (const link of layout.links) arrow(context, link, colours);
  layout.blocks.forEach((block, at) => {
    const { picture, thin } = block;
    const { title, lines, fault } = captions[at];
    context.beginPath();
    context.roundRect(picture.left, picture.top, picture.width, picture.height, 4);
    context.fillStyle = thin ? colours.paper : `rgb(${colours.middle})`;
    context.fill();
    const content = contents[at];
    if (content) {
      context.save();
      context.clip();
      drawContent(context, content, inset(picture, 3), colours, symbols);
      context.restore();
    }
    context.beginPath();
    context.roundRect(picture.left, picture.top, picture.width, picture.height, 4);
    context.lineWidth = picked === at ? 3 : 1;
    context.strokeStyle = picked === at ? colours.ink : fault ? colours.problem : colours.muted;
    context.stroke();
    context.font = font();
    context.textAlign = 'center';
    const middle = block.left + block.width / 2;
    if (thin) upright(context, title, picture, colours);
    else {
      [title, ...lines].slice(0, layout.lines).forEach((line, number) => {
        context.fillStyle = number ? colours.muted : colours.ink;
        context.fillText(fit(line, block.width + OVER, measure), middle, picture.top + picture.height + (number + 1) * text);
      });
    }
    // A loop whose layers there is no room for.
    if (around[at])
      arrow(
        context,
        [
          [picture.left - 5, picture.top + picture.height / 2],
          [picture.left - 5, picture.top - 5],
          [picture.left + picture.width + 6, picture.top - 5],
          [picture.left + picture.width + 6, picture.top + picture.height / 2 - 2],
        ],
        colours,
      );
    if (fault) badge(context, picture, colours);
  });
}

/** @param {Box} box @param {number} by @returns {Box} */
const inset = ({ left, top, width, height }, by) => ({ left: left + by, top: top + by, width: width - 2 * by, height: height - 2 * by });

/** Pixels; nothing is written smaller. */
const SMALLEST = 12;

/** The name of a narrow thing: from below to above, in two lines or smaller where it needs to be; in Chinese sign under sign. @param {CanvasRenderingContext2D} context @param {string} text @param {Box} box @param {Palette} colours */
function upright(context, text, { left, top, width, height }, colours) {
  const [x, y] = [left + width / 2, top + height / 2];
  if (/[\u4e00-\u9fff]/.test(text)) {
    const high = context.measureText('中').width + 2;
    context.fillStyle = colours.ink;
    [...text].forEach((sign, at) => context.fillText(sign, x, y + (at - (text.length - 1) / 2) * high + high * 0.35));
    return;
  }
  const measure = (/** @type {string} */ words) => context.measureText(words).width;
  const room = height - 8;
  context.save();
  const size = parseFloat(context.font);
  const smaller = Math.max(SMALLEST, Math.min(size, (size * room) / measure(text)));
  context.font = `${smaller}px system-ui, sans-serif`;
  const space = text.indexOf(' ');
  const two = measure(text) > room && space > 0 && width >= 2 * smaller + 4;
  const lines = two ? [text.slice(0, space), text.slice(space + 1)] : [text];
  context.translate(x, y);
  context.rotate(-Math.PI / 2);
  context.textBaseline = 'middle';
  context.fillStyle = colours.ink;
  lines.forEach((line, at) => context.fillText(fit(line, room, measure), 0, 1 + (at - (lines.length - 1) / 2) * (smaller + 1)));
  context.restore();
}

/** Something is wrong here. @param {CanvasRenderingContext2D} context @param {Box} picture @param {Palette} colours */
function badge(context, { left, top, width }, colours) {
  const [x, y] = [left + width - 3, top + 3];
  context.beginPath();
  context.arc(x, y, 8, 0, 7);
  context.fillStyle = colours.problem;
  context.fill();
  context.fillStyle = colours.paper;
  context.font = 'bold 12px system-ui, sans-serif';
  context.textAlign = 'center';
  context.fillText('!', x, y + 4.5);
}

/** The layers of a residual block, and the way past them. @param {CanvasRenderingContext2D} context @param {import('./layout.js').Loop} loop @param {Caption} caption @param {Palette} colours @param {(text: string) => number} measure */
function drawLoop(context, { left, top, width, height, middle, sum }, { title, fault }, colours, measure) {
  context.beginPath();
  context.roundRect(left, top + 8, width, height - 8, 6);
  context.setLineDash([4, 3]);
  context.strokeStyle = fault ? colours.problem : colours.muted;
  context.lineWidth = 1;
  context.stroke();
  context.setLineDash([]);
  arrow(
    context,
    [
      [left - 6, middle],
      [left - 6, top + 8],
      [sum, top + 8],
      [sum, middle - 7],
    ],
    colours,
  );
  context.beginPath();
  context.arc(sum, middle, 7, 0, 7);
  context.fillStyle = colours.paper;
  context.fill();
  context.moveTo(sum - 4, middle);
  context.lineTo(sum + 4, middle);
  context.moveTo(sum, middle - 4);
  context.lineTo(sum, middle + 4);
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.25;
  context.stroke();
  context.font = font();
  const text = fit(title, width - 20, measure);
  const wide = measure(text) + 10;
  context.fillStyle = colours.paper;
  context.fillRect(left + (width - wide) / 2, top, wide, 16);
  context.fillStyle = colours.ink;
  context.textAlign = 'center';
  context.fillText(text, left + width / 2, top + 12.5);
}
