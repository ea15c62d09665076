/** Tables that leave the page. */

/** What spreadsheets take for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A cell; text that a spreadsheet would run as a formula gets an apostrophe before it, numbers stay numbers. @param {string | number | boolean | null | undefined} value */
export function cell(value) {
  if (typeof value !== 'string') return String(value ?? '');
  const text = FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param {(string | number | null | undefined)[][]} rows */
export const csv = (rows) => `${rows.map((cells) => cells.map(cell).join(',')).join('\n')}\n`;
