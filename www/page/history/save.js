/** The history as files: the picture of the lanes that are shown, and every column as CSV. */

import { csv as written } from '../../csv.js';
import { download } from '../download.js';

/** Every row with full precision; empty where there is no number. @param {Record<string, (number | null)[]>} columns */
export function csv(columns) {
  const names = Object.keys(columns);
  return written([names, ...(columns[names[0]]?.map((_, row) => names.map((name) => columns[name][row])) ?? [])]);
}

/** @param {Record<string, (number | null)[]>} columns */
export const saveCsv = (columns) => download('descent-history.csv', new Blob([csv(columns)], { type: 'text/csv' }));

/** Room around the lanes, and for the title above. */
const MARGIN = 16;
const HEAD = 34;

/**
 * The lanes where they stand on the page, on one canvas with its title. Drawn from the lanes' own canvases, in the colours of the theme.
 * @param {HTMLElement} lanes the element around them @param {string} title @param {{ink: string, paper: string}} colours
 */
export function picture(lanes, title, { ink, paper }) {
  const canvas = document.createElement('canvas');
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const ratio = devicePixelRatio;
  const frame = lanes.getBoundingClientRect();
  const figures = [...lanes.querySelectorAll('figure')];
  const [width, height] = [frame.width + 2 * MARGIN, lanes.scrollHeight + HEAD + 2 * MARGIN];
  Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
  context.scale(ratio, ratio);
  context.fillStyle = paper;
  context.fillRect(0, 0, width, height);
  context.fillStyle = ink;
  const family = getComputedStyle(lanes).fontFamily;
  context.textBaseline = 'middle';
  context.font = `600 16px ${family}`;
  context.fillText(title, MARGIN, MARGIN + 8, width - 2 * MARGIN);
  context.translate(MARGIN - frame.left, MARGIN + HEAD - frame.top + lanes.scrollTop);
  for (const figure of figures) {
    const name = /** @type {HTMLElement} */ (figure.querySelector('figcaption b'));
    const place = name.getBoundingClientRect();
    context.font = `600 ${getComputedStyle(name).fontSize} ${family}`;
    context.fillText(name.textContent ?? '', place.left, place.top + place.height / 2);
    context.font = `${getComputedStyle(name).fontSize} ${family}`;
    for (const key of /** @type {NodeListOf<HTMLElement>} */ (figure.querySelectorAll('.key'))) {
      const [box, sample] = [key.getBoundingClientRect(), key.querySelector('i')];
      const line = sample?.getBoundingClientRect();
      if (sample && line) {
        context.strokeStyle = getComputedStyle(sample).borderTopColor;
        context.lineWidth = 2;
        context.setLineDash(sample.className ? [5, 3] : []);
        context.beginPath();
        context.moveTo(line.left, box.top + box.height / 2);
        context.lineTo(line.right, box.top + box.height / 2);
        context.stroke();
      }
      context.fillText(key.textContent ?? '', line ? line.right + 4 : box.left, box.top + box.height / 2);
    }
    const plot = /** @type {HTMLCanvasElement} */ (figure.querySelector('canvas'));
    const box = plot.getBoundingClientRect();
    context.drawImage(plot, box.left, box.top, box.width, box.height);
  }
  return canvas;
}

/** @param {HTMLCanvasElement} canvas */
export const savePicture = (canvas) => canvas.toBlob((blob) => blob && download('descent-history.png', blob), 'image/png');
