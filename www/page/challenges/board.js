/** The leaderboard that this browser keeps: who reached a challenge's target after how many updates, and with which document. */
import { stored } from '../../settings.js';

/** @typedef {{name: string, updates: number, date: string, document: any}} Score `document` are differences from the defaults; the date is of the day, as 2026-05-17 */

/** Scores that are kept for each challenge. */
const KEPT = 20;

export const board = stored('challenges', /** @type {Record<string, Score[]>} */ ({}));
/** Who played last. */
export const player = stored('challenges.name', '');

/** @param {string} id @returns {Score[]} the best first */
export const scoresOf = (id) => (Array.isArray(board.value[id]) ? board.value[id] : []);

/** @param {string} id @param {Score} score */
export function enter(id, score) {
  const all = [...scoresOf(id), score].sort((a, b) => a.updates - b.updates).slice(0, KEPT);
  board.value = { ...board.value, [id]: all };
}

/** @param {string} id @param {Score} score */
export function remove(id, score) {
  board.value = { ...board.value, [id]: scoresOf(id).filter((other) => other !== score) };
}
