/** How numbers are spread: bars from the smallest to the largest, and where zero is. */
import { Canvas } from '../canvas.jsx';

/** @typedef {import('../../boundary').Distribution} Distribution */

/** @param {CanvasRenderingContext2D} context @param {number} width @param {number} height @param {import('../palette.js').Palette} colours @param {Distribution} of */
export function drawBars(context, width, height, colours, { low, high, counts }) {
  const most = Math.max(1, ...counts);
  const same = low === high;
  const each = width / counts.length;
  context.fillStyle = colours.accent;
  counts.forEach((count, at) => {
    if (!count) return;
    // A single number is still seen among thousands.
    const tall = Math.max(1.5, (count / most) * (height - 2));
    const x = same ? width / 2 - each / 2 : at * each;
    context.fillRect(x, height - tall, Math.max(1, each - (each > 3 ? 1 : 0)), tall);
  });
  context.fillStyle = colours.muted;
  context.fillRect(0, height - 1, width, 1);
  if (low < 0 && high > 0) context.fillRect((-low / (high - low)) * width, 0, 1, height);
}

/** @param {{title: string, of: Distribution | null, words: import('./architecture.jsx').Words}} props */
export function Histogram({ title, of, words }) {
  return (
    <figure class="spread">
      <figcaption>{title}</figcaption>
      {of ? (
        <>
          <Canvas
            label={`${title}: ${words.range(of.low, of.high)}, ${words.mean(of.mean, of.root_mean_square)}`}
            draw={(context, width, height, colours) => drawBars(context, width, height, colours, of)}
          />
          <small>{words.range(of.low, of.high)}</small>
        </>
      ) : (
        <p>–</p>
      )}
    </figure>
  );
}
