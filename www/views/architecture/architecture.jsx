/** A network of any layers: blocks from left to right, each with what it makes of one row; a block that is opened shows its numbers. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Canvas } from '../canvas.jsx';
import { measure } from '../font.js';
import { Card } from './card.jsx';
import { OVER, contentOf, drawArchitecture } from './draw.js';
import { layoutOf, walk } from './layout.js';
import './architecture.css';

/** @typedef {import('./draw.js').Seen} Seen */
/** @typedef {import('./sheets.js').Axis} Axis */
/** @typedef {import('../../boundary').LayerView} Layer */
/**
 * Everything that is written or spoken; `passes` is true of layers that change numbers in their place.
 * @typedef {{layers: string, title: (name: string) => string, passes: (name: string) => boolean, activation: (tag: string) => string, shape: (shape: import('../../boundary').Shape) => string, parameters: (n: number) => string, params: (n: number) => string, inside: string, work: (n: number) => string,
 *   number: (path: number[]) => string, within: (title: string) => string, block: (title: string, shape: string, parameters: string) => string, fault: (fault: string) => string, axis: (axis: Axis, n: number) => string, ends: (n: number) => string,
 *   hint: string, close: string, before: string, after: string, makes: string, attends: string, learned: (name: string) => string, pointHint: string, healthy: string, untrained: string, frozen: string, matrix: string, turned: string, filters: string, unknown: string, weights: string, gradients: string, outputs: string, none: string,
 *   range: (low: number, high: number) => string, mean: (mean: number, size: number) => string, dead: (n: number, of: number) => string, time: (forward: number, backward: number, rows: number) => string, measure: string, measuring: string, value: (value: number) => string, cut: (n: number, of: number) => string, say: (message: any) => string, steps: string, attention: string}} Words
 */

const finger = matchMedia('(pointer: coarse)');

/** Milliseconds that the pointer rests on a block before it is told of. */
const REST = 160;

/** The layer at a path, which must lead to one. @param {Layer[]} layers @param {number[]} path @returns {Layer} */
export const layerAt = (layers, [at, ...rest]) => (rest.length && layers[at] ? layerAt(layers[at].inside, rest) : layers[at]);
/** @param {Seen[] | undefined} seen @param {number[]} path @returns {Seen | undefined} */
export const seenAt = (seen, [at, ...rest]) => (rest.length ? seenAt(seen?.[at]?.inside, rest) : seen?.[at]);

/**
 * @param {{layers: Layer[], seen: Seen[] | undefined, diagnosis: import('../../boundary').Diagnosis[] | null, times: (import('../../boundary').Time | null)[], measuring: boolean, symbols: string[], label: string, words: Words, open: number[] | null,
 *   onOpen: (path: number[] | null) => void, onMeasure: (layer: number) => void}} props `open` is the path of the layer that is looked at closely
 */
