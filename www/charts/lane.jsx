/**
 * One lane of the training history: lines over an x axis that it shares with the others. Knows columns of numbers and nothing else.
 *
 * What drawing costs, and how often it is done: `page/history/snapshot.js`.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { alike } from './equal.js';
import { makeGrips } from './grips.js';
import { exact } from './numbers.js';
import { COLUMNS, makePlot, sizeOf } from './plot.js';
import { extent, nice, settle } from './ranges.js';
import { Smoother } from './smooth.js';
import './lane.css';

/** @typedef {import('./ranges.js').Column} Column */
/** @typedef {import('./annotate.js').Scene} Scene */

/**
 * A line; `low` and `high` are the extremes of what a row stands for, drawn as a pale band.
 * @typedef {import('./annotate.js').Stroke & {values: Column, low: Column, high: Column, smooth: boolean}} Line
 */

/** With fewer rows the axes keep their usual ranges. */
const EARLY = 5;

/** Where a logarithm has no place for a number: far below every axis, so that the line runs out of it. */
const DEEP = 1e-30;

/** The share of a lane that names at the ends of its lines may take. */
const NAMES = 0.36;
/** The room, in heights of the type, in which a long name is cut; where there is less, marks stand there. */
const CUT = 9;

/** Before the first data. @type {Scene} */
const BLANK = {
  range: [0.1, 1],
  end: 1,
  unit: '',
  gap: false,
  named: null,
  alike: [],
  strokes: [],
  drawn: [],
  cut: [],
  best: null,
  patience: null,
  marks: [],
  back: null,
  level: null,
  crossings: [],
  plan: null,
  font: 12,
  width: 2,
  ink: '',
  muted: '',
  paper: '',
};

/** The same column where nothing is to do: this runs over every column in every drawing. @param {Column} column */
const positive = (column) =>
  column.every((value) => value === null || value > 0) ? column : column.map((value) => (value !== null && value <= 0 ? DEEP : value));

/**
 * `stamp` is a new object when there is something new to draw; `end` the end of the x axis, `unit` its name where the axis is shown; `compact` names
 * the lines above the plot, where there is no room beside it; `gutter` is the room that names need right of the plot, and that marks do;
 * `at` the row under the pointer, `point` says which row it is now on, `scrub` to which one it was dragged; `level` is a
 * finish line, `grips` are what is moved by hand. Lines are `sparse` where rows are of several runs: each has numbers in its own only.
 * @param {{
 *   id: string, title: string, sentence: string, stamp: object, x: Column, end: number, unit: string, axis: boolean, gutter: {names: number, marks: number}, compact: boolean,
 *   lines: Line[], kind: import('./ranges.js').Kind, log: boolean, full: boolean, smoothing: number, gap: boolean,
 *   best: Scene['best'], patience: Scene['patience'], marks: Scene['marks'], back: Scene['back'], crossings: Scene['crossings'], plan: Scene['plan'],
 *   level: number | null, grips: import('./grips.js').Grip[], sparse: boolean, at: number | null, point: (row: number | null) => void, scrub: (row: number) => void,
 *   look: import('./look.js').Look, colours: {ink: string, muted: string, line: string, paper: string},
 * }} props
 */
