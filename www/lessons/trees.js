/** Bias and variance, seen on decision trees. Geman, Bienenstock & Doursat (1992); Breiman et al., CART (1984). */
import { experiment } from './documents.js';
import { last, most, percent } from './measure.js';

const tree = (/** @type {import('../boundary').Document} */ settings) =>
  experiment(
    { data: { moons: { noise: 0.45, samples: 1000 } }, split: { validation: 0.4, test: 0 } },
    { learner: { tree: { max_depth: 20, max_leaves: 512, ...settings } }, stop: { early_stopping: { off: {} } } },
  );
const held = (/** @type {import('./measure.js').Run} */ run) => last(run, 'validation.accuracy');
const own = (/** @type {import('./measure.js').Run} */ run) => last(run, 'train.accuracy');

/** @param {import('./measure.js').Run} run @returns {import('./measure.js').Pair} */
const both = (run) => [
  `${percent(own(run))} of the training samples right, ${percent(held(run))} of the validation samples.`,
  `训练样本答对 ${percent(own(run))}，验证样本答对 ${percent(held(run))}。`,
];

/** @type {import('./index.js').Lesson} */
export default {
  id: 'trees',
  minutes: 5,
  title: ['Bias and variance, with trees', '用决策树看偏差与方差'],
  about: ['Too simple, too flexible, and the best in between.', '太简单、太灵活，最好在中间。'],
  steps: [
    {
      title: ['One question', '一个问题'],
      text: [
        'A decision tree asks yes-or-no questions about one input at a time. This one may ask a single question, of 600 noisy samples.',
        '决策树每次针对一项输入提一个是非问题。这棵树只能提一个问题，面对 600 个带噪声的样本。',
      ],
      runs: [{ name: ['Depth 1', '深度 1'], experiment: tree({ max_depth: 1 }) }],
      stage: 'map',
      shown: ['learner.tree.max_depth'],
      question: ['How many of its own training samples will it get right?', '它能答对多少自己的训练样本？'],
      answers: [
        ['Less than 85 %', '不到 85 %'],
        ['85 to 95 %', '85 到 95 %'],
        ['Nearly all', '几乎全部'],
      ],
      teaches: 0,
      outcome: ([run]) => (own(run) < 0.85 ? 0 : own(run) <= 0.95 ? 1 : 2),
      measured: ([run]) => both(run),
      because: [
        'No straight cut parts two moons. More samples would not help: it is wrong on average. That is bias, or underfitting.',
        '一刀切不开两个月牙。再多样本也没用：它平均来说就是错的。这就是偏差，即欠拟合。',
      ],
    },
    {
      title: ['As many as it likes', '想问多少问多少'],
      text: [
        'The same samples, and up to 20 questions in a row, until every leaf is of one class.',
        '同样的样本，最多可以连续提 20 个问题，直到每片叶子只有一类。',
      ],
      runs: [{ name: ['Depth 20', '深度 20'], experiment: tree({}) }],
      stage: 'map',
      shown: ['learner.tree.max_depth'],
      question: ['It will get all training samples right. And the validation samples?', '训练样本它会全部答对。验证样本呢？'],
      answers: [
        ['As many', '同样多'],
        ['Up to 10 points less', '少不到 10 个百分点'],
        ['More than 10 points less', '少 10 个百分点以上'],
      ],
      teaches: 2,
      outcome: ([run]) => (own(run) - held(run) > 0.1 ? 2 : own(run) - held(run) > 0.01 ? 1 : 0),
      measured: ([run]) => both(run),
      because: [
        'It has put a leaf around single noisy samples. With other samples of the same kind it would look quite different: that is variance, or overfitting.',
        '它为单个带噪声的样本单独长出叶子。换一批同类样本，它会是另一副样子：这就是方差，即过拟合。',
      ],
      try: ['Press “New seed” a few times and watch how much the decision map changes.', '多按几次“换随机种子”，看看决策图变化有多大。'],
    },
    {
      title: ['In between', '居中'],
      text: ['Three trees whose leaves must hold at least 1, 20 or 150 samples.', '三棵树，每片叶子至少要有 1、20、150 个样本。'],
      runs: [1, 20, 150].map((rows) => ({
        name: /** @type {const} */ ([`${rows} a leaf`, `每叶 ${rows} 个`]),
        experiment: tree({ min_samples_leaf: rows }),
      })),
      stage: 'chart',
      shown: ['learner.tree.min_samples_leaf'],
      question: ['Which gets most of the validation samples right?', '哪棵树答对的验证样本最多？'],
      answers: [
        ['At least 1 sample', '至少 1 个'],
        ['At least 20 samples', '至少 20 个'],
        ['At least 150 samples', '至少 150 个'],
      ],
      teaches: 1,
      outcome: (runs) => most(runs.map(held)),
      measured: (runs) => {
        const [[a, b, c], [x, y, z]] = [runs.map((run) => percent(held(run))), runs.map((run) => percent(own(run)))];
        return [
          `1 sample: ${a} of the validation samples, ${x} of the training samples. 20 samples: ${b} and ${y}. 150 samples: ${c} and ${z}.`,
          `1 个：验证样本 ${a}，训练样本 ${x}。20 个：${b} 和 ${y}。150 个：${c} 和 ${z}。`,
        ];
      },
      because: [
        'Simple enough that noise cannot bend it, flexible enough for the moons. Training samples cannot tell where that is: there the most flexible always wins.',
        '简单到噪声左右不了它，又灵活到能分开月牙。训练样本看不出这个位置：在那里永远是最灵活的赢。',
      ],
    },
  ],
};
