/** Files that the user brings: experiments, weights, tables, texts, images. They are read with their progress, and reading can be cancelled. */
import { batch, effect } from '@preact/signals';
import { asPlace } from './address.js';
import { change, giveUp, keepDraft, openDocument, replace, tellError } from './documents.js';
import { Cancelled, engine } from './engine.js';
import { complete, defaultsOf } from './experiment.js';
import { pathIn, settingsOf } from './family.js';
import { short } from './format.js';
import { both } from './i18n/index.js';
import * as kept from './kept.js';
import * as missing from './missing.js';
import { filesNamed } from './named.js';
import * as state from './state.js';

/** Where a file was not UTF-8, that is said once it was taken over. @param {File} file */
function tellEncoding(file) {
  const encoding = encodings.get(file.name);
  if (encoding && encoding !== 'utf-8' && !state.issues.value.length) state.notice.value = both('readAs', { name: file.name, encoding });
}

/** The encoding of each file that was kept. @type {Map<string, string | null>} */
const encodings = new Map();

/** Files that the engine got since the reading began, by the names under which it has them. @type {string[]} */
const arrived = [];

/** How much of the time goes into the encoding; the rest is the engine's. */
const DECODING = 0.1;

/** Reads a file and takes it over. @param {string} name @param {() => Promise<unknown>} work */
async function read(name, work) {
  state.notice.value = both('reading', { name: short(name) });
  state.reading.value = { name, share: 0, before: state.draft.value };
  arrived.length = 0;
  try {
    await work();
    // What was cancelled is not kept.
    if (state.reading.value?.name === name) arrived.forEach(stow);
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

/** The page has an experiment. Files that come before that wait for it. */
const begun = new Promise((resolve) => {
  const stop = effect(() => {
    if (!state.begun.value) return;
    resolve(null);
    queueMicrotask(() => stop());
  });
});

/** Waits until the page has an experiment, and says that a file waits. @param {string} name */
export async function whenBegun(name) {
  if (state.begun.value) return;
  state.notice.value = both('fileWaits', { name: short(name) });
  await begun;
}

/** Keeps a file under a name for experiments that read it, its own where no other is said; false, and why, where it is too large. @param {File} file @param {number} largest in bytes @param {string} [name] */
async function keep(file, largest, name = file.name) {
  // Larger files are named without being read: they may not fit into memory.
  if (file.size > largest) {
    tooLarge(file.name, file.size, largest);
    return false;
  }
  const bytes = await file.arrayBuffer();
  if (!state.reading.value) throw new Cancelled();
  encodings.set(file.name, await engine.attach(name, new Uint8Array(bytes)));
  arrived.push(name);
  return true;
}

/** Keeps a file that the engine has in the browser, too, while the page goes on; where there is no room, that is said. @param {string} name */
async function stow(name) {
  const bytes = engine.files().get(name);
  if (!bytes) return;
  const needed = [state.draft.value, ...state.entries.value.map(({ experiment }) => experiment)].flatMap((experiment) =>
    filesNamed(state.schema.value, experiment).map((file) => file.name),
  );
  const gone = await kept.keep(name, bytes, needed);
  if (gone.length) state.notice.value = both('filesGaveWay', { name: short(name), others: gone.map((other) => short(other)).join(', ') });
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
export async function loadText(text) {
  await whenBegun('pasted.csv');
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

/** Which kind a file is, by its name: weights, or rows. @param {string} name */
const kindOf = (name) => (/\.safetensors$/i.test(name) ? 'weights' : 'rows');

/** An experiment, a file that the document waits for, weights, a passage where the rows are text, or a table, by the file's name. @param {File} file */
export async function loadFile(file) {
  await whenBegun(file.name);
  const name = file.name.toLowerCase();
  if (name.endsWith('.json')) {
    return read(file.name, async () => {
      if (file.size > DOCUMENT) return tooLarge(file.name, file.size, DOCUMENT);
      const text = await file.text();
      await asPlace(() => openDocument(text));
    });
  }
  const asked = state.waiting.value?.absent.filter((absent) => kindOf(absent.name) === kindOf(name)) ?? [];
  const wanted = asked.find((absent) => absent.name === file.name);
  if (wanted) return loadMissing(file, wanted.name);
  // It may be the same file under another name, as browsers number them.
  if (asked.length) return void (state.doubtful.value = { file, name: asked[0].name });
  return loadNew(file);
}

/** A file that no document waits for. @param {File} file */
export function loadNew(file) {
  state.doubtful.value = null;
  const name = file.name.toLowerCase();
  return read(file.name, async () => {
    if (name.endsWith('.safetensors')) return await loadWeights(file);
    if (name.endsWith('.txt') && state.draft.value.data.text) {
      if (!(await keep(file, state.schema.value.$defs.Own.properties.path['x-largest-bytes']))) return;
      await change(['data', 'text', 'passage'], { file: { path: file.name } }, true);
      return tellEncoding(file);
    }
    if (!(await keep(file, state.schema.value.$defs.Csv.properties.path['x-largest-bytes']))) return;
    state.section.value = 'data';
    state.shown.value++;
    const data = { csv: await settingsFor(file.name) };
    const next = () => replace(complete(state.schema.value, { ...structuredClone(state.draft.value), data }), true);
    // The same file again is the same document.
    await (state.draft.value.data.csv?.path === file.name ? next() : asPlace(next));
    tellEncoding(file);
  });
}

/** The file that the document waits for, under whatever name it has here: with it everything that the document says goes on. @param {File} file @param {string} name the document's */
export function loadMissing(file, name) {
  const { waiting, doubtful } = state;
  const document = waiting.value;
  const absent = document?.absent.find((other) => other.name === name);
  doubtful.value = null;
  if (!document || !absent) return loadNew(file);
  return read(file.name, async () => {
    if (!(await keep(file, absent.largest, name))) return;
    const { json, draft } = document;
    const touched = draft !== null && draft !== state.draft.value;
    batch(() => {
      waiting.value = null;
      state.rejected.value = [];
    });
    state.section.value = 'data';
    state.shown.value++;
    // What was changed in the form meanwhile counts.
    if (touched) await replace(state.draft.value, true);
    else if (!(await openDocument(json)) && draft) {
      keepDraft(json, state.rejected.value);
      missing.shown();
    }
    if (state.rejected.value.length || state.issues.value.length) return;
    if (file.name === name) tellEncoding(file);
    else state.notice.value = both('fileStandsIn', { file: short(file.name), name: short(name) });
  });
}

/**
 * How a table is read that takes the place of another. The same file again, and one that has every column that the settings name, is read as the settings
 * say; of another one nothing is known. @param {string} path
 */
async function settingsFor(path) {
  const { csv } = state.draft.value.data;
  const fresh = { path, target: '', task: 'auto' };
  if (!csv) return fresh;
  const same = { ...structuredClone(csv), path };
  if (csv.path === path) return same;
  const named = [csv.target, ...csv.columns.map((/** @type {import('./boundary').Document} */ { column }) => column)].filter(Boolean);
  if (!named.length) return fresh;
  const { reading } = await engine.overview(JSON.stringify({ data: { csv: same } }));
  const there = new Set(reading?.columns.map(({ name }) => name));
  return named.every((name) => there.has(name.trim())) ? same : fresh;
}

/** A table that the page made of images. @param {string} path @param {Uint8Array} bytes @param {{channels: number, height: number}} image how the pixels lie */
export function takeImages(path, bytes, image) {
  return read(path, async () => {
    await engine.attach(path, bytes);
    arrived.push(path);
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
  stow(name);
}

/** @param {File} file */
async function loadWeights(file) {
  const { transfer } = settingsOf(state.draft.value);
  if (!transfer) {
    state.rejected.value = [{ path: file.name, message: both('weightsWhere') }];
    return;
  }
  if (!(await keep(file, state.schema.value.$defs.SavedWeights.properties.path['x-largest-bytes']))) return;
  state.section.value = 'model';
  const { which = { all: {} } } = transfer.file ?? {};
  await change(pathIn(state.draft.value, 'transfer'), { file: { path: file.name, which } }, true);
}
