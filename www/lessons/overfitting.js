/** Overfitting, and what is done against it. Krogh & Hertz (1991) on weight decay; Srivastava et al., “Dropout” (2014). */
import { dense, experiment, net, train } from './documents.js';
import { last, least, most, percent, said } from './measure.js';

const layers = [dense(32), dense(32)];
const rows = (/** @type {number} */ samples) =>
  experiment({ data: { moons: { noise: 0.3, samples } }, split: { validation: 0.4, test: 0 } }, net({ layers }), train(2000));
const few = (/** @type {import('../boundary').Document} */ settings) =>
  experiment(
    { data: { moons: { noise: 0.35, samples: 150 } }, split: { validation: 0.4, test: 0 } },
    net({ layers, ...settings }),
    train(2000),
  );
const dropped = [dense(32), { dropout: { p: 0.3 } }, dense(32), { dropout: { p: 0.3 } }];
const held = (/** @type {import('./measure.js').Run} */ run) => last(run, 'validation.loss');
const gap = (/** @type {import('./measure.js').Run} */ run) => last(run, 'train.accuracy') - last(run, 'validation.accuracy');

/** What is said of the gap between training and validation. @param {import('./measure.js').Run} run @returns {import('./measure.js').Pair} */
const apart = (run) => {
  const [a, b, x, y] = [
    percent(last(run, 'train.accuracy')),
    percent(last(run, 'validation.accuracy')),
    said(last(run, 'train.loss')),
    said(held(run)),
  ];
  return [
    `Training samples: ${a} right, loss ${x}. Validation samples: ${b} right, loss ${y}.`,
    `训练样本：答对 ${a}，损失 ${x}。验证样本：答对 ${b}，损失 ${y}。`,
  ];
};

