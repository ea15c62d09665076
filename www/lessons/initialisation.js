/** Where weights begin, and what activations make of it. Glorot & Bengio (2010); He et al. (2015). */
import { dense, experiment, net, times, train } from './documents.js';
import { last, least, percent, rows, said } from './measure.js';

const begun = (/** @type {import('../boundary').Document} */ initialiser, activation = 'tanh', depth = 4) =>
  experiment(net({ layers: times(depth, dense(16, activation)), initialiser }), train(1000, 10));
const right = (/** @type {import('./measure.js').Run} */ run) => last(run, 'validation.accuracy');

/** @type {import('./index.js').Lesson} */
export default {
  id: 'initialisation',
  minutes: 6,
  title: ['Initialisation and activations', '初始化与激活函数'],
  about: [
    'Three ways to make a network that cannot begin to learn, and why the usual start works.',
    '三种让网络学不起来的开局，以及通常的开局为什么有效。',
  ],
  steps: [
    {
      title: ['All weights zero', '所有权重为零'],
      text: ['A fair start, one might think: all weights begin at 0.', '看起来很公平：所有权重都从 0 开始。'],
      runs: [{ name: ['Zeros', '全零'], experiment: begun({ zeros: {} }) }],
      stage: 'model',
      shown: ['learner.net.initialiser'],
      question: ['What will the training loss do in 1,000 updates?', '1,000 次更新中训练损失会怎样？'],
      answers: [
        ['Fall as usual', '照常下降'],
        ['Fall after a slow start', '开始慢，之后下降'],
        ['Stay where it is', '停在原处'],
      ],
      teaches: 2,
      outcome: ([run]) => {
        const [from, to] = [rows(run, 'train.loss')[0][1], last(run, 'train.loss')];
        return to > 0.95 * from ? 2 : last(run, 'train.loss') > 0.5 * from ? 1 : 0;
      },
      measured: ([run]) => {
        const [from, to, n] = [said(rows(run, 'train.loss')[0][1]), said(last(run, 'train.loss')), percent(right(run))];
        return [`From ${from} to ${to}; ${n} of the validation samples right.`, `从 ${from} 到 ${to}，答对 ${n} 的验证样本。`];
      },
      because: [
        'All units of a layer are the same and get the same gradient, which is 0 here, because it comes through weights that are 0. Random weights make units different.',
        '同一层的神经元完全相同，得到的梯度也相同；这里梯度是 0，因为它要经过为 0 的权重。随机权重才能让神经元各不相同。',
      ],
    },
    {
      title: ['Weights too large', '权重太大'],
      text: [
        'Tanh outputs lie between −1 and 1. One network begins with weights of a standard deviation of 5, the other after Xavier: the more inputs a unit has, the smaller its weights.',
        'Tanh 的输出在 −1 和 1 之间。一个网络的初始权重标准差为 5，另一个按 Xavier 方法：神经元的输入越多，权重越小。',
      ],
      runs: [
        { name: ['Standard deviation 5', '标准差 5'], experiment: begun({ normal: { deviation: 5 } }) },
        { name: ['Xavier', 'Xavier'], experiment: begun({ xavier_uniform: {} }) },
      ],
      stage: 'model',
      shown: ['learner.net.initialiser'],
      question: ['Which gets more validation samples right after 1,000 updates?', '更新 1,000 次后，哪个答对的验证样本更多？'],
      answers: [
        ['The one with large weights', '大权重的网络'],
        ['The one after Xavier', 'Xavier 的网络'],
        ['No difference worth naming', '差别不值一提'],
      ],
      teaches: 1,
      outcome: (runs) => {
        const [a, b] = runs.map(right);
        return Math.abs(a - b) < 0.05 ? 2 : a > b ? 0 : 1;
      },
      measured: (runs) => {
        const [[a, b], [x, y]] = [runs.map((run) => percent(right(run))), runs.map((run) => said(last(run, 'validation.loss')))];
        return [
          `Large weights: ${a} right, loss ${x}. Xavier: ${b} right, loss ${y}.`,
          `大权重：答对 ${a}，损失 ${x}。Xavier：答对 ${b}，损失 ${y}。`,
        ];
      },
      because: [
        'With large weights every unit stands at −1 or 1, where tanh is flat: it is saturated, and the gradient that comes back through it is almost 0.',
        '权重大时，每个神经元都停在 −1 或 1，那里 Tanh 是平的：神经元饱和了，经过它传回来的梯度几乎为 0。',
      ],
    },
    {
      title: ['Gradients that vanish', '消失的梯度'],
      text: [
        'Six hidden layers with three activations: sigmoid, tanh and ReLU. Everything else is the same.',
        '六个隐藏层，三种激活函数：Sigmoid、Tanh 和 ReLU。其他都相同。',
      ],
      runs: ['sigmoid', 'tanh', 'relu'].map((activation) => ({
        name: /** @type {const} */ ([activation === 'relu' ? 'ReLU' : activation, activation === 'relu' ? 'ReLU' : activation]),
        experiment: begun({ he_uniform: {} }, activation, 6),
      })),
      stage: 'chart',
      shown: ['learner.net.initialiser'],
      question: ['Which gets the fewest validation samples right?', '哪个答对的验证样本最少？'],
      answers: [
        ['Sigmoid', 'Sigmoid'],
        ['Tanh', 'Tanh'],
        ['ReLU', 'ReLU'],
      ],
      teaches: 0,
      outcome: (runs) => least(runs.map(right)),
      measured: (runs) => {
        const [a, b, c] = runs.map((run) => percent(right(run)));
        return [`Sigmoid: ${a}. Tanh: ${b}. ReLU: ${c}.`, `Sigmoid：${a}。Tanh：${b}。ReLU：${c}。`];
      },
      because: [
        'The slope of the sigmoid is at most a quarter. On the way back through six layers, gradients become at least four times smaller in each, until the first layers hardly move.',
        'Sigmoid 的斜率最多四分之一。梯度往回穿过六层，每层至少缩小到四分之一，最前面的几层几乎不动。',
      ],
      try: [
        'Select the sigmoid run and look at the layers (Layers, above the network): where are gradients small?',
        '选中 Sigmoid 的运行，打开网络上方的“各层”：哪里的梯度小？',
      ],
    },
  ],
};
