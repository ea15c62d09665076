/** A line without axes, with a star at the best: how it goes, at a glance. Knows columns of numbers and nothing else. */
import { useEffect, useRef } from 'preact/hooks';

/** Room for the star and the line's width, in pixels. */
const EDGE = 8;

/** @param {{x: (number | null)[], y: (number | null)[], best: number | null, colour: string, ink: string}} props */
export function Sparkline({ x, y, best, colour, ink }) {
  const ref = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useEffect(() => {
    const canvas = /** @type {HTMLCanvasElement} */ (ref.current);
    const ratio = devicePixelRatio || 1;
    const { clientWidth: width, clientHeight: height } = canvas;
    if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
    if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    draw(context, width, height, x, y, best, colour, ink);
  });
  return <canvas ref={ref} class="sparkline" aria-hidden="true" />;
}

/** @param {CanvasRenderingContext2D} context @param {number} width @param {number} height @param {(number | null)[]} x @param {(number | null)[]} y @param {number | null} best @param {string} colour @param {string} ink */
function draw(context, width, height, x, y, best, colour, ink) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of y) {
    if (value === null) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const last = x[x.length - 1] ?? 0;
  if (!(high > low) || !last) return;
  const px = (/** @type {number} */ at) => EDGE + (at / last) * (width - 2 * EDGE);
  const py = (/** @type {number} */ value) => EDGE + (1 - (value - low) / (high - low)) * (height - 2 * EDGE);
  context.beginPath();
  for (let at = 0; at < x.length; at++) {
    const value = y[at];
    if (value !== null && value !== undefined) context.lineTo(px(x[at] ?? 0), py(value));
  }
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.lineJoin = 'round';
  context.stroke();
  if (best === null) return;
  context.font = '14px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = ink;
  context.fillText('★', px(Math.min(best, last)), py(low));
}
