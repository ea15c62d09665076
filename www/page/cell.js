/** Cells of CSV files that leave the page. */

/**
 * A cell as it is written. A spreadsheet takes a text that begins with = + - @, a tab or a carriage return for a formula, whoever wrote it: an apostrophe is put
 * before it, as OWASP says under "CSV Injection". Numbers stay numbers, also where they are texts.
 * @param {string | number | null | undefined} value
 */
export function cell(value) {
  if (typeof value !== 'string') return String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(value) && !(value.trim() && Number.isFinite(Number(value))) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
