/** Challenges: reach the target in the fewest updates. Data, split and seed are given, everything else is free. `tests/lessons.mjs` reaches each one. */
import { familyOf, settingsOf } from '../family.js';
import { complete, overlay } from '../experiment.js';

/** @typedef {import('../boundary').Document} Document */
/** @typedef {import('../boundary').Schema} Schema */

/**
 * `given`: what must stay, as differences from the defaults; `begin`: where one starts, beside it; `par`: settings that reach the target, and after how
 * many updates they do.
 * @typedef {import('../lessons/measure.js').Pair} Pair
 * @typedef {{id: string, title: Pair, about: Pair, given: Document, begin?: Document, target: {metric: string, value: number}, par: {experiment: Document, updates: number}}} Challenge
 */

/** @param {Document[]} layers @param {Document} [settings] */
const net = (layers, settings = {}) => ({ learner: { net: { layers, ...settings } } });
/** @param {number} units @param {string} activation */
const dense = (units, activation) => ({ dense: { units, activation: { [activation]: {} } } });
/** Measured at every update: who measures once an epoch crosses the line unseen. */
const often = { stop: { evaluate_every: { updates: { every: 1 } }, early_stopping: { off: {} }, max_updates: 4000 } };

/** @type {Challenge[]} */
export const challenges = [
  {
    id: 'spiral',
    title: ['The spiral', '螺旋'],
    about: ['Two arms, wound around each other.', '两条互相缠绕的旋臂。'],
    given: { seed: 0, data: { spiral: { samples: 500, noise: 0.1 } } },
    target: { metric: 'accuracy', value: 0.95 },
    par: {
      experiment: {
        ...net([dense(32, 'relu'), dense(32, 'relu')], { initialiser: { he_uniform: {} }, optimizer: { adam: { learning_rate: 0.02 } } }),
        ...often,
      },
      updates: 391,
    },
  },
  {
    id: 'moons',
    title: ['Moons in fog', '雾中的月牙'],
    about: [
      'Ninety noisy samples to learn from: easy to learn by heart, and then the validation loss never comes down to 0.3. The loss stays as it is.',
      '只有九十个带噪声的样本可学：背下来容易，可那样验证损失就永远降不到 0.3。损失函数保持不变。',
    ],
    given: { seed: 0, data: { moons: { samples: 150, noise: 0.35 } }, split: { validation: 0.4, test: 0 } },
    target: { metric: 'loss', value: 0.3 },
    par: { experiment: { ...net([dense(32, 'relu')], { optimizer: { adam: { learning_rate: 0.05 } }, l2: 0.01 }), ...often }, updates: 55 },
  },
  {
    id: 'digits',
    title: ['Digits', '手写数字'],
    about: ['Six hundred handwritten digits of 8 × 8 pixels.', '六百个 8 × 8 像素的手写数字。'],
    given: { seed: 0, data: { digits: { samples: 600 } } },
    begin: net([{ flatten: {} }, dense(32, 'relu')]),
    target: { metric: 'accuracy', value: 0.95 },
    par: {
      experiment: {
        ...net([{ flatten: {} }, dense(64, 'relu')], { initialiser: { he_uniform: {} }, optimizer: { adam: { learning_rate: 0.01 } } }),
        ...often,
      },
      updates: 42,
    },
  },
  {
    id: 'curve',
    title: ['A fine curve', '精确的曲线'],
    about: ['A noisy curve, to be met with a root mean square error of at most 0.25.', '一条带噪声的曲线，要求均方根误差不超过 0.25。'],
    given: { seed: 0, data: { curve: { samples: 500, noise: 0.1 } } },
    target: { metric: 'rmse', value: 0.25 },
    par: {
      experiment: { ...net([dense(32, 'tanh'), dense(32, 'tanh')], { optimizer: { adam: { learning_rate: 0.02 } } }), ...often },
      updates: 166,
    },
  },
  {
    id: 'wine',
    title: ['Wine, as it came', '原样的葡萄酒'],
    about: [
      'Thirteen measurements of very different sizes tell three cultivars apart. Preparing them is allowed.',
      '用大小悬殊的十三项测量值区分三个品种。可以先处理数据。',
    ],
    given: { seed: 0, data: { wine: {} } },
    target: { metric: 'accuracy', value: 0.96 },
    par: {
      experiment: { ...net([], { optimizer: { adam: { learning_rate: 0.05 } } }), prepare: { scale: 'standard' }, ...often },
      updates: 42,
    },
  },
  {
    id: 'shapes',
    title: ['Few pictures', '寥寥几张图'],
    about: [
      'Noisy pictures of four shapes, sixty to learn from. Look at augmentation.',
      '四种形状的带噪声图片，只有六十张可学。看看数据增强。',
    ],
    given: { seed: 0, data: { shapes: { samples: 150, noise: 0.2 } }, split: { validation: 0.4, test: 0.2 } },
    begin: net([{ flatten: {} }, dense(32, 'relu')]),
    target: { metric: 'accuracy', value: 0.8 },
    par: {
      experiment: {
        ...net([{ flatten: {} }, dense(64, 'relu')], { optimizer: { adam: { learning_rate: 0.003 } } }),
        augment: [{ shift: { share: 0.15 } }, { zoom: { range: 0.2 } }],
        ...often,
      },
      updates: 249,
    },
  },
];

