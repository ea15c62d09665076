/** Early stopping: when to end, and which weights to keep. Prechelt, “Early Stopping – But When?” (1998). */
import { dense, experiment, net, train } from './documents.js';
import { last, lowest, most, said } from './measure.js';

const noisy = experiment({ seed: 1, data: { moons: { noise: 0.35, samples: 150 } } }, net({ layers: [dense(32), dense(32)] }));
const patient = (/** @type {number} */ patience) =>
  experiment(noisy, { stop: { max_updates: 2000, early_stopping: { patience: { patience } } } });

/** @type {import('./index.js').Lesson} */
export default {
  id: 'early-stopping',
  minutes: 6,
  title: ['Early stopping', '早停'],
  about: [
    'The best model of a run is often not its last one. When to stop, and what patience costs.',
    '一次运行中最好的模型往往不是最后一个。何时停止，耐心值的代价是多少。',
  ],
  steps: [
    {
      title: ['Where is the best?', '最好在哪里？'],
      text: [
        'Few noisy samples and a large network, trained for 2,000 updates. The training loss is measured on samples that it learns from, the validation loss on samples that it never sees.',
        '样本少、噪声大、网络大，训练 2,000 次更新。训练损失在它学习的样本上测量，验证损失在它从未见过的样本上测量。',
      ],
      runs: [{ name: ['2,000 updates', '更新 2,000 次'], experiment: experiment(noisy, train(2000)) }],
      stage: 'chart',
      shown: ['stop.early_stopping', 'stop.max_updates'],
      question: ['Where will the validation loss be lowest?', '验证损失会在哪里最低？'],
      answers: [
        ['In the first fifth of the run', '训练的前五分之一'],
        ['About half-way', '大约一半处'],
        ['At the end', '最后'],
      ],
      teaches: 0,
      outcome: ([run]) => {
        const share = lowest(run, 'validation.loss').update / run.update;
        return share <= 0.2 ? 0 : share >= 0.9 ? 2 : 1;
      },
      measured: ([run]) => {
        const { update, value } = lowest(run, 'validation.loss');
        const [n, all, best, end, train] = [update, run.update, value, last(run, 'validation.loss'), last(run, 'train.loss')].map(said);
        return [
          `The validation loss was lowest at update ${n} of ${all}, at ${best}. At the end it is ${end}, while the training loss fell to ${train}.`,
          `验证损失在第 ${n} 次更新时最低（共 ${all} 次），为 ${best}。最后为 ${end}，而训练损失降到了 ${train}。`,
        ];
      },
      because: [
        'First the network learns what all samples have in common; then it learns the training samples by heart, noise included. That makes it worse on others.',
        '网络先学会所有样本的共同规律，然后把训练样本连同噪声一起背下来，这让它在别的样本上变差。',
      ],
    },
    {
      title: ['Stop in time', '及时停止'],
      text: [
        'Early stopping watches the validation loss. After so many evaluations without a new best (its patience) it ends the run and restores the best checkpoint. The second run has a patience of 100 evaluations.',
        '早停监视验证损失。连续若干次评估没有改善（这个次数叫耐心值）就结束训练，并恢复最佳检查点。第二个运行的耐心值是 100 次评估。',
      ],
      runs: [
        { name: ['To the end', '训练到底'], experiment: experiment(noisy, train(2000)) },
        { name: ['Patience 100', '耐心值 100'], experiment: patient(100) },
      ],
      stage: 'chart',
      shown: ['stop.early_stopping'],
      question: ['How many of the 2,000 updates will early stopping save?', '早停会省下 2,000 次更新中的多少？'],
      answers: [
        ['Hardly any', '几乎没有'],
        ['More than a third', '超过三分之一'],
        ['All: it stops at once', '全部：一开始就停'],
      ],
      teaches: 1,
      outcome: ([whole, early]) => {
        const share = 1 - early.update / whole.update;
        return share > 0.95 ? 2 : share > 1 / 3 ? 1 : 0;
      },
      measured: ([whole, early]) => {
        const [n, all, saved, a, b] = [
          said(early.update),
          said(whole.update),
          `${Math.round(100 * (1 - early.update / whole.update))} %`,
          said(last(whole, 'validation.loss')),
          said(early.best?.loss ?? Infinity),
        ];
        return [
          `It stopped at update ${n} instead of ${all}: ${saved} saved. Its model has a validation loss of ${b}; without stopping it is ${a}.`,
          `它在第 ${n} 次更新时停止，未训练满 ${all} 次：节省 ${saved}。它的模型验证损失为 ${b}，不停止则为 ${a}。`,
        ];
      },
      because: [
        'Less work and a better model at once. There is no need to know beforehand how long to train.',
        '省了计算，模型还更好。不必事先知道该训练多久。',
      ],
    },
    {
      title: ['Too little patience', '耐心值太小'],
      text: [
        'The validation loss goes up and down on its way. Three runs: a patience of 1, of 20 and of 100 evaluations.',
        '验证损失在下降途中有起有伏。三个运行的耐心值分别是 1、20 和 100 次评估。',
      ],
      runs: [1, 20, 100].map((patience) => ({
        name: /** @type {const} */ ([`Patience ${patience}`, `耐心值 ${patience}`]),
        experiment: patient(patience),
      })),
      stage: 'chart',
      shown: ['stop.early_stopping'],
      question: ['Which run keeps the worst model, by validation loss?', '按验证损失，哪个运行保留下来的模型最差？'],
      answers: [
        ['Patience 1', '耐心值 1'],
        ['Patience 20', '耐心值 20'],
        ['Patience 100', '耐心值 100'],
      ],
      teaches: 0,
      outcome: (runs) => most(runs.map((run) => run.best?.loss ?? Infinity)),
      measured: (runs) => {
        const [[a, b, c], [x, y, z]] = [runs.map((run) => said(run.best?.loss ?? Infinity)), runs.map((run) => said(run.update))];
        return [
          `Patience 1: stopped at update ${x} with ${a}. Patience 20: at ${y} with ${b}. Patience 100: at ${z} with ${c}.`,
          `耐心值 1：在第 ${x} 次更新时停止，损失 ${a}。耐心值 20：第 ${y} 次，损失 ${b}。耐心值 100：第 ${z} 次，损失 ${c}。`,
        ];
      },
      because: [
        'One bad evaluation is no turn for the worse. Too much patience only costs updates, because the best checkpoint is restored in any case.',
        '一次变差并不代表真的开始变坏。耐心值过大只是多花更新次数，因为最佳检查点总会恢复。',
      ],
      try: ['Set the patience to 5: how close does it come to the best?', '把耐心值设为 5，看看离最好还有多远。'],
    },
  ],
};
