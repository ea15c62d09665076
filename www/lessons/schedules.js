/** Learning rates that change as planned. Robbins & Monro (1951); Loshchilov & Hutter, “SGDR” (2017). */
import { experiment, net, optimizer, train } from './documents.js';
import { counted, last, least, mean, said } from './measure.js';

const noisy = (/** @type {number} */ learning_rate, /** @type {import('../boundary').Document} */ schedule, updates = 1000) =>
  experiment(
    { data: { moons: { noise: 0.2, samples: 1000 } }, split: { validation: 0.4, test: 0 } },
    optimizer('mini_batch', { learning_rate }),
    net({ batch_size: 8, ...(schedule && { schedule }) }),
    train(updates, 10),
  );
const ends = (/** @type {import('./measure.js').Run[]} */ runs) => runs.map((run) => said(last(run, 'validation.loss')));

/** @type {import('./index.js').Lesson} */
export default {
  id: 'schedules',
  minutes: 6,
  title: ['Schedules', '学习率调度'],
  about: ['Large steps first, small ones at the end: both advantages of a rate.', '先大步，后小步：两种学习率的好处都要。'],
  steps: [
    {
      title: ['Both advantages', '两全其美'],
      text: [
        'Batches of 8 samples are noisy. The first run has a rate of 1 throughout, the second 0.02. The third begins at 1 and ends at 0, along half a cosine.',
        '每个批次只有 8 个样本，噪声大。第一个运行始终用学习率 1，第二个用 0.02，第三个从 1 开始，沿半个余弦降到 0。',
      ],
      runs: [
        { name: ['Always 1', '始终为 1'], experiment: noisy(1, null) },
        { name: ['Always 0.02', '始终为 0.02'], experiment: noisy(0.02, null) },
        { name: ['Cosine from 1 to 0', '余弦，从 1 到 0'], experiment: noisy(1, { cosine: { t_max: 1000 } }) },
      ],
      stage: 'chart',
      shown: ['learner.net.schedule', 'learner.net.optimizer'],
      question: ['Which has the lowest validation loss at the end?', '最后哪个验证损失最低？'],
      answers: [
        ['Always 1', '始终为 1'],
        ['Always 0.02', '始终为 0.02'],
        ['Cosine from 1 to 0', '余弦，从 1 到 0'],
      ],
      teaches: 2,
      outcome: (runs) => least(runs.map((run) => last(run, 'validation.loss'))),
      measured: (runs) => {
        const [a, b, c] = ends(runs);
        return [
          `At the end: ${a} with the large rate, ${b} with the small one, ${c} with the schedule.`,
          `最终：大学习率 ${a}，小学习率 ${b}，调度 ${c}。`,
        ];
      },
      because: [
        'A large rate comes near the valley early and then jumps about in it; a small one is quiet and still on its way. The schedule does the one first and the other afterwards.',
        '大学习率早早到达谷底附近，却在里面来回跳；小学习率很平稳，但还在路上。调度先取前者之长，再取后者之长。',
      ],
    },
    {
      title: ['A sudden drop', '突然下降'],
      text: [
        'One run at a rate of 1, which is divided by ten after 800 updates. Compare the 200 updates before the drop with the 200 after it.',
        '一个运行，学习率为 1，在 800 次更新后除以十。比较下降前的 200 次更新和之后的 200 次。',
      ],
      runs: [{ name: ['Drop after 800', '800 次后下降'], experiment: noisy(1, { step: { step_size: 800, gamma: 0.1 } }) }],
      stage: 'chart',
      shown: ['learner.net.schedule'],
      question: ['What does the validation loss do when the rate drops?', '学习率下降时，验证损失会怎样？'],
      answers: [
        ['It falls at once', '马上下降'],
        ['It stays as it was, only later it falls more slowly', '不变，只是之后下降得更慢'],
        ['It rises', '上升'],
      ],
      teaches: 0,
      outcome: ([run]) => {
        const [before, after] = [mean(run, 'validation.loss', 600, 800), mean(run, 'validation.loss', 810)];
        return after < 0.9 * before ? 0 : after > 1.1 * before ? 2 : 1;
      },
      measured: ([run]) => {
        const [before, after] = [said(mean(run, 'validation.loss', 600, 800)), said(mean(run, 'validation.loss', 810))];
        return [`On average ${before} before the drop, ${after} after it.`, `下降前平均 ${before}，下降后平均 ${after}。`];
      },
      because: [
        'The weights were already around the bottom; the steps were too long to come down into it. That is the cliff in the loss curves of papers.',
        '权重早已在谷底周围，只是步子太大落不进去。论文里损失曲线上的“悬崖”就是这么来的。',
      ],
    },
    {
      title: ['Let the loss decide', '让损失说了算'],
      text: [
        'Who knows beforehand that 800 is the right update? “Reduce on plateau” halves the rate whenever the validation loss has not improved for 10 evaluations.',
        '谁能事先知道该在第 800 次更新时下降？“平台期衰减（ReduceLROnPlateau）”在验证损失连续 10 次评估没有改善时把学习率减半。',
      ],
      runs: [
        { name: ['Always 1', '始终为 1'], experiment: noisy(1, null, 1500) },
        { name: ['Reduce on plateau', '平台期衰减'], experiment: noisy(1, { reduce_on_plateau: { factor: 0.5, patience: 10 } }, 1500) },
      ],
      stage: 'chart',
      shown: ['learner.net.schedule'],
      question: ['Which has the lower validation loss over the last 300 updates?', '最后 300 次更新中，哪个验证损失更低？'],
      answers: [
        ['Always 1', '始终为 1'],
        ['Reduce on plateau', '平台期衰减'],
        ['No difference worth naming', '差别不值一提'],
      ],
      teaches: 1,
      outcome: (runs) => {
        const [a, b] = runs.map((run) => mean(run, 'validation.loss', 1200));
        return Math.abs(a - b) < 0.05 * Math.max(a, b) ? 2 : a < b ? 0 : 1;
      },
      measured: (runs) => {
        const [a, b] = runs.map((run) => said(mean(run, 'validation.loss', 1200)));
        const n = new Set(runs[1].columns.learning_rate).size - 1;
        return [
          `On average ${a} at the constant rate, ${b} with the schedule, which lowered its rate ${counted(n, 'time', 'times')}.`,
          `恒定学习率平均 ${a}，调度平均 ${b}，调度共下降 ${n} 次。`,
        ];
      },
      because: [
        'It lowers the rate where the large one brings nothing more, whenever that is. Each of its drops is marked on the chart.',
        '大学习率不再有用时，无论何时，它都会下降。每次下降都标在图上。',
      ],
    },
  ],
};
