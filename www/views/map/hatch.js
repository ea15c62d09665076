/** Hatching over some cells of a grid: a second sign beside colour. */

/** Pixels between two lines. */
const SPACE = 7;

/**
 * Draws slanted lines over the cells that `inside` chooses.
 * @param {CanvasRenderingContext2D} context @param {number} side @param {(at: number) => boolean} inside @param {{x: number, y: number, width: number, height: number}} box where the grid lies, in pixels @param {{width: number, height: number}} sheet the whole picture
 * @param {{colour: string, alpha: number, falling?: boolean}} look
 */
export function hatch(context, side, inside, box, { width, height }, { colour, alpha, falling = false }) {
  const step = Math.max(2, Math.min(box.width, box.height) / side / 2);
  const cell = (/** @type {number} */ x, /** @type {number} */ y) => {
    const column = Math.floor(((x - box.x) / box.width) * side);
    const row = Math.floor(((y - box.y) / box.height) * side);
    return column >= 0 && row >= 0 && column < side && row < side && inside(row * side + column);
  };
  context.beginPath();
  for (let from = -height + (SPACE >> 1); from < width; from += SPACE) {
    // Along the line y goes from the top to the bottom, x by as much to the right, or from the right to the left.
    const across = (/** @type {number} */ y) => (falling ? from + y : from + height - y);
    let on = false;
    for (let y = 0; y <= height; y += step) {
      const here = cell(across(y), y);
      if (here !== on) {
        if (here) context.moveTo(across(y), y);
        else context.lineTo(across(y), y);
      }
      on = here;
    }
    if (on) context.lineTo(across(height), height);
  }
  context.lineWidth = 1.2;
  context.strokeStyle = colour;
  context.globalAlpha = alpha;
  context.stroke();
  context.globalAlpha = 1;
}
