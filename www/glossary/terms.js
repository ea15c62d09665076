/** All entries of the glossary, by topic. What they say is in the files of the topics; here is their order and nothing else. */
import augment from './augment.js';
import comparing from './comparing.js';
import curvature from './curvature.js';
import generating from './generating.js';
import images from './images.js';
import inside from './inside.js';
import judging from './judging.js';
import network from './network.js';
import optimizers from './optimizers.js';
import preparing from './preparing.js';
import rows from './rows.js';
import sequences from './sequences.js';
import studies from './studies.js';
import surfaces from './surfaces.js';
import training from './training.js';

/**
 * @typedef {[en: string, zh: string]} Pair
 * @typedef {{id: string, name: Pair, text: Pair, where: Pair, formula?: string | Pair, see?: string[]}} Term `formula` as a pair where it holds words, `where` it is seen in Descent, `see` other entries
 */

/** @type {{topic: 'topicTraining' | 'topicOptimizers' | 'topicNetwork' | 'topicJudging' | 'topicRows', terms: Term[]}[]} */
export const topics = [
  { topic: 'topicTraining', terms: training },
  { topic: 'topicOptimizers', terms: [...optimizers, ...curvature, ...surfaces] },
  { topic: 'topicNetwork', terms: [...network, ...images, ...sequences, ...generating, ...inside] },
  { topic: 'topicJudging', terms: [...judging, ...comparing, ...studies] },
  { topic: 'topicRows', terms: [...rows, ...preparing, ...augment] },
];

export const all = topics.flatMap(({ terms }) => terms);
