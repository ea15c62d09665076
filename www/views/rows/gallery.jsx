/**
 * Rows as small pictures with what the model says of each, in lines that scroll. One is chosen: by a click or a tap, by the arrow keys; N and P
 * go to those worth looking at. Only what is in sight is drawn.
 */
import { useEffect, useId, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { font, measure } from '../font.js';
import { Canvas } from '../canvas.jsx';
import { PARTS } from '../marks.js';
import { stamp } from '../map/layer.js';
import { pointColour } from '../palette.js';
import { draw, fitted, small } from './ink.js';
import { short } from './short.js';
import './gallery.css';

/** @typedef {import('../../state.js').Points} Points */

/** @typedef {import('../palette.js').Palette} Palette */

/** Room around a picture for its outline, under it for its words, and between two. */
const [RIM, GAP] = [4, 4];
/** The folded corner of a wrong row. */
const FLAG = 13;
/** Half the size of a mark beside a picture. */
const MARK = 4;
const JUMPS = /** @type {Record<string, number>} */ ({ n: 1, p: -1 });

/**
 * @typedef {object} GalleryProps
 * @property {Points} points
 * @property {Int32Array | null} said the class that the model says of each row
 * @property {number[]} rows those that are shown, in order
 * @property {boolean} outlined wrong rows are marked
 * @property {number | null} chosen
 * @property {(row: number) => void} choose
 * @property {() => number[]} misses rows worth looking at
 * @property {string} label
 * @property {string} summary what is to be seen, in a sentence
 * @property {string} empty what is said where there are no rows
 * @property {(row: number) => string} speak
 */

/** Where things lie: cells of `wide` × `high` in `columns`, the picture in each. @param {Points} points @param {number} width */
function layout(points, width) {
  const scale = Number.parseFloat(font()) / 12;
  const picture = small(points.shape, scale);
  const words = Math.round(17 * scale);
  const least = picture.w + 2 * RIM + GAP;
  const columns = Math.max(1, Math.floor((width + GAP) / least));
  return { picture, words, columns, wide: Math.min(least * 1.5, (width + GAP) / columns), high: picture.h + 2 * RIM + words + GAP };
}

/** @param {GalleryProps} props */
export function Gallery(props) {
  const { points, said, rows, outlined, chosen, label, summary, empty, speak } = props;
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const id = useId();
  const top = useSignal(0);
  const width = useSignal(0);
  const heard = useSignal('');
  const now = useRef(props);
  now.current = props;
  const grid = layout(points, width.value || 1);
  const deep = Math.ceil(rows.length / grid.columns);

  useEffect(() => {
    const element = /** @type {HTMLDivElement} */ (box.current);
    const measureBox = () => (width.value = element.clientWidth);
    const observer = new ResizeObserver(measureBox);
    observer.observe(element);
    measureBox();
    return () => observer.disconnect();
  }, []);
  // The chosen row comes into sight when it is another one, not when the list around it changes, nor at first.
  const seen = useRef(chosen);
  useEffect(() => {
    if (seen.current === chosen) return;
    seen.current = chosen;
    const at = chosen === null ? -1 : now.current.rows.indexOf(chosen);
    const element = /** @type {HTMLDivElement} */ (box.current);
    if (at < 0) return;
    const line = Math.floor(at / grid.columns) * grid.high;
    if (line < element.scrollTop) element.scrollTop = line;
    else if (line + grid.high - GAP > element.scrollTop + element.clientHeight)
      element.scrollTop = Math.ceil((line + grid.high - GAP - element.clientHeight) / grid.high) * grid.high;
  }, [chosen]);

  /** @param {number} row */
  const take = (row) => {
    now.current.choose(row);
    heard.value = speak(row);
  };
  /** @param {number} at a place in the list */
  const go = (at) => rows.length > 0 && take(rows[Math.max(0, Math.min(rows.length - 1, at))]);

  /** @param {KeyboardEvent} event */
  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const at = chosen === null ? -1 : rows.indexOf(chosen);
    const page = grid.columns * Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / grid.high));
    const moves = /** @type {Record<string, number>} */ ({
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at - grid.columns,
      ArrowDown: at + grid.columns,
      PageUp: at - page,
      PageDown: at + page,
      Home: 0,
      End: rows.length - 1,
    });
    if (key in moves) go(moves[key]);
    else if (JUMPS[key]) {
      const misses = now.current.misses();
      const from = misses.indexOf(/** @type {number} */ (chosen));
      if (misses.length)
        take(misses[from < 0 ? (JUMPS[key] > 0 ? 0 : misses.length - 1) : (from + JUMPS[key] + misses.length) % misses.length]);
    } else return;
    // The page's own keys would step the training.
    event.preventDefault();
    event.stopPropagation();
  };

  /** @param {MouseEvent} event */
  const click = (event) => {
    const element = /** @type {HTMLDivElement} */ (box.current);
    const { left, top: up } = element.getBoundingClientRect();
    const column = Math.floor((event.clientX - left) / grid.wide);
    const at = Math.floor((event.clientY - up + element.scrollTop) / grid.high) * grid.columns + column;
    if (column < grid.columns && at >= 0 && at < rows.length) now.current.choose(rows[at]);
  };

  return (
    <div
      ref={box}
      class="gallery"
      role="application"
      tabIndex={0}
      aria-label={label}
      aria-describedby={id}
      onKeyDown={press}
      onClick={click}
      onScroll={() => (top.value = box.current?.scrollTop ?? 0)}
    >
      <p id={id} class="unseen">
        {summary}
      </p>
      <p class="unseen" aria-live="polite">
        {heard.value}
      </p>
      {!rows.length && <p class="hint">{empty}</p>}
      <div class="reel" style={{ height: `${Math.max(0, deep * grid.high - GAP)}px` }}>
        <div class="window">
          <Canvas
            draw={(context, _, height, colours) => {
              const first = Math.floor(top.value / grid.high) * grid.columns;
              const last = Math.min(rows.length, (Math.floor((top.value + height) / grid.high) + 1) * grid.columns);
              for (let at = first; at < last; at++) {
                const row = rows[at];
                const place = {
                  x: (at % grid.columns) * grid.wide + RIM,
                  y: Math.floor(at / grid.columns) * grid.high - top.value + RIM,
                  w: grid.picture.w,
                  h: grid.picture.h,
                };
                cell(context, points, row, place, colours, {
                  said: said ? said[row] : -1,
                  outlined,
                  chosen: row === chosen,
                  words: grid.words,
                });
              }
            }}
          />
        </div>
      </div>
    </div>
  );
}

