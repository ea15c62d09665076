/**
 * Points that are drawn by hand: which tool is held, what it does, and what the map shows meanwhile. A stroke is one change of the experiment. The
 * engine may refuse a drawing (too few points): then the map shows the drawing itself, over the answer of the run before.
 */
import { computed, signal } from '@preact/signals';
import { defaultsOf } from '../../experiment.js';
import * as state from '../../state.js';
import * as documents from '../../documents.js';
import { apart } from '../../undo.js';
import { CLASSES, REACH, erased, moved, nearest, pointAt, renumbered, strewn, traced, used } from '../../views/map/brush.js';

/** @typedef {import('../../state.js').Points} Points */

/** @typedef {import('../../views/map/brush.js').Point} Point */
/** @typedef {import('../../views/map/brush.js').Place} Place */

/** The tool in hand: a brush by its class, or another. @type {import('@preact/signals').Signal<number | 'look' | 'erase' | 'move'>} */
export const tool = signal(/** @type {any} */ ('look'));

/** Pixels between the points of a brush, how far each strays, how far an eraser reaches, and a hand. */
const [GAP, SPREAD, RUBBER, GRIP] = [14, 9, 11, 24];
/** A key erases a point no farther from the crosshair than this share of the picture. */
const NEAR = 1 / 8;
/** The map's margin beyond the reach of points. */
const EDGE = REACH + 0.4;

/** The drawing while a stroke is under way. */
const sketch = signal(/** @type {Point[] | null} */ (null));

/** The drawn points; null where the data is another. */
export const drawing = computed(
  () => /** @type {Point[] | null} */ (state.draft.value?.data.drawn ? (sketch.value ?? state.draft.value.data.drawn.points) : null),
);

export const most = () => state.schema.value.$defs.Drawn.properties.points.maxItems;

/** Whether these are the engine's rows. @param {Point[]} own @param {import('../../state.js').Points} rows */
const same = (own, { columns, shape, inputs, targets, classes }) =>
  shape.kind === 'flat' &&
  columns.length === 2 &&
  targets.length === own.length &&
  own.every(
    ([x, y, of], row) =>
      inputs[2 * row] === Math.fround(x) && inputs[2 * row + 1] === Math.fround(y) && classes[targets[row]] === String(of),
  );

/** Rows to show: the engine's, or a drawing that it has not taken over. */
export const shownRows = computed(() => {
  const [own, rows] = [drawing.value, state.points.value];
  if (!own || !rows || same(own, rows)) return { points: rows, ahead: false };
  const classes = used(own);
  // One class alone already has the colour that it will have beside another.
  const names = (classes.length > 1 ? classes : [0, 1]).map(String);
  const points = /** @type {import('../../state.js').Points} */ ({
    plane: null,
    kinds: ['number', 'number'],
    rows: own.length,
    places: Uint32Array.from(own, (_, at) => at),
    inputs: Float32Array.from(own.flatMap((point) => point.slice(0, 2))),
    targets: Float32Array.from(own, ([, , of]) => Math.max(0, classes.indexOf(of))),
    split: new Uint8Array(own.length),
    columns: ['x', 'y'],
    shape: { kind: 'flat', units: 2 },
    target: 'class',
    task: 'classification',
    ordered: false,
    classes: names,
    titles: [],
    symbols: [],
    range: [-EDGE, EDGE, -EDGE, EDGE],
  });
  return { points, ahead: true };
});

/** Why the engine does not take the drawing over. @returns {import('../../i18n/index.js').Message | undefined} */
export const refusal = () =>
  drawing.value ? state.issues.value.find((issue) => issue.path.startsWith('data.drawn.points'))?.message : undefined;

/** Brushes that are offered: of every class there is, and of one more. */
export const brushes = computed(() => Math.min(CLASSES, Math.max(2, used(drawing.value ?? []).length + 1)));

/** Whether these rows can be drawn on. @param {Points} points */
export const traceable = (points) =>
  points?.task === 'classification' && points.shape.kind === 'flat' && points.columns.length === 2 && points.classes.length <= CLASSES;

/** Makes the present rows the user's own where they can be, else those that a drawing begins with, and takes up a brush. */
export function drawOwn() {
  const points = state.points.peek();
  const begun = defaultsOf(state.schema.value.$defs.Drawn).points;
  const own = points && traceable(points) ? traced(points, most()) : begun;
  tool.value = 0;
  apart();
  return documents.change(['data'], { drawn: { points: own } });
}

