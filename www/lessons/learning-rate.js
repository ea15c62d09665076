/** Learning rates that are too small, too large, and about right. Goodfellow, Bengio & Courville, Deep Learning (2016), section 11.4.1. */
import { experiment, optimizer, train } from './documents.js';
import { last, least, rises, rows, said, when } from './measure.js';

const moons = { data: { moons: { noise: 0.2 } } };
const rate = (/** @type {number} */ learning_rate) => experiment(moons, optimizer('mini_batch', { learning_rate }), train(400, 5));
const curve = (/** @type {number} */ learning_rate) =>
  experiment({ data: { curve: {} } }, optimizer('gradient_descent', { learning_rate }), train(400, 1));

/** @type {import('./index.js').Lesson} */
export default {
  id: 'learning-rate',
  minutes: 5,
  title: ['The learning rate', '学习率'],
  about: ['Too small, too large, about right: the setting that matters most.', '太小、太大、刚刚好：最要紧的一个设置。'],
  steps: [
    {
      title: ['Too small', '太小'],
      text: [
        'The learning rate says how far an update moves along the gradient. Two runs start from the same weights and see the same batches; only the rate differs, 0.001 and 0.1.',
        '学习率决定一次更新沿梯度走多远。两个运行从相同的权重开始，使用的批次也相同，只有学习率不同：0.001 和 0.1。',
      ],
      runs: [
        { name: ['Rate 0.001', '学习率 0.001'], experiment: rate(0.001) },
        { name: ['Rate 0.1', '学习率 0.1'], experiment: rate(0.1) },
      ],
      stage: 'chart',
      shown: ['learner.net.optimizer'],
      question: ['Which validation loss is lower after 400 updates?', '更新 400 次后，哪个验证损失更低？'],
      answers: [
        ['That of the small, careful rate', '小而谨慎的学习率'],
        ['That of the larger rate', '较大的学习率'],
        ['They are about equal', '两者差不多'],
      ],
      teaches: 1,
      outcome: ([small, large]) => {
        const [a, b] = [last(small, 'validation.loss'), last(large, 'validation.loss')];
        return Math.abs(a - b) < 0.1 * Math.max(a, b) ? 2 : a < b ? 0 : 1;
      },
      measured: ([small, large]) => {
        const [from, a, b] = [rows(small, 'validation.loss')[0][1], last(small, 'validation.loss'), last(large, 'validation.loss')].map(
          said,
        );
        return [
          `Both began at ${from}. After 400 updates the loss is ${a} with the first rate and ${b} with the second.`,
          `两者都从 ${from} 开始。更新 400 次后，第一个学习率的损失为 ${a}，第二个为 ${b}。`,
        ];
      },
      because: [
        'Every step of the small rate was right, and far too short. Such a run looks as if the network could learn no more; it only needs many times the updates.',
        '小学习率的每一步都走对了，只是太短。看起来像网络学不动了，其实只是需要多得多的更新次数。',
      ],
    },
    {
      title: ['Too large', '太大'],
      text: [
        'A network fits a noisy curve by plain gradient descent. The loss is the mean squared error, which grows without limit. The rate is 2.',
        '一个网络用普通的梯度下降拟合带噪声的曲线。损失是均方误差，可以无限增大。学习率为 2。',
      ],
      runs: [{ name: ['Rate 2', '学习率 2'], experiment: curve(2) }],
      stage: 'chart',
      shown: ['learner.net.optimizer'],
      question: ['What will happen?', '会发生什么？'],
      answers: [
        ['It fits the curve in fewer updates', '更少的更新次数就能拟合'],
        ['The loss jumps about and stays where it is', '损失来回跳动，停在原处'],
        ['The loss grows until it is no number any more', '损失不断增大，直到不再是有限的数'],
      ],
      teaches: 2,
      outcome: ([run]) => (run.stop?.reason === 'diverged' ? 2 : last(run, 'train.loss') < 0.5 * rows(run, 'train.loss')[0][1] ? 0 : 1),
      measured: ([run]) => {
        const all = rows(run, 'train.loss');
        const [from, to, n] = [said(all[0][1]), said(Math.max(...all.map(([, loss]) => loss))), said(run.update)];
        return [
          `The loss began at ${from}, its largest number was ${to}, and the run ended at update ${n}.`,
          `损失从 ${from} 开始，最大达到 ${to}，运行在第 ${n} 次更新时结束。`,
        ];
      },
      because: [
        'Each step jumps over the valley and lands higher on the other side, where the gradient is steeper, so the next jump is longer still: the run diverges.',
        '每一步都越过谷底，落在对面更高的地方，那里梯度更陡，下一步就跳得更远：训练发散了。',
      ],
      try: ['Find the largest rate with which this run does not diverge.', '找出不会发散的最大学习率。'],
    },
    {
      title: ['About right', '刚刚好'],
      text: [
        'Three rates that each work, ten times apart: 0.01, 0.1 and 1. The finish line is a validation accuracy of 90 %.',
        '三个都能用的学习率，彼此相差十倍：0.01、0.1 和 1。终点线是 90 % 的验证准确率。',
      ],
      runs: [0.01, 0.1, 1].map((value) => ({ name: /** @type {const} */ ([`Rate ${value}`, `学习率 ${value}`]), experiment: rate(value) })),
      finish: { metric: 'accuracy', value: 0.9 },
      stage: 'chart',
      shown: ['learner.net.optimizer'],
      question: ['Which is first at a validation accuracy of 90 %?', '哪个最先达到 90 % 的验证准确率？'],
      answers: [
        ['0.01', '0.01'],
        ['0.1', '0.1'],
        ['1', '1'],
      ],
      teaches: 2,
      outcome: (runs) => least(runs.map((run) => rises(run, 'validation.accuracy', 0.9))),
      measured: (runs) => {
        const [[a, x], [b, y], [c, z]] = runs.map((run) => when(rises(run, 'validation.accuracy', 0.9)));
        return [`Rate 0.01: ${a}. Rate 0.1: ${b}. Rate 1: ${c}.`, `学习率 0.01：${x}。学习率 0.1：${y}。学习率 1：${z}。`];
      },
      because: [
        'The best rate is close to the largest that still works. That is why rates are tried in factors of ten (or three), from large to small.',
        '最好的学习率接近仍能正常训练的最大值。所以人们按十倍（或三倍）的比例，从大到小地尝试。',
      ],
    },
  ],
};
