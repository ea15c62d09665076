/** How the page looks and behaves, which no experiment holds: kept in this browser. */
import { effect, signal } from '@preact/signals';

/**
 * A signal that the browser keeps. What is stored under another version of the page, or by hand, counts only if it is one of `options`
 * (where there are some) or of the same type.
 * @template T @param {string} name @param {T} initial @param {readonly T[]} [options] @returns {import('@preact/signals').Signal<T>}
 */
export function stored(name, initial, options) {
  const kept = signal(read(name, initial, options));
  effect(() => {
    try {
      localStorage.setItem(name, JSON.stringify(kept.value));
    } catch {
      // A private window may refuse; the page works without.
    }
  });
  return kept;
}

/** @template T @param {string} name @param {T} initial @param {readonly T[]} [options] @returns {T} */
function read(name, initial, options) {
  try {
    const value = JSON.parse(localStorage.getItem(name) ?? 'null');
    const fits = options
      ? options.includes(value)
      : value !== null && typeof value === typeof initial && Array.isArray(value) === Array.isArray(initial);
    return fits ? value : initial;
  } catch {
    return initial;
  }
}

export const theme = stored('theme', 'system', ['system', 'light', 'dark']);
effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

/** How many settings are shown: a lesson's few, the usual ones, everything. */
export const depth = stored('depth', 'explorer', ['starter', 'explorer', 'lab']);

/** Updates a frame: one, ten, a hundred, or what the machine can. */
export const speed = stored('speed', 'max', ['one', 'ten', 'hundred', 'max']);
