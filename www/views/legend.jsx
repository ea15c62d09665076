/** A mark of the map, small, for a line of text. */
import { useEffect, useRef } from 'preact/hooks';
import { crisp, mark } from './marks.js';
import { pointColour, usePalette } from './palette.js';

/** @typedef {import('./marks.js').PartName} PartName */

/** Of a part of the split in ink, or of a class in its shape and colour. @param {{part?: PartName, shape?: number, classes?: number}} props */
export function Mark({ part = 'train', shape = 0, classes = 0 }) {
  const ref = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const colours = usePalette();
  useEffect(() => {
    const { context, width, height } = crisp(/** @type {HTMLCanvasElement} */ (ref.current));
    context.clearRect(0, 0, width, height);
    mark(context, {
      part,
      shape,
      x: width / 2,
      y: height / 2,
      r: 4.5,
      colour: classes ? pointColour(colours, shape, classes) : colours.ink,
      colours,
    });
  });
  return <canvas class="mark" ref={ref} aria-hidden="true" />;
}
