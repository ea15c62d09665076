/** Lines that lie on one another: only the upper one is seen, so that it must be said. Pure functions of columns. */

/** @typedef {import('./ranges.js').Column} Column */

/** The row of the last number; −1 for none. @param {Column} column */
export const lastRow = (column) => column.findLastIndex((value) => value !== null && value !== undefined);

/** The share of the shorter line over which two must be seen to agree: lines are evaluated at different rows, and runs that race begin alike. */
const OVER = 0.8;

/** Whether two lines have the same numbers wherever both have one, and that over most of the shorter. @param {Column} a @param {Column} b */
function agree(a, b) {
  const end = Math.min(lastRow(a), lastRow(b));
  let [shared, last] = [0, -1];
  for (let row = 0; row <= end; row++) {
    const [one, other] = [a[row] ?? null, b[row] ?? null];
    if (one === null || other === null) continue;
    if (one !== other) return false;
    shared++;
    last = row;
  }
  // At their start, before anything was trained, all that there is agrees.
  const begins = a.length === 1 && b.length === 1;
  return shared > 0 && (begins || shared > 1) && last >= OVER * end;
}

/**
 * What stands at the end of each line: the lines that are one with it to the same end (itself among them, in their order; empty where an earlier
 * line of them has the label), and `until` the first longer line on which it lies for as long as it goes.
 * @param {Column[]} lines @returns {{same: number[], until: number | null}[]}
 */
export function alike(lines) {
  const ends = lines.map(lastRow);
  const agreed = lines.map((a, at) => lines.map((b, other) => at !== other && agree(a, b)));
  return lines.map((_, at) => {
    const same = lines.flatMap((_, other) => (other === at || (agreed[at][other] && ends[other] === ends[at]) ? [other] : []));
    const longer = lines.findIndex((_, other) => agreed[at][other] && ends[other] > ends[at]);
    return { same: same[0] === at ? same : [], until: longer < 0 ? null : longer };
  });
}
