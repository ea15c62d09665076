/** The handle of a place on a surface: dragged with mouse and finger, moved with the arrow keys, ten times as far with Shift. */
import { useRef } from 'preact/hooks';

const ARROWS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
});
/** A step of the keyboard, as a share of the frame. */
const STEP = 0.01;

/** @param {{label: string, at: Float64Array | number[], frame: Float64Array | number[], move: (x: number, y: number) => void}} props */
export function Handle({ label, at: [x, y], frame: [x0, x1, y0, y1], move }) {
  const button = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const held = useRef(false);
  const [wide, high] = [x1 - x0, y1 - y0];
  /** Places to about a thousandth of the frame: an address that can be read. @param {number} px @param {number} py */
  const to = (px, py) => move(rounded(Math.min(x1, Math.max(x0, px)), wide), rounded(Math.min(y1, Math.max(y0, py)), high));
  /** @param {PointerEvent} event */
  const drag = (event) => {
    const frame = button.current?.parentElement;
    if (!held.current || !frame) return;
    const { left, top, width, height } = frame.getBoundingClientRect();
    to(x0 + ((event.clientX - left) / width) * wide, y1 - ((event.clientY - top) / height) * high);
  };
  /** @param {PointerEvent} event */
  const take = (event) => {
    event.stopPropagation();
    held.current = true;
    button.current?.setPointerCapture(event.pointerId);
  };
  /** @param {KeyboardEvent} event */
  const keys = (event) => {
    const way = ARROWS[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const step = STEP * (event.shiftKey ? 10 : 1);
    to(x + way[0] * step * wide, y + way[1] * step * high);
  };
  const release = () => void (held.current = false);
  return (
    <button
      ref={button}
      type="button"
      class="handle"
      aria-label={label}
      title={label}
      style={{ left: `${((x - x0) / wide) * 100}%`, top: `${(1 - (y - y0) / high) * 100}%` }}
      onPointerDown={take}
      onPointerMove={drag}
      onPointerUp={release}
      onPointerCancel={release}
      onKeyDown={keys}
    />
  );
}

/** @param {number} value @param {number} span */
const rounded = (value, span) => Number(value.toFixed(Math.max(0, Math.min(12, Math.ceil(3 - Math.log10(span))))));
