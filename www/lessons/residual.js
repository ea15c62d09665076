/** Residual connections. He, Zhang, Ren & Sun, “Deep Residual Learning” (2016). */
import { dense, experiment, net, optimizer, times, train } from './documents.js';
import { last, least, percent, said } from './measure.js';

const plain = (/** @type {number} */ depth, learning_rate = 0.003) =>
  experiment(net({ layers: times(depth, dense(16)) }), optimizer('adam', { learning_rate }), train(800, 10));
const blocks = (/** @type {number} */ count) =>
  experiment(
    net({ layers: [dense(16), ...times(count, { residual: { layers: [dense(16), dense(16, 'linear')] } })] }),
    optimizer('adam', { learning_rate: 0.003 }),
    train(800, 10),
  );
const right = (/** @type {import('./measure.js').Run} */ run) => last(run, 'validation.accuracy');
const loss = (/** @type {import('./measure.js').Run} */ run) => last(run, 'train.loss');

/** @type {import('./index.js').Lesson} */
export default {
  id: 'residual',
  minutes: 6,
  title: ['Residual connections', '残差连接'],
  about: [
    'Why more layers can make a network worse, and how a way around each layer mends that.',
    '为什么更多的层反而更差，以及绕过每一层的捷径如何解决它。',
  ],
  steps: [
    {
      title: ['Deeper is better?', '越深越好？'],
      text: [
        'The spiral, learnt by two hidden layers and by twenty, of 16 units each. A deeper network can do all that a shallow one can, and more.',
        '用 2 个隐藏层和 20 个隐藏层学习螺旋数据，每层 16 个神经元。浅网络能做的，深网络都能做，而且更多。',
      ],
      runs: [
        { name: ['2 layers', '2 层'], experiment: plain(2, 0.01) },
        { name: ['20 layers', '20 层'], experiment: plain(20, 0.01) },
      ],
      stage: 'chart',
      shown: ['learner.net.optimizer'],
      question: ['Which has the lower training loss after 800 updates?', '更新 800 次后，哪个训练损失更低？'],
      answers: [
        ['2 layers', '2 层'],
        ['20 layers', '20 层'],
      ],
      teaches: 0,
      outcome: (runs) => least(runs.map(loss)),
      measured: (runs) => {
        const [[a, b], [x, y]] = [runs.map((run) => said(loss(run))), runs.map((run) => percent(last(run, 'train.accuracy')))];
        return [
          `With 2 layers: ${a}, ${x} of the training samples right. With 20 layers: ${b}, ${y} right.`,
          `2 层：${a}，答对 ${x} 的训练样本。20 层：${b}，答对 ${y}。`,
        ];
      },
      because: [
        'That is no overfitting: it is worse on the samples that it learns from. A signal that passes twenty layers is bent and crushed twenty times, and so is the gradient on its way back.',
        '这不是过拟合：它在自己学习的样本上也更差。信号穿过二十层就被扭曲、压缩二十次，往回走的梯度也一样。',
      ],
    },
    {
      title: ['A way around', '一条捷径'],
      text: [
        'The second network has nine residual blocks: each adds what its two layers found to what came in, x + f(x). With its first layer it is 19 layers deep, like the first network.',
        '第二个网络有九个残差块：每块把两层算出的结果加到输入上，即 x + f(x)。连同第一层共 19 层，和第一个网络一样深。',
      ],
      runs: [
        { name: ['19 plain layers', '19 个普通层'], experiment: plain(19) },
        { name: ['9 residual blocks', '9 个残差块'], experiment: blocks(9) },
      ],
      stage: 'model',
      shown: ['learner.net.optimizer'],
      question: ['How many more validation samples does the residual network get right?', '残差网络能多答对多少验证样本？'],
      answers: [
        ['No more', '没有更多'],
        ['Up to 10 points more', '多不到 10 个百分点'],
        ['More than 10 points more', '多 10 个百分点以上'],
      ],
      teaches: 2,
      outcome: (runs) => {
        const [a, b] = runs.map(right);
        return b - a > 0.1 ? 2 : b > a ? 1 : 0;
      },
      measured: (runs) => {
        const [[a, b], [x, y]] = [runs.map((run) => percent(right(run))), runs.map((run) => said(loss(run)))];
        return [
          `Plain: ${a} right, loss ${x} on the training samples. Residual: ${b} right, loss ${y}.`,
          `普通：答对 ${a}，训练损失 ${x}。残差：答对 ${b}，训练损失 ${y}。`,
        ];
      },
      because: [
        'A block that has nothing to add leaves its input as it is, and the gradient comes back along the same way, unharmed, to the first layer.',
        '没有什么可加的块会让输入原样通过；梯度也沿同一条路完好地回到第一层。',
      ],
    },
    {
      title: ['Twice as deep', '再深一倍'],
      text: ['Nine residual blocks and eighteen, which make 37 layers.', '九个残差块，和十八个残差块（共 37 层）。'],
      runs: [
        { name: ['9 blocks', '9 个块'], experiment: blocks(9) },
        { name: ['18 blocks', '18 个块'], experiment: blocks(18) },
      ],
      stage: 'chart',
      shown: ['learner.net.optimizer'],
      question: [
        'Does the deeper one still learn (at least 85 % of the validation samples right)?',
        '更深的网络还能学会（至少答对 85 % 的验证样本）吗？',
      ],
      answers: [
        ['Yes', '能'],
        ['No', '不能'],
      ],
      teaches: 0,
      outcome: ([, deep]) => (right(deep) >= 0.85 ? 0 : 1),
      measured: (runs) => {
        const [a, b] = runs.map((run) => percent(right(run)));
        return [`9 blocks: ${a}. 18 blocks: ${b}.`, `9 个块：${a}。18 个块：${b}。`];
      },
      because: [
        'With ways around, depth no longer stands in the way. Networks of hundreds of layers are built like this.',
        '有了捷径，深度不再是障碍。几百层的网络就是这样搭起来的。',
      ],
    },
  ],
};
