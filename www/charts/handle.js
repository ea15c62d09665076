/** A level on a lane that is moved up and down: by the pointer, or as a slider by keys. */

/**
 * @typedef {object} Level
 * @property {number} value where it is
 * @property {string} label what it is, for those who hear the page
 * @property {string} text its value as read
 * @property {number} step of the arrow keys, as a share of the axis' range
 * @property {(value: number, done: boolean) => void} set hears where it is moved to, and with `done` where it was let go
 */

/** Share of the range that Page Up and Page Down move by. */
const FAR = 5;

/** @param {import('uplot')} u @param {() => Level | null} level @param {() => {range: [number, number]}} scene */
export function makeHandle(u, level, scene) {
  const grip = document.createElement('div');
  Object.assign(grip, { className: 'handle-level', tabIndex: 0, hidden: true });
  grip.setAttribute('role', 'slider');
  grip.setAttribute('aria-orientation', 'vertical');
  u.over.append(grip);
  let dragging = false;
  const at = (/** @type {PointerEvent} */ event) => u.posToVal(Math.max(0, Math.min(u.over.clientHeight, event.clientY - u.over.getBoundingClientRect().top)), 'y');
  grip.addEventListener('pointerdown', (event) => {
    dragging = true;
    grip.setPointerCapture(event.pointerId);
    event.stopPropagation();
  });
  grip.addEventListener('pointermove', (event) => {
    event.stopPropagation();
    if (dragging) level()?.set(at(event), false);
  });
  for (const name of /** @type {const} */ (['pointerup', 'pointercancel'])) {
    grip.addEventListener(name, (event) => {
      event.stopPropagation();
      if (dragging) level()?.set(at(event), true);
      dragging = false;
    });
  }
  grip.addEventListener('keydown', (event) => {
    const now = level();
    const by = /** @type {Record<string, number>} */ ({ ArrowUp: 1, ArrowDown: -1, PageUp: FAR, PageDown: -FAR })[event.key];
    if (!now || !by) return;
    event.preventDefault();
    event.stopPropagation();
    const [low, high] = scene().range;
    now.set(now.value + by * now.step * (high - low), true);
  });
  return () => {
    const now = level();
    grip.hidden = !now;
    if (!now) return;
    const [low, high] = scene().range;
    const y = Math.max(0, Math.min(u.over.clientHeight, u.valToPos(now.value, 'y')));
    grip.style.transform = `translateY(${y}px)`;
    const said = { label: now.label, valuenow: String(now.value), valuemin: String(Math.min(low, now.value)), valuemax: String(Math.max(high, now.value)), valuetext: now.text };
    for (const [name, value] of Object.entries(said)) grip.setAttribute(`aria-${name}`, value);
    grip.title = `${now.label}: ${now.text}`;
  };
}
