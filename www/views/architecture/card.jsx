/** A layer looked at closely: what it makes of the row with exact numbers, what it has learned, how its numbers are spread, whether it is well, its time. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ICONS } from '../../parts/button.jsx';
import { Canvas } from '../canvas.jsx';
import { beside } from '../network/layout.js';
import { contentOf, drawContent } from './draw.js';
import { Histogram } from './histogram.jsx';
import { Reading } from './reading.jsx';
import { tensorSheet } from './sheets.js';

/** @typedef {import('./architecture.jsx').Words} Words */
/** @typedef {import('./draw.js').Seen} Seen */

const LEFT = 'M11 2v12L4 8z';
const RIGHT = 'M5 2v12l7-6z';

/**
 * @param {{layer: import('./architecture.jsx').Layer, path: number[], seen: Seen | undefined, diagnosis: import('../../boundary').Diagnosis | undefined, time: import('../../boundary').Time | null | undefined, measuring: boolean, symbols: string[], words: Words, root: {current: HTMLElement | null}, pinned: boolean, within: string, last: boolean,
 *   onWalk: (by: number) => void, onOpen: (path: number[]) => void, onMeasure: () => void, onClose: () => void}} props `within` names the layer around it, where there is one
 */
export function Card({
  layer,
  path,
  seen,
  diagnosis,
  time,
  measuring,
  symbols,
  words,
  root,
  pinned,
  within,
  last,
  onWalk,
  onOpen,
  onMeasure,
  onClose,
}) {
  const panel = useRef(/** @type {HTMLDivElement | null} */ (null));
  const key = String(path);
  const title = layer.name === 'activation' ? words.activation(layer.activation) : words.title(layer.name);
  const name = `${words.number(path)} ${title}`;
  const tensors = seen?.tensors ?? [];
  const sized = `${key} ${pinned} ${tensors.length} ${Boolean(seen)} ${Boolean(diagnosis)}`;

  useLayoutEffect(() => {
    const [own, drawing] = [/** @type {HTMLDivElement} */ (panel.current), /** @type {HTMLElement} */ (root.current)];
    const within = drawing.getBoundingClientRect();
    const of = (drawing.querySelector(`[data-path="${key}"]`) ?? drawing).getBoundingClientRect();
    own.style.maxHeight = '';
    const view = { width: innerWidth, height: innerHeight };
    // A glance stands below, so that the next block stays in sight.
    const size = { width: own.offsetWidth, height: own.offsetHeight };
    const place = pinned ? (next(within, size, view) ?? beside(of, size, within, view)) : below(of, size, view);
    Object.assign(own.style, { left: `${place.left}px`, top: `${place.top}px`, maxHeight: `${place.most}px` });
  }, [sized]);

  useEffect(() => {
    if (!pinned) return;
    panel.current?.focus({ preventScroll: true });
    const close = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      onClose();
    };
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [pinned, key]);

  const facts = [
    words.shape(layer.shape),
    layer.parameters ? words.parameters(layer.parameters) : words.none,
    layer.multiply_adds ? words.work(layer.multiply_adds) : '',
  ]
    .filter(Boolean)
    .join(' · ');
  const bent = layer.activation && layer.activation !== 'linear' && layer.name !== 'activation' ? words.activation(layer.activation) : '';
  return (
    <div
      class={`card${pinned ? ' pinned' : ''}`}
      ref={panel}
      role={pinned ? 'dialog' : 'tooltip'}
      aria-label={name}
      tabIndex={pinned ? -1 : undefined}
    >
      <h3>
        <span>
          {name}
          {bent && <small> · {bent}</small>}
          {within && !pinned && <small> · {words.within(within)}</small>}
        </span>
        {pinned && (
          <>
            <Sign name={words.before} icon={LEFT} action={() => onWalk(-1)} />
            <Sign name={words.after} icon={RIGHT} action={() => onWalk(1)} />
            <Sign name={words.close} icon={ICONS.remove} action={onClose} />
          </>
        )}
      </h3>
      {within && pinned && (
        <p>
          <button type="button" class="link" onClick={() => onOpen(path.slice(0, -1))}>
            {words.within(within)}
          </button>
        </p>
      )}
      <p>{facts}</p>
      {diagnosis?.verdict && (
        <p class="fault">
          <b>{words.fault(diagnosis.verdict.fault)}</b> {pinned && words.say(diagnosis.verdict.message)}
        </p>
      )}
      {!pinned && <p>{words.hint}</p>}
      {pinned && (
        <div class="rest" tabIndex={0} role="group" aria-label={name}>
          {seen && <Output seen={seen} layer={layer} symbols={symbols} words={words} last={last} />}
          {layer.inside.length > 0 && <Inside layer={layer} path={path} seen={seen} symbols={symbols} words={words} onOpen={onOpen} />}
          {diagnosis && (
            <>
              <div class="spreads">
                <Histogram title={words.weights} of={diagnosis.weights} words={words} />
                <Histogram title={words.gradients} of={diagnosis.gradients} words={words} />
                <Histogram title={words.outputs} of={diagnosis.activations} words={words} />
              </div>
              {diagnosis.dead && <p>{words.dead(diagnosis.dead[0], diagnosis.dead[1])}</p>}
              {!diagnosis.verdict && (
                <p>{diagnosis.frozen ? words.frozen : diagnosis.gradients || !diagnosis.weights ? words.healthy : words.untrained}</p>
              )}
            </>
          )}
          {diagnosis && (
            <p class="time">
              <span>{time ? words.time(time.forward, time.backward, time.rows) : words.unknown}</span>
              <button type="button" disabled={measuring} onClick={onMeasure}>
                {measuring ? words.measuring : words.measure}
              </button>
            </p>
          )}
          {tensors
            .filter(({ shape }) => shape.length > 1)
            .map((tensor) => (
              <Tensor key={tensor.name} tensor={tensor} words={words} />
            ))}
        </div>
      )}
    </div>
  );
}

