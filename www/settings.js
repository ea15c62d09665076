/** How the page looks and behaves, which no experiment holds: kept in this browser. */
import { effect, signal } from '@preact/signals';

/**
 * A signal that the browser keeps. What is stored under another version of the page, or by hand, counts only if it is one of `options`
 * (where there are some) or of the same type.
 * @template T @param {string} name @param {T} initial @param {readonly T[]} [options] @returns {import('@preact/signals').Signal<T>}
 */
export function stored(name, initial, options) {
  const kept = signal(read(name, initial, options));
  effect(() => keep(name, kept.value));
  return kept;
}

/** @param {string} name @param {any} value */
function keep(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // A private window may refuse; the page works without.
  }
}

/**
 * What grows in several windows of the page at once: a window's own is joined with what the others stored meanwhile, so that none takes away what
 * another has found. It is changed by its function alone.
 * @template T @param {string} name @param {T} initial @param {(theirs: T, ours: T) => T} joined of both, where they differ the first
 * @returns {{value: import('@preact/signals').ReadonlySignal<T>, change: (next: (now: T) => T) => void}}
 */
export function shared(name, initial, joined) {
  const kept = signal(read(name, initial));
  addEventListener('storage', ({ key }) => {
    if (key === name) kept.value = joined(read(name, initial), kept.peek());
  });
  return {
    value: kept,
    change(next) {
      kept.value = next(joined(read(name, initial), kept.peek()));
      keep(name, kept.value);
    },
  };
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

/** @typedef {'show' | 'one' | 'ten' | 'hundred' | 'max'} Speed */

/** So that training can be watched (`pace.js`); updates a frame: one, ten, a hundred; or what the machine can. */
export const speed = stored('speed', /** @type {Speed} */ ('show'), ['show', 'one', 'ten', 'hundred', 'max']);
/** The speed to which full speed goes back. */
const before = stored('speed.before', /** @type {Speed} */ ('show'), ['show', 'one', 'ten', 'hundred']);

/** To full speed and back to the one before. */
export function toggleSpeed() {
  if (speed.value === 'max') speed.value = before.value;
  else {
    before.value = speed.value;
    speed.value = 'max';
  }
}
