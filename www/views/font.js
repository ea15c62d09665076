/** The type of what is written on canvases, as the token `--canvas-text` has it: larger in present mode, and there with the window. */

/** @type {string | null} */
let current = null;
let watching = false;

/** For a canvas context. */
export function font() {
  if (!watching) {
    new MutationObserver(() => (current = null)).observe(document.documentElement, { attributeFilter: ['data-present'] });
    addEventListener('resize', () => (current = null));
  }
  watching = true;
  return (current ??= `${parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--canvas-text')) || 12}px system-ui, sans-serif`);
}

/** How much larger than on a desk things are drawn. */
export const scale = () => parseFloat(font()) / 12;

/** @type {OffscreenCanvasRenderingContext2D | null} */
let ruler = null;

/** The width of a text so written. @param {string} text */
export function measure(text) {
  ruler ??= /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(1, 1).getContext('2d'));
  ruler.font = font();
  return ruler.measureText(text).width;
}
