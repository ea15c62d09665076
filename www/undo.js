/**
 * Undo and redo of the experiment, as a bounded stack of documents. It watches the draft, so whatever changes it – a field, a file, a link,
 * the dice – can be taken back; going back is a change like any other: live where the engine can, otherwise a restart.
 */
import { computed, effect, signal } from '@preact/signals';
import { replace } from './documents.js';
import { draft, entries, selected } from './state.js';

/** @typedef {import('./boundary').Document} Document */

/** Documents that are kept. */
const MOST = 200;
/** Changes of the same field closer together than this are one: a slider that is dragged. */
const TOGETHER = 600;

const past = signal(/** @type {Document[]} */ ([]));
const future = signal(/** @type {Document[]} */ ([]));

/** Where the last undo or redo changed the experiment, so that it can be shown there. */
export const returned = signal({ where: '' });

export const canUndo = computed(() => past.value.length > 0);
export const canRedo = computed(() => future.value.length > 0);

/** The one field in which two documents differ, by name; the place around it where several do. @param {Document} a @param {Document} b @returns {string} */
function whereDiffers(a, b) {
  const plain = (/** @type {Document} */ it) => it && typeof it === 'object';
  if (!plain(a) || !plain(b)) return '';
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]));
  return keys.length === 1 ? `${keys[0]}.${whereDiffers(a[keys[0]], b[keys[0]])}` : '';
}

/** What changes next is a step of its own, however soon it follows. */
export const apart = () => void (last = { where: '', time: 0 });

let before = /** @type {Document} */ (null);
/** The newest change: its field and when. */
let last = { where: '', time: 0 };
/** Going back is not recorded as a change. */
let moving = false;

/** @param {Document} now */
function record(now) {
  if (moving || JSON.stringify(now) === JSON.stringify(before)) return;
  const where = whereDiffers(before, now);
  const time = performance.now();
  const together = where !== '' && where === last.where && time - last.time < TOGETHER && past.peek().length > 0;
  if (together && JSON.stringify(now) === JSON.stringify(past.peek().at(-1))) past.value = past.peek().slice(0, -1);
  else if (!together) past.value = [...past.peek().slice(1 - MOST), before];
  future.value = [];
  last = { where, time };
}

/** What can be taken back in runs that are not selected. @type {Map<number, [Document[], Document[]]>} */
const stacks = new Map();

const keyNow = () => entries.peek()[selected.peek()]?.key ?? 0;

/** Takes back what came to nothing: neither the newest change nor its end is a step, however soon it ended. @param {() => boolean} end true where the draft had changed */
export function withdraw(end) {
  moving = true;
  try {
    if (end()) past.value = past.peek().slice(0, -1);
  } finally {
    moving = false;
  }
}

/** Begins to watch; what stands there now is where it all starts. */
export function watch() {
  before = draft.peek();
  let run = keyNow();
  effect(() => {
    const now = draft.value;
    const key = keyNow();
    if (key === run) record(now);
    else {
      // Each run has its own past.
      stacks.set(run, [past.peek(), future.peek()]);
      [past.value, future.value] = stacks.get(key) ?? [[], []];
      last = { where: '', time: 0 };
      run = key;
    }
    before = now;
  });
}

/** @param {typeof past} from @param {typeof past} to */
function move(from, to) {
  const target = from.value.at(-1);
  if (!target) return;
  from.value = from.value.slice(0, -1);
  to.value = [...to.value, draft.value];
  last = { where: '', time: 0 };
  returned.value = { where: whereDiffers(draft.value, target) };
  moving = true;
  try {
    replace(target);
  } finally {
    moving = false;
  }
}

export const undo = () => move(past, future);
export const redo = () => move(future, past);

/** Fields where the browser undoes typing itself. @param {EventTarget | null} target */
const types = (target) =>
  target instanceof Element &&
  target.matches('textarea, [contenteditable], input:not([type=range], [type=checkbox], [type=radio], [type=file], [type=button])');

/** Ctrl or ⌘ with Z, Shift Z or Y. @param {KeyboardEvent} event */
export function undoKeys(event) {
  const key = event.key.toLowerCase();
  if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== 'z' && key !== 'y') || types(event.target)) return;
  event.preventDefault();
  if (key === 'y' || event.shiftKey) redo();
  else undo();
}
