/** Files that the user brings: experiments, weights, tables, texts, images. They are read with their progress, and reading can be cancelled. */
import { batch } from '@preact/signals';
import { asPlace } from './address.js';
import { change, giveUp, openDocument, replace, tellError } from './documents.js';
import { Cancelled, engine } from './engine.js';
import { complete, defaultsOf } from './experiment.js';
import { short } from './format.js';
import { both } from './i18n/index.js';
import * as state from './state.js';

/** Where a file was not UTF-8, that is said once it was taken over. @param {File} file */
function tellEncoding(file) {
  if (encodings.get(file.name) === 'gb18030' && !state.issues.value.length) state.notice.value = both('asGb18030', { name: file.name });
}

/** The encoding of each file that was kept. @type {Map<string, string | null>} */
const encodings = new Map();

/** How much of the time goes into the encoding; the rest is the engine's. */
const DECODING = 0.1;

/** Reads a file and takes it over. @param {string} name @param {() => Promise<any>} work */
async function read(name, work) {
  state.notice.value = both('reading', { name: short(name) });
  state.reading.value = { name, share: 0, before: state.draft.value };
  try {
    await work();
  } catch (error) {
    tellError(error);
  } finally {
    state.reading.value = null;
  }
}

/** @param {string} call @param {number} share */
export function hearReading(call, share) {
  if (!state.reading.value) return;
  const all = call === 'attach' ? DECODING * share : DECODING + (1 - DECODING) * share;
  if (all < state.reading.value.share) return;
  state.reading.value = { ...state.reading.value, share: all };
  // What follows on the last row: the split, the steps, the first evaluation.
  if (share === 1 && call !== 'attach') state.notice.value = both('preparing', { name: short(state.reading.value.name) });
}

/** Ends the reading of a file: the experiment before it comes back. True where the draft was already another. */
export function cancelReading() {
  if (!state.reading.value) return false;
  const { name, before } = state.reading.value;
  const changed = state.draft.value !== before;
  encodings.delete(name);
  giveUp();
  engine.cancel({ file: true });
  batch(() => {
    state.reading.value = null;
    state.draft.value = before;
    state.notice.value = both('readingCancelled', { name: short(name) });
  });
  return changed;
}

/** Keeps a file under its name for experiments that read it; false, and why, where it is too large. @param {File} file @param {number} largest in bytes */
async function keep(file, largest) {
  // Larger files are named without being read: they may not fit into memory.
  if (file.size > largest) {
    tooLarge(file.name, file.size, largest);
    return false;
  }
  const bytes = await file.arrayBuffer();
  if (!state.reading.value) throw new Cancelled();
  encodings.set(file.name, await engine.attach(file.name, new Uint8Array(bytes)));
  return true;
}

/** Bytes of a saved experiment and characters of a pasted table at most: no experiment has so many, and larger ones hold up the page. */
const DOCUMENT = 4 << 20;

/** @param {string} path @param {number} size @param {number} largest in bytes */
function tooLarge(path, size, largest) {
  state.notice.value = '';
  state.rejected.value = [
    { path: short(path), message: both('tooLarge', { most: +(largest / 2 ** 20).toFixed(1), size: +(size / 2 ** 20).toFixed(1) }) },
  ];
}

/** A table as text, from the clipboard. @param {string} text */
export function loadText(text) {
  const largest = state.schema.value.$defs.Csv.properties.path['x-largest-bytes'];
  if (text.length > largest) return tooLarge('pasted.csv', text.length, largest);
  return loadFile(new File([text], 'pasted.csv', { type: 'text/csv' }));
}

/** A file for the setting that names it. @param {(string | number)[]} path @param {File} file @param {number} largest in bytes */
export function chooseFile(path, file, largest) {
  return read(file.name, async () => {
    if (!(await keep(file, largest))) return;
    await change(path, file.name, true);
    tellEncoding(file);
  });
}

/** An experiment, weights, a passage where the rows are text, or a table, by the file's name. @param {File} file */
export function loadFile(file) {
  const name = file.name.toLowerCase();
  return read(file.name, async () => {
    if (name.endsWith('.json')) {
      if (file.size > DOCUMENT) return tooLarge(file.name, file.size, DOCUMENT);
      const text = await file.text();
      return await asPlace(() => openDocument(text));
    }
    if (name.endsWith('.safetensors')) return await loadWeights(file);
    if (name.endsWith('.txt') && state.draft.value.data.text) {
      if (!(await keep(file, state.schema.value.$defs.Own.properties.path['x-largest-bytes']))) return;
      await change(['data', 'text', 'passage'], { file: { path: file.name } }, true);
      return tellEncoding(file);
    }
    if (!(await keep(file, state.schema.value.$defs.Csv.properties.path['x-largest-bytes']))) return;
    state.section.value = 'data';
    const data = { csv: { path: file.name, target: '', task: 'auto' } };
    await asPlace(() => replace(complete(state.schema.value, { ...structuredClone(state.draft.value), data }), true));
    // Gaps are dealt with where rows are prepared.
    if (state.issues.value.length && state.issues.value.every(({ path }) => path.startsWith('prepare'))) state.section.value = 'prepare';
    tellEncoding(file);
  });
}

/** A table that the page made of images. @param {string} path @param {Uint8Array} bytes @param {{channels: number, height: number}} image how the pixels lie */
export function takeImages(path, bytes, image) {
  return read(path, async () => {
    await engine.attach(path, bytes);
    state.section.value = 'data';
    await change(
      ['data'],
      { csv: { ...defaultsOf(state.schema.value.$defs.Csv), path, target: 'class', task: 'classification', layout: { image } } },
      true,
    );
  });
}

/** Keeps the present weights as a file of this name, for a network to begin with. @param {string} name */
export async function keepWeights(name) {
  await engine.attach(name, await engine.tensors(state.selected.value));
}

/** @param {File} file */
async function loadWeights(file) {
  const { net } = state.draft.value.learner;
  if (!net) {
    state.rejected.value = [{ path: file.name, message: both('weightsWhere') }];
    return;
  }
  if (!(await keep(file, state.schema.value.$defs.SavedWeights.properties.path['x-largest-bytes']))) return;
  state.section.value = 'model';
  const { which = { all: {} } } = net.transfer.file ?? {};
  await change(['learner', 'net', 'transfer'], { file: { path: file.name, which } }, true);
}
