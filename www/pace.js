/**
 * How fast a run goes that is watched. Most of what can be seen happens in the first hundreds of updates, and what comes later takes thousands: a steady speed shows
 * either the one in an instant or the other without end. So a run quickens with the cube root of its updates, and is after t seconds at about (30 t)^1.5 updates: one
 * second shows 160, ten show 5,200, a minute 76,000. It is a function of the update alone, so that a run which was paused goes on as it went.
 */

/** Updates a second of a learner whose updates are moves, as a split of a node is: each is seen as one. */
const MOVES = 4;
const usual = (/** @type {number} */ update) => 45 * Math.cbrt(update + 1);

/** Updates a second for who watches. @param {boolean} moves whether every update is to be seen @param {number} update at which the run stands */
export const rate = (moves, update) => (moves ? MOVES : usual(update));

/** Seconds that count at most between two looks at the clock: a page that was away made no debts. */
const LONGEST = 0.25;

/** Counts the updates that are due as time goes by. */
export function makePace() {
  let looked = 0;
  let owed = 0;
  return {
    /** The first update is due at once: who pressed Play sees that it goes. @param {number} now in milliseconds */
    begin(now) {
      looked = now;
      owed = 1;
    },
    /** Whole updates that are due now, which are then no longer owed. @param {number} now in milliseconds @param {boolean} moves @param {number} update */
    due(now, moves, update) {
      owed += Math.min(LONGEST, Math.max(0, (now - looked) / 1000)) * rate(moves, update);
      looked = now;
      const whole = Math.floor(owed);
      owed -= whole;
      return whole;
    },
  };
}
