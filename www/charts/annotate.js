/** What is written and drawn onto a lane beside its lines: names at their ends, the best point, the gap, patience, marks of what is cut off. */
import uPlot from 'uplot';
import { lastRow } from './equal.js';
import { apart } from './ranges.js';

/** @typedef {import('./ranges.js').Column} Column */
/** A line: `label` is its name, `mark` the sign that stands for it where it has one: a line without is told by a sample of itself. @typedef {{id: string, label: string, mark: string, colour: string, dashed: boolean}} Stroke */

/** Something that happened at a place of the x axis. @typedef {{x: number, text: string}} Mark */

/**
 * What a lane shows now. `level` is a finish line, `crossings` are where runs crossed it; `named` is what stands at the ends of the lines, `alike` which lie on one another; `back` is a past that is looked at; `plan` what is still to come. `drawn` are the columns as drawn, `cut` the extremes that may lie outside, line by line.
 * @typedef {{
 *   range: [number, number], end: number, unit: string, gap: boolean, named: 'names' | 'marks' | null, alike: ReturnType<typeof import('./equal.js').alike>, strokes: Stroke[], drawn: Column[], cut: [Column, Column][],
 *   best: {x: number, y: number, text: string} | null, patience: {from: number, to: number, text: string} | null,
 *   marks: Mark[], back: Mark | null, level: number | null, crossings: {x: number, colour: string}[], plan: {x: ArrayLike<number>, y: ArrayLike<number>} | null,
 *   font: number, width: number, ink: string, muted: string, paper: string,
 * }} Scene
 */

/** Marks of cut values stand at least so far apart, in CSS pixels. */
const APART = 9;

/** Runs `paint` in CSS pixels of the canvas. @param {uPlot} u @param {Scene} scene @param {(context: CanvasRenderingContext2D, place: {left: number, top: number, right: number, bottom: number, x: (value: number) => number, y: (value: number) => number}) => void} paint */
function inPixels(u, scene, paint) {
  const ratio = uPlot.pxRatio;
  const { left, top, width, height } = u.bbox;
  u.ctx.save();
  u.ctx.scale(ratio, ratio);
  u.ctx.font = `${scene.font}px system-ui, sans-serif`;
  u.ctx.textBaseline = 'middle';
  const box = { left: left / ratio, top: top / ratio, right: (left + width) / ratio, bottom: (top + height) / ratio };
  const y = (/** @type {number} */ value) => Math.max(box.top, Math.min(box.bottom, u.valToPos(value, 'y', true) / ratio));
  paint(u.ctx, { ...box, x: (value) => u.valToPos(value, 'x', true) / ratio, y });
  u.ctx.restore();
}

/** Below the lines: how far apart the first two are. @param {uPlot} u @param {Scene} scene */
export function behind(u, scene) {
  planned(u, scene);
  gap(u, scene);
}

/** What is planned, from here on. @param {uPlot} u @param {Scene} scene */
function planned(u, scene) {
  const { plan } = scene;
  if (!plan) return;
  inPixels(u, scene, (context, { x, y, left, right }) => {
    context.beginPath();
    for (let at = 0; at < plan.x.length; at++) context.lineTo(Math.max(left, Math.min(right, x(plan.x[at]))), y(plan.y[at]));
    context.strokeStyle = scene.muted;
    context.lineWidth = Math.max(1, scene.width / 2);
    context.setLineDash([2, 3]);
    context.stroke();
    context.setLineDash([]);
  });
}

/** @param {uPlot} u @param {Scene} scene */
function gap(u, scene) {
  const [first, second] = scene.drawn;
  if (!scene.gap || !second) return;
  inPixels(u, scene, (context, { x, y }) => {
    const xs = u.data[0];
    /** @type {[number, number, number][]} */
    const corners = [];
    for (let row = 0; row < xs.length; row++) {
      const [a, b] = [first[row], second[row]];
      if (a === null || b === null) continue;
      const left = x(xs[row]);
      // Thousands of rows share a pixel.
      if (corners.length && row < xs.length - 1 && left - corners[corners.length - 1][0] < 1) continue;
      corners.push([left, y(a), y(b)]);
    }
    if (corners.length < 2) return;
    context.beginPath();
    for (const [left, a] of corners) context.lineTo(left, a);
    for (let at = corners.length - 1; at >= 0; at--) context.lineTo(corners[at][0], corners[at][2]);
    context.fillStyle = scene.muted;
    context.globalAlpha = 0.16;
    context.fill();
  });
}

