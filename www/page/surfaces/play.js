/** How much of a race is shown, and how fast it goes on. A race is known to its end before it is shown: playing it is a matter of the page. */
import { signal } from '@preact/signals';

/** Updates a second. */
export const SPEEDS = ['5', '20', '100', '500'];

export const at = signal(0);
export const playing = signal(false);
export const speed = signal('20');
let end = 0;

/** @param {number} updates of the whole race */
export function ends(updates) {
  const shown = at.peek() >= end;
  end = updates;
  // A finished race that is edited stays finished, and one that is being watched goes on from where it is.
  if (!playing.peek() && shown) at.value = end;
  else at.value = Math.min(at.peek(), end);
}

export function toggle() {
  if (playing.peek()) return void (playing.value = false);
  if (at.peek() >= end) at.value = 0;
  playing.value = true;
  let before = performance.now();
  let part = 0;
  const go = (/** @type {number} */ now) => {
    if (!playing.peek()) return;
    part += ((now - before) / 1000) * Number(speed.peek());
    before = now;
    const whole = Math.floor(part);
    part -= whole;
    if (whole > 0) at.value = Math.min(end, at.peek() + whole);
    if (at.peek() >= end) playing.value = false;
    else requestAnimationFrame(go);
  };
  requestAnimationFrame(go);
}

/** @param {number} update */
export function show(update) {
  playing.value = false;
  at.value = Math.max(0, Math.min(end, update));
}

export const toEnd = () => show(end);
