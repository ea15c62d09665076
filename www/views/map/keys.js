/** The keys of a picture that has the focus. */
import { pan, zoom } from './range.js';

/** Steps of the crosshair, as shares of the picture. */
const STEP = { small: 1 / 64, big: 1 / 8 };
/** Rows that a step with Shift goes along a line of them. */
const FAR = 10;
const ARROWS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
});
const JUMPS = /** @type {Record<string, number>} */ ({ n: 1, PageDown: 1, p: -1, PageUp: -1 });
const ZOOMS = /** @type {Record<string, number>} */ ({ '+': 1 / 1.5, '=': 1 / 1.5, '-': 1.5 });

/**
 * @param {{current: import('./plane.jsx').PlaneProps}} now @param {import('@preact/signals').Signal<import('./plane.jsx').Spot | null>} spot
 * @param {(fx: number, fy: number, by: 'keys', row?: number, taken?: boolean) => void} look @param {() => void} leave @returns {(event: KeyboardEvent) => void}
 */
export function keys(now, spot, look, leave) {
  let jumped = -1;

  const jump = (/** @type {number} */ by) => {
    const misses = now.current.misses();
    if (!misses.length) return;
    const from = misses.indexOf(jumped);
    jumped = misses[from < 0 ? (by > 0 ? 0 : misses.length - 1) : (from + by + misses.length) % misses.length];
    reach(jumped);
  };

  /** Looks at a row and chooses it, and moves the view to it where it lies outside. @param {number} row */
  const reach = (row) => {
    const { place, view } = now.current;
    const where = { fx: 0, fy: 0 };
    place(row, where);
    const outside = where.fx < 0 || where.fx > 1 || where.fy < 0 || where.fy > 1;
    if (outside && view) {
      view.set(pan(view.range, view.home, 0.5 - where.fx, view.flat ? 0 : 0.5 - where.fy));
      look(0.5, view.flat ? where.fy : 0.5, 'keys', row, true);
    } else look(where.fx, where.fy, 'keys', row, true);
  };

  const move = (/** @type {[number, number]} */ [dx, dy], /** @type {boolean} */ far) => {
    const { walk } = now.current;
    if (walk) {
      const next = dx === 0 ? null : walk(spot.peek()?.row ?? null, far ? dx * FAR : dx);
      return next === null ? false : reach(next);
    }
    const step = far ? STEP.big : STEP.small;
    const { fx, fy } = spot.peek() ?? { fx: 0.5 - dx * step, fy: 0.5 - dy * step };
    const to = (/** @type {number} */ from, /** @type {number} */ by) => Math.max(0, Math.min(1, from + by * step));
    look(to(fx, dx), to(fy, dy), 'keys');
    now.current.hand?.carry(to(fx, dx), to(fy, dy));
  };

  /** @param {string} key @param {boolean} far */
  const act = (key, far) => {
    const { view, hand } = now.current;
    const at = spot.peek() ?? { fx: 0.5, fy: 0.5 };
    if (hand?.key(key, at.fx, at.fy)) return look(at.fx, at.fy, 'keys');
    if (key === 'Escape') hand?.cancel();
    if (ARROWS[key]) return move(ARROWS[key], far);
    if (JUMPS[key]) return jump(JUMPS[key]);
    if (key === 'Escape' && spot.peek()) return leave();
    if (!view) return false;
    if (ZOOMS[key]) {
      const { fx, fy } = spot.peek() ?? { fx: 0.5, fy: 0.5 };
      return view.set(zoom(view.range, view.home, ZOOMS[key], fx, fy));
    }
    if (key === '0') return view.set(null);
    return false;
  };

  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (act(key, event.shiftKey) === false) return;
    // The page's own keys would step the training.
    event.preventDefault();
    event.stopPropagation();
  };
}
