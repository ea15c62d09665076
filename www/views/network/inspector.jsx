/** A unit looked at closely: its map large, its bias and all weights that come in, the largest first; pinned, they can be changed. */
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ICONS } from '../../parts/button.jsx';
import { Canvas } from '../canvas.jsx';
import { unitMap } from '../field.js';
import { beside } from './layout.js';
import { isFlat } from './units.js';
import './inspector.css';

/** @typedef {import('../kinds/index.js').RunOf<'layers'>} Run */

/** @typedef {import('./layout.js').Layout} Layout */
/** @typedef {import('./network.jsx').Incoming} Incoming */

/** Weights that a glance lists. */
const GLANCE = 5;
/** Milliseconds between numbers while training, so that they can be read. */
const CALM = 160;

/** @param {number} value */
const written = (value) => String(Number(value.toPrecision(6)));

/** What comes in, no more often than the eye reads. @param {Incoming} incoming @param {boolean} running @param {string} key of the unit */
function useCalm(incoming, running, key) {
  const kept = useRef({ incoming, at: 0, key: '' });
  const now = performance.now();
  if (!running || kept.current.key !== key || now - kept.current.at > CALM) kept.current = { incoming, at: now, key };
  return kept.current.incoming;
}

/**
 * @param {{run: Run, unit: [number, number], layout: Layout, root: {current: HTMLElement | null}, running: boolean, pinned: boolean, incoming: Incoming, words: import('./network.jsx').Words,
 *   name: string, title: string, sources: (from: number) => string, onClose: () => void}} props
 */
export function Inspector({ run, unit, layout, root, running, pinned, incoming: newest, words, name, title, sources, onClose }) {
  const [layer, at] = unit;
  const panel = useRef(/** @type {HTMLDivElement | null} */ (null));
  const key = String(unit);
  const incoming = useCalm(newest, running, key);
  const count = incoming?.weights.length ?? 0;
  // Rows that jumped while numbers change could not be edited: they are put in order when the panel opens and when training stops.
  const order = useMemo(() => {
    const weights = incoming?.weights ?? [];
    return Array.from(weights, (_, from) => from).sort((a, b) => Math.abs(weights[b]) - Math.abs(weights[a]));
  }, [key, running, count]);
  const picture = Boolean(run.unit);
  const flat = isFlat(layout, run.neurons);
  // A plain layer's title is in the name already.
  const bent = layer > 0 && !name.startsWith(title);

  useLayoutEffect(() => {
    const [own, within] = [
      /** @type {HTMLDivElement} */ (panel.current),
      /** @type {HTMLElement} */ (root.current).getBoundingClientRect(),
    ];
    const { left, top } = layout.columns[layer].units[at];
    const { box } = layout;
    const of = { left: within.left + left, top: within.top + top, right: within.left + left + box, bottom: within.top + top + box };
    own.style.maxHeight = '';
    const place = beside(of, { width: own.offsetWidth, height: own.offsetHeight }, within, { width: innerWidth, height: innerHeight });
    Object.assign(own.style, { left: `${place.left}px`, top: `${place.top}px`, maxHeight: `${place.most}px` });
  }, [key, layout, pinned, count, picture]);

  const largest = incoming ? Math.max(1e-9, ...Array.from(incoming.weights, Math.abs)) : 1;
  const listed = pinned ? order : order.slice(0, GLANCE);
  return (
    <div class={`inspector${pinned ? ' pinned' : ''}`} ref={panel} role={pinned ? 'dialog' : 'tooltip'} aria-label={name}>
      <h3>
        <span>{name}</span>
        {bent && <small>{title}</small>}
        {pinned && (
          <button type="button" class="close" aria-label={words.close} title={words.close} onClick={onClose}>
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d={ICONS.remove} />
            </svg>
          </button>
        )}
      </h3>
      {picture && (
        <Canvas label={name} draw={(context, width, height, colours) => drawUnit(context, width, height, colours, run.unit, flat)} />
      )}
      {incoming && (
        <>
          <Row
            name={words.bias}
            value={incoming.bias}
            share={incoming.bias / Math.max(largest, Math.abs(incoming.bias))}
            pinned={pinned}
            set={(value) => incoming.set('bias', 0, value)}
            kind="bias"
          />
          <h4>{words.incoming(incoming.fanIn)}</h4>
          <ul>
            {listed.map((from) => (
              <li key={from}>
                <Row
                  name={sources(from)}
                  value={incoming.weights[from]}
                  share={incoming.weights[from] / largest}
                  pinned={pinned}
                  set={(value) => incoming.set('weight', from, value)}
                />
              </li>
            ))}
          </ul>
          {incoming.fanIn > listed.length && <p>{words.others(incoming.fanIn - listed.length)}</p>}
        </>
      )}
      {!pinned && <p>{words.pin}</p>}
    </div>
  );
}

/** One number: its bar, and itself, to be changed where the panel is pinned. @param {{name: string, value: number, share: number, pinned: boolean, set: (value: number) => void, kind?: string}} props */
function Row({ name, value, share, pinned, set, kind = '' }) {
  const wide = `${Math.min(1, Math.abs(share)) * 50}%`;
  return (
    <label class={`row ${kind}`}>
      <span class="name" title={name}>
        {name}
      </span>
      <i class={share < 0 ? 'bar low' : 'bar'} style={{ '--wide': wide }} />
      {pinned ? <Entry name={name} value={value} set={set} /> : <span class="value">{written(value)}</span>}
    </label>
  );
}

/** A number that lives until it is typed into; Enter and leaving take it over, Escape takes it back. @param {{name: string, value: number, set: (value: number) => void}} props */
function Entry({ name, value, set }) {
  const [typed, setTyped] = useState(/** @type {string | null} */ (null));
  const take = () => {
    if (typed !== null && typed.trim() !== '' && Number.isFinite(Number(typed))) set(Number(typed));
    setTyped(null);
  };
  return (
    <input
      type="number"
      step="any"
      inputMode="decimal"
      aria-label={name}
      value={typed ?? written(value)}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
        if (event.key !== 'Escape' || typed === null) return;
        event.preventDefault();
        setTyped(null);
      }}
    />
  );
}

/** @param {CanvasRenderingContext2D} context @param {number} width @param {number} height @param {import('../palette.js').Palette} colours @param {Float32Array | null} values @param {boolean} flat */
function drawUnit(context, width, height, colours, values, flat) {
  if (!values) return;
  if (!flat) {
    context.imageSmoothingQuality = 'high';
    context.drawImage(unitMap(values, Math.round(Math.sqrt(values.length)), colours), 0, 0, width, height);
    return;
  }
  context.fillStyle = `rgb(${colours.middle})`;
  context.fillRect(0, 0, width, height);
  let largest = 1e-6;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  context.strokeStyle = colours.line;
  context.strokeRect(-1, height / 2, width + 2, height);
  context.beginPath();
  values.forEach((value, at) => context.lineTo(((at + 0.5) / values.length) * width, height / 2 - (value / largest) * height * 0.45));
  context.strokeStyle = colours.accent;
  context.lineWidth = 2;
  context.stroke();
}
