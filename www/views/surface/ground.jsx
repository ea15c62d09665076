/** A surface from above, with what moves on it. Knows heights, places and nothing of where they come from. */
import { useMemo, useRef } from 'preact/hooks';
import { axes } from '../axes.js';
import { Canvas } from '../canvas.jsx';
import { Layer } from '../map/layer.js';
import { heights, paintHeights } from './contours.js';
import './ground.css';

/** @typedef {import('../palette.js').Palette} Palette */
/** @typedef {(x: number, y: number) => [number, number]} Onto from a place to pixels */

/**
 * @param {{label: string, field: Float32Array, side: number, floor: number, frame: number[], across: string, up: string, draw: (context: CanvasRenderingContext2D, onto: Onto, colours: Palette, width: number, height: number) => void, touch?: (x: number, y: number) => void, points?: boolean, children?: any}} props
 * `field` is row by row from the top, `frame` what it covers as [x0, x1, y0, y1]; `points` where its outermost numbers lie on the edges of the frame; `touch` hears where a mouse clicks
 */
export function Ground({ label, field, side, floor, frame, across, up, draw, touch, points = false, children }) {
  const layer = useRef(new Layer());
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const drawn = useMemo(() => heights(field, floor), [field, floor]);
  const [x0, x1, y0, y1] = frame;
  /** @param {CanvasRenderingContext2D} context @param {number} width @param {number} height @param {Palette} colours */
  const paint = (context, width, height, colours) => {
    layer.current.lay(
      context,
      width,
      height,
      [drawn, frame.join(), colours, across, up, document.documentElement.dataset.present],
      (paper) => {
        paintHeights(paper, width, height, drawn, side, colours, points);
        axes(paper, width, height, colours, frame, across, up);
      },
    );
    draw(context, (x, y) => [((x - x0) / (x1 - x0)) * width, (1 - (y - y0) / (y1 - y0)) * height], colours, width, height);
  };
  /** @param {PointerEvent} event */
  const press = (event) => {
    if (!touch || event.pointerType !== 'mouse' || event.button > 0) return;
    const { left, top, width, height } = /** @type {HTMLDivElement} */ (box.current).getBoundingClientRect();
    touch(x0 + ((event.clientX - left) / width) * (x1 - x0), y1 - ((event.clientY - top) / height) * (y1 - y0));
  };
  return (
    <div class="ground" ref={box} onPointerDown={press}>
      <Canvas label={label} draw={paint} />
      {children}
    </div>
  );
}
