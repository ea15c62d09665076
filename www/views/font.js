/** The type of what is written on canvases, as the token `--canvas-text` has it: larger in present mode. */

/** @type {string | null} */
let current = null;
let watching = false;

/** For a canvas context. */
export function font() {
  if (!watching) new MutationObserver(() => (current = null)).observe(document.documentElement, { attributeFilter: ['data-present'] });
  watching = true;
  return (current ??= `${getComputedStyle(document.documentElement).getPropertyValue('--canvas-text').trim()} system-ui, sans-serif`);
}

/** @type {OffscreenCanvasRenderingContext2D | null} */
let ruler = null;

/** The width of a text so written. @param {string} text */
export function measure(text) {
  ruler ??= /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(1, 1).getContext('2d'));
  ruler.font = font();
  return ruler.measureText(text).width;
}
