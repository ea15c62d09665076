/** Images as a table: a row each, pixels from 0 to 1, all of one channel before the next, the class last. Decoding is the browser's, beside the page's own work. */

/** @typedef {import('./gather.js').Labelled} Labelled */
/** @typedef {{side: number, colour: boolean}} Form */

/** Every value that a pixel can have, written out. */
const WRITTEN = Array.from({ length: 256 }, (_, value) => String(Math.round((value / 255) * 1000) / 1000));
/** Bytes of a number in the file, its comma included, at most. */
const WIDEST = 6;
/** Shares of red, green and blue in a shade of grey (ITU-R BT.601, as Pillow's and torchvision's). */
const GREY = [0.299, 0.587, 0.114];

/** @param {Form} form */
export const channels = ({ colour }) => (colour ? 3 : 1);

/** Bytes of the table at most. @param {number} images @param {Form} form */
export const size = (images, form) => images * (channels(form) * form.side ** 2 * WIDEST + 40);

/** A cell as RFC 4180 has it. @param {string} text */
const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** @param {Form} form */
function header({ side, colour }) {
  const named = (/** @type {string} */ channel) =>
    Array.from({ length: side * side }, (_, at) => `${channel}_${Math.floor(at / side)}_${at % side}`);
  return [...(colour ? ['red', 'green', 'blue'] : ['pixel']).flatMap(named), 'class'].join(',');
}

/**
 * The table, and the paths of files that are no images; null where it was stopped.
 * @param {Labelled[]} images @param {Form} form @param {(done: number) => void} tell @param {() => boolean} stopped
 */
export async function encode(images, form, tell, stopped) {
  const { side } = form;
  const canvas = new OffscreenCanvas(side, side);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
  context.imageSmoothingQuality = 'high';
  const lines = [header(form)];
  const broken = /** @type {string[]} */ ([]);
  for (const [at, { path, file, label }] of images.entries()) {
    if (stopped()) return null;
    try {
      const bitmap = await createImageBitmap(file);
      // The middle square of the picture; what is transparent is white.
      const edge = Math.min(bitmap.width, bitmap.height);
      context.fillStyle = '#fff';
      context.fillRect(0, 0, side, side);
      context.drawImage(bitmap, (bitmap.width - edge) / 2, (bitmap.height - edge) / 2, edge, edge, 0, 0, side, side);
      bitmap.close();
      lines.push(`${pixels(context.getImageData(0, 0, side, side).data, form)},${cell(label)}`);
    } catch {
      broken.push(path);
    }
    tell(at + 1);
  }
  // A piece a line: there may be no room for one long text.
  const bytes = new Uint8Array(await new Blob(lines.map((line) => `${line}\n`)).arrayBuffer());
  return { bytes, broken, rows: lines.length - 1 };
}

/** @param {Uint8ClampedArray} data @param {Form} form */
function pixels(data, { side, colour }) {
  const count = side * side;
  const written = new Array(count * (colour ? 3 : 1));
  for (let at = 0; at < count; at++) {
    if (colour) for (let part = 0; part < 3; part++) written[part * count + at] = WRITTEN[data[4 * at + part]];
    else written[at] = WRITTEN[Math.round(GREY.reduce((sum, share, part) => sum + share * data[4 * at + part], 0))];
  }
  return written.join(',');
}
