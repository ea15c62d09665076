/** Many runs in one chart: each faint, their median and the band of their middle half over it. Takes data, knows no store. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { tick, exact } from './numbers.js';
import { ticks } from './ranges.js';
import './spread.css';

/**
 * @typedef {{name: string, mark: string, colour: string, curves: {x: number[], y: number[]}[], band: {x: number[], low: number[], median: number[], high: number[]}}} Group
 */

/** Places that a key moves by. */
const KEYS = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity });

const HEIGHT = 240;
const ROOM = { left: 52, right: 24, top: 10, bottom: 30 };

/** The width of an element, and of every later one. @param {{current: any}} host */
export function useWidth(host) {
  const [width, setWidth] = useState(600);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([{ contentRect }]) => setWidth(Math.max(240, Math.round(contentRect.width))));
    observer.observe(host.current);
    return () => observer.disconnect();
  }, []);
  return width;
}

/** A path through the finite points. @param {ArrayLike<number>} x @param {ArrayLike<number>} y @param {(value: number) => number} across @param {(value: number) => number} up */
function path(x, y, across, up) {
  let text = '';
  let pen = false;
  for (let at = 0; at < x.length; at++) {
    if (!Number.isFinite(y[at])) {
      pen = false;
      continue;
    }
    text += `${pen ? 'L' : 'M'}${across(x[at]).toFixed(1)} ${up(y[at]).toFixed(1)}`;
    pen = true;
  }
  return text;
}

/** The area between two curves where both are finite. @param {Group['band']} band @param {(value: number) => number} across @param {(value: number) => number} up */
function area({ x, low, high }, across, up) {
  const places = x.map((_, at) => at).filter((at) => Number.isFinite(low[at]) && Number.isFinite(high[at]));
  if (places.length < 2) return '';
  const there = places.map((at) => `${across(x[at]).toFixed(1)} ${up(high[at]).toFixed(1)}`);
  const back = places.toReversed().map((at) => `${across(x[at]).toFixed(1)} ${up(low[at]).toFixed(1)}`);
  return `M${[...there, ...back].join('L')}Z`;
}

/** Most of what the curves reach; a few values far off may leave the chart. @param {Group[]} groups @param {number | null} line @returns {[number, number]} */
function range(groups, line) {
  const bands = groups.flatMap(({ band }) => [...band.low, ...band.high]).filter(Number.isFinite);
  const all = line === null ? bands : [...bands, line];
  if (!all.length) return [0, 1];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = (high - low || Math.abs(high) || 1) * 0.05;
  return [low >= 0 ? Math.max(0, low - room) : low - room, high + room];
}

/** @param {{title: string, groups: Group[], end: number, unit: string, line: number | null, lineName: string, sentence: string}} props `line` is the finish line, where it is of this metric */
export function Spread({ title, groups, end, unit, line, lineName, sentence }) {
  const host = useRef(/** @type {HTMLElement | null} */ (null));
  const width = useWidth(host);
  const [pointed, setPointed] = useState(/** @type {number | null} */ (null));
  const [low, high] = range(groups, line);
  const across = (/** @type {number} */ value) => ROOM.left + (value / (end || 1)) * (width - ROOM.left - ROOM.right);
  const up = (/** @type {number} */ value) => HEIGHT - ROOM.bottom - ((value - low) / (high - low)) * (HEIGHT - ROOM.top - ROOM.bottom);
  const rows = ticks(low, high, 5);
  const columns = ticks(0, end, Math.max(2, Math.floor(width / 110))).filter(Number.isInteger);
  const steps = groups[0]?.band.x.length ?? 0;
  const at = pointed === null || !steps ? null : Math.max(0, Math.min(steps - 1, Math.round((pointed / (end || 1)) * (steps - 1))));
  const point = (/** @type {PointerEvent} */ event) => {
    const box = /** @type {SVGElement} */ (event.currentTarget).getBoundingClientRect();
    setPointed(((event.clientX - box.left - ROOM.left) / (box.width - ROOM.left - ROOM.right)) * end);
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    const move = KEYS[event.key];
    if (move === undefined && event.key !== 'Escape') return;
    if (event.key === 'Escape' && at === null) return;
    event.preventDefault();
    event.stopPropagation();
    const to = Math.max(0, Math.min(steps - 1, (at ?? 0) + move * (event.shiftKey ? 10 : 1)));
    setPointed(move === undefined ? null : (to / (steps - 1)) * end);
  };
  return (
    <figure class="spread" ref={host}>
      <figcaption>
        <b>{title}</b>
        {at !== null && (
          <span aria-live="polite">
            {unit} {exact(Math.round(groups[0].band.x[at]))}:{' '}
            {groups.map(({ mark, colour, band }, group) => (
              <span key={group}>
                <i style={{ color: colour }} aria-hidden="true">
                  {mark}
                </i>{' '}
                {exact(band.median[at])}{' '}
              </span>
            ))}
          </span>
        )}
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={sentence}
        tabindex={0}
        onKeyDown={key}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => setPointed(null)}
      >
        <clipPath id="spread-plot">
          <rect x={ROOM.left} y={0} width={width - ROOM.left - ROOM.right} height={HEIGHT - ROOM.bottom} />
        </clipPath>
        {rows.map((value) => (
          <g key={value}>
            <path class="grid" d={`M${ROOM.left} ${up(value)}H${width - ROOM.right}`} />
            <text x={ROOM.left - 6} y={up(value) + 4} text-anchor="end">
              {tick(value)}
            </text>
          </g>
        ))}
        {columns.map((value) => (
          <text key={value} x={across(value)} y={HEIGHT - 12} text-anchor="middle">
            {tick(value)}
          </text>
        ))}
        <g clip-path="url(#spread-plot)">
          {groups.map(({ colour, curves, band }, group) => (
            <g key={group}>
              {curves.map(({ x, y }, place) => (
                <path key={place} class="each" style={{ stroke: colour }} d={path(x, y, across, up)} />
              ))}
              <path class="area" style={{ fill: colour }} d={area(band, across, up)} />
            </g>
          ))}
          {groups.map(({ colour, band }, group) => (
            <path key={group} class="median" style={{ stroke: colour }} d={path(band.x, band.median, across, up)} />
          ))}
          {line !== null && <path class="goal" d={`M${ROOM.left} ${up(line)}H${width - ROOM.right}`} />}
          {at !== null && <path class="pointer" d={`M${across(groups[0].band.x[at])} ${ROOM.top}V${HEIGHT - ROOM.bottom}`} />}
        </g>
        {line !== null && (
          <text class="goal" x={ROOM.left + 6} y={up(line) - 5}>
            {lineName}
          </text>
        )}
      </svg>
    </figure>
  );
}
