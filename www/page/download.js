/** Files that leave the page. */

/** @param {string} name @param {Blob} blob */
export function download(name, blob) {
  const url = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  // Some browsers begin to read only after the click.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
