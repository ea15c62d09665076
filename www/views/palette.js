/** Colours of the field from one side through neutral to the other, and of classes, as the CSS tokens of the theme have them. */
import { useEffect, useState } from 'preact/hooks';

/** @param {string} hex @returns {[number, number, number]} */
const rgb = (hex) => /** @type {[number, number, number]} */ ([1, 3, 5].map((from) => parseInt(hex.slice(from, from + 2), 16)));

/** Steps from the middle of the field to an end. */
const STEPS = 256;

/** A colour as a pixel of a little-endian canvas, which all are that run WebAssembly. @param {number[]} colour */
export const pixel = ([red, green, blue]) => ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;

/** @typedef {{low: number[], middle: number[], high: number[]}} Ends */

/** The field's pixels from −1 to 1: a frame has tens of thousands. @param {Ends} ends */
const ramp = (ends) => Uint32Array.from({ length: 2 * STEPS + 1 }, (_, at) => pixel(fieldColour(ends, at / STEPS - 1)));

/** The field's pixel at `value`, clamped to [−1, 1]; transparent for what is no number. @param {Palette} colours @param {number} value */
export const fieldPixel = (colours, value) => colours.ramp[Math.round((Math.max(-1, Math.min(1, value)) + 1) * STEPS)];

function read() {
  const style = getComputedStyle(document.documentElement);
  const token = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  const ends = { low: rgb(token('field-low')), middle: rgb(token('field-middle')), high: rgb(token('field-high')) };
  return {
    ...ends,
    ramp: ramp(ends),
    classes: [0, 1, 2, 3, 4].map((at) => token(`class-${at}`)),
    ink: token('ink'),
    muted: token('muted'),
    line: token('line'),
    paper: token('paper'),
    accent: token('accent'),
    problem: token('problem'),
  };
}

/** @typedef {ReturnType<typeof read>} Palette */

/** @type {Palette | null} */
let current = null;
/** @type {Set<(colours: Palette) => void>} */
const watching = new Set();

/** Reads the tokens once, and again when the system or the user changes the theme. */
function palette() {
  if (current) return current;
  const again = () => {
    current = read();
    for (const tell of watching) tell(current);
  };
  new MutationObserver(again).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
  return (current = read());
}

/** The palette, rendering again when it changes. */
export function usePalette() {
  const [colours, setColours] = useState(palette);
  useEffect(() => {
    setColours(palette());
    watching.add(setColours);
    return () => void watching.delete(setColours);
  }, []);
  return colours;
}

/** The field's colour at `value` in [−1, 1]. @param {Ends} colours @param {number} value @returns {number[]} */
export function fieldColour(colours, value) {
  const end = value < 0 ? colours.low : colours.high;
  const share = Math.min(1, Math.abs(value));
  return colours.middle.map((from, at) => from + (end[at] - from) * share);
}

/** Class colour by index, repeating beyond five (shape tells them apart). @param {Palette} colours @param {number} index */
export const classColour = (colours, index) => colours.classes[index % colours.classes.length];

/** A point's colour: of two classes the ends of the field, else the class's own. @param {Palette} colours @param {number} index @param {number} classes */
export const pointColour = (colours, index, classes) =>
  classes === 2 ? `rgb(${index ? colours.high : colours.low})` : classColour(colours, index);