/** The whole document of a challenge with somebody's settings. @param {Schema} schema @param {Document} defaults @param {Challenge} challenge @param {Document} [own] differences from the defaults */
export const documentOf = (schema, defaults, challenge, own = { ...often, ...challenge.begin }) =>
  complete(schema, overlay(overlay(defaults, own), challenge.given));

/** What of a document the rules fix, by its path: whoever cleans the rows chooses on which ones they are judged. */
const FIXED = ['seed', 'data', 'split', 'prepare.damage', 'prepare.clean'];

/** Where the target is a loss, what it is a loss of is fixed too: the focal loss of a model that knows nothing is a sixth of its cross-entropy. */
const FIXED_LOSS = ['loss', 'class_weights'];

/** What stays as given. @param {Challenge} challenge @param {Document} document @returns {[name: string, what: string][]} */
const fixed = ({ target }, document) => [
  ...FIXED.map((path) => /** @type {[string, string]} */ ([path, part(document, path)])),
  ...(target.metric === 'loss' ? FIXED_LOSS : []).map(
    (key) => /** @type {[string, string]} */ ([key, JSON.stringify(settingsOf(document)[key])]),
  ),
];

/** Words for what is fixed. @type {Record<string, Pair>} */
const NAMES = {
  seed: ['the seed', '随机种子'],
  data: ['the data', '数据'],
  split: ['the split', '划分'],
  'prepare.damage': ['the damage to the samples', '对样本的损坏'],
  'prepare.clean': ['the cleaning of the samples', '对样本的清洗'],
  loss: ['the loss', '损失函数'],
  class_weights: ['the class weights', '类别权重'],
};

/** Changes on the way that a document does not hold: a link could not replay them. @type {Record<string, Pair>} */
const BY_HAND = {
  rate: ['the learning rate was changed while it trained', '训练途中改过学习率'],
  settings: ['settings were changed while it trained', '训练途中改过设置'],
  by_hand: ['a weight was set by hand', '手动设置过权重'],
  put_back: ['the best checkpoint was restored while it trained', '训练途中恢复过最佳检查点'],
};

/** @param {Document} document @param {string} path */
const part = (document, path) => JSON.stringify(path.split('.').reduce((at, key) => at?.[key], document));

/**
 * Why a run does not count; empty where it does. @param {Schema} schema @param {Document} defaults @param {Challenge} challenge
 * @param {{experiment: Document, marks: {why: string}[], forked: boolean}} run @returns {Pair[]}
 */
export function against(schema, defaults, challenge, { experiment, marks, forked }) {
  const asked = documentOf(schema, defaults, challenge);
  const given = Object.fromEntries(fixed(challenge, asked));
  const other = fixed(challenge, experiment)
    .filter(([name, what]) => what !== given[name])
    .map(([name]) => /** @type {Pair} */ ([`${NAMES[name][0]} must stay as given`, `${NAMES[name][1]}必须保持给定的样子`]));
  const byHand = [...new Set(marks.map(({ why }) => why))].flatMap((why) => (BY_HAND[why] ? [BY_HAND[why]] : []));
  /** @type {Pair[]} */
  const more = [];
  if (familyOf(experiment) !== familyOf(asked))
    more.push([
      'only models of the kind that it begins with count: an update of another is another thing',
      '只有与开始时同类的模型计分：其他模型的一次更新不是一回事',
    ]);
  if (settingsOf(experiment).transfer?.file) more.push(['weights from a file are not allowed', '不允许使用文件中的权重']);
  if (forked) more.push(['it left another run on the way', '它是从另一个运行中途分出来的']);
  return [...other, ...byHand, ...more];
}

/** What counts: updates, and for optimizers that look at the loss more than once an update every gradient that they took. @param {{update: number, gradients: number}} arrival */
export const score = ({ update, gradients }) => Math.max(update, gradients || 0);
