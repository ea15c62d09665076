/** Headers of the layers, with the buttons that reshape the network: in the header where there is room, else in a strip that its header opens. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { ICONS } from '../../parts/button.jsx';
import './heads.css';

/** @typedef {import('./layout.js').Layout} Layout */
/** @typedef {import('./network.jsx').Words} Words */
/** @typedef {import('./network.jsx').Edit} Edit */
/** @typedef {{at: number, title: string, name: string, units: number, fanIn: number, hidden: boolean}} Head `name` is the spoken one, `at` the layer's number: layers without units of their own have no header */

/** A small sign. At a limit it says why and does nothing, but keeps the focus. @param {{name: string, icon: string, why?: string, kind?: string, style?: any, action: () => void}} props */
function Sign({ name, icon, why, kind = '', style, action }) {
  return (
    <button
      type="button"
      class={`small ${kind}`}
      style={style}
      aria-label={name}
      title={why || name}
      aria-disabled={why ? 'true' : undefined}
      onClick={() => why || action()}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={icon} />
      </svg>
    </button>
  );
}

/** @param {{head: Head, words: Words, edit: Edit}} props */
function Stepper({ head, words, edit }) {
  const { least, most } = edit;
  const { at } = head;
  return (
    <span class="stepper">
      <Sign
        name={words.fewer(head.name)}
        icon={ICONS.minus}
        why={head.units <= least ? words.least(least) : ''}
        action={() => edit.resize(at - 1, head.units - 1)}
      />
      <span class="units-count">{head.units}</span>
      <Sign
        name={words.moreUnits(head.name)}
        icon={ICONS.plus}
        why={head.units >= most ? words.most(most) : ''}
        action={() => edit.resize(at - 1, head.units + 1)}
      />
    </span>
  );
}

/** The count of a layer's numbers: weights and biases. @param {Head} head */
const sizeOf = ({ units, fanIn }) => (fanIn * units + units).toLocaleString('en');
/** @param {Head} head */
const sumOf = (head) => `${head.fanIn}\u200a×\u200a${head.units}\u200a+\u200a${head.units}\u200a=\u200a${sizeOf(head)}`;

/** @param {{layout: Layout, heads: Head[], words: Words, edit: Edit | null, measure: (text: string) => number}} props without `edit` they only tell */
export function Heads({ layout, heads: all, words, edit, measure }) {
  const heads = edit ? all : all.map((head) => ({ ...head, hidden: false }));
  const [open, setOpen] = useState(/** @type {number | null} */ (null));
  const root = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => {
    if (open === null) return;
    const elsewhere = (/** @type {PointerEvent} */ event) => root.current?.contains(/** @type {Node} */ (event.target)) || setOpen(null);
    document.addEventListener('pointerdown', elsewhere);
    return () => document.removeEventListener('pointerdown', elsewhere);
  }, [open]);
  // The button that removed a layer went with it; the keyboard goes on at the first one.
  const removed = useRef(false);
  useEffect(() => {
    if (removed.current) root.current?.querySelector('button')?.focus();
    removed.current = false;
  }, [heads.length]);
  const remove = (/** @type {number} */ at) => {
    removed.current = true;
    setOpen(null);
    edit?.remove(at - 1);
  };
  const { gap, columns, head: kind } = layout;
  const why = edit && heads[heads.length - 1].at - 1 >= edit.layers ? words.mostLayers(edit.layers) : '';
  const add = (/** @type {number} */ at) => edit?.add(at);
  // All layers tell how their numbers come about, or none does.
  const wide = heads.map((head) => (head.fanIn ? measure(sumOf(head)) : 0));
  const sums = wide.every((own, at) => at === 0 || (own + wide[at - 1]) / 2 + 16 <= gap);
  return (
    <div
      class={`heads ${kind}`}
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || open === null) return;
        /** @type {HTMLElement | undefined} */ (root.current?.querySelectorAll('button.head')[open - 1])?.focus();
        setOpen(null);
      }}
    >
      {heads.map((head, at) => {
        const half = Math.min(gap / 2, columns[at].centre, layout.width - columns[at].centre);
        const style = { left: `${columns[at].centre - half}px`, width: `${2 * half}px`, height: `${layout.top - 6}px` };
        const sum = head.fanIn ? sumOf(head) : '';
        if (kind === 'full') {
          return (
            <div class="head" key={at} style={style}>
              <b title={head.title}>{head.title}</b>
              {edit && head.hidden ? <Stepper head={head} words={words} edit={edit} /> : <span class="units-count">{head.units}</span>}
              {sum && <small title={words.size(sum)}>{sums ? sum : sizeOf(head)}</small>}
              {head.hidden && <Sign kind="remove" name={words.remove(head.name)} icon={ICONS.remove} action={() => remove(head.at)} />}
            </div>
          );
        }
        const content =
          kind === 'short' ? (
            <>
              <b>{head.title}</b>
              <span>{head.units}</span>
            </>
          ) : (
            <span class="turned">
              <b>{head.title}</b> {head.units}
            </span>
          );
        if (!head.hidden)
          return (
            <div class="head" key={at} style={style} title={sum && words.size(sum)}>
              {content}
            </div>
          );
        return (
          <button
            type="button"
            class="head"
            key={at}
            style={style}
            aria-expanded={open === at}
            aria-label={words.reshape(head.name, head.title, head.units)}
            title={words.size(sum)}
            onClick={() => setOpen(open === at ? null : at)}
          >
            {content}
          </button>
        );
      })}
      {edit &&
        kind === 'full' &&
        heads
          .slice(1)
          .map((head, at) => (
            <Sign
              key={`between-${at}`}
              kind="between"
              style={{ left: `${columns[at].centre + gap / 2}px` }}
              name={words.addAt(head.at)}
              why={why}
              icon={ICONS.plus}
              action={() => add(head.at - 1)}
            />
          ))}
      {edit && kind !== 'full' && heads.length === 2 && (
        <Sign
          kind="between"
          style={{ left: `${columns[0].centre + gap / 2}px` }}
          name={words.addAt(heads[1].at)}
          why={why}
          icon={ICONS.plus}
          action={() => add(heads[1].at - 1)}
        />
      )}
      {edit && kind !== 'full' && open !== null && heads[open]?.hidden && (
        <div
          class="strip"
          role="group"
          aria-label={heads[open].name}
          style={{ '--centre': `${columns[open].centre}px`, top: `${layout.top - 4}px` }}
        >
          <p>
            {heads[open].name} · {heads[open].title}
          </p>
          <Sign
            name={words.addBefore(heads[open].name)}
            why={why}
            icon={BEFORE}
            action={() => {
              add(heads[open].at - 1);
              setOpen(open + 1);
            }}
          />
          <Stepper head={heads[open]} words={words} edit={edit} />
          <Sign name={words.addAfter(heads[open].name)} why={why} icon={AFTER} action={() => add(heads[open].at)} />
          <Sign name={words.remove(heads[open].name)} icon={ICONS.remove} action={() => remove(heads[open].at)} />
        </div>
      )}
    </div>
  );
}

/** A layer with a new one at its left, at its right. */
const BEFORE = 'M11 2h3v12h-3zM4 5h2v2h2v2H6v2H4V9H2V7h2z';
const AFTER = 'M2 2h3v12H2zM10 5h2v2h2v2h-2v2h-2V9H8V7h2z';
