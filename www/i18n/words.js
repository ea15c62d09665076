/** Every string of the page: `key: [English, 中文]`, side by side, one file a part of the page. */
import answer from './words/answer.js';
import augment from './words/augment.js';
import bar from './words/bar.js';
import data from './words/data.js';
import files from './words/files.js';
import form from './words/form.js';
import glossary from './words/glossary.js';
import history from './words/history.js';
import inside from './words/inside.js';
import keys from './words/keys.js';
import lessons from './words/lessons.js';
import metrics from './words/metrics.js';
import model from './words/model.js';
import parts from './words/parts.js';
import race from './words/race.js';
import stage from './words/stage.js';
import status from './words/status.js';
import studies from './words/studies.js';
import surfaces from './words/surfaces.js';
import way from './words/way.js';

const PARTS = [
  bar,
  files,
  form,
  model,
  answer,
  metrics,
  history,
  stage,
  status,
  parts,
  glossary,
  inside,
  augment,
  data,
  race,
  keys,
  lessons,
  studies,
  surfaces,
  way,
];

export const words = {
  ...bar,
  ...files,
  ...form,
  ...model,
  ...answer,
  ...metrics,
  ...history,
  ...stage,
  ...status,
  ...parts,
  ...glossary,
  ...inside,
  ...augment,
  ...data,
  ...race,
  ...keys,
  ...lessons,
  ...studies,
  ...surfaces,
  ...way,
};

/** Keys that two parts use, of which one would be lost. */
export const twice = PARTS.flatMap((part) => Object.keys(part)).filter((key, at, all) => all.indexOf(key) !== at);

/** @param {0 | 1} which @returns {Record<keyof typeof words, string>} */
const pick = (which) => /** @type {any} */ (Object.fromEntries(Object.entries(words).map(([key, pair]) => [key, pair[which]])));

export const en = pick(0);
export const zh = pick(1);
