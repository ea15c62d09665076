/** The type of what is written on canvases, as the token `--canvas-text` has it: larger in present mode, and there with the window. */

/** What was read: the type, and how many pixels of the page are one of the window for which sizes are given. @type {{type: string, pixel: number} | null} */
let current = null;
let watching = false;

function read() {
  const forget = () => (current = null);
  if (!watching) {
    new MutationObserver(forget).observe(document.documentElement, { attributeFilter: ['data-present'] });
    addEventListener('resize', forget);
  }
  watching = true;
  const style = getComputedStyle(document.documentElement);
  const value = (/** @type {string} */ name, /** @type {number} */ otherwise) => parseFloat(style.getPropertyValue(name)) || otherwise;
  return (current ??= { type: `${value('--canvas-text', 12)}px system-ui, sans-serif`, pixel: value('--u', 1) });
}

/** For a canvas context. */
export const font = () => (current ?? read()).type;

/** Pixels of the page that one of a usual window is: more than one only in present mode. */
export const pixel = () => (current ?? read()).pixel;

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
