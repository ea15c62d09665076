/** The race that is shown: its document as it is edited, what is wrong with it, and what came of it. */
import { batch, signal } from '@preact/signals';
import { engine } from '../../engine.js';
import { complete, defaultsOf, inlined, overlay, tagOf } from '../../experiment.js';
import { lend } from '../../form/document.js';
import { difference } from '../../url.js';
import { isOpen, named } from '../panels.js';

/** @typedef {import('../../boundary').Document} Document */

/** The name with which paths of the document begin. */
export const NAME = 'surfaces';
/** Cells along an edge of the picture. */
export const SIDE = 200;

/** @typedef {import('../../boundary').Runner} Runner */
/** @typedef {import('../../boundary').SurfaceRace} Result */

/** Without references. */
export const schema = signal(/** @type {import('../../boundary').Schema} */ (null));
export const contest = signal(/** @type {Document} */ (null));
export const issues = signal(/** @type {import('../../engine.js').Issue[]} */ ([]));
/** What is wrong with a document that was opened: the usual race is shown instead. */
export const rejected = signal(/** @type {import('../../engine.js').Issue[]} */ ([]));
export const result = signal(/** @type {Result | null} */ (null));
export const field = signal(/** @type {Float32Array | null} */ (null));

const defaults = () => defaultsOf(schema.value);

/** Those who run until others are chosen, with the rates of a ground. @param {Float64Array} [rates] */
const usual = (rates) =>
  defaults().racers.map((/** @type {Document} */ racer, /** @type {number} */ at) => {
    const tag = tagOf(racer.optimizer);
    return { ...racer, optimizer: { [tag]: { ...racer.optimizer[tag], learning_rate: rates?.[at] } } };
  });

lend(NAME, {
  // Nothing is usual of a racer.
  defaults: () => ({ ...defaults(), racers: contest.value.racers }),
  issues: () => issues.value,
  change: (path, value) => change(path, value),
});

/** Opens what differs from the defaults. @param {string} text */
export async function begin(text) {
  schema.value ??= inlined(await engine.surfaceSchema());
  const asked = text || '{}';
  rejected.value = (await engine.surfaceRace(asked, 0)).issues ?? [];
  const given = rejected.value.length ? {} : JSON.parse(asked);
  contest.value = complete(schema.value, overlay(defaults(), given));
  await run();
}

/** @param {(string | number)[]} path @param {Document} value */
export function change(path, value) {
  const next = structuredClone(contest.peek());
  const last = /** @type {string | number} */ (path.at(-1));
  path.slice(0, -1).reduce((/** @type {Document} */ at, key) => at[key], next)[last] = value;
  // Where another ground begins, its own start is meant.
  const moves = path[0] === 'surface' && tagOf(next.surface) !== tagOf(contest.peek().surface);
  if (moves) next.start = null;
  follow ||= moves && JSON.stringify(next.racers) === JSON.stringify(usual(result.peek()?.rates));
  contest.value = next;
  return run();
}

let under = false;
let again = false;
/** Who runs as usual runs as usual on the next ground too. */
let follow = false;
/** The ground of which there is a picture. */
let pictured = '';

/** Runs the race as it is described now. While one is under way, only the newest is kept for after it. */
async function run() {
  again = true;
  if (under) return;
  under = true;
  try {
    while (again) {
      again = false;
      const document = contest.peek();
      const ground = JSON.stringify(document.surface);
      const own = difference(document, defaults()) ?? {};
      if (isOpen(NAME)) named(NAME, Object.keys(own).length ? JSON.stringify(own) : '');
      const found = await engine.surfaceRace(JSON.stringify(document), ground === pictured ? 0 : SIDE);
      if (follow && !found.issues) {
        follow = false;
        again = true;
        contest.value = { ...contest.peek(), racers: usual(found.rates) };
        pictured = '';
        continue;
      }
      batch(() => {
        issues.value = found.issues ?? [];
        if (found.issues) return;
        if (found.field) [field.value, pictured] = [found.field, ground];
        result.value = found;
      });
    }
  } catch {
    // The worker was lost and is replaced: the next change asks again.
  } finally {
    under = false;
  }
}
