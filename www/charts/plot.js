/**
 * One lane's uPlot: axes, strokes and bands by its shape; everything that changes from frame to frame is read from the scene.
 *
 * Four columns a line: raw (faint, only behind smoothing), drawn, and the extremes of a band.
 */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { above, behind } from './annotate.js';
import { tick } from './numbers.js';
import { logTicks, ticks } from './ranges.js';

/** @typedef {import('./annotate.js').Scene} Scene */

/** Columns of the data that a line has. */
export const COLUMNS = 4;

/** A colour with its opacity. @param {string} colour @param {number} share */
const pale = (colour, share) =>
  `${colour}${Math.round(255 * share)
    .toString(16)
    .padStart(2, '0')}`;

/**
 * @param {HTMLElement} host
 * @param {{strokes: import('./annotate.js').Stroke[], raw: boolean, log: boolean, axis: boolean, gutter: number, font: number, width: number, muted: string, line: string, sparse: boolean}} shape `gutter` is the room for names right of the plot; `sparse` lines have no number where only others have one
 * @param {{current: Scene}} scene
 * @param {() => void} drawn called after every drawing
 */
export function makePlot(host, { strokes, raw, log, axis, gutter, font, width, muted, line, sparse }, scene, drawn) {
  const type = `${font}px system-ui, sans-serif`;
  const shared = { stroke: muted, grid: { stroke: line, width: 1 }, ticks: { show: false }, font: type };
  const room = (/** @type {number} */ pixels, /** @type {number} */ each) => Math.max(1, Math.floor(pixels / each));
  const single = (/** @type {uPlot} */ u) => u.data[0].length === 1;
  return new uPlot(
    {
      ...sizeOf(host),
      legend: { show: false },
      cursor: { show: false },
      padding: [8, gutter, axis ? 0 : 5, 0],
      scales: {
        x: { time: false, range: () => [0, scene.current.end] },
        y: { distr: log ? 3 : 1, range: (u) => (log ? scene.current.range : hairWider(u, scene.current.range, width)) },
      },
      axes: [
        {
          ...shared,
          show: axis,
          size: font + 10,
          gap: 4,
          splits: (u, _, low, high) => ticks(low, high, room(u.bbox.width / uPlot.pxRatio, 6 * font)),
          values: (_, places) => places.map(tick),
        },
        {
          ...shared,
          size: Math.round(4.2 * font),
          gap: 6,
          filter: (_, places) => places,
          splits: (u, _, low, high) => {
            const height = u.bbox.height / uPlot.pxRatio;
            const places = (log ? logTicks : ticks)(low, high, Math.max(2, room(height, 1.6 * font)));
            // Two numbers would touch: the upper one says more.
            return height < 2.4 * font ? places.slice(-1) : places;
          },
          values: (_, places) => places.map(tick),
        },
      ],
      series: [
        {},
        ...strokes.flatMap((stroke) => [
          { show: raw, stroke: pale(stroke.colour, 0.3), width: width / 2, points: { show: false }, spanGaps: sparse },
          {
            stroke: stroke.colour,
            width,
            dash: stroke.dashed ? [6, 4] : [],
            points: { show: single, size: 3 * width + 1 },
            spanGaps: sparse,
          },
          { points: { show: false }, spanGaps: sparse },
          { points: { show: false }, spanGaps: sparse },
        ]),
      ],
      bands: strokes.map((stroke, at) => ({
        series: /** @type {[number, number]} */ ([COLUMNS * at + 4, COLUMNS * at + 3]),
        fill: pale(stroke.colour, 0.15),
      })),
      hooks: {
        drawAxes: [(u) => behind(u, scene.current)],
        draw: [
          (u) => {
            above(u, scene.current);
            drawn();
          },
        ],
      },
    },
    /** @type {uPlot.AlignedData} */ ([[], ...strokes.flatMap(() => [[], [], [], []])]),
    host,
  );
}

/** Room for the half of a line that lies on the end of the range, so that it is not cut. @param {uPlot} u @param {[number, number]} range @param {number} width @returns {[number, number]} */
function hairWider(u, [low, high], width) {
  const hair = ((high - low) * width) / 2 / Math.max(20, u.bbox.height / uPlot.pxRatio);
  return [low - hair, high + hair];
}

/** @param {HTMLElement} host */
export const sizeOf = (host) => ({ width: Math.max(80, host.clientWidth), height: Math.max(40, host.clientHeight) });
