/** Every string of the page: `key: [English, 中文]`, side by side, one file a part of the page. The files are found by themselves (`package.json` says by what). */
import { parts } from '#words';

/** @type {Record<string, [string, string]>} */
export const words = Object.assign({}, ...Object.values(parts));

/** Keys that two parts use, of which one would be lost. */
export const twice = Object.values(parts)
  .flatMap((part) => Object.keys(part))
  .filter((key, at, all) => all.indexOf(key) !== at);

/** @param {0 | 1} which @returns {Record<string, string>} */
const pick = (which) => Object.fromEntries(Object.entries(words).map(([key, pair]) => [key, pair[which]]));

export const en = pick(0);
export const zh = pick(1);
