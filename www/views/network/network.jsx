/** The network: features at the left, answers at the right, every unit a picture of what it makes of the plane, every edge a weight. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Canvas } from '../canvas.jsx';
import { drawEdge, drawEdges, styleOf } from './edges.js';
import { Bands } from './bands.jsx';
import { columnsOf, drawnOf } from './columns.js';
import { Heads } from './heads.jsx';
import { Inspector } from './inspector.jsx';
import { edgeAt, layoutOf } from './layout.js';
import { Units } from './units.jsx';
import { measure, pixel } from '../font.js';
import { discOf, drawNames, drawUnits } from './units.js';
import './network.css';

/** @typedef {import('../kinds/index.js').RunOf<'layers'>} Run */

/**
 * What can be done to the hidden layers, `at` counted from the first of them, and the limits.
 * @typedef {{least: number, most: number, layers: number, resize: (at: number, units: number) => void, add: (at: number) => void, remove: (at: number) => void}} Edit
 */
/** @typedef {[number, number]} Unit layer and number, both from 0, the inputs first */
/**
 * Everything that is written or spoken.
 * @typedef {{more: (n: number) => string, layer: (at: number, of: number) => string, unit: (layer: string, unit: number) => string, inputs: string, output: string,
 *   fewer: (layer: string) => string, moreUnits: (layer: string) => string, least: (n: number) => string, most: (n: number) => string, mostLayers: (n: number) => string,
 *   remove: (layer: string) => string, addAt: (n: number) => string, addBefore: (layer: string) => string, addAfter: (layer: string) => string,
 *   reshape: (layer: string, title: string, units: number) => string, size: (sum: string) => string, units: string, bias: string, incoming: (n: number) => string,
 *   close: string, pin: string, others: (n: number) => string, from: (unit: number) => string, edge: (from: string, to: string, value: number) => string, activation: (tag: string) => string, kind: (name: string, activation: string) => string, enlarge: string}} Words
 */
/**
 * The numbers that come into the unit that is looked at; `weights` are all of them, or the first where the rest is still to come.
 * @typedef {{weights: ArrayLike<number>, bias: number, fanIn: number, set: (what: 'weight' | 'bias', from: number, value: number) => void} | null} Incoming
 */

const still = matchMedia('(prefers-reduced-motion: reduce)');
const finger = matchMedia('(pointer: coarse)');

/** Milliseconds that the pointer rests on a unit before its panel opens. */
const REST = 140;