export function Lane(props) {
  const { id, title, sentence, stamp, x, end, lines, kind, log, full, smoothing, gap, axis, at, look, colours, unit, compact } = props;
  const [wide, setWide] = useState(Infinity);
  const room = Math.round(Math.min(props.gutter.names, NAMES * wide));
  const named = compact || lines.length < 2 ? null : room >= Math.min(props.gutter.names, CUT * look.font) ? 'names' : 'marks';
  const gutter = compact ? Math.round(1.8 * look.font) : named === 'names' ? Math.max(room, props.gutter.marks) : props.gutter.marks;
  const host = useRef(/** @type {HTMLDivElement | null} */ (null));
  const plot = useRef(/** @type {import('uplot') | null} */ (null));
  const scene = useRef(BLANK);
  const cursor = useRef(/** @type {HTMLElement | null} */ (null));
  const smoothers = useRef(/** @type {Record<string, Smoother>} */ ({}));
  const axisNow = useRef(/** @type {{key: string, last: number, range: [number, number] | null}} */ ({ key: '', last: 0, range: null }));
  const latest = useRef(props);
  latest.current = props;

  const strokes = lines.map(({ id, label, mark, colour, dashed }) => ({ id, label, mark, colour, dashed }));
  const raw = smoothing > 0 && lines.some((line) => line.smooth);
  const { sparse } = props;
  const shape = { strokes, raw, log, axis, gutter, font: look.font, width: look.width, muted: colours.muted, line: colours.line, sparse };
  const key = JSON.stringify(shape);

  /** Puts the cursor's line and its dots where the row is. */
  const place = () => {
    const [u, line, { at: row, x: xs, lines: shown }] = [plot.current, cursor.current, latest.current];
    if (!u || !line) return;
    line.hidden = row === null;
    if (row === null) return;
    line.style.transform = `translateX(${u.valToPos(/** @type {number} */ (xs[row]), 'x')}px)`;
    shown.forEach((_, index) => {
      const dot = /** @type {HTMLElement} */ (line.children[index]);
      const value = seen(scene.current.drawn[index] ?? [], row, latest.current.sparse);
      dot.hidden = value === null;
      if (value !== null) dot.style.transform = `translateY(${Math.max(0, Math.min(u.over.clientHeight, u.valToPos(value, 'y')))}px)`;
    });
  };

  useEffect(() => {
    const box = /** @type {HTMLDivElement} */ (host.current);
    const u = (plot.current = makePlot(box, shape, scene, () => {
      place();
      grip?.();
    }));
    const grip = makeGrips(
      u,
      () => latest.current.grips,
      () => scene.current,
    );
    const line = (cursor.current = document.createElement('div'));
    line.className = 'cursor';
    line.hidden = true;
    for (const { colour } of strokes) line.append(Object.assign(document.createElement('i'), { style: `background: ${colour}` }));
    u.over.append(line);
    const rowOf = (/** @type {number} */ left) => u.posToIdx(left);
    follow(
      u.over,
      (left) => latest.current.point(left === null || !latest.current.x.length ? null : rowOf(left)),
      (left) => latest.current.x.length && latest.current.scrub(rowOf(left)),
    );
    const observer = new ResizeObserver(() => {
      u.setSize(sizeOf(box));
      setWide(box.clientWidth);
    });
    observer.observe(box);
    return () => {
      observer.disconnect();
      u.destroy();
    };
  }, [key]);

  useEffect(() => {
    const fit = log ? positive : (/** @type {Column} */ column) => column;
    const drawn = lines.map((line) =>
      fit(raw && line.smooth ? (smoothers.current[line.id] ??= new Smoother()).of(line.values, smoothing) : line.values),
    );
    const cut = lines.map((line) => /** @type {[Column, Column]} */ ([fit(line.low), fit(line.high)]));
    const now = axisNow.current;
    const last = Number(x[x.length - 1] ?? 0);
    const context = `${id} ${unit} ${log} ${full} ${kind.empty}`;
    // Another run, or another question, starts its axis anew.
    if (last < now.last || context !== now.key) now.range = null;
    const lined = [...(props.level === null ? [] : [[props.level]]), ...(props.plan ? [Array.from(props.plan.y)] : [])];
    const found = extent([...lines.flatMap((line) => (full ? [line.values, line.low, line.high] : [line.values])), ...lined], {
      full,
      log,
    });
    now.range = settle(now.range, nice(found, kind, log, x.length < EARLY), log);
    now.key = context;
    now.last = last;
    scene.current = {
      range: now.range,
      end,
      unit: axis && !compact ? unit : '',
      gap,
      named,
      alike: named ? alike(lines.map(({ values }) => values)) : [],
      strokes,
      drawn,
      cut,
      best: props.best,
      patience: props.patience,
      marks: props.marks,
      back: props.back,
      crossings: props.crossings,
      plan: props.plan,
      level: props.level,
      font: look.font,
      width: look.width,
      ink: colours.ink,
      muted: colours.muted,
      paper: colours.paper,
    };
    const data = lines.flatMap((line, index) => [raw ? fit(line.values) : drawn[index], drawn[index], ...cut[index]]);
    if (data.length !== COLUMNS * strokes.length) return;
    plot.current?.setData(/** @type {any} */ ([x, ...data]));
  }, [stamp, key, smoothing, full, gap, end, unit, colours.paper, props.back?.x, props.back?.text, props.level, props.plan]);

  useEffect(place, [at]);

  return (
    <figure class={`lane ${id}`} aria-label={sentence}>
      <figcaption aria-hidden="true">
        <b>{title}</b>
        {lines.map((line) => (
          <span key={line.id} class="key">
            {lines.length > 1 && (compact || at !== null) && <i class={line.dashed ? 'dashed' : ''} style={{ borderColor: line.colour }} />}
            {at !== null ? (
              <span class="value" title={line.label}>
                {exact(seen(line.values, at, sparse))}
              </span>
            ) : (
              compact && (line.mark || line.label)
            )}
          </span>
        ))}
      </figcaption>
      <div class="plot" ref={host} />
    </figure>
  );
}

/** Rows of other runs that are passed over for the last number of a run's own. */
const BACK = 200;

/** The number at a row; of sparse lines the last one before it. @param {Column} column @param {number} row @param {boolean} sparse */
function seen(column, row, sparse) {
  const here = column[row] ?? null;
  if (here !== null || !sparse || row > (column.findLastIndex((value) => value !== null) ?? -1)) return here;
  for (let at = row - 1; at >= Math.max(0, row - BACK); at--) if (column[at] !== null) return column[at];
  return null;
}

/** Pixels from which on a press is a drag. */
const DRAG = 4;

/**
 * Tells where over the element a mouse is, a finger drags; null when the mouse has left. What is dragged is told to `scrub` as well.
 * @param {HTMLElement} over @param {(left: number | null) => void} tell @param {(left: number) => void} scrub
 */
function follow(over, tell, scrub) {
  let from = /** @type {number | null} */ (null);
  let dragging = false;
  const at = (/** @type {PointerEvent} */ event) => event.clientX - over.getBoundingClientRect().left;
  over.addEventListener('pointerdown', (event) => {
    if (event.button === 0) from = event.clientX;
    tell(at(event));
  });
  over.addEventListener('pointermove', (event) => {
    tell(at(event));
    if (from === null) return;
    if (!dragging && Math.abs(event.clientX - from) >= DRAG) {
      dragging = true;
      over.setPointerCapture(event.pointerId);
    }
    if (dragging) scrub(Math.max(0, Math.min(over.clientWidth, at(event))));
  });
  for (const name of /** @type {const} */ (['pointerup', 'pointercancel'])) {
    over.addEventListener(name, () => {
      from = null;
      dragging = false;
    });
  }
  over.addEventListener('pointerleave', (event) => event.pointerType === 'mouse' && tell(null));
}
