/** How runs are told apart: a colour and a mark each, the same on chips, charts and in the table. */
import { classColour } from '../../views/palette.js';

const MARKS = ['●', '■', '▲', '◆', '✚'];

/** Colours repeat every five runs; the mark shifts by one. @param {number} at */
export const markOf = (at) => MARKS[(at + Math.floor(at / MARKS.length)) % MARKS.length];

/** @param {import('../../views/palette.js').Palette} colours @param {number} at */
export const colourOf = (colours, at) => classColour(colours, at);