/** @param {{run: Run, ends: string[], running: boolean, label: string, words: Words, edit: Edit | null, inspected: Unit | null, onInspect: (unit: Unit | null) => void, incoming: Incoming, enlarge?: (() => void) | null, scrolls?: boolean}} props `ends` names the outputs; `enlarge` gives the drawing more room, `scrolls` says that its panel has as much as it takes */
export function Network({
  run: whole,
  ends,
  running,
  label,
  words,
  edit,
  inspected,
  onInspect,
  incoming,
  enlarge = null,
  scrolls = false,
}) {
  const structure = JSON.stringify(whole.view.layers.map((layer) => [layer.name, layer.fan_in > 0, layer.activation]));
  const columns = useMemo(() => columnsOf(whole.view.layers), [structure]);
  const run = drawnOf(whole, columns);
  const { layers } = run.view;
  const root = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [[width, height], setSize] = useState([0, 0]);
  const [pointed, setPointed] = useState(/** @type {Unit | null} */ (null));
  const [pinned, setPinned] = useState(/** @type {Unit | null} */ (null));

  const [edge, setEdge] = useState(/** @type {{at: [number, number, number], x: number, y: number} | null} */ (null));

  useEffect(() => {
    const box = /** @type {HTMLDivElement} */ (root.current);
    const observer = new ResizeObserver(() => setSize([box.clientWidth, box.clientHeight]));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  const shape = JSON.stringify([
    layers.map((layer) => [layer.units, layer.shown, layer.activation]),
    run.features,
    ends,
    width,
    height,
    pixel(),
  ]);
  const layout = useMemo(() => {
    const [shown, units] = /** @type {const} */ (['shown', 'units']).map((key) => layers.map((layer) => layer[key]));
    return layoutOf({
      shown,
      units,
      names: run.features.slice(0, shown[0]),
      ends,
      width: Math.max(1, width),
      height: Math.max(1, height),
      coarse: finger.matches,
      unit: pixel(),
      measure,
    });
  }, [shape]);
  const heads = useMemo(() => headsOf(layers, columns, words), [shape, columns, words]);

  const there = (/** @type {Unit | null} */ unit) => (unit && unit[1] < (layout.columns[unit[0]]?.units.length ?? 0) ? unit : null);
  const held = there(pinned);
  const target = held ?? there(pointed);
  const half = run.neurons ? layout.box / 2 : discOf(layout.box);
  const weightOf = (/** @type {number} */ layer, /** @type {number} */ to, /** @type {number} */ from) =>
    layers[layer]?.weights[to * layers[layer - 1].shown + from];
  const touched = !target && edge && weightOf(...edge.at) !== undefined ? edge : null;
  const sourceOf = (/** @type {number} */ layer, /** @type {number} */ from) => (layer === 1 ? run.features[from] : words.from(from + 1));
  const key = String(target);
  /** Columns are counted here, layers elsewhere. @param {Unit} unit @returns {Unit} */
  const asked = ([column, unit]) => [columns[column].at, unit];
  const shown = target && inspected && String(inspected) === String(asked(target)) ? target : null;

  // A restart lets go of what is looked at; a pinned unit is asked for again.
  useEffect(() => {
    if (!target) {
      if (inspected) onInspect(null);
      return;
    }
    if (shown) return;
    const timer = setTimeout(() => onInspect(asked(target)), held ? 0 : REST);
    return () => clearTimeout(timer);
  }, [key, Boolean(held), shown]);
  useEffect(() => () => onInspect(null), []);

  useEffect(() => {
    if (!held) return;
    const close = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (root.current?.querySelector('.inspector')?.contains(document.activeElement))
        /** @type {HTMLElement | null} */ (root.current.querySelector(`[data-unit="${held}"]`))?.focus();
      setPinned(null);
      setPointed(null);
    };
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [String(held)]);

  const buttons = useMemo(
    () => (
      <Units
        layout={layout}
        coarse={finger.matches}
        label={words.units}
        name={(layer, unit) => nameOf(heads, layer, unit, run.features, ends, words)}
        open={held}
        onPoint={setPointed}
        onOpen={(unit) => setPinned((old) => (String(old) === String(unit) ? null : unit))}
      />
    ),
    [layout, heads, String(held)],
  );
  const headers = useMemo(
    () => <Heads layout={layout} heads={heads} words={words} edit={edit} measure={measure} />,
    [layout, heads, words, edit],
  );

  // Where units are too small for a finger and there is a way to make them larger, that comes first.
  const cramped = finger.matches && Boolean(enlarge) && height < layout.full;
  return (
    <div
      class={touched ? 'drawing touched' : 'drawing'}
      ref={root}
      style={finger.matches && scrolls && width > 0 ? { minHeight: `${layout.full}px` } : undefined}
      onPointerLeave={() => setEdge(null)}
      onPointerMove={(event) => {
        if (event.pointerType !== 'mouse') return;
        const at = /** @type {Element} */ (event.target).matches('.drawing > canvas')
          ? edgeAt(
              layout,
              half,
              event.offsetX,
              event.offsetY,
              (layer, to, from) => styleOf(weightOf(layer, to, from) / layers[layer].largest) >= 0,
            )
          : null;
        if (at || edge) setEdge(at && { at, x: event.offsetX, y: event.offsetY });
      }}
      onClick={() => touched && setPinned([touched.at[0], touched.at[1]])}
    >
      {width > 0 && (
        <>
          <Canvas
            label={label}
            draw={(context, _width, _height, colours) => {
              drawEdges(context, layout, layers, colours, target, running && !still.matches ? performance.now() / 1000 : null, half);
              if (touched) drawEdge(context, layout, touched.at, weightOf(...touched.at), half, colours);
              drawUnits(context, layout, run, colours, target);
              drawNames(context, layout, colours, words.more);
            }}
          />
          <Bands layout={layout} columns={columns} name={words.kind} />
          {headers}
          {cramped ? (
            <button
              type="button"
              class="enlarge"
              style={{ top: `${layout.top}px` }}
              aria-label={words.enlarge}
              onClick={() => enlarge?.()}
            />
          ) : (
            buttons
          )}
          {touched && (
            <p
              class="note"
              style={{ left: `${touched.x}px`, top: `${touched.y}px`, transform: `translateX(-${(100 * touched.x) / width}%)` }}
            >
              {words.edge(
                sourceOf(touched.at[0], touched.at[2]),
                touched.at[0] === layers.length - 1 ? ends[touched.at[1]] || words.output : words.from(touched.at[1] + 1),
                weightOf(...touched.at),
              )}
            </p>
          )}
          {shown && (
            <Inspector
              run={run}
              unit={shown}
              layout={layout}
              root={root}
              running={running}
              pinned={Boolean(held)}
              incoming={incoming}
              words={words}
              name={nameOf(heads, shown[0], shown[1], run.features, ends, words)}
              title={heads[shown[0]].title}
              sources={(from) => sourceOf(shown[0], from)}
              onClose={() => {
                setPinned(null);
                setPointed(null);
              }}
            />
          )}
        </>
      )}
    </div>
  );
}

/** @param {import('../../boundary').LayerView[]} layers those that are drawn @param {import('./columns.js').Column[]} columns @param {Words} words @returns {import('./heads.jsx').Head[]} */
function headsOf(layers, columns, words) {
  const hidden = columns[columns.length - 1].at - 1;
  return layers.map((layer, column) => {
    const [first, last] = [column === 0, column === layers.length - 1];
    const { at } = columns[column];
    const name = first ? words.inputs : last ? words.output : words.layer(at, hidden);
    const plain = first || (last && layer.activation === 'linear');
    return {
      at,
      name,
      title: plain ? name : last ? `${name} · ${words.activation(layer.activation)}` : words.activation(layer.activation),
      units: layer.units,
      fanIn: layer.fan_in,
      hidden: !first && !last,
    };
  });
}

/** A unit as it is called: by its feature, by its class, or by its number. @param {ReturnType<typeof headsOf>} heads @param {number} layer @param {number} unit @param {string[]} features @param {string[]} ends @param {Words} words */
function nameOf(heads, layer, unit, features, ends, words) {
  const own = layer === 0 ? features[unit] : layer === heads.length - 1 ? ends[unit] : '';
  return own ? `${heads[layer].name}: ${own}` : words.unit(heads[layer].name, unit + 1);
}
