/** Batch normalisation. Ioffe & Szegedy (2015); Santurkar et al., “How Does Batch Normalization Help Optimization?” (2018). */
import { dense, experiment, net, optimizer, times, train } from './documents.js';
import { highest, last, least, percent, rises, when } from './measure.js';

const plain = times(6, dense(16, 'relu'));
const normalised = times(6, [dense(16, 'linear'), { batch_norm: {} }, { activation: { function: { relu: {} } } }]);
const deep = (/** @type {import('../boundary').Document[]} */ layers, /** @type {number} */ learning_rate, batch_size = 32) =>
  experiment(net({ layers, batch_size, initialiser: { he_uniform: {} } }), optimizer('mini_batch', { learning_rate }), train(1000, 10));
const end = (/** @type {import('./measure.js').Run} */ run) => last(run, 'validation.accuracy');

/** @type {import('./index.js').Lesson} */
export default {
  id: 'batch-norm',
  minutes: 6,
  title: ['Batch normalisation', '批归一化'],
  about: [
    'Every layer gets inputs of the same size: fewer updates, larger rates, and one catch.',
    '让每一层的输入大小一致：更少的更新、更大的学习率，以及一个陷阱。',
  ],
  steps: [
    {
      title: ['Fewer updates', '更少的更新'],
      text: [
        'Six hidden layers on the spiral, by mini-batch SGD at a rate of 0.1. In the second network, every layer scales its outputs to a mean of 0 and a standard deviation of 1 over the samples of the batch, before the activation.',
        '六个隐藏层学习螺旋数据，小批量 SGD，学习率 0.1。第二个网络的每一层在激活之前，把输出按这一批次的样本缩放到均值 0、标准差 1。',
      ],
      runs: [
        { name: ['Plain', '普通'], experiment: deep(plain, 0.1) },
        { name: ['Batch norm', '批归一化'], experiment: deep(normalised, 0.1) },
      ],
      finish: { metric: 'accuracy', value: 0.9 },
      stage: 'chart',
      shown: ['learner.net.optimizer'],
      question: ['Which is first at a validation accuracy of 90 %?', '哪个先达到 90 % 的验证准确率？'],
      answers: [
        ['Plain', '普通网络'],
        ['With batch normalisation', '有批归一化的网络'],
      ],
      teaches: 1,
      outcome: (runs) => least(runs.map((run) => rises(run, 'validation.accuracy', 0.9))),
      measured: (runs) => {
        const [[a, x], [b, y]] = runs.map((run) => when(rises(run, 'validation.accuracy', 0.9)));
        return [`Plain: ${a}. With batch normalisation: ${b}.`, `普通网络：${x}。批归一化：${y}。`];
      },
      because: [
        'What a layer receives no longer shrinks or grows with the layers before it, so that all layers learn at a similar pace.',
        '每层收到的数值不再随前面的层变小或变大，各层就能以相近的速度学习。',
      ],
    },
    {
      title: ['Larger rates', '更大的学习率'],
      text: ['Both networks again, at ten times the rate: 1.', '还是这两个网络，学习率提高十倍：1。'],
      runs: [
        { name: ['Plain', '普通'], experiment: deep(plain, 1) },
        { name: ['Batch norm', '批归一化'], experiment: deep(normalised, 1) },
      ],
      stage: 'chart',
      shown: ['learner.net.optimizer'],
      question: ['Which still learns (at least 85 % right at some time)?', '哪个还能学会（某一时刻至少答对 85 %）？'],
      answers: [
        ['Both', '两个都能'],
        ['Only the one with batch normalisation', '只有批归一化的网络'],
        ['Only the plain one', '只有普通网络'],
        ['Neither', '都不能'],
      ],
      teaches: 1,
      outcome: (runs) => {
        const [a, b] = runs.map((run) => highest(run, 'validation.accuracy').value >= 0.85);
        return a ? (b ? 0 : 2) : b ? 1 : 3;
      },
      measured: (runs) => {
        const [a, b] = runs.map((run) => percent(highest(run, 'validation.accuracy').value));
        return [
          `At best, of the validation samples: ${a} plain, ${b} with batch normalisation.`,
          `验证样本最高答对：普通网络 ${a}，批归一化 ${b}。`,
        ];
      },
      because: [
        'A step that makes weights ten times as large changes nothing behind a normalisation, so a large step does less harm. The plain network jumped to where its units output 0 for every sample.',
        '归一化之后，权重放大十倍也不改变结果，所以大步子危害较小。普通网络则一步跳到神经元对所有样本都输出 0 的地方。',
      ],
    },
    {
      title: ['The catch: small batches', '陷阱：批次太小'],
      text: [
        'Mean and standard deviation are those of the batch. Two networks with batch normalisation: one has batches of 32 samples, the other of 2.',
        '均值和标准差来自这一批次的样本。两个带批归一化的网络：一个每批 32 个样本，另一个每批 2 个。',
      ],
      runs: [
        { name: ['32 samples', '32 个样本'], experiment: deep(normalised, 0.1, 32) },
        { name: ['2 samples', '2 个样本'], experiment: deep(normalised, 0.1, 2) },
      ],
      stage: 'chart',
      shown: ['learner.net.batch_size'],
      question: [
        'How many validation samples does the one with batches of 2 get right at the end?',
        '每批 2 个样本的网络最后能答对多少验证样本？',
      ],
      answers: [
        ['As many as the other', '和另一个一样多'],
        ['At least 10 points less', '至少少 10 个百分点'],
      ],
      teaches: 1,
      outcome: ([large, small]) => (end(large) - end(small) >= 0.1 ? 1 : 0),
      measured: (runs) => {
        const [a, b] = runs.map((run) => percent(end(run)));
        return [`Batches of 32 samples: ${a}. Batches of 2 samples: ${b}.`, `每批 32 个样本：${a}。每批 2 个样本：${b}。`];
      },
      because: [
        'Of two samples, normalising leaves little more than which is larger. Layer normalisation, which does not look at the batch, has no such trouble.',
        '只有两个样本时，归一化后几乎只剩下谁大谁小。层归一化不依赖批次，没有这个问题。',
      ],
    },
  ],
};
