/** Hatching over some cells of a grid: a second sign beside colour. */

/** Cells as a mask of the grid's size, one canvas a side. @type {Map<number, {canvas: OffscreenCanvas, context: OffscreenCanvasRenderingContext2D, image: ImageData, pixels: Uint32Array}>} */
const masks = new Map();
/** The whole picture, on which the mask is cut out of the hatching. @type {OffscreenCanvas | null} */
let sheet = null;

const SPACE = 7;

/**
 * Draws slanted lines over the cells that `inside` chooses, in the transform of the context.
 * @param {CanvasRenderingContext2D} context @param {number} side @param {(at: number) => boolean} inside @param {{x: number, y: number, width: number, height: number}} box where the grid lies, in pixels of the page @param {{colour: string, alpha: number, across?: boolean}} look
 */
export function hatch(context, side, inside, box, { colour, alpha, across = false }) {
  const { width, height } = context.canvas;
  const ratio = context.getTransform().a;
  let mask = masks.get(side);
  if (!mask) {
    const canvas = new OffscreenCanvas(side, side);
    const image = new ImageData(side, side);
    masks.set(side, (mask = { canvas, image, context: /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d')), pixels: new Uint32Array(image.data.buffer) }));
  }
  for (let at = 0; at < mask.pixels.length; at++) mask.pixels[at] = inside(at) ? 0xff000000 : 0;
  mask.context.putImageData(mask.image, 0, 0);
  if (!sheet || sheet.width !== width || sheet.height !== height) sheet = new OffscreenCanvas(width, height);
  const lines = /** @type {OffscreenCanvasRenderingContext2D} */ (sheet.getContext('2d'));
  lines.setTransform(ratio, 0, 0, ratio, 0, 0);
  lines.globalCompositeOperation = 'source-over';
  lines.clearRect(0, 0, width, height);
  const [w, h] = [width / ratio, height / ratio];
  lines.beginPath();
  for (let at = -h; at < w + h; at += SPACE) {
    lines.moveTo(at, across ? h : 0);
    lines.lineTo(at + h, across ? 0 : h);
  }
  lines.lineWidth = 1.2;
  lines.strokeStyle = colour;
  lines.stroke();
  lines.globalCompositeOperation = 'destination-in';
  lines.imageSmoothingEnabled = true;
  lines.drawImage(mask.canvas, box.x, box.y, box.width, box.height);
  context.globalAlpha = alpha;
  context.drawImage(sheet, 0, 0, w, h);
  context.globalAlpha = 1;
}
