/** The lines across a small drawing, each with its number at the left. */
import { tick } from '../charts/numbers.js';

/** @param {CanvasRenderingContext2D} context @param {number[]} places @param {(place: number) => number} at pixels from the top @param {number} left @param {number} width @param {{line: string, muted: string}} colours */
export function ruled(context, places, at, left, width, colours) {
  context.lineWidth = 1;
  context.strokeStyle = colours.line;
  context.fillStyle = colours.muted;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const place of places) {
    const y = Math.round(at(place)) + 0.5;
    context.beginPath();
    context.moveTo(left, y);
    context.lineTo(width, y);
    context.stroke();
    context.fillText(tick(place), left - 6, y);
  }
  context.textBaseline = 'alphabetic';
}