/** Above the lines. @param {uPlot} u @param {Scene} scene */
export function above(u, scene) {
  inPixels(u, scene, (context, place) => {
    cutMarks(context, u, scene, place);
    happenings(context, scene, place);
    if (scene.level !== null) finish(context, scene, place);
    if (scene.back !== null) past(context, scene, place);
    if (scene.patience) patience(context, scene, place);
    if (scene.best) star(context, u, scene, place);
    if (scene.named) names(context, u, scene, place);
    if (scene.unit) {
      context.font = `${scene.font}px system-ui, sans-serif`;
      context.fillStyle = scene.muted;
      context.textAlign = 'right';
      context.fillText(scene.unit, u.width, place.bottom + 0.5 * scene.font + 5);
    }
  });
}

/** An upright line. @param {CanvasRenderingContext2D} context @param {any} place @param {number} x @param {number} from @param {number} to */
function upright(context, place, x, from, to) {
  if (x < place.left - 1 || x > place.right + 1) return;
  context.beginPath();
  context.moveTo(x, from);
  context.lineTo(x, to);
  context.stroke();
}

/** What happened, each a thin line with a foot. @param {CanvasRenderingContext2D} context @param {Scene} scene @param {any} place */
function happenings(context, scene, place) {
  context.strokeStyle = context.fillStyle = scene.muted;
  context.lineWidth = 1;
  for (const { x } of scene.marks) {
    const at = place.x(x);
    context.globalAlpha = 0.6;
    upright(context, place, at, place.top, place.bottom);
    context.globalAlpha = 1;
    if (at >= place.left && at <= place.right) triangle(context, at, place.top, -1);
  }
}

/** The finish line, and where runs crossed it. @param {CanvasRenderingContext2D} context @param {Scene} scene @param {any} place */
function finish(context, scene, place) {
  const y = place.y(/** @type {number} */ (scene.level));
  context.strokeStyle = scene.ink;
  context.lineWidth = 1.5;
  context.setLineDash([5, 4]);
  context.beginPath();
  context.moveTo(place.left, y);
  context.lineTo(place.right, y);
  context.stroke();
  context.lineWidth = 1.5;
  for (const { x, colour } of scene.crossings) {
    context.strokeStyle = colour;
    context.setLineDash([2, 3]);
    upright(context, place, place.x(x), y, place.bottom);
  }
  context.setLineDash([]);
}

/** The moment that is looked at, with its name: what came after it is pale. @param {CanvasRenderingContext2D} context @param {Scene} scene @param {any} place */
function past(context, scene, place) {
  const { x: at, text } = /** @type {Mark} */ (scene.back);
  const x = Math.max(place.left, place.x(at));
  context.fillStyle = scene.paper;
  context.globalAlpha = 0.6;
  context.fillRect(x, place.top, place.right - x, place.bottom - place.top);
  context.globalAlpha = 1;
  context.strokeStyle = scene.ink;
  context.lineWidth = 2;
  upright(context, place, x, place.top, place.bottom);
  const width = context.measureText(text).width + 6;
  const fits = x + width <= place.right;
  context.textAlign = fits ? 'left' : 'right';
  if (fits || x - width >= place.left)
    halo(context, scene, text, fits ? x + 6 : x - 6, place.bottom - (scene.patience ? 2.2 : 0.8) * scene.font, scene.ink);
}

/** Triangles at the edge beyond which values lie. @param {CanvasRenderingContext2D} context @param {uPlot} u @param {Scene} scene @param {any} place */
function cutMarks(context, u, scene, place) {
  const [low, high] = scene.range;
  const xs = u.data[0];
  scene.cut.forEach(([least, most], line) => {
    context.fillStyle = scene.strokes[line].colour;
    let [up, down] = [-Infinity, -Infinity];
    for (let row = 0; row < xs.length; row++) {
      const tall = most[row];
      const deep = least[row];
      if (tall !== null && tall > high) {
        const x = place.x(xs[row]);
        if (x - up >= APART) triangle(context, (up = x), place.top, 1);
      }
      if (deep !== null && deep < low) {
        const x = place.x(xs[row]);
        if (x - down >= APART) triangle(context, (down = x), place.bottom, -1);
      }
    }
  });
}

