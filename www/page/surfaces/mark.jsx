/** A racer's mark, small, for a line of text. */
import { useEffect, useRef } from 'preact/hooks';
import { crisp, mark } from '../../views/marks.js';
import { classColour, usePalette } from '../../views/palette.js';

/** @param {{at: number}} props */
export function RacerMark({ at }) {
  const ref = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const colours = usePalette();
  useEffect(() => {
    const { context, width, height } = crisp(/** @type {HTMLCanvasElement} */ (ref.current));
    context.clearRect(0, 0, width, height);
    mark(context, { part: 'train', shape: at, x: width / 2, y: height / 2, r: 4.5, colour: classColour(colours, at), colours });
  });
  return <canvas class="mark" ref={ref} aria-hidden="true" />;
}
