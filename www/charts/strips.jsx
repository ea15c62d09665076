/** Many values of several things on one axis each: a mark for every value, a line at their mean, a bar over one standard deviation to each side. Takes data, knows no store. */
import { useRef } from 'preact/hooks';
import { tick } from './numbers.js';
import { ticks } from './ranges.js';
import { useWidth } from './spread.jsx';
import './strips.css';

/** `mark` and `colour` tell one thing from another. @typedef {{mark: string, colour: string, values: number[], mean: number | null, spread: number | null}} Strip */

const ROW = 30;
const FOOT = 22;
const ROOM = 14;

/** @param {{title: any, sentence: string, strips: Strip[], low: number | null, high: number | null}} props `low` and `high` are bounds that no value can lie beyond */
export function Strips({ title, sentence, strips, low, high }) {
  const host = useRef(/** @type {HTMLElement | null} */ (null));
  const width = useWidth(host);
  const reach = strips.flatMap(({ values, mean, spread }) => [
    ...values,
    ...(mean === null ? [] : [mean - (spread ?? 0), mean + (spread ?? 0)]),
  ]);
  const [first, last] = [Math.min(...reach), Math.max(...reach)];
  const room = (last - first || Math.abs(last) * 0.1 || 1) * 0.06;
  const from = Math.max(low ?? -Infinity, first - room);
  const to = Math.min(high ?? Infinity, last + room);
  const across = (/** @type {number} */ value) => ROOM + ((value - from) / (to - from || 1)) * (width - 2 * ROOM);
  const clamp = (/** @type {number} */ value) => Math.max(from, Math.min(to, value));
  const places = ticks(from, to, Math.max(2, Math.floor(width / 90)));
  const height = ROW * strips.length;
  return (
    <figure class="strips" ref={host}>
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${width} ${height + FOOT}`} width={width} height={height + FOOT} role="img" aria-label={sentence}>
        {places.map((value) => (
          <g key={value}>
            <path class="grid" d={`M${across(value)} 0V${height}`} />
            <text x={across(value)} y={height + 15} text-anchor="middle">
              {tick(value)}
            </text>
          </g>
        ))}
        {strips.map(({ mark, colour, values, mean, spread }, at) => {
          const middle = ROW * at + ROW / 2;
          return (
            <g key={at} style={{ color: colour }}>
              {mean !== null && spread !== null && (
                <rect
                  class="bar"
                  x={across(clamp(mean - spread))}
                  y={middle - 8}
                  width={Math.max(0, across(clamp(mean + spread)) - across(clamp(mean - spread)))}
                  height={16}
                />
              )}
              {values.map((value, place) => (
                <text key={place} class="mark" x={across(value)} y={middle + 5} text-anchor="middle">
                  {mark}
                </text>
              ))}
              {mean !== null && <path class="mean" d={`M${across(clamp(mean))} ${middle - 12}V${middle + 12}`} />}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
