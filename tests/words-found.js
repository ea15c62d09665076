/** What Vite finds for the page by `import.meta.glob` in `www/i18n/found.js`, for tests in Node. */
import { readdirSync } from 'node:fs';

const www = new URL('../www/', import.meta.url);
const found = [
  ...readdirSync(new URL('i18n/words/', www)).map((name) => `i18n/words/${name}`),
  ...['page', 'views'].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, www), { recursive: true })
      .map((name) => `${folder}/${String(name).replaceAll('\\', '/')}`)
      .filter((path) => path.endsWith('/words.js')),
  ),
].sort();

/** @type {Record<string, Record<string, [string, string]>>} */
export const parts = Object.fromEntries(
  await Promise.all(found.map(async (path) => [path, (await import(new URL(path, www).href)).default])),
);
