/** The lessons in the order of the list: one file each, one line here. They know no page; `tests/lessons.mjs` runs every step on the engine. */
import augmentation from './augmentation.js';
import batchNorm from './batch-norm.js';
import earlyStopping from './early-stopping.js';
import gradientDescent from './gradient-descent.js';
import initialisation from './initialisation.js';
import learningRate from './learning-rate.js';
import momentumAdam from './momentum-adam.js';
import overfitting from './overfitting.js';
import residual from './residual.js';
import schedules from './schedules.js';
import transfer from './transfer.js';
import trees from './trees.js';

/**
 * @typedef {import('./measure.js').Pair} Pair
 * @typedef {import('./measure.js').Run} Run
 * @typedef {{
 *   title: Pair, text: Pair,
 *   runs: readonly {name: Pair, experiment: import('../boundary').Document}[],
 *   stage: 'chart' | 'map' | 'model',
 *   shown: string[],
 *   question: Pair, answers: readonly Pair[],
 *   teaches: number,
 *   outcome: (runs: Run[]) => number,
 *   measured: (runs: Run[]) => Pair,
 *   because: Pair,
 *   try?: Pair,
 *   pretrained?: {file: string, experiment: import('../boundary').Document},
 *   finish?: {metric: string, value: number},
 * }} Step
 *   `runs`: what is set up, as differences from the defaults; `stage`: the panel that matters, the largest before a class; `shown`: settings that stand beside the lesson, by their paths; `outcome`: which of the
 *   answers the finished runs give, -1 for none; `teaches`: which one they give as they are set up, and `because` why; `measured`: what was measured;
 *   `pretrained`: a run that comes first, whose weights are kept as a file; `finish`: the finish line of the race
 * @typedef {{id: string, minutes: number, title: Pair, about: Pair, steps: Step[]}} Lesson
 */

/** @type {Lesson[]} */
export const lessons = [
  gradientDescent,
  learningRate,
  momentumAdam,
  schedules,
  earlyStopping,
  overfitting,
  batchNorm,
  initialisation,
  augmentation,
  residual,
  transfer,
  trees,
];