export function Architecture({ layers, seen, diagnosis, times, measuring, symbols, label, words, open, onOpen, onMeasure }) {
  const root = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [[width, height, text], setSize] = useState([0, 0, 15]);
  const [pointed, setPointed] = useState(/** @type {number | null} */ (null));

  useEffect(() => {
    const box = /** @type {HTMLDivElement} */ (root.current);
    const sized = () =>
      setSize([
        box.clientWidth,
        box.clientHeight,
        Math.round(parseFloat(getComputedStyle(box).getPropertyValue('--canvas-text')) * 1.25) || 15,
      ]);
    const observer = new ResizeObserver(sized);
    observer.observe(box);
    const present = new MutationObserver(sized);
    present.observe(document.documentElement, { attributeFilter: ['data-present'] });
    return () => {
      observer.disconnect();
      present.disconnect();
    };
  }, []);

  /** @param {Layer} layer @returns {unknown[]} */
  const shapeOf = (layer) => [layer.name, layer.shape, layer.activation, layer.parameters, layer.inside.map(shapeOf)];
  const key = JSON.stringify(layers.map(shapeOf));
  const layout = useMemo(() => {
    /** @param {Layer} layer @returns {import('./layout.js').Node} */
    const node = (layer) => ({ thin: words.passes(layer.name), inside: layer.inside.map(node) });
    /** @param {Layer} layer @returns {number} */
    const third = (layer) => Math.max(layer.parameters ? measure(words.params(layer.parameters)) - OVER : 0, ...layer.inside.map(third));
    return layoutOf({
      nodes: layers.map(node),
      width: Math.max(1, width),
      height: Math.max(1, height),
      text,
      third: Math.max(...layers.map(third)),
      coarse: finger.matches,
    });
  }, [key, width, height, text, words]);
  const sheets = useMemo(() => new Map(), [layout]);
  const faults = diagnosis?.map((layer) => layer.verdict?.fault ?? '').join() ?? '';
  const [captions, loops] = useMemo(() => {
    const caption = (/** @type {number[]} */ path) => {
      const layer = layerAt(layers, path);
      const title = layer.name === 'activation' ? words.activation(layer.activation) : words.title(layer.name);
      return {
        title,
        lines: [words.shape(layer.shape), layer.parameters ? words.params(layer.parameters) : ''],
        fault: (path.length === 1 && diagnosis?.[path[0] - 1]?.verdict?.fault) || '',
      };
    };
    return [layout.blocks.map(({ path }) => caption(path)), layout.loops.map(({ path }) => caption(path))];
  }, [layout, words, faults]);
  /** The way from the loops to the blocks: all that can be opened, in the order of the network. */
  const places = useMemo(
    () => [...layout.blocks, ...layout.loops].map(({ path }) => path).sort((a, b) => a[0] - b[0] || (a[1] ?? -1) - (b[1] ?? -1)),
    [layout],
  );
  const openable = places.filter(([at]) => at > 0 || seen);

  const contents = layout.blocks.map(({ path, thin, picture }, at) => {
    const own = thin ? undefined : seenAt(seen, path);
    if (!own) return null;
    return contentOf(own, (picture.width - 6) / (picture.height - 6), (name, make) => {
      const id = `${at} ${name}`;
      if (!sheets.has(id)) sheets.set(id, make());
      return sheets.get(id);
    });
  });

  const told = open === null && pointed !== null && pointed < layout.blocks.length ? pointed : null;
  const [rested, setRested] = useState(/** @type {number | null} */ (null));
  useEffect(() => {
    if (told === null) return setRested(null);
    const timer = setTimeout(() => setRested(told), REST);
    return () => clearTimeout(timer);
  }, [told]);

  const spoken = (/** @type {number[]} */ path, /** @type {import('./draw.js').Caption} */ { title, lines, fault }) =>
    words.block(`${words.number(path)} ${title}`, lines[0], lines[1]) + (fault ? ` ${words.fault(fault)}` : '');
  const index = (/** @type {Event} */ event) =>
    Number(/** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest?.('[data-block]'))?.dataset.block ?? NaN);
  const shown = open ?? (rested === null ? null : layout.blocks[rested].path);

  return (
    <div class="architecture" ref={root}>
      {width > 0 && (
        <div
          class="blocks"
          role="group"
          aria-label={words.layers}
          style={{ height: `${layout.height}px` }}
          onPointerOver={(event) => event.pointerType === 'mouse' && setPointed(Number.isNaN(index(event)) ? null : index(event))}
          onPointerLeave={() => setPointed(null)}
          onFocusIn={(event) =>
            /** @type {Element} */ (event.target).matches(':focus-visible') && setPointed(Number.isNaN(index(event)) ? null : index(event))
          }
          onFocusOut={() => setPointed(null)}
          onKeyDown={(event) => {
            const from = index(event);
            if (event.key === 'Escape') setPointed(null);
            const next = Number.isNaN(from) ? null : walk(layout, from, event.key);
            if (next === null) return;
            event.preventDefault();
            event.stopPropagation();
            /** @type {HTMLElement | null | undefined} */ (root.current?.querySelector(`[data-block="${next}"]`))?.focus();
          }}
        >
          <Canvas
            label={label}
            draw={(context, _width, _height, colours) =>
              drawArchitecture(context, layout, colours, {
                captions,
                loops,
                around: layout.blocks.map(({ path }) => layerAt(layers, path).inside.length > 0),
                contents,
                symbols,
                picked: layout.blocks.findIndex(({ path }) => String(path) === String(shown)),
                text,
                measure,
              })
            }
          />
          {layout.loops.map(({ left, top, width: wide, height: high, path }, at) => (
            <button
              type="button"
              class="loop"
              key={`loop ${path}`}
              data-path={String(path)}
              aria-label={spoken(path, loops[at])}
              aria-expanded={String(open) === String(path)}
              style={{ left: `${left}px`, top: `${top}px`, width: `${wide}px`, height: `${high}px` }}
              onClick={() => onOpen(path)}
            />
          ))}
          {layout.blocks.map(({ left, top, width: wide, height: high, path }, at) => (
            <button
              type="button"
              class="block"
              key={String(path)}
              data-block={at}
              data-path={String(path)}
              tabIndex={at === (pointed ?? 0) ? 0 : -1}
              aria-label={spoken(path, captions[at])}
              aria-expanded={String(open) === String(path)}
              style={{ left: `${left - 7}px`, top: `${top}px`, width: `${wide + 14}px`, height: `${high}px` }}
              onClick={() => onOpen(path)}
            />
          ))}
        </div>
      )}
      {shown && width > 0 && layerAt(layers, shown) && (
        <Card
          layer={layerAt(layers, shown)}
          path={shown}
          seen={seenAt(seen, shown)}
          diagnosis={shown.length === 1 ? diagnosis?.[shown[0] - 1] : undefined}
          time={shown.length === 1 ? times[shown[0] - 1] : null}
          measuring={measuring}
          symbols={symbols}
          words={words}
          root={root}
          pinned={open !== null}
          within={shown.length > 1 ? words.title(layers[shown[0]].name) : ''}
          last={shown[0] === layers.length - 1}
          onWalk={(by) =>
            onOpen(openable[Math.max(0, Math.min(openable.length - 1, openable.findIndex((path) => String(path) === String(shown)) + by))])
          }
          onOpen={onOpen}
          onMeasure={() => onMeasure(shown[0])}
          onClose={() => {
            setPointed(null);
            onOpen(null);
            /** @type {HTMLElement | null | undefined} */ (root.current?.querySelector(`[data-path="${shown}"]`))?.focus();
          }}
        />
      )}
    </div>
  );
}
