/** A model's answer over the plane, small: enough to see how far it has come. */
import { useEffect, useRef } from 'preact/hooks';
import { answerMap } from './field.js';

/** @typedef {import('../state.js').AnyRun} AnyRun */

/** @param {{run: AnyRun, colours: import('./palette.js').Palette, scale: number}} props `run` with a map of two columns, `scale` where colours of numbers are full */
export function SmallMap({ run, colours, scale }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useEffect(() => {
    const to = canvas.current;
    if (!to || !run.map) return;
    const side = Math.round(Math.sqrt(run.map.length / run.outputs));
    const picture = answerMap(run.map, run.outputs, side, colours, { scale, plain: false, levels: [] });
    [to.width, to.height] = [side, side];
    to.getContext('2d')?.drawImage(picture, 0, 0, side, side);
  }, [run.map, colours]);
  return <canvas ref={canvas} aria-hidden="true" />;
}
