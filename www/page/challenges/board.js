/** The leaderboard that this browser keeps: who reached a challenge's target after how many updates, and with which document. */
import { shared, stored } from '../../settings.js';

/** @typedef {import('../../boundary').Document} Document */

/** @typedef {{name: string, updates: number, date: string, document: Document}} Score `document` are differences from the defaults; the date is of the day, as 2026-05-17 */

/** Scores that are kept for each challenge. */
const KEPT = 20;

const kept = shared('challenges', /** @type {Record<string, Score[]>} */ ({}), together);
/** Scores that were taken away in this window, and are not to come back from another's. @type {Set<string>} */
const removed = new Set();

/** @param {Document} scores @returns {Score[]} the best first */
const listed = (scores) => (Array.isArray(scores) ? scores : []);

/** The scores of both windows, each once. @param {Record<string, Score[]>} theirs @param {Record<string, Score[]>} ours */
function together(theirs, ours) {
  const all = (/** @type {string} */ id) => {
    const found = new Map([...listed(theirs[id]), ...listed(ours[id])].map((score) => [JSON.stringify(score), score]));
    return [...found].filter(([text]) => !removed.has(text)).map(([, score]) => score);
  };
  return Object.fromEntries(
    [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].map((id) => [
      id,
      all(id)
        .sort((a, b) => a.updates - b.updates)
        .slice(0, KEPT),
    ]),
  );
}

/** Who played last. */
export const player = stored('challenges.name', '');

/** @param {string} id @returns {Score[]} the best first */
export const scoresOf = (id) => listed(kept.value.value[id]);

/** @param {string} id @param {Score} score */
export function enter(id, score) {
  removed.delete(JSON.stringify(score));
  kept.change((now) => ({ ...now, [id]: [...listed(now[id]), score].sort((a, b) => a.updates - b.updates).slice(0, KEPT) }));
}

/** @param {string} id @param {Score} score */
export function remove(id, score) {
  const gone = JSON.stringify(score);
  removed.add(gone);
  kept.change((now) => ({ ...now, [id]: listed(now[id]).filter((other) => JSON.stringify(other) !== gone) }));
}
