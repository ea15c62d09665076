/** The network: every unit's own map, edges as wide as their weight and coloured by its sign. Wide layers show their first units. */
import { Canvas } from './canvas.jsx';
import { unitMap } from './field.js';

const MAP = 32;

/** @param {{run: any, label: string, more: (count: number) => string}} props */
export function Network({ run, label, more }) {
  return <Canvas label={label} draw={(context, width, height, colours) => draw(context, width, height, colours, run, more)} />;
}

/** @param {CanvasRenderingContext2D} context @param {number} width @param {number} height @param {import('./palette.js').Palette} colours @param {any} run @param {(count: number) => string} more */
function draw(context, width, height, colours, run, more) {
  const { layers } = run.view;
  const gap = width / layers.length;
  const shown = layers.map((/** @type {any} */ layer) => layer.shown);
  const box = Math.max(10, Math.min(40, gap * 0.5, (height - 44) / Math.max(...shown) - 5));
  const x = (/** @type {number} */ layer) => gap * (layer + 0.5) - box / 2;
  const y = (/** @type {number} */ layer, /** @type {number} */ unit) => 22 + (height - 44) * ((unit + 0.5) / shown[layer]) - box / 2;

  for (let at = 1; at < layers.length; at++) {
    const { weights, largest } = layers[at];
    for (let to = 0; to < shown[at]; to++) {
      for (let from = 0; from < shown[at - 1]; from++) {
        const share = weights[to * shown[at - 1] + from] / (largest || 1);
        const [ax, ay, bx, by] = [x(at - 1) + box, y(at - 1, from) + box / 2, x(at), y(at, to) + box / 2];
        context.beginPath();
        context.moveTo(ax, ay);
        context.bezierCurveTo((ax + bx) / 2, ay, (ax + bx) / 2, by, bx, by);
        context.strokeStyle = `rgb(${share < 0 ? colours.low : colours.high})`;
        context.globalAlpha = 0.12 + 0.75 * Math.abs(share);
        context.lineWidth = 0.4 + 3 * Math.abs(share);
        context.stroke();
      }
    }
  }
  context.globalAlpha = 1;
  context.font = '12px system-ui, sans-serif';
  context.textAlign = 'center';
  let before = 0;
  const flat = run.neurons && run.neurons.length / layers.reduce((/** @type {number} */ sum, /** @type {any} */ layer) => sum + layer.shown, 0) === MAP;
  const cells = flat ? MAP : MAP * MAP;
  layers.forEach((/** @type {any} */ layer, /** @type {number} */ at) => {
    for (let unit = 0; unit < shown[at]; unit++) {
      const [left, top] = [x(at), y(at, unit)];
      if (run.neurons) {
        const values = run.neurons.subarray((before + unit) * cells, (before + unit + 1) * cells);
        if (flat) line(context, values, left, top, box, colours);
        else context.drawImage(unitMap(values, MAP, colours), left, top, box, box);
      }
      context.strokeStyle = colours.muted;
      context.lineWidth = 1;
      context.strokeRect(left, top, box, box);
      if (at === 0) {
        context.fillStyle = colours.ink;
        context.textAlign = 'right';
        context.fillText(run.features[unit], left - 5, top + box / 2 + 4);
        context.textAlign = 'center';
      }
    }
    context.fillStyle = colours.muted;
    context.fillText(layer.activation ? `${layer.units} · ${layer.activation}` : String(layer.units), gap * (at + 0.5), 14);
    if (layer.units > shown[at]) context.fillText(more(layer.units - shown[at]), gap * (at + 0.5), height - 5);
    before += layer.shown;
  });
}

/** @param {CanvasRenderingContext2D} context @param {Float32Array} values @param {number} left @param {number} top @param {number} box @param {import('./palette.js').Palette} colours */
function line(context, values, left, top, box, colours) {
  let largest = 1e-6;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  context.beginPath();
  values.forEach((value, at) => context.lineTo(left + ((at + 0.5) / values.length) * box, top + box / 2 - (value / largest) * box * 0.45));
  context.strokeStyle = colours.accent;
  context.lineWidth = 1.5;
  context.stroke();
}
