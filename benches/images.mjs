/** Pictures of 28×28 pixels for W4: the generated digits of 8×8 (`digits.mjs`), enlarged by linear interpolation. */
import { digits } from './digits.mjs';

/** Whole batches of 32, and no more numbers than the engine hands out to the peers (2¹⁸). */
export const IMAGES = { rows: 320, side: 28 };

/** CSV text: pixel_0 … pixel_783 in [0, 1], row by row, then the class. */
export function images() {
  const { rows, side } = IMAGES;
  const lines = digits()
    .trim()
    .split('\n')
    .slice(1, 1 + rows);
  const places = Array.from({ length: side }, (_, at) => {
    const place = (at * 7) / (side - 1);
    const before = Math.min(6, Math.floor(place));
    return [before, place - before];
  });
  const text = [[...Array.from({ length: side * side }, (_, at) => `pixel_${at}`), 'digit'].join(',')];
  for (const line of lines) {
    const values = line.split(',').map(Number);
    const pixels = places.flatMap(([y, down]) =>
      places.map(([x, across]) => {
        const row = (at) => values[8 * at + x] * (1 - across) + values[8 * at + x + 1] * across;
        return Math.round(1000 * (row(y) * (1 - down) + row(y + 1) * down)) / 1000;
      }),
    );
    text.push([...pixels, values[64]].join(','));
  }
  return `${text.join('\n')}\n`;
}