/** @param {CanvasRenderingContext2D} context @param {Points} points @param {number} row @param {import('./ink.js').Box} box @param {Palette} colours @param {{said: number, outlined: boolean, chosen: boolean, words: number}} look */
function cell(context, points, row, box, colours, { said, outlined, chosen, words }) {
  const target = points.targets[row];
  const wrong = outlined && said >= 0 && said !== target;
  draw(context, points, row, fitted(points.shape, box), colours);
  if (wrong) flag(context, box, colours);
  context.lineWidth = wrong ? 2.5 : 1;
  context.strokeStyle = wrong ? colours.ink : colours.line;
  const far = wrong ? 1.25 : 0.5;
  context.strokeRect(box.x - far, box.y - far, box.w + 2 * far, box.h + 2 * far);
  if (chosen) {
    context.lineWidth = 2.5;
    context.strokeStyle = colours.accent;
    context.strokeRect(box.x - 1.75 - far, box.y - 1.75 - far, box.w + 3.5 + 2 * far, box.h + 3.5 + 2 * far);
  }
  const line = box.y + box.h + words * 0.62 + 2;
  const part = PARTS[points.split[row]];
  stamp(context, { part, shape: 0, x: box.x + MARK + 1, y: line, r: MARK - 0.5, colour: colours.muted, colours: colours });
  verdict(context, points, target, said, box.x + 2 * MARK + 8, line, colours);
}

/** A folded corner: a second sign beside the outline. @param {CanvasRenderingContext2D} context @param {import('./ink.js').Box} box @param {Palette} colours */
function flag(context, { x, y, w }, colours) {
  context.beginPath();
  context.moveTo(x + w - FLAG, y);
  context.lineTo(x + w, y);
  context.lineTo(x + w, y + FLAG);
  context.closePath();
  context.fillStyle = colours.ink;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = colours.paper;
  context.beginPath();
  context.moveTo(x + w - FLAG - 1, y);
  context.lineTo(x + w, y + FLAG + 1);
  context.stroke();
}

/** The true class, and the one that the model says where it is another. @param {CanvasRenderingContext2D} context @param {Points} points @param {number} target @param {number} said @param {number} x @param {number} y @param {Palette} colours */
function verdict(context, points, target, said, x, y, colours) {
  const classes = points.classes.length;
  const other = said >= 0 && said !== target;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.font = other ? `600 ${font()}` : font();
  context.fillStyle = other ? colours.ink : colours.muted;
  if (short(points.classes)) {
    context.fillText(other ? `${points.classes[target]} → ${points.classes[said]}` : points.classes[target], x, y);
  } else {
    const mark = (/** @type {number} */ at, /** @type {number} */ left) =>
      stamp(context, { part: 'train', shape: at, x: left + MARK, y, r: MARK, colour: pointColour(colours, at, classes), colours });
    mark(target, x);
    if (other) {
      const arrow = measure('→');
      context.fillText('→', x + 2 * MARK + 5, y);
      mark(said, x + 2 * MARK + 10 + arrow);
    }
  }
  context.textBaseline = 'alphabetic';
  context.font = font();
}