/** @type {import('./index.js').Lesson} */
export default {
  id: 'overfitting',
  minutes: 8,
  title: ['Overfitting, L1, L2 and dropout', '过拟合、L1、L2 与 Dropout'],
  about: [
    'A network that learns its samples by heart, and four ways to keep it from that.',
    '网络会把样本背下来；四种防止它这样做的办法。',
  ],
  steps: [
    {
      title: ['By heart', '死记硬背'],
      text: [
        'Thirty-six noisy training samples and a network with more than a thousand weights, trained for 2,000 updates.',
        '36 个带噪声的训练样本，一个有一千多个权重的网络，训练 2,000 次更新。',
      ],
      runs: [{ name: ['36 samples', '36 个样本'], experiment: rows(60) }],
      stage: 'map',
      shown: ['data', 'learner.net.layers'],
      question: ['How will the validation loss compare with the training loss at the end?', '最后验证损失和训练损失相比会怎样？'],
      answers: [
        ['About equal', '差不多'],
        ['Up to twice', '不到两倍'],
        ['More than twice', '两倍以上'],
      ],
      teaches: 2,
      outcome: ([run]) => {
        const times = held(run) / last(run, 'train.loss');
        return times > 2 ? 2 : times > 1.2 ? 1 : 0;
      },
      measured: ([run]) => apart(run),
      because: [
        'It bends the boundary around single noisy samples (look at the decision map). That lowers the training loss and is wrong for all others.',
        '它让决策边界绕过单个带噪声的样本（看看决策图）。这会降低训练损失，对其他样本却是错的。',
      ],
    },
    {
      title: ['More samples', '更多样本'],
      text: [
        'The same network, the same noise, the same 2,000 updates; but 600 training samples.',
        '同样的网络、同样的噪声、同样 2,000 次更新，但有 600 个训练样本。',
      ],
      runs: [{ name: ['600 samples', '600 个样本'], experiment: rows(1000) }],
      stage: 'map',
      shown: ['data'],
      question: ['How far apart will the accuracies on training and validation samples be?', '训练样本和验证样本的准确率会差多少？'],
      answers: [
        ['Less than 5 points', '不到 5 个百分点'],
        ['5 to 15 points', '5 到 15 个百分点'],
        ['More than 15 points', '超过 15 个百分点'],
      ],
      teaches: 0,
      outcome: ([run]) => (Math.abs(gap(run)) < 0.05 ? 0 : gap(run) <= 0.15 ? 1 : 2),
      measured: ([run]) => apart(run),
      because: [
        'So many samples cannot be learnt by heart by so few weights: only what they have in common helps. More samples are the best remedy, where they can be had.',
        '这么多样本，这点权重背不下来，只有共同的规律才有用。如果能得到更多样本，这是最好的办法。',
      ],
    },
    {
      title: ['Small weights', '小权重'],
      text: [
        'Back to 90 samples. A penalty on the weights is added to the loss: L1 counts their sizes, L2 their squares. The runs have no penalty, L1 of 0.01 and L2 of 0.01.',
        '回到 90 个样本。在损失上加一项对权重的惩罚：L1 计权重的绝对值，L2 计平方。三个运行分别是没有惩罚、L1 为 0.01、L2 为 0.01。',
      ],
      runs: [
        { name: ['No penalty', '没有惩罚'], experiment: few({}) },
        { name: ['L1 0.01', 'L1 0.01'], experiment: few({ l1: 0.01 }) },
        { name: ['L2 0.01', 'L2 0.01'], experiment: few({ l2: 0.01 }) },
      ],
      stage: 'chart',
      shown: ['learner.net.l1', 'learner.net.l2'],
      question: ['Which has the highest validation loss at the end?', '最后哪个验证损失最高？'],
      answers: [
        ['No penalty', '没有惩罚'],
        ['L1', 'L1'],
        ['L2', 'L2'],
      ],
      teaches: 0,
      outcome: (runs) => most(runs.map(held)),
      measured: (runs) => {
        const [[a, b, c], [x, y, z]] = [runs.map((run) => said(held(run))), runs.map((run) => said(last(run, 'weight_norm')))];
        return [
          `No penalty: ${a}, norm of all weights ${x}. L1: ${b}, norm ${y}. L2: ${c}, norm ${z}.`,
          `没有惩罚：${a}，全部权重的范数 ${x}。L1：${b}，范数 ${y}。L2：${c}，范数 ${z}。`,
        ];
      },
      because: [
        'Sharp bends need large weights. When weights cost something, a bend must pay for itself on many samples.',
        '急弯需要大权重。权重有了代价，一个弯就得在许多样本上都划算才行。',
      ],
    },
    {
      title: ['Too much of it', '过犹不及'],
      text: ['Two L2 penalties, 0.01 and 0.3.', '两个 L2 惩罚：0.01 和 0.3。'],
      runs: [
        { name: ['L2 0.01', 'L2 0.01'], experiment: few({ l2: 0.01 }) },
        { name: ['L2 0.3', 'L2 0.3'], experiment: few({ l2: 0.3 }) },
      ],
      stage: 'chart',
      shown: ['learner.net.l2'],
      question: ['What does the strong penalty do to the validation loss?', '强惩罚会让验证损失怎样？'],
      answers: [
        ['It lowers it further', '进一步降低'],
        ['It raises it again', '又升高了'],
      ],
      teaches: 1,
      outcome: ([mild, strong]) => (held(strong) < held(mild) ? 0 : 1),
      measured: (runs) => {
        const [[a, b], [x, y]] = [runs.map((run) => said(held(run))), runs.map((run) => said(last(run, 'train.loss')))];
        return [
          `L2 0.01: validation loss ${a}, training loss ${x}. L2 0.3: ${b} and ${y}.`,
          `L2 0.01：验证损失 ${a}，训练损失 ${x}。L2 0.3：${b} 和 ${y}。`,
        ];
      },
      because: [
        'Now the network may not bend where it should: both losses are high. That is underfitting. The right strength is found on validation samples.',
        '现在该弯的地方也弯不了：两个损失都高，这就是欠拟合。合适的强度要靠验证样本来找。',
      ],
    },
    {
      title: ['Dropout', 'Dropout'],
      text: [
        'Dropout switches each unit off with a probability of 30 % at every training update, so that no unit can rely on a particular other one.',
        'Dropout 在训练的每次更新中以 30 % 的概率关闭每个神经元，这样任何神经元都不能依赖某个特定的同伴。',
      ],
      runs: [
        { name: ['Without dropout', '没有 Dropout'], experiment: few({}) },
        { name: ['Dropout 0.3', 'Dropout 0.3'], experiment: few({ layers: dropped }) },
      ],
      stage: 'chart',
      shown: ['learner.net.layers'],
      question: ['Which has the lower validation loss at the end?', '最后哪个验证损失更低？'],
      answers: [
        ['Without dropout', '没有 Dropout'],
        ['With dropout', '有 Dropout'],
      ],
      teaches: 1,
      outcome: (runs) => least(runs.map(held)),
      measured: (runs) => {
        const [[a, b], [x, y]] = [runs.map((run) => said(held(run))), runs.map((run) => percent(last(run, 'train.accuracy')))];
        return [
          `Without: validation loss ${a}, ${x} of the training samples right. With dropout: ${b}, and ${y}.`,
          `没有：验证损失 ${a}，答对 ${x} 的训练样本。有 Dropout：${b}，答对 ${y}。`,
        ];
      },
      because: [
        'Learning by heart takes units that work together exactly. With dropout they cannot, so each must be useful by itself.',
        '死记硬背需要各神经元精确配合。有了 Dropout 就配合不了，每个神经元自己就得有用。',
      ],
      try: ['Try 0.8: when does it become too much?', '试试 0.8：什么时候就过头了？'],
    },
  ],
};
