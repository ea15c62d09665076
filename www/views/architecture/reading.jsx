/** A picture of numbers that tells each of them: under the pointer, under a finger, or where the arrows have led. */
import { useMemo, useRef, useState } from 'preact/hooks';
import { Canvas } from '../canvas.jsx';
import { contentOf, drawContent, wordsGrid } from './draw.js';
import { placed } from './sheets.js';

/** @typedef {import('./draw.js').Content} Content */

/** Height of a picture, and the least that a cell may have, so that it can be pointed at. */
const HEIGHT = { least: 40, usual: 168, most: 260 };

/** @type {Record<string, [number, number]>} */
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @param {{title: string, seen?: import('./draw.js').Seen, content?: Content, symbols: string[], words: import('./architecture.jsx').Words, ends?: boolean, cut?: string, axes?: string}} props either what a layer made or a content; `ends` where units are the model's answers
 */
export function Reading({ title, seen, content, symbols, words, ends = false, cut = '', axes: given = '' }) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const shape = seen && JSON.stringify([seen.shape, Boolean(seen.attention)]);
  const sheets = useMemo(() => new Map(), [shape]);
  const shown =
    content ??
    contentOf(
      /** @type {import('./draw.js').Seen} */ (seen),
      2,
      (name, make) => {
        if (!sheets.has(name)) sheets.set(name, make());
        return sheets.get(name);
      },
      Infinity,
    );
  const { sheet, kind, values } = shown;
  const largest = Number(shown.largest.toPrecision(2));
  const axes = seen?.attention ? words.attention : seen?.shape.kind === 'sequence' && kind === 'sheet' ? words.steps : given;
  /** The cell that is told of, by column and row. */
  const [cell, setCell] = useState(/** @type {[number, number] | null} */ (null));
  const at = cell && cell[0] < sheet.wide && cell[1] < sheet.high ? sheet.index[cell[1] * sheet.wide + cell[0]] : -1;
  const high =
    kind === 'line'
      ? 120
      : kind === 'words'
        ? 120
        : Math.max(
            HEIGHT.least,
            Math.min(
              HEIGHT.most,
              sheet.stretch
                ? Math.max(sheet.high * 5, Math.min(HEIGHT.usual, sheet.high * 14))
                : Math.min(HEIGHT.most, Math.max(HEIGHT.usual, sheet.high * 3)),
            ),
          );

  const room = () => {
    const { clientWidth, clientHeight } = /** @type {HTMLDivElement} */ (box.current);
    return kind === 'line' || kind === 'words'
      ? { left: 0, top: 0, width: clientWidth, height: clientHeight }
      : placed(sheet, clientWidth, clientHeight);
  };
  /** @param {PointerEvent} event */
  const point = (event) => {
    const { left, top, width, height } = room();
    const frame = /** @type {HTMLDivElement} */ (box.current).getBoundingClientRect();
    const [x, y] = [event.clientX - frame.left - left, event.clientY - frame.top - top];
    if (kind === 'words') {
      const { columns, wide, high: tall } = wordsGrid(values.length, width, height);
      const down = (height - tall * Math.ceil(values.length / columns)) / 2;
      const word = Math.floor((y - down) / tall) * columns + Math.floor(x / wide);
      return setCell(word >= 0 && word < values.length ? [word, 0] : null);
    }
    const next = /** @type {[number, number]} */ ([
      Math.floor((x / width) * sheet.wide),
      kind === 'line' ? 0 : Math.floor((y / height) * sheet.high),
    ]);
    const inside = next[0] >= 0 && next[0] < sheet.wide && next[1] >= 0 && next[1] < sheet.high;
    setCell(inside ? offGap(next) : null);
  };
  /** Between tiles the one before is meant. @param {[number, number]} cell @returns {[number, number]} */
  const offGap = ([x, y]) =>
    /** @type {[number, number][]} */ ([
      [x, y],
      [x - 1, y],
      [x, y - 1],
      [x - 1, y - 1],
    ]).find(([column, line]) => column >= 0 && line >= 0 && sheet.index[line * sheet.wide + column] >= 0) ?? [x, y];
  /** The next cell in a direction that is no gap. @param {KeyboardEvent} event */
  const walk = (event) => {
    const step = KEYS[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    if (!cell) return setCell([0, 0]);
    let [x, y] = cell;
    do [x, y] = [x + step[0], y + step[1]];
    while (x >= 0 && y >= 0 && x < sheet.wide && y < sheet.high && sheet.index[y * sheet.wide + x] < 0);
    if (x >= 0 && y >= 0 && x < sheet.wide && y < sheet.high) setCell([x, y]);
  };
  const told =
    at < 0
      ? ''
      : `${sheet
          .place(at)
          .map(([axis, n]) => (axis === 'unit' && ends ? words.ends(n) : words.axis(axis, n + 1)))
          .join(', ')}: ${kind === 'words' ? (symbols[values[at]] ?? values[at]) : words.value(values[at])}`;

  return (
    <figure class="read">
      <figcaption>
        <span>
          {title} <small>{[axes, cut].filter(Boolean).join(' · ')}</small>
        </span>
        {kind === 'sheet' && (
          <small class="scale">
            {words.value(shown.least ? -largest : 0)}
            <i class={shown.least ? '' : 'half'} />
            {words.value(largest)}
          </small>
        )}
      </figcaption>
      <div
        class="numbers"
        ref={box}
        tabIndex={0}
        role="application"
        aria-label={`${title} ${words.pointHint}`}
        style={{ height: `${high}px` }}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={(event) => event.pointerType === 'mouse' && setCell(null)}
        onKeyDown={walk}
      >
        <Canvas
          draw={(context, width, height, colours) => {
            drawContent(context, shown, { left: 0, top: 0, width, height }, colours, symbols);
            if (at < 0 || !cell) return;
            const place = room();
            if (kind === 'words') return;
            const [wide, tall] = [place.width / sheet.wide, kind === 'line' ? place.height : place.height / sheet.high];
            context.lineWidth = 2;
            context.strokeStyle = colours.ink;
            context.strokeRect(place.left + cell[0] * wide - 1, place.top + cell[1] * tall - 1, wide + 2, tall + 2);
          }}
        />
      </div>
      <p class="told" aria-live="polite">
        {told || (title && words.pointHint)}
      </p>
    </figure>
  );
}
