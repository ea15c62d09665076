/** From momentum to Adam. Polyak (1964); Kingma & Ba, “Adam” (2015). */
import { experiment, net, optimizer, train } from './documents.js';
import { highest, last, least, percent, restless, rises, said, when } from './measure.js';

const heavy = (/** @type {number} */ momentum) => experiment(optimizer('momentum', { learning_rate: 0.05, momentum }), train(2500, 10));
const wine = (/** @type {string} */ name, /** @type {import('../boundary').Document} */ more = {}) =>
  experiment({ data: { wine: {} } }, net({ layers: [] }), optimizer(name, { learning_rate: 0.01 }), train(600, 10), more);

/** @type {import('./index.js').Lesson} */
export default {
  id: 'momentum-adam',
  minutes: 7,
  title: ['From momentum to Adam', '从动量到 Adam'],
  about: [
    'What a memory of past gradients is good for, and why Adam gives every weight a rate of its own.',
    '记住过去的梯度有什么用，Adam 为什么给每个权重一个自己的学习率。',
  ],
  steps: [
    {
      title: ['A ball that rolls', '滚动的小球'],
      text: [
        'Plain mini-batch SGD forgets each gradient at once. Momentum keeps 90 % of its last step and adds the new one, like a ball that rolls. Both runs have a rate of 0.05 on the spiral.',
        '普通的小批量 SGD 用完梯度就忘。动量法保留上一步的 90 %，再加上新的一步，像滚动的球。两个运行都用学习率 0.05 学习螺旋数据。',
      ],
      runs: [
        { name: ['Without momentum', '没有动量'], experiment: heavy(0) },
        { name: ['Momentum 0.9', '动量 0.9'], experiment: heavy(0.9) },
      ],
      finish: { metric: 'accuracy', value: 0.95 },
      stage: 'chart',
      shown: ['learner.net.optimizer'],
      question: ['Which is first at a validation accuracy of 95 %?', '哪个先达到 95 % 的验证准确率？'],
      answers: [
        ['Without momentum', '没有动量'],
        ['With momentum', '有动量'],
        ['Neither gets there in 2,500 updates', '2,500 次更新内都达不到'],
      ],
      teaches: 1,
      outcome: (runs) => {
        const times = runs.map((run) => rises(run, 'validation.accuracy', 0.95));
        return times.every((time) => time === Infinity) ? 2 : least(times);
      },
      measured: (runs) => {
        const [[a, x], [b, y]] = runs.map((run) => when(rises(run, 'validation.accuracy', 0.95)));
        const [p, q] = runs.map((run) => percent(highest(run, 'validation.accuracy').value));
        return [
          `Without momentum: ${a} (${p} at best). With it: ${b} (${q} at best).`,
          `没有动量：${x}（最高 ${p}）。有动量：${y}（最高 ${q}）。`,
        ];
      },
      because: [
        'Where gradients agree, their steps add up to about ten times the length; where they contradict each other, they cancel. Long flat stretches are crossed in fewer updates.',
        '梯度方向一致时，步子会累加到约十倍；方向相反时会互相抵消。漫长而平缓的路段用更少的更新次数就能走完。',
      ],
    },
    {
      title: ['A ball that is too heavy', '太重的小球'],
      text: [
        'With 0.99 it keeps 99 % of its last step: steps may add up to a hundred times the length.',
        '动量为 0.99 时保留上一步的 99 %：步子可能累加到一百倍。',
      ],
      runs: [
        { name: ['Momentum 0.9', '动量 0.9'], experiment: heavy(0.9) },
        { name: ['Momentum 0.99', '动量 0.99'], experiment: heavy(0.99) },
      ],
      stage: 'chart',
      shown: ['learner.net.optimizer'],
      question: ['Which has the lower validation loss after 2,500 updates?', '更新 2,500 次后，哪个验证损失更低？'],
      answers: [
        ['Momentum 0.9', '动量 0.9'],
        ['Momentum 0.99', '动量 0.99'],
      ],
      teaches: 0,
      outcome: (runs) => least(runs.map((run) => last(run, 'validation.loss'))),
      measured: (runs) => {
        const [[a, b], [x, y]] = [
          runs.map((run) => said(last(run, 'validation.loss'))),
          runs.map((run) => said(restless(run, 'validation.loss'))),
        ];
        return [
          `Momentum 0.9 ends at ${a}, momentum 0.99 at ${b}. From one evaluation to the next the loss jumps by ${x} and ${y} on average.`,
          `动量 0.9 最终为 ${a}，动量 0.99 为 ${b}。相邻两次评估之间，损失平均跳动 ${x} 和 ${y}。`,
        ];
      },
      because: [
        'It cannot brake: it rolls through every valley and up the other side. A heavier ball needs a smaller learning rate.',
        '它刹不住车：滚过每个谷底，又冲上对面的坡。球越重，学习率就要越小。',
      ],
      try: ['Select the second run and lower its learning rate to 0.005.', '选中第二个运行，把它的学习率降到 0.005。'],
    },
    {
      title: ['Inputs of all sizes', '大小悬殊的输入'],
      text: [
        'Thirteen measurements of wines, as they came: one is about 0.3, another about 750. A network without hidden layers tells three cultivars apart, by mini-batch SGD and by Adam, both at a rate of 0.01.',
        '葡萄酒的十三项测量值，未经处理：有的约 0.3，有的约 750。一个没有隐藏层的网络区分三个品种，分别用小批量 SGD 和 Adam，学习率都是 0.01。',
      ],
      runs: [
        { name: ['Mini-batch SGD', '小批量 SGD'], experiment: wine('mini_batch') },
        { name: ['Adam', 'Adam'], experiment: wine('adam') },
      ],
      finish: { metric: 'accuracy', value: 0.8 },
      stage: 'chart',
      shown: ['learner.net.optimizer', 'prepare.scale'],
      question: ['Which gets 80 % of the validation samples right at some time?', '哪个能在某一时刻答对 80 % 的验证样本？'],
      answers: [
        ['Both', '两者都能'],
        ['Only mini-batch SGD', '只有小批量 SGD'],
        ['Only Adam', '只有 Adam'],
        ['Neither', '都不能'],
      ],
      teaches: 2,
      outcome: (runs) => {
        const [plain, adam] = runs.map((run) => rises(run, 'validation.accuracy', 0.8) < Infinity);
        return plain ? (adam ? 0 : 1) : adam ? 2 : 3;
      },
      measured: (runs) => {
        const [[a, b], [x, y]] = [
          runs.map((run) => said(last(run, 'validation.loss'))),
          runs.map((run) => percent(highest(run, 'validation.accuracy').value)),
        ];
        return [
          `Mini-batch SGD: ${x} at best, loss ${a} at the end. Adam: ${y} at best, loss ${b}.`,
          `小批量 SGD：最高 ${x}，最终损失 ${a}。Adam：最高 ${y}，最终损失 ${b}。`,
        ];
      },
      because: [
        'A weight behind a large input gets a large gradient, so that one rate is far too large for it and too small for the others. Adam divides each step by the size that gradients of this weight had so far.',
        '大输入对应的权重梯度也大，同一个学习率对它过大，对别的又过小。Adam 把每一步除以这个权重以往梯度的大小。',
      ],
    },
    {
      title: ['Or prepare the data', '或者先做预处理'],
      text: [
        'The same wines, with every input scaled to a mean of 0 and a standard deviation of 1 before training.',
        '同样的葡萄酒数据，但训练前把每项输入缩放到均值 0、标准差 1。',
      ],
      runs: [
        { name: ['Mini-batch SGD, scaled', '小批量 SGD，已缩放'], experiment: wine('mini_batch', { prepare: { scale: 'standard' } }) },
        { name: ['Adam, scaled', 'Adam，已缩放'], experiment: wine('adam', { prepare: { scale: 'standard' } }) },
      ],
      finish: { metric: 'accuracy', value: 0.8 },
      stage: 'chart',
      shown: ['learner.net.optimizer', 'prepare.scale'],
      question: ['Which gets 80 % of the validation samples right now?', '现在哪个能答对 80 % 的验证样本？'],
      answers: [
        ['Both', '两者都能'],
        ['Still only Adam', '仍然只有 Adam'],
      ],
      teaches: 0,
      outcome: (runs) => {
        const [plain, adam] = runs.map((run) => rises(run, 'validation.accuracy', 0.8) < Infinity);
        return plain && adam ? 0 : adam ? 1 : -1;
      },
      measured: (runs) => {
        const [[a, x], [b, y]] = runs.map((run) => when(rises(run, 'validation.accuracy', 0.8)));
        return [`At 80 %: mini-batch SGD ${a}, Adam ${b}.`, `达到 80 %：小批量 SGD ${x}，Adam ${y}。`];
      },
      because: [
        'Adam repairs in training what scaling prevents beforehand. Do both: it is then fast as well as safe.',
        'Adam 在训练中补救的问题，缩放可以事先避免。两样都做，又快又稳。',
      ],
    },
  ],
};
