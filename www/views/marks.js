/** Marks of points: shape doubles the class's colour, the filling tells the part of the split, a pale outline lifts all off any field. */

/** @typedef {'train' | 'validation' | 'test'} PartName */
/** @typedef {import('./palette.js').Palette} Palette */

/** Parts of the split by the engine's number. */
export const PARTS = /** @type {PartName[]} */ (['train', 'validation', 'test']);

/** Train is filled, validation a bull's-eye, test hollow. @param {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} context @param {{part: PartName, shape: number, x: number, y: number, r: number, colour: string, colours: Palette}} point */
export function mark(context, { part, shape, x, y, r, colour, colours }) {
  trace(context, shape, x, y, r);
  context.lineWidth = 3.2;
  context.strokeStyle = colours.paper;
  context.stroke();
  context.fillStyle = part === 'train' ? colour : colours.paper;
  context.fill();
  context.lineWidth = part === 'train' ? 1 : 1.6;
  context.strokeStyle = part === 'train' ? colours.ink : colour;
  context.stroke();
  if (part !== 'validation') return;
  context.beginPath();
  context.arc(x, y, Math.max(1.1, r * 0.4), 0, 7);
  context.fillStyle = colour;
  context.fill();
}

/** @param {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} context @param {number} shape @param {number} x @param {number} y @param {number} r */
function trace(context, shape, x, y, r) {
  // Colours repeat every five classes; the shape shifts by one, so that twenty-five pairs differ.
  const kind = (shape + Math.floor(shape / 5)) % 5;
  context.beginPath();
  if (kind === 0) context.arc(x, y, r, 0, 7);
  else if (kind === 1) context.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
  else if (kind === 2)
    polygon(context, [
      [x, y - r * 1.15],
      [x + r, y + r * 0.8],
      [x - r, y + r * 0.8],
    ]);
  else if (kind === 3)
    polygon(context, [
      [x, y - r * 1.2],
      [x + r * 1.2, y],
      [x, y + r * 1.2],
      [x - r * 1.2, y],
    ]);
  else {
    const w = r * 0.4;
    polygon(context, [
      [x - w, y - r],
      [x + w, y - r],
      [x + w, y - w],
      [x + r, y - w],
      [x + r, y + w],
      [x + w, y + w],
      [x + w, y + r],
      [x - w, y + r],
      [x - w, y + w],
      [x - r, y + w],
      [x - r, y - w],
      [x - w, y - w],
    ]);
  }
}

/** @param {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} context @param {number[][]} corners */
function polygon(context, corners) {
  corners.forEach(([x, y], at) => (at ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.closePath();
}

/** Makes a canvas crisp at any pixel ratio. @param {HTMLCanvasElement} canvas @returns {{context: CanvasRenderingContext2D, width: number, height: number}} */
export function crisp(canvas) {
  const ratio = devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = canvas;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { context, width, height };
}
