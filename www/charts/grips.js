/** Places of a lane that are moved by hand: by the pointer, or as a slider by keys. */

/**
 * @typedef {object} Grip
 * @property {string} key one a grip
 * @property {number | null} x where it is; null at the left end of a level
 * @property {number} y
 * @property {string} label what it is
 * @property {string} text its value as read
 * @property {boolean} across whether it moves across
 * @property {boolean} up and up and down
 * @property {(x: number | null, y: number, done: boolean) => void} set hears where it is moved to, and with `done` where it was let go
 */

/** Shares of the axes that keys move by. */
const STEP = 0.02;
const FAR = 5;

/** @type {Record<string, [number, number]>} */
const KEYS = { ArrowUp: [0, 1], ArrowDown: [0, -1], PageUp: [0, FAR], PageDown: [0, -FAR], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/**
 * Grips on a plot; what is returned puts them where they are now.
 * @param {import('uplot')} u @param {() => Grip[]} grips @param {() => {range: [number, number], end: number}} scene
 */
export function makeGrips(u, grips, scene) {
  /** @type {Map<string, HTMLElement>} */
  const drawn = new Map();
  const now = (/** @type {string} */ key) => grips().find((grip) => grip.key === key);

  /** @param {string} key */
  const make = (key) => {
    const handle = document.createElement('div');
    Object.assign(handle, { className: 'grip', tabIndex: 0 });
    handle.setAttribute('role', 'slider');
    let dragging = false;
    const move = (/** @type {PointerEvent} */ event, /** @type {boolean} */ done) => {
      const box = u.over.getBoundingClientRect();
      const within = (/** @type {number} */ value, /** @type {number} */ most) => Math.max(0, Math.min(most, value));
      const grip = now(key);
      grip?.set(
        grip.across ? u.posToVal(within(event.clientX - box.left, box.width), 'x') : grip.x,
        grip.up ? u.posToVal(within(event.clientY - box.top, box.height), 'y') : grip.y,
        done,
      );
    };
    handle.addEventListener('pointerdown', (event) => {
      dragging = true;
      handle.setPointerCapture(event.pointerId);
      event.stopPropagation();
    });
    handle.addEventListener('pointermove', (event) => {
      event.stopPropagation();
      if (dragging) move(event, false);
    });
    for (const name of /** @type {const} */ (['pointerup', 'pointercancel'])) {
      handle.addEventListener(name, (event) => {
        event.stopPropagation();
        if (dragging) move(event, true);
        dragging = false;
      });
    }
    handle.addEventListener('keydown', (event) => {
      const grip = now(key);
      const by = KEYS[event.key];
      if (!grip || !by || !((by[0] && grip.across) || (by[1] && grip.up))) return;
      event.preventDefault();
      event.stopPropagation();
      const {
        range: [low, high],
        end,
      } = scene();
      grip.set(grip.x === null ? null : Math.max(0, grip.x + by[0] * STEP * end), grip.y + by[1] * STEP * (high - low), true);
    });
    u.over.append(handle);
    return handle;
  };

  return () => {
    const all = grips();
    for (const [key, handle] of drawn) {
      if (all.some((grip) => grip.key === key)) continue;
      handle.remove();
      drawn.delete(key);
    }
    const {
      range: [low, high],
      end,
    } = scene();
    for (const { key, x, y, label, text, across, up } of all) {
      const handle = drawn.get(key) ?? make(key);
      drawn.set(key, handle);
      const within = (/** @type {number} */ value, /** @type {number} */ most) => Math.max(0, Math.min(most, value));
      const left = x === null ? 0 : within(u.valToPos(x, 'x'), u.over.clientWidth);
      handle.style.transform = `translate(${left}px, ${within(u.valToPos(y, 'y'), u.over.clientHeight)}px)`;
      handle.style.cursor = across && up ? 'move' : across ? 'ew-resize' : 'ns-resize';
      const [value, least, most] = up ? [y, Math.min(low, y), Math.max(high, y)] : [x ?? 0, 0, Math.max(end, x ?? 0)];
      const said = {
        label,
        orientation: up ? 'vertical' : 'horizontal',
        valuenow: String(value),
        valuemin: String(least),
        valuemax: String(most),
        valuetext: text,
      };
      for (const [name, word] of Object.entries(said)) handle.setAttribute(`aria-${name}`, word);
      handle.title = `${label}: ${text}`;
    }
  };
}