/** @typedef {import('../network/layout.js').Box} Box */
/** @typedef {{width: number, height: number}} Size */

/** Beside the whole drawing, which stays in sight; null where there is no room. @param {Box} drawing @param {Size} size @param {Size} view */
function next(drawing, { width, height }, view) {
  const top = Math.max(8, Math.min(view.height - height - 8, drawing.top));
  if (drawing.right + 20 + width <= view.width) return { left: drawing.right + 20, top, most: view.height - 16 };
  return drawing.left - 20 - width >= 0 ? { left: drawing.left - 20 - width, top, most: view.height - 16 } : null;
}

/** @param {Box} of @param {Size} size @param {Size} view */
function below(of, { width, height }, view) {
  const left = Math.max(8, Math.min(view.width - width - 8, (of.left + of.right - width) / 2));
  return { left, top: of.bottom + 6 + height < view.height ? of.bottom + 6 : Math.max(8, of.top - height - 6), most: view.height };
}

/** @param {{name: string, icon: string, action: () => void}} props */
const Sign = ({ name, icon, action }) => (
  <button type="button" class="small" aria-label={name} title={name} onClick={action}>
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d={icon} />
    </svg>
  </button>
);

/** What it makes of the row: its attention first, where it has one. @param {{seen: Seen, layer: import('./architecture.jsx').Layer, symbols: string[], words: Words, last: boolean}} props */
function Output({ seen, layer, symbols, words, last }) {
  const plain = seen.attention ? { ...seen, attention: null } : seen;
  return (
    <>
      {seen.attention && <Reading title={words.attends} seen={seen} symbols={symbols} words={words} />}
      <Reading
        title={words.makes}
        seen={plain}
        symbols={symbols}
        words={words}
        ends={last}
        cut={seen.values.length < layer.units ? words.cut(seen.values.length, layer.units) : ''}
      />
    </>
  );
}

/** The layers of a residual block, each with what it makes of the row. @param {{layer: import('./architecture.jsx').Layer, path: number[], seen: Seen | undefined, symbols: string[], words: Words, onOpen: (path: number[]) => void}} props */
function Inside({ layer, path, seen, symbols, words, onOpen }) {
  const key = JSON.stringify(layer.inside.map((inner) => inner.shape));
  const sheets = useMemo(() => new Map(), [key]);
  return (
    <figure>
      <figcaption>{words.inside}</figcaption>
      <div class="inner">
        {layer.inside.map((inner, at) => {
          const own = seen?.inside[at];
          const content =
            own &&
            contentOf(own, 1.2, (name, make) => {
              const id = `${at} ${name}`;
              if (!sheets.has(id)) sheets.set(id, make());
              return sheets.get(id);
            });
          const title = inner.name === 'activation' ? words.activation(inner.activation) : words.title(inner.name);
          return (
            <button type="button" key={at} onClick={() => onOpen([...path, at])}>
              {content && (
                <Canvas
                  draw={(context, width, height, colours) =>
                    drawContent(context, content, { left: 0, top: 0, width, height }, colours, symbols)
                  }
                />
              )}
              <b>{title}</b>
              <small>{words.shape(inner.shape)}</small>
            </button>
          );
        })}
      </div>
    </figure>
  );
}

/** @param {{tensor: Seen['tensors'][number], words: Words}} props */
function Tensor({ tensor, words }) {
  const shape = String(tensor.shape);
  const sheet = useMemo(() => tensorSheet(tensor.shape, 2), [shape]);
  const largest = tensor.values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
  const axes = tensor.shape.length === 4 ? words.filters : sheet.wide === tensor.shape[0] ? words.turned : words.matrix;
  const [open, setOpen] = useState(true);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {words.learned(tensor.name)} <small>{tensor.shape.join('×')}</small>
      </summary>
      {open && (
        <Reading
          title=""
          axes={axes}
          content={{ kind: 'sheet', sheet, values: tensor.values, largest, least: -largest }}
          symbols={[]}
          words={words}
        />
      )}
    </details>
  );
}