/** A stroke that is over: one change, one step of undo. @param {Point[]} points */
function commit(points) {
  const own = renumbered(points);
  if (typeof tool.value === 'number') tool.value = Math.min(tool.value, Math.max(1, used(own).length));
  apart();
  const changed = documents.change(['data', 'drawn', 'points'], own);
  sketch.value = null;
  return changed;
}

export const clear = () => commit([]);

/** As many of these points as there is room for. @param {Point[]} points @param {Point[]} more */
function added(points, more) {
  const room = most() - points.length;
  return more.length && room > 0 ? [...points, ...more.slice(0, room)] : points;
}

/** Where a stroke is, and since when its brush left no point. @type {{at: Place, walked: number, grip: number, before: Point[]} | null} */
let stroke = null;

/** What pointer and keys do on the map of a drawing. @param {() => ArrayLike<number>} seen the part of the plane that is shown */
export function hand(seen) {
  const place = (/** @type {number} */ fx, /** @type {number} */ fy) => {
    const { 0: x0, 1: x1, 2: y0, 3: y1 } = seen();
    return { x: x0 + fx * (x1 - x0), y: y1 - fy * (y1 - y0) };
  };
  const unit = (/** @type {number} */ pixels, /** @type {number} */ width) => (pixels / width) * (seen()[1] - seen()[0]);
  const list = () => drawing.peek() ?? [];
  return {
    active: tool.value !== 'look',
    /** @param {number} fx @param {number} fy @param {number} width */
    press(fx, fy, width) {
      const at = place(fx, fy);
      const before = list();
      stroke = { at, walked: 0, grip: -1, before };
      const { value: held } = tool;
      if (typeof held === 'number') sketch.value = added(before, [pointAt(at, held)]);
      else if (held === 'erase') sketch.value = erased(before, at, at, unit(RUBBER, width));
      else stroke.grip = nearest(before, at, unit(GRIP, width));
    },
    /** @param {number} fx @param {number} fy @param {number} width */
    drag(fx, fy, width) {
      if (!stroke) return;
      const to = place(fx, fy);
      const { value: held } = tool;
      if (typeof held === 'number') {
        // Chance of the page's own: what comes of it stands in the experiment.
        const { places, walked } = strewn(stroke.at, to, stroke.walked, unit(GAP, width), unit(SPREAD, width), Math.random);
        if (places.length)
          sketch.value = added(
            list(),
            places.map((at) => pointAt(at, held)),
          );
        stroke.walked = walked;
      } else if (held === 'erase') sketch.value = erased(list(), stroke.at, to, unit(RUBBER, width));
      else if (stroke.grip >= 0) sketch.value = moved(list(), stroke.grip, to);
      stroke.at = to;
    },
    lift() {
      const changed = stroke && sketch.peek() && sketch.peek() !== stroke.before;
      stroke = null;
      if (changed) commit(list());
      else sketch.value = null;
    },
    /** A second finger, or the browser, ended it. */
    cancel() {
      stroke = null;
      sketch.value = null;
    },
    /** A point that a key took up goes with the crosshair. @param {number} fx @param {number} fy */
    carry(fx, fy) {
      if (stroke && stroke.grip >= 0) sketch.value = moved(list(), stroke.grip, place(fx, fy));
    },
    /** @param {string} key @param {number} fx @param {number} fy @returns {boolean} whether it was one of the drawing's */
    key(key, fx, fy) {
      const brush = Number(key) - 1;
      if (brush >= 0 && brush < CLASSES) {
        tool.value = Math.min(brush, brushes.peek() - 1);
        return true;
      }
      const at = place(fx, fy);
      const far = NEAR * (seen()[1] - seen()[0]);
      if (key === 'Delete' || key === 'Backspace') {
        const found = nearest(list(), at, far);
        if (found >= 0) commit(list().toSpliced(found, 1));
        return true;
      }
      const { value: held } = tool;
      if ((key !== 'Enter' && key !== ' ') || held === 'look') return false;
      if (typeof held === 'number') {
        const points = added(list(), [pointAt(at, held)]);
        if (points !== list()) commit(points);
      } else if (held === 'erase') {
        const found = nearest(list(), at, far);
        if (found >= 0) commit(list().toSpliced(found, 1));
      } else if (stroke) this.lift();
      else {
        const grip = nearest(list(), at, far);
        // Taken up here, put down by the same key where the crosshair is then.
        if (grip >= 0) stroke = { at, walked: 0, grip, before: list() };
      }
      return true;
    },
  };
}

/** @typedef {ReturnType<typeof hand>} Hand */
