/** Words with their values. */

/**
 * `{n}` is a value; `{n|row|rows}` is the first word where the value is one and the second otherwise, for English, which has another form for one of a
 * thing: "{n} {n|row|rows}". A value may be a number or a number as it is written. @param {string} text @param {Record<string, string | number>} values
 */
export const filled = (text, values) =>
  text.replace(/\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}/g, (_, name, one, several) =>
    one === undefined ? String(values[name]) : String(values[name]) === '1' ? one : several,
  );

/** A count with its noun: "1 row", "3 rows". @param {number | string} count @param {string} one @param {string} several */
export const counted = (count, one, several) => filled(`{n} {n|${one}|${several}}`, { n: count });
