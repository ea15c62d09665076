/** What each of several things saves: a bar to the median, a whisker over the middle half, a mark a seed. Takes data, knows no store. */
import { useRef } from 'preact/hooks';
import { tick } from './numbers.js';
import { ticks } from './ranges.js';
import { useWidth } from './spread.jsx';
import './savings.css';

/** `values` are what each seed saves: infinite where the line was never reached without it, minus infinite where only without it. @typedef {{id: string, name: string, said: string, values: number[], quartiles: {low: number, median: number, high: number} | null}} Saving */

const HEIGHT = 34;
const MIDDLE = 17;
/** Room at the ends of a row for those that never arrived. */
const END = 22;

/** @param {{rows: Saving[], unit: string}} props */
export function Savings({ rows, unit }) {
  const host = useRef(/** @type {HTMLElement | null} */ (null));
  const width = useWidth(host);
  const all = rows.flatMap(({ values }) => values);
  const finite = all.filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...finite), Math.max(1, ...finite)];
  const [from, to] = [low - (low < 0 ? 0.04 * (high - low) : 0), high + 0.04 * (high - low)];
  const [start, stop] = [from < 0 || all.includes(-Infinity) ? END : 8, width - END];
  const across = (/** @type {number} */ value) =>
    value === Infinity ? width - 8 : value === -Infinity ? 8 : start + ((value - from) / (to - from)) * (stop - start);
  // Updates are whole.
  const places = ticks(from, to, Math.max(2, Math.floor(width / 120))).filter(Number.isInteger);
  return (
    <figure class="savings" ref={host}>
      <ol>
        {rows.map((row) => (
          <li key={row.id}>
            <p>
              <b>{row.name}</b> {row.said}
            </p>
            <svg viewBox={`0 0 ${width} ${HEIGHT}`} width={width} height={HEIGHT} aria-hidden="true">
              {places.map((value) => (
                <path key={value} class={value === 0 ? 'zero' : 'grid'} d={`M${across(value)} 0V${HEIGHT}`} />
              ))}
              <Bar {...row} across={across} />
            </svg>
          </li>
        ))}
      </ol>
      <svg viewBox={`0 0 ${width} 18`} width={width} height={18} aria-hidden="true">
        {places.map((value) => (
          <text key={value} x={across(value)} y={13} text-anchor="middle">
            {tick(value)}
          </text>
        ))}
      </svg>
      <figcaption>{unit}</figcaption>
    </figure>
  );
}

/** @param {Saving & {across: (value: number) => number}} props */
function Bar({ values, quartiles, across }) {
  const zero = across(0);
  return (
    <>
      {quartiles && (
        <rect
          class={quartiles.median < 0 ? 'bar costs' : 'bar'}
          x={Math.min(zero, across(quartiles.median))}
          y={MIDDLE - 9}
          width={Math.abs(across(quartiles.median) - zero)}
          height={18}
          rx={2}
        />
      )}
      {quartiles && (
        <path
          class="whisker"
          d={`M${across(quartiles.low)} ${MIDDLE}H${across(quartiles.high)}M${across(quartiles.low)} ${MIDDLE - 6}v12M${across(quartiles.high)} ${MIDDLE - 6}v12`}
        />
      )}
      {values.map((value, seed) => {
        // Equal ones lie a little apart.
        const y = MIDDLE + ((seed % 5) - 2) * 2.5;
        if (Number.isFinite(value)) return <circle key={seed} cx={across(value)} cy={y} r={3.5} />;
        return (
          <path
            key={seed}
            class="never"
            d={value > 0 ? `M${across(value) - 5} ${y - 5}l9 5l-9 5z` : `M${across(value) + 5} ${y - 5}l-9 5l9 5z`}
          />
        );
      })}
    </>
  );
}
