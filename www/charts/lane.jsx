/** One lane of the training history: lines over a shared x axis. Knows columns of numbers and nothing else. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

/** Numbers over x, null where there is none. @typedef {(number | null)[]} Column */

/**
 * A line; `low` and `high` are the extremes of what a point stands for, drawn as a pale band.
 * @typedef {{label: string, values: Column, colour: string, dashed?: boolean, low?: Column, high?: Column}} Line
 */

/** @type {Column} */
const NONE = [];
const FONT = '12px system-ui, sans-serif';

/** @param {number} value */
const exact = (value) => (Number.isInteger(value) ? value.toLocaleString('en') : value.toPrecision(4));

/**
 * `unit` is the x axis's; `axis` shows it; `best` is the x of the star; `fromZero` starts the y axis there.
 * @param {{x: Column, unit: string, lines: Line[], title: string, name: string, best?: number | null, axis?: boolean, fromZero?: boolean, ink: string, grid: string}} props
 */
export function Lane({ x, unit, lines, title, name, best = null, axis = true, fromZero = false, ink, grid }) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const plot = useRef(/** @type {uPlot | null} */ (null));
  const star = useRef(best);
  const [under, setUnder] = useState(/** @type {number | null} */ (null));
  star.current = best;
  const shape = JSON.stringify([lines.map((line) => [line.label, line.colour, line.dashed]), axis, ink, grid, fromZero]);
  const columns = [x, ...lines.flatMap((line) => [line.values, line.low ?? NONE, line.high ?? NONE])];
  const data = useMemo(() => /** @type {uPlot.AlignedData} */ (columns), columns);

  useEffect(() => {
    const host = /** @type {HTMLDivElement} */ (box.current);
    const size = () => ({ width: Math.max(80, host.clientWidth), height: Math.max(40, host.clientHeight) });
    plot.current = new uPlot(
      {
        ...size(),
        legend: { show: false },
        cursor: { sync: { key: 'history' }, drag: { x: false, y: false }, y: false },
        padding: [8, 12, axis ? 0 : 6, 0],
        scales: { x: { time: false }, y: fromZero ? { range: (_, __, high) => [0, high > 0 ? high * 1.15 : 1] } : {} },
        axes: [
          { show: axis, stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { show: false }, size: 22, gap: 2, font: FONT },
          { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { show: false }, size: 56, gap: 6, space: 24, font: FONT },
        ],
        series: [{}, ...lines.flatMap((line) => [
          { label: line.label, stroke: line.colour, width: 2, dash: line.dashed ? [6, 4] : [], points: { show: (/** @type {uPlot} */ u) => u.data[0].length === 1, size: 7 } },
          { label: 'low', points: { show: false } },
          { label: 'high', points: { show: false } },
        ])],
        bands: lines.map((line, at) => ({ series: /** @type {[number, number]} */ ([3 * at + 3, 3 * at + 2]), fill: `${line.colour}30` })),
        hooks: {
          setCursor: [(u) => setUnder(u.cursor.idx ?? null)],
          draw: [
            (u) => {
              if (star.current === null) return;
              u.ctx.save();
              u.ctx.fillStyle = ink;
              u.ctx.font = `${13 * devicePixelRatio}px system-ui`;
              u.ctx.textAlign = 'center';
              u.ctx.fillText('★', u.valToPos(star.current, 'x', true), u.bbox.top + 12 * devicePixelRatio);
              u.ctx.restore();
            },
          ],
        },
      },
      data,
      host,
    );
    const observer = new ResizeObserver(() => plot.current?.setSize(size()));
    observer.observe(host);
    return () => {
      observer.disconnect();
      plot.current?.destroy();
    };
  }, [shape]);
  useEffect(() => plot.current?.setData(data), [data]);
  const at = under !== null && under < x.length ? under : null;
  return (
    <figure class={`lane ${name}`}>
      <figcaption>
        <b>{title}</b>
        {lines.map((line) => {
          const value = at === null ? null : (line.values[at] ?? null);
          return (
            <span class="key">
              {lines.length > 1 && <i class={line.dashed ? 'dashed' : ''} style={{ borderColor: line.colour }} />}
              {value !== null ? <output title={line.label}>{exact(value)}</output> : lines.length > 1 && line.label}
            </span>
          );
        })}
        <span class="unit">{at === null ? unit : `${exact(x[at] ?? 0)} ${unit}`}</span>
      </figcaption>
      <div class="plot" ref={box} />
    </figure>
  );
}
