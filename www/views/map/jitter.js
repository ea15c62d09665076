/** Spreads rows of one value over a lane, the same way every time. */

/** Between −0.5 and 0.5, by the row. @param {number} row */
export const jitter = (row) => ((row * 0.618034) % 1) - 0.5;
