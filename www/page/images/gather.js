/** Which images a person gave, and of which class each is: by the folder that it lies in, or by its name. Knows files and nothing else. */

/** @typedef {{path: string, file: File}} Found `path` as it was given, folders included */
/** @typedef {{path: string, file: File, label: string}} Labelled */

const IMAGE = /\.(png|jpe?g|webp|gif|bmp)$/i;

/** What can be opened as an image, by its name: other files lie beside images in many folders. @param {string} name */
export const isImage = (name) => IMAGE.test(name);

/** Of a chooser of files or of a folder. @param {ArrayLike<File>} files @returns {Found[]} */
export const chosen = (files) => Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, file }));

/** What was dropped, files of folders within folders included. Entries live as long as the event: they are taken at once. @param {DataTransfer} held @returns {Promise<Found[]>} */
export async function dropped(held) {
  const entries = Array.from(held.items, (item) => item.webkitGetAsEntry?.() ?? null);
  if (!entries.length || entries.some((entry) => !entry)) return chosen(held.files);
  const found = /** @type {Found[]} */ ([]);
  const open = /** @type {FileSystemEntry[]} */ (entries.slice());
  for (let entry = open.pop(); entry; entry = open.pop()) {
    const here = entry;
    if (here.isFile)
      found.push({
        path: here.fullPath.replace(/^\//, ''),
        file: await new Promise((done, fail) => /** @type {FileSystemFileEntry} */ (here).file(done, fail)),
      });
    else open.push(...(await contents(/** @type {FileSystemDirectoryEntry} */ (here))));
  }
  return found;
}

/** A folder is read in pieces, until one is empty. @param {FileSystemDirectoryEntry} folder @returns {Promise<FileSystemEntry[]>} */
async function contents(folder) {
  const reader = folder.createReader();
  const all = [];
  for (;;) {
    const some = /** @type {FileSystemEntry[]} */ (await new Promise((done, fail) => reader.readEntries(done, fail)));
    if (!some.length) return all;
    all.push(...some);
  }
}

/** The class that a name begins with: up to the first digit, underscore or blank. @param {string} name */
export function prefix(name) {
  const stem = name.replace(IMAGE, '');
  return stem.split(/[\d_\s]/)[0].replace(/[-.(]+$/, '') || stem;
}

/** @param {string} path */
const folderOf = (path) => path.split('/').at(-2) ?? '';

/** Images with their classes, in the order of their paths. Folders are classes where there are several; else names tell. @param {Found[]} found @returns {Labelled[]} */
export function labelled(found) {
  const images = found
    .filter(({ path }) => isImage(path) && !/(^|\/)[._]/.test(path))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const folders = new Set(images.map(({ path }) => folderOf(path))).size > 1;
  return images.map(({ path, file }) => ({ path, file, label: (folders && folderOf(path)) || prefix(path.split('/').at(-1) ?? path) }));
}

/** Images of each class, classes in order. @param {Labelled[]} images @returns {[string, number][]} */
export function counted(images) {
  const counts = new Map();
  for (const { label } of images) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