/** A triangle whose tip touches `y`. @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} way 1 points up */
function triangle(context, x, y, way) {
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x - 3.5, y + 6 * way);
  context.lineTo(x + 3.5, y + 6 * way);
  context.fill();
}

/** From the best evaluation to now, right under the plot, where no line runs. @param {CanvasRenderingContext2D} context @param {Scene} scene @param {any} place */
function patience(context, scene, place) {
  const { from, to, text } = /** @type {NonNullable<Scene['patience']>} */ (scene.patience);
  const [left, right] = [place.x(from), place.x(to)];
  const y = place.bottom + 3;
  context.strokeStyle = context.fillStyle = scene.muted;
  context.lineWidth = 3;
  context.beginPath();
  context.moveTo(left, y);
  context.lineTo(right, y);
  context.stroke();
  context.textAlign = 'left';
  halo(context, scene, text, right + 6, place.bottom - scene.font / 2 - 1, scene.muted);
}

/** Text that stays readable over lines. @param {CanvasRenderingContext2D} context @param {Scene} scene @param {string} text @param {number} x @param {number} y @param {string} colour */
function halo(context, scene, text, x, y, colour) {
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = scene.paper;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

/** The best evaluation where it is, its value beside it, left of the names. @param {CanvasRenderingContext2D} context @param {uPlot} u @param {Scene} scene @param {any} place */
function star(context, u, scene, place) {
  const best = /** @type {NonNullable<Scene['best']>} */ (scene.best);
  const [x, y] = [place.x(best.x), place.y(best.y)];
  context.save();
  context.textAlign = 'center';
  context.font = `${scene.font + 4}px system-ui, sans-serif`;
  halo(context, scene, '★', x, y, scene.ink);
  context.restore();
  const half = context.measureText(best.text).width / 2;
  // A best loss has its line above it.
  const under = y + 1.5 * scene.font;
  const text = under + scene.font / 2 < place.bottom ? under : Math.max(y - 1.5 * scene.font, place.top + scene.font / 2);
  const end = place.x(u.data[0][u.data[0].length - 1]);
  context.textAlign = 'center';
  halo(context, scene, best.text, Math.max(place.left + half + 2, Math.min(end - half, x)), text, scene.ink);
}

/** Pixels of a sample of a line, with the room around it. */
const SAMPLE = 17;
/** Pixels between the end of a line and its name. */
const OFF = 7;

/** What a label is made of. @typedef {{text: string, colour: string}[]} Pieces */

/** The names that stand at the end of a line: its own, and those of the lines that are one with it; with `briefly` these by their marks, with `least` all. @param {Scene} scene @param {number} line @param {boolean} briefly @param {boolean} [least] @returns {Pieces} */
function pieces(scene, line, briefly, least = scene.named === 'marks') {
  const { same, until } = scene.alike[line];
  const text = (/** @type {Stroke} */ { mark, label }, /** @type {boolean} */ brief) =>
    least || (brief && mark) ? mark || label : `${mark} ${label}`.trim();
  const all = [...same, ...(until === null ? [] : [until])];
  return all.flatMap((at, place) => {
    const stroke = scene.strokes[at];
    // Of a line that goes on, its name stands at its own end.
    const named = { text: text(stroke, place > 0 && (briefly || at === until)), colour: stroke.colour };
    return place ? [{ text: ' = ', colour: scene.muted }, named] : [named];
  });
}

/** Characters that are left of a name at least: less says nothing. */
const LEAST = 7;

/** Cuts the first name in its middle until all fit: its end may be the number that tells it from the others. @param {Pieces} parts @param {number} room @param {(parts: Pieces) => number} width */
function cut(parts, room, width) {
  const { text, colour } = parts[0];
  for (let most = text.length - 1; most >= LEAST && width(parts) > room; most--)
    parts[0] = { text: `${text.slice(0, Math.ceil(most / 2))}…${text.slice(1 - Math.floor(most / 2))}`, colour };
}

/**
 * Where a name stands that has lines beside it which go on: below what they are there, or above, where there is room.
 * @param {uPlot} u @param {Scene} scene @param {any} place @param {number} line @param {number} left @param {number} right @param {number} y @param {number} height @param {number} bottom
 */
function clear(u, scene, place, line, left, right, y, height, bottom) {
  let [above, below] = [Infinity, -Infinity];
  const xs = u.data[0];
  for (const [other, column] of scene.drawn.entries()) {
    if (other === line) continue;
    for (let row = 0; row < xs.length; row++) {
      const value = column[row] ?? null;
      const at = value === null ? 0 : place.x(xs[row]);
      if (value === null || at <= left + 1 || at > right) continue;
      above = Math.min(above, place.y(value));
      below = Math.max(below, place.y(value));
    }
  }
  const half = 0.6 * height;
  if (below < y - half || above > y + half) return y;
  if (below + half <= bottom) return below + half;
  return above - half >= place.top ? above - half : y;
}

/** Names at the ends of the lines in their colours, apart from each other; what lies on one another has one name. @param {CanvasRenderingContext2D} context @param {uPlot} u @param {Scene} scene @param {any} place */
function names(context, u, scene, place) {
  const height = 1.2 * scene.font;
  context.font = `600 ${scene.font}px system-ui, sans-serif`;
  const width = (/** @type {Pieces} */ parts) => parts.reduce((sum, { text }) => sum + context.measureText(text).width, 0);
  // Patience has its place below them.
  const [top, bottom] = [place.top + height / 2, place.bottom - (scene.patience ? 1.5 : 0.5) * height];
  /** @type {{line: number, stroke: Stroke | null, parts: Pieces, x: number, y: number, wide: number}[]} */
  const ends = [];
  for (let line = 0; line < scene.strokes.length; line++) {
    const row = lastRow(scene.drawn[line]);
    if (row < 0 || !scene.alike[line]?.same.length) continue;
    const tip = place.y(/** @type {number} */ (scene.drawn[line][row]));
    const end = place.x(u.data[0][row]);
    const whole = pieces(scene, line, false);
    const room = u.width - end - OFF - (scene.strokes[line].mark ? 1 : SAMPLE);
    const parts = width(whole) <= room ? whole : pieces(scene, line, true);
    // What is said of several may reach over their own end.
    if (parts.length === 1) cut(parts, room, width);
    const sample = parts.length === 1 && !scene.strokes[line].mark;
    const wide = width(parts) + (sample ? SAMPLE : 0);
    const x = Math.min(end + OFF, u.width - wide - 1);
    const y = end < place.right - OFF ? clear(u, scene, place, line, end, x + wide, tip, height, bottom) : tip;
    // Where its name had to leave it, a line ends in its mark.
    if (y !== tip && scene.strokes[line].mark) {
      context.textAlign = 'center';
      halo(context, scene, scene.strokes[line].mark, end, tip, scene.strokes[line].colour);
    }
    ends.push({ line, stroke: sample ? scene.strokes[line] : null, parts, x, y: Math.max(top, Math.min(bottom, y)), wide });
  }
  // Those that end far from one another keep their heights.
  ends.sort((a, b) => a.x - b.x);
  for (let first = 0, next = 1, reach = 0; first < ends.length; first = next, next++, reach = 0) {
    const until = (/** @type {number} */ at) => (reach = Math.max(reach, ends[at].x + ends[at].wide + 4));
    for (until(first); next < ends.length && ends[next].x < reach; next++) until(next);
    const near = ends.slice(first, next);
    // A lane that is too low for them has one row, of their marks.
    if (near.length > 1 && near.length * height > bottom - top + height) {
      near.sort((a, b) => a.y - b.y);
      const row = near.flatMap(({ line }, at) => [...(at ? [{ text: ' ', colour: scene.muted }] : []), ...pieces(scene, line, true, true)]);
      const left = Math.max(...near.map((end) => end.x));
      near.forEach((end, at) => Object.assign(end, { stroke: null, parts: at ? [] : row, x: left }));
      near[0].y = Math.max(top, Math.min(bottom, near.reduce((sum, { y }) => sum + y, 0) / near.length));
      near.length = 1;
    }
    for (const [at, y] of apart(
      near.map((end) => end.y),
      height,
      top,
      bottom,
    ).entries())
      near[at].y = y;
  }
  context.textAlign = 'left';
  for (const { stroke, parts, x, y } of ends) {
    let left = x;
    if (stroke) {
      context.beginPath();
      context.moveTo(left, y);
      context.lineTo(left + SAMPLE - 4, y);
      context.strokeStyle = stroke.colour;
      context.lineWidth = scene.width;
      context.setLineDash(stroke.dashed ? [5, 3] : []);
      context.stroke();
      context.setLineDash([]);
      left += SAMPLE;
    }
    for (const { text, colour } of parts) {
      halo(context, scene, text, left, y, colour);
      left += context.measureText(text).width;
    }
  }
}
