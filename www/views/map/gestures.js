/** What mouse and fingers do on a picture: hover and tap look, drag pans, wheel and pinch zoom, a double click goes home; a tool in hand has one pointer for itself. */
import { pan, zoom } from './range.js';

/** Pixels that a pointer may stray and still be a click. */
const STRAY = 5;
/** Milliseconds after which a resting finger looks. */
const LONG = 400;

/** @typedef {{x: number, y: number}} Place */

/**
 * @param {{current: import('./plane.jsx').PlaneProps}} now @param {{current: HTMLDivElement | null}} box
 * @param {(fx: number, fy: number, by: 'mouse' | 'touch', row?: number, taken?: boolean) => void} look @param {() => void} leave
 */
export function gestures(now, box, look, leave) {
  /** Pointers that are down, where they are. @type {Map<number, Place>} */
  const down = new Map();
  let from = { x: 0, y: 0 };
  let dragged = false;
  let timer = 0;
  /** The pointer that holds a tool. */
  let holding = /** @type {number | null} */ (null);

  /** @param {Place} place fractions of the picture */
  const share = ({ x, y }) => {
    const { left, top, width, height } = /** @type {HTMLDivElement} */ (box.current).getBoundingClientRect();
    return { fx: (x - left) / width, fy: (y - top) / height, width, height };
  };
  const place = (/** @type {PointerEvent | WheelEvent} */ event) => ({ x: event.clientX, y: event.clientY });
  const see = (/** @type {PointerEvent} */ event, taken = false) => {
    const { fx, fy } = share(place(event));
    if (fx >= 0 && fx <= 1 && fy >= 0 && fy <= 1) look(fx, fy, event.pointerType === 'mouse' ? 'mouse' : 'touch', undefined, taken);
  };

  /** @param {PointerEvent} event */
  function press(event) {
    if (event.button > 0) return;
    down.set(event.pointerId, place(event));
    clearTimeout(timer);
    const { hand } = now.current;
    if (down.size > 1) {
      dragged = true;
      if (holding !== null) hand?.cancel();
      holding = null;
      return leave();
    }
    if (hand?.active) {
      leave();
      holding = event.pointerId;
      box.current?.setPointerCapture(event.pointerId);
      const { fx, fy, width } = share(place(event));
      return hand.press(fx, fy, width);
    }
    from = place(event);
    dragged = false;
    if (event.pointerType !== 'mouse') timer = window.setTimeout(() => see(event), LONG);
  }

  /** @param {PointerEvent} event */
  function move(event) {
    const before = down.get(event.pointerId);
    const { view, hand } = now.current;
    if (!before) return event.pointerType === 'mouse' && !hand?.active ? see(event) : undefined;
    const to = place(event);
    if (holding === event.pointerId) {
      const { fx, fy, width } = share(to);
      return hand?.drag(fx, fy, width);
    }
    if (!dragged && Math.hypot(to.x - from.x, to.y - from.y) < STRAY) return;
    clearTimeout(timer);
    dragged = true;
    // One finger scrolls the page until the view has been moved.
    if (!view || (down.size === 1 && event.pointerType !== 'mouse' && !view.moved)) return;
    if (event.pointerType === 'mouse') leave();
    box.current?.setPointerCapture(event.pointerId);
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    const { width, height } = share(to);
    down.set(event.pointerId, to);
    let range = view.range;
    if (other) {
      const middle = share({ x: (to.x + other.x) / 2, y: (to.y + other.y) / 2 });
      const apart = (/** @type {Place} */ at) => Math.max(10, Math.hypot(at.x - other.x, at.y - other.y));
      range = zoom(range, view.home, apart(before) / apart(to), middle.fx, view.flat ? 1 : middle.fy);
    }
    const part = other ? 2 : 1;
    view.set(pan(range, view.home, (to.x - before.x) / width / part, view.flat ? 0 : (to.y - before.y) / height / part));
  }

  /** @param {PointerEvent} event */
  function lift(event) {
    clearTimeout(timer);
    if (!down.delete(event.pointerId)) return;
    if (holding === event.pointerId) {
      holding = null;
      return event.type === 'pointerup' ? now.current.hand?.lift() : now.current.hand?.cancel();
    }
    if (!dragged && event.type === 'pointerup') see(event, true);
  }

  /** @param {WheelEvent} event */
  function wheel(event) {
    const { view } = now.current;
    const page = /** @type {Element} */ (document.scrollingElement);
    // On a page that scrolls the wheel is for the page, with Ctrl for the picture.
    if (!view || (!event.ctrlKey && page.scrollHeight > page.clientHeight)) return;
    event.preventDefault();
    const { fx, fy } = share(place(event));
    const pixels = event.deltaY * (event.deltaMode === 1 ? 20 : 1);
    view.set(zoom(view.range, view.home, Math.exp(Math.max(-240, Math.min(240, pixels)) * 0.0022), fx, fy));
  }

  return {
    handlers: {
      onPointerDown: press,
      onPointerMove: move,
      onPointerUp: lift,
      onPointerCancel: lift,
      onPointerLeave: (/** @type {PointerEvent} */ event) => event.pointerType === 'mouse' && !down.size && leave(),
      onDblClick: () => !now.current.hand?.active && now.current.view?.set(null),
      // The arrow keys stay the page's own after a click; only the keyboard gives the picture the focus.
      onMouseDown: (/** @type {MouseEvent} */ event) => {
        if (document.activeElement !== box.current) /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
        event.preventDefault();
      },
      onContextMenu: (/** @type {MouseEvent} */ event) => /** @type {any} */ (event).pointerType === 'touch' && event.preventDefault(),
    },
    /** Listeners that may stop the browser's own scrolling and zooming. */
    listen() {
      const element = /** @type {HTMLDivElement} */ (box.current);
      const two = (/** @type {TouchEvent} */ event) =>
        event.touches.length > 1 && event.cancelable && now.current.view && event.preventDefault();
      element.addEventListener('wheel', wheel, { passive: false });
      element.addEventListener('touchstart', two, { passive: false });
      element.addEventListener('touchmove', two, { passive: false });
      return () => {
        clearTimeout(timer);
        element.removeEventListener('wheel', wheel);
        element.removeEventListener('touchstart', two);
        element.removeEventListener('touchmove', two);
      };
    },
  };
}
