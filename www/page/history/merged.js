/** The histories of several runs over one x axis: every x of any of them, in order; a run has a row where it has one. Knows columns and no page. */

/** @typedef {Record<string, (number | null)[]>} Columns */

/** Rows of a run that are drawn, where several are: more than a chart has pixels. */
const MOST = 600;

/** Neighbours merged in equal groups, with each group's extremes, so that no spike is lost. @param {Columns} columns @returns {Columns} */
export function thinned(columns) {
  const rows = columns.update?.length ?? 0;
  const stride = Math.ceil(rows / MOST);
  if (stride <= 1) return columns;
  const groups = Math.ceil(rows / stride);
  /** @type {Columns} */
  const result = {};
  for (const [name, column] of Object.entries(columns)) {
    const pick = name.endsWith('.min') ? Math.min : name.endsWith('.max') ? Math.max : null;
    result[name] = Array.from({ length: groups }, (_, at) => {
      const [from, to] = [at * stride, Math.min(rows, (at + 1) * stride)];
      if (!pick) return column[to - 1];
      const group = column.slice(from, to).filter((value) => value !== null);
      return group.length ? pick(.../** @type {number[]} */ (group)) : null;
    });
  }
  return result;
}

/**
 * `x` in the unit, and for every run its columns and the row that it has at each x, −1 for none.
 * @param {Columns[]} histories @param {string} unit
 */
export function merged(histories, unit) {
  const own = histories.length > 1 ? histories.map(thinned) : histories;
  const axes = own.map((columns) => /** @type {number[]} */ (columns[unit] ?? columns.update ?? []));
  const x = own.length === 1 ? axes[0] : Array.from(new Set(axes.flat())).sort((a, b) => a - b);
  const rows = axes.map((axis) => {
    let at = 0;
    return x.map((value) => {
      while (at < axis.length - 1 && axis[at] < value) at++;
      return axis[at] === value ? at : -1;
    });
  });
  const column = (/** @type {number} */ run, /** @type {string} */ name) => {
    const values = own[run][name];
    return !values ? undefined : own.length === 1 ? values : rows[run].map((row) => (row < 0 ? null : values[row]));
  };
  /** The row of a run at or before a place of x. @param {number} run @param {number} at */
  const before = (run, at) => {
    for (let place = at; place >= 0; place--) if (rows[run][place] >= 0) return rows[run][place];
    return 0;
  };
  return { x, column, before, own };
}
