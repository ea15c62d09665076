/** Colours of DESIGN: field from one side through neutral to the other, and class colours. Read once a theme from the CSS tokens. */

/** @param {string} hex @returns {[number, number, number]} */
const rgb = (hex) => /** @type {[number, number, number]} */ ([1, 3, 5].map((from) => parseInt(hex.trim().slice(from, from + 2), 16)));

export function palette() {
  const style = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return {
    low: rgb(read('--field-low')), middle: rgb(read('--field-middle')), high: rgb(read('--field-high')),
    classes: [0, 1, 2, 3, 4].map((at) => read(`--class-${at}`)), ink: read('--ink'), muted: read('--muted'), line: read('--line'), paper: read('--paper'),
    accent: read('--accent'),
  };
}

/** @typedef {ReturnType<typeof palette>} Palette */

/** The field's colour at `value` in [−1, 1]. @param {Palette} colours @param {number} value @returns {number[]} */
export function fieldColour(colours, value) {
  const end = value < 0 ? colours.low : colours.high;
  const share = Math.min(1, Math.abs(value));
  return colours.middle.map((from, at) => from + (end[at] - from) * share);
}

/** Class colour by index, repeating beyond five (shape tells them apart). @param {Palette} colours @param {number} index */
export const classColour = (colours, index) => colours.classes[index % colours.classes.length];
