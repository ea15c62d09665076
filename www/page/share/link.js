/** Links to what the page shows. The experiment stands behind the #, so that it never reaches a server. */

/** Bytes that a QR code holds at most, at its lowest error correction (ISO/IEC 18004, version 40-L). */
export const MOST = 2953;
/** A code of more can be read from a desk, hardly from a back row. */
export const DENSE = 500;

/** The page's address without the experiment. @param {Location | URL} at */
export const plain = (at) => at.href.replace(/#.*$/, '');

/** The address as one reads it out: without the scheme and what is escaped. @param {string} link */
export const spoken = (link) =>
  link
    .replace(/^https?:\/\//, '')
    .replace(/#.*$/, '')
    .replace(/\/$/, '');

/** Addresses that mean this device and no other. @param {Location | URL} at */
export const local = (at) => at.protocol === 'file:' || /^(localhost|127\.|\[::1\]$|0\.0\.0\.0$)/.test(at.hostname);
