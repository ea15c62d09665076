/** A canvas that draws again when its data, its size or the theme changes. */
import { useEffect, useRef } from 'preact/hooks';
import { crisp } from './marks.js';
import { usePalette } from './palette.js';

/** @typedef {import('./palette.js').Palette} Palette */

/** @param {{label?: string, draw: (context: CanvasRenderingContext2D, width: number, height: number, colours: Palette) => void}} props without a `label` whoever holds the canvas says what it shows */
export function Canvas({ label, draw }) {
  const ref = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const colours = usePalette();
  const paint = useRef(() => {});
  paint.current = () => {
    if (!ref.current?.clientWidth) return;
    const { context, width, height } = crisp(ref.current);
    context.clearRect(0, 0, width, height);
    draw(context, width, height, colours);
  };
  useEffect(() => paint.current());
  useEffect(() => {
    const observer = new ResizeObserver(() => paint.current());
    observer.observe(/** @type {HTMLCanvasElement} */ (ref.current));
    return () => observer.disconnect();
  }, []);
  return label === undefined ? <canvas ref={ref} aria-hidden="true" /> : <canvas ref={ref} role="img" aria-label={label} />;
}
