/**
 * The page's address and the browser's Back. The address follows the experiment; a document that was opened as a whole, and a sheet over the page, is a
 * place of its own in the browser's history, so that Back closes the sheet or brings the document before, and does not leave the page.
 */

/** The hash of the experiment as it is. */
let current = location.hash;
/** The next change of the address is a place of its own. */
let fresh = false;
/** The sheet that is open, and how it is closed. @type {{name: string, close: () => void} | null} */
let open = null;
/** The address of the place of a sheet that is being left; empty for none. It stays as it is until the page is at the place before. */
let leaving = '';
/** A change of the hash that is no new document. */
let ignored = false;

/** @param {'pushState' | 'replaceState'} how @param {any} data @param {string} url */
function write(how, data, url) {
  try {
    window.history[how](data, '', url);
  } catch {
    // A page that was opened from a disk may not change its address, and a browser lets it change only so often: it goes on without.
  }
}

/** @param {string} hash */
const at = (hash) => location.pathname + location.search + hash;

/** The address is that of this experiment. @param {string} hash */
export function address(hash) {
  current = hash;
  if (leaving || hash === location.hash) return;
  write(fresh && !open ? 'pushState' : 'replaceState', fresh && !open ? null : window.history.state, at(hash) || location.pathname);
  fresh = false;
}

/** What is opened meanwhile is a place of its own. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
export async function asPlace(work) {
  fresh = true;
  try {
    return await work();
  } finally {
    fresh = false;
  }
}

/** What the address says besides the experiment. @param {string} query with its question mark, or empty @param {boolean} [place] whether it is a place of its own */
export function queried(query, place = false) {
  if (query === location.search) return;
  write(place ? 'pushState' : 'replaceState', place ? null : window.history.state, location.pathname + query + location.hash);
}

/** A sheet opens over the page. @param {string} name @param {() => void} close */
export function enter(name, close) {
  open = { name, close };
  if (!leaving) write('pushState', { sheet: name }, location.href);
}

/** It has closed. @param {string} name */
export function leave(name) {
  if (open?.name === name) open = null;
  if (window.history.state?.sheet !== name || leaving) return;
  leaving = location.href;
  window.history.back();
}

/** The place before a sheet takes over the address of the sheet's, whose hash may be another: the browser then tells of a hash that is no new document. @param {string} left */
function stay(left) {
  const { search, hash } = new URL(left, location.href);
  ignored = hash !== location.hash;
  write('replaceState', null, location.pathname + search + current);
}

addEventListener('popstate', ({ state }) => {
  if (leaving) {
    stay(leaving);
    leaving = '';
    // One that opened meanwhile.
    if (open) write('pushState', { sheet: open.name }, location.href);
  } else if (open && state?.sheet !== open.name) {
    const { close } = open;
    open = null;
    stay(at(current));
    close();
  }
});

/** Hears of another experiment in the address. @param {(hash: string) => void} hear */
export function hearAddress(hear) {
  addEventListener('hashchange', (event) => {
    const was = ignored;
    ignored = false;
    // The event's own address: a change that was just being applied may have written its own since.
    if (!was) hear(new URL(event.newURL).hash);
  });
}
