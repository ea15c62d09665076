/**
 * A generated stand-in for 8×8 handwritten digits: no data to ship, the same bits on every machine. Each of ten classes has a prototype
 * of strokes (a few bright pixels, blurred), each row is its prototype plus Gaussian noise, in the 17 grey levels of the real set.
 */
import { uniform } from './random.mjs';

export const DIGITS = { rows: 1792, columns: 64, classes: 10 };

/** CSV text: pixel_0 … pixel_63 in [0, 1], then the class. */
export function digits() {
  const next = uniform(7);
  // A sum of twelve uniforms is Gaussian enough and, unlike a logarithm, the same on every machine.
  const gaussian = () => Array.from({ length: 12 }, next).reduce((sum, value) => sum + value, -6);
  const prototypes = Array.from({ length: DIGITS.classes }, () => {
    const lit = Array.from({ length: 64 }, () => Number(next() < 0.25));
    return lit.map((_, at) => {
      const [row, column] = [at >> 3, at & 7];
      const light = (r, c) => (r >= 0 && r < 8 && c >= 0 && c < 8 ? lit[8 * r + c] : 0);
      return Math.min(
        1,
        light(row, column) + 0.3 * (light(row - 1, column) + light(row + 1, column) + light(row, column - 1) + light(row, column + 1)),
      );
    });
  });
  const lines = [[...Array.from({ length: 64 }, (_, at) => `pixel_${at}`), 'digit'].join(',')];
  for (let row = 0; row < DIGITS.rows; row++) {
    const digit = row % DIGITS.classes;
    const pixels = prototypes[digit].map((value) => Math.round(16 * Math.min(1, Math.max(0, value + 0.35 * gaussian()))) / 16);
    lines.push([...pixels, digit].join(','));
  }
  return `${lines.join('\n')}\n`;
}
