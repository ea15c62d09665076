/** Gradient descent and how many samples a step uses. Bottou, Curtis & Nocedal, SIAM Review 60 (2018), sections 3 and 4. */
import { experiment, net, optimizer, train } from './documents.js';
import { counted, last, most, restless, rows, said } from './measure.js';

const moons = { data: { moons: { noise: 0.2 } } };
/** As many rows, and more that are held out: what is measured on them is steadier. */
const held = { data: { moons: { noise: 0.2, samples: 1000 } }, split: { validation: 0.4, test: 0.25 } };

/** How often the loss was higher than at the measurement before. @param {import('./measure.js').Run} run */
const rises = (run) => rows(run, 'train.loss').filter(([, loss], at, all) => at > 0 && loss > all[at - 1][1]).length;

/** @type {import('./index.js').Lesson} */
export default {
  id: 'gradient-descent',
  minutes: 5,
  title: ['Gradient descent and batch size', '梯度下降与批大小'],
  about: [
    'What one update does, and why a step that uses fewer samples is often the better bargain.',
    '一次更新做了什么，为什么只看少量样本的一步往往更划算。',
  ],
  steps: [
    {
      title: ['A step downhill', '向下走一步'],
      text: [
        'The loss says how wrong the network is on the training samples. An update uses all of them, finds in which direction each weight lowers the loss (the gradient), and moves a little that way. It does so 200 times here.',
        '损失说明网络在训练样本上错得有多厉害。每次更新使用所有训练样本，算出每个权重往哪个方向变能让损失下降（即梯度），然后朝那个方向移动一点。这里重复 200 次。',
      ],
      runs: [
        {
          name: ['All samples in each update', '每次更新用全部样本'],
          experiment: experiment(moons, optimizer('gradient_descent', { learning_rate: 0.1 }), train(200, 1)),
        },
      ],
      stage: 'chart',
      shown: ['learner.net.optimizer'],
      question: ['What will the training loss do?', '训练损失会怎样变化？'],
      answers: [
        ['Fall at every single update', '每次更新都下降'],
        ['Fall, with some steps up in between', '总体下降，中间偶有上升'],
        ['Stay where it is', '基本不变'],
      ],
      teaches: 0,
      outcome: ([run]) => (last(run, 'train.loss') > 0.9 * rows(run, 'train.loss')[0][1] ? 2 : rises(run) ? 1 : 0),
      measured: ([run]) => {
        const [from, to, up] = [said(rows(run, 'train.loss')[0][1]), said(last(run, 'train.loss')), rises(run)];
        return [
          `The training loss went from ${from} to ${to}; it rose at ${counted(up, 'update', 'updates')}.`,
          `训练损失从 ${from} 变为 ${to}，其中有 ${up} 次更新后上升。`,
        ];
      },
      because: [
        'The gradient of all samples points exactly uphill, so a step against it that is small enough always goes down.',
        '用全部样本算出的梯度正好指向上坡方向，只要步子够小，反着走一定下降。',
      ],
      try: ['Raise the learning rate until the loss no longer falls at every update.', '把学习率调高，直到损失不再每次都下降。'],
    },
    {
      title: ['Every sample twenty times', '每个样本用二十遍'],
      text: [
        'Now three ways to spend the same work: each run uses every training sample 20 times (20 epochs), all at the same learning rate. The first makes one update from all 350 samples, the second from 10 samples, the third from a single sample.',
        '现在用三种方式花同样的计算量：每个运行都把每个训练样本用 20 遍（20 轮），学习率相同。第一个用全部 350 个样本做一次更新，第二个用 10 个样本，第三个只用 1 个样本。',
      ],
      runs: [
        {
          name: ['All 350 samples', '全部 350 个'],
          experiment: experiment(moons, optimizer('gradient_descent', { learning_rate: 0.1 }), train(20)),
        },
        {
          name: ['10 samples', '10 个'],
          experiment: experiment(moons, optimizer('mini_batch', { learning_rate: 0.1 }), net({ batch_size: 10 }), train(20 * 35)),
        },
        { name: ['One sample', '1 个'], experiment: experiment(moons, optimizer('sgd', { learning_rate: 0.1 }), train(20 * 350)) },
      ],
      stage: 'chart',
      shown: ['learner.net.optimizer', 'learner.net.batch_size'],
      question: ['Which run has the highest validation loss after its 20 epochs?', '20 轮之后，哪个运行的验证损失最高？'],
      answers: [
        ['All 350 samples an update', '每次更新用全部 350 个样本'],
        ['10 samples an update', '每次更新用 10 个样本'],
        ['One sample an update', '每次更新用 1 个样本'],
      ],
      teaches: 0,
      outcome: (runs) => most(runs.map((run) => last(run, 'validation.loss'))),
      measured: (runs) => {
        const [[a, b, c], [x, y, z]] = [runs.map((run) => said(last(run, 'validation.loss'))), runs.map((run) => said(run.update))];
        return [
          `All samples: ${counted(x, 'update', 'updates')}, loss ${a}. 10 samples: ${counted(y, 'update', 'updates')}, loss ${b}. 1 sample: ${counted(z, 'update', 'updates')}, loss ${c}.`,
          `全部样本：更新 ${x} 次，损失 ${a}。10 个样本：更新 ${y} 次，损失 ${b}。1 个样本：更新 ${z} 次，损失 ${c}。`,
        ];
      },
      because: [
        'A few samples already tell roughly where downhill is. Many rough steps get further than a few exact ones that cost as much.',
        '少量样本已能大致指出下坡方向。花同样的代价，许多粗略的步子比少数精确的步子走得更远。',
      ],
    },
    {
      title: ['The price: noise', '代价：噪声'],
      text: [
        'Three runs of 300 updates each at the same learning rate, 0.2. Each update uses all samples, 32, or 2. The loss is measured every 5 updates, on samples that none of them trains on.',
        '三个运行各更新 300 次，学习率都是 0.2。每次更新分别使用全部样本、32 个、2 个。每 5 次更新测一次损失，用的是它们都没有训练过的样本。',
      ],
      runs: [
        {
          name: ['All samples', '全部样本'],
          experiment: experiment(held, optimizer('gradient_descent', { learning_rate: 0.2 }), train(300, 5)),
        },
        {
          name: ['32 samples', '32 个'],
          experiment: experiment(held, optimizer('mini_batch', { learning_rate: 0.2 }), net({ batch_size: 32 }), train(300, 5)),
        },
        {
          name: ['2 samples', '2 个'],
          experiment: experiment(held, optimizer('mini_batch', { learning_rate: 0.2 }), net({ batch_size: 2 }), train(300, 5)),
        },
      ],
      stage: 'chart',
      shown: ['learner.net.optimizer', 'learner.net.batch_size'],
      question: ['Which loss curve jumps most from one measurement to the next?', '哪条损失曲线在相邻两次测量之间跳动最大？'],
      answers: [
        ['All samples', '全部样本'],
        ['32 samples', '32 个样本'],
        ['2 samples', '2 个样本'],
      ],
      teaches: 2,
      outcome: (runs) => most(runs.map((run) => restless(run, 'validation.loss'))),
      measured: (runs) => {
        const [[a, b, c], [x, y, z]] = [
          runs.map((run) => said(restless(run, 'validation.loss'))),
          runs.map((run) => said(last(run, 'validation.loss'))),
        ];
        return [
          `Average jump: ${a} with all samples, ${b} with 32 samples, ${c} with 2 samples. The losses at the end: ${x}, ${y} and ${z}.`,
          `平均跳动：全部样本 ${a}，32 个样本 ${b}，2 个样本 ${c}。最终损失：${x}、${y}、${z}。`,
        ];
      },
      because: [
        'Two samples represent the rest badly: their gradient often points beside the mark. The larger the learning rate and the smaller the batch, the more the loss jumps.',
        '两个样本代表性差，算出的梯度常常偏离方向。学习率越大、批次越小，损失跳动越厉害。',
      ],
      try: [
        'Select the third run and lower its learning rate to 0.02: what becomes of its jumps?',
        '选中第三个运行，把学习率降到 0.02，看看跳动会怎样。',
      ],
    },
  ],
};
