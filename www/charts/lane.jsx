/** One lane of the training history: lines over a shared x axis. Knows columns of numbers and nothing else. */
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

/** @typedef {{label: string, values: ArrayLike<number>, colour: string, dashed?: boolean, min?: ArrayLike<number>, max?: ArrayLike<number>}} Line */

/** @param {{x: ArrayLike<number>, lines: Line[], title: string, name: string, best?: number | null, axis?: boolean, ink: string, grid: string}} props */
export function Lane({ x, lines, title, name, best = null, axis = true, ink, grid }) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const plot = useRef(/** @type {uPlot | null} */ (null));
  const star = useRef(best);
  star.current = best;
  const shape = JSON.stringify([lines.map((line) => [line.label, line.colour, line.dashed]), axis, ink, grid, title]);
  const data = /** @type {uPlot.AlignedData} */ ([x, ...lines.map((line) => line.values)].map((values) => Array.from(values, (value) => (Number.isFinite(value) ? value : null))));

  useEffect(() => {
    const host = /** @type {HTMLDivElement} */ (box.current);
    const size = () => ({ width: Math.max(80, host.clientWidth), height: Math.max(40, host.clientHeight) });
    plot.current = new uPlot(
      {
        ...size(),
        legend: { show: false },
        cursor: { sync: { key: 'history' }, drag: { x: false, y: false } },
        scales: { x: { time: false } },
        axes: [
          { show: axis, stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { show: false }, size: 24, font: '12px system-ui' },
          { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { show: false }, size: 58, font: '12px system-ui' },
        ],
        series: [{}, ...lines.map((line) => ({ label: line.label, stroke: line.colour, width: 2, dash: line.dashed ? [6, 4] : [], points: { show: false } }))],
        hooks: {
          draw: [
            (u) => {
              if (star.current === null) return;
              const left = u.valToPos(star.current, 'x', true);
              u.ctx.fillStyle = ink;
              u.ctx.font = `${13 * devicePixelRatio}px system-ui`;
              u.ctx.textAlign = 'center';
              u.ctx.fillText('★', left, u.bbox.top + 13 * devicePixelRatio);
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
  useEffect(() => {
    plot.current?.setData(data);
  });
  return (
    <figure class={`lane ${name}`}>
      <figcaption>
        {title}
        {lines.length > 1 && lines.map((line) => <span class="key"><i class={line.dashed ? 'dashed' : ''} style={{ borderColor: line.colour }} />{line.label}</span>)}
      </figcaption>
      <div class="plot" ref={box} />
    </figure>
  );
}
