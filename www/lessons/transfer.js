/** Transfer: weights that another task learnt. Yosinski et al., “How transferable are features in deep neural networks?” (2014). */
import { dense, experiment, net, optimizer, train } from './documents.js';
import { at, highest, last, percent } from './measure.js';

const FILE = 'clean-shapes.safetensors';
const layers = [{ conv2d: { channels: 8, kernel: 3, padding: 1 } }, { max_pool: {} }, { flatten: {} }, dense(32, 'relu')];
const looks = experiment(net({ layers }), optimizer('adam', { learning_rate: 0.003 }));
/** Clean pictures, others than any of the target's: another seed draws them. */
const pretrained = {
  file: FILE,
  experiment: experiment({ seed: 1000, data: { shapes: { samples: 1000, noise: 0.1 } } }, looks, train(500, 100)),
};
const few = (/** @type {import('../boundary').Document} */ settings) =>
  experiment(
    { data: { shapes: { samples: 100, noise: 0.3 } }, split: { validation: 0.4, test: 0.2 } },
    looks,
    net(settings),
    train(300, 5),
  );
const many = (/** @type {import('../boundary').Document} */ settings) =>
  experiment(
    { data: { shapes: { samples: 800, noise: 0.3 } }, split: { validation: 0.25, test: 0 } },
    looks,
    net(settings),
    train(250, 20),
  );
const known = { transfer: { file: { path: FILE } } };
const frozen = { ...known, tuning: [{ freeze: { first: 1, last: 3 } }] };
const right = (/** @type {import('./measure.js').Run} */ run) => last(run, 'validation.accuracy');

/** @type {import('./index.js').Lesson} */
export default {
  id: 'transfer',
  minutes: 7,
  title: ['Transfer learning', '迁移学习'],
  about: [
    'A network that has seen a thousand clean pictures learns noisy ones from forty.',
    '见过一千张清晰图片的网络，用四十张就能学会看带噪声的图片。',
  ],
  steps: [
    {
      title: ['A good beginning', '好的开端'],
      text: [
        'Forty noisy pictures of four shapes to learn from. One network begins at random. The other begins with the weights of a network that was trained on 1,000 clean pictures: this is done now, before the two runs begin.',
        '只有 40 张带噪声的图片可学，共四种形状。一个网络随机初始化，另一个用在 1,000 张清晰图片上训练好的权重开始：这个预训练现在就做，在两个运行开始之前。',
      ],
      pretrained,
      runs: [
        { name: ['From scratch', '从头开始'], experiment: few({}) },
        { name: ['Pre-trained', '预训练'], experiment: few(known) },
      ],
      stage: 'chart',
      shown: ['learner.net.transfer'],
      question: ['How far apart will they be on the validation pictures after 300 updates?', '更新 300 次后，两者在验证图片上相差多少？'],
      answers: [
        ['Within 5 points', '不到 5 个百分点'],
        ['The pre-trained one is more than 10 points better', '预训练的好 10 个百分点以上'],
        ['The one from scratch is more than 10 points better', '从头开始的好 10 个百分点以上'],
      ],
      teaches: 1,
      outcome: (runs) => {
        const [a, b] = runs.map(right);
        return b - a > 0.1 ? 1 : a - b > 0.1 ? 2 : Math.abs(a - b) <= 0.05 ? 0 : -1;
      },
      measured: (runs) => {
        const [[a, b], [x, y]] = [runs.map((run) => percent(right(run))), runs.map((run) => percent(at(run, 'validation.accuracy', 0)))];
        return [
          `From scratch: ${x} before the first update, ${a} at the end. Pre-trained: ${y} before the first update, ${b} at the end.`,
          `从头开始：第一次更新前 ${x}，最后 ${a}。预训练：第一次更新前 ${y}，最后 ${b}。`,
        ];
      },
      because: [
        'What edges and corners look like is the same in both tasks. It need not be learnt again from forty pictures, which are too few for it.',
        '边和角的样子在两个任务里相同，不必再从四十张图片里学一遍；四十张也不够学。',
      ],
    },
    {
      title: ['Only the head', '只训练输出部分（head）'],
      text: [
        'Both networks begin with the pre-trained weights. The second keeps the convolution as it is (frozen); only the layers behind it learn.',
        '两个网络都从预训练的权重开始。第二个保持卷积层不变（冻结），只训练后面的层。',
      ],
      pretrained,
      runs: [
        { name: ['All layers', '所有层'], experiment: few(known) },
        { name: ['Convolution frozen', '冻结卷积层'], experiment: few(frozen) },
      ],
      stage: 'chart',
      shown: ['learner.net.tuning'],
      question: ['What does freezing cost on the validation pictures?', '冻结会让验证图片的准确率损失多少？'],
      answers: [
        ['At most 5 points, if anything', '最多 5 个百分点，甚至没有'],
        ['More than 5 points', '超过 5 个百分点'],
      ],
      teaches: 0,
      outcome: (runs) => {
        const [a, b] = runs.map(right);
        return a - b > 0.0501 ? 1 : 0;
      },
      measured: (runs) => {
        const [a, b] = runs.map((run) => percent(right(run)));
        return [`All layers: ${a}. Convolution frozen: ${b}.`, `所有层：${a}。冻结卷积层：${b}。`];
      },
      because: [
        'What the convolution looks for is already right. Freezing leaves fewer weights to fit to few samples; with large networks it saves most of the work as well.',
        '卷积层要找的特征已经合适。冻结后，用少量样本拟合的权重更少；对大网络还能省去大部分计算。',
      ],
    },
    {
      title: ['With many pictures', '图片很多时'],
      text: [
        'The first comparison again, with 600 noisy pictures instead of 40.',
        '再做第一个比较，但有 600 张带噪声的图片，而不是 40 张。',
      ],
      pretrained,
      runs: [
        { name: ['From scratch', '从头开始'], experiment: many({}) },
        { name: ['Pre-trained', '预训练'], experiment: many(known) },
      ],
      stage: 'chart',
      shown: ['learner.net.transfer'],
      question: ['How far apart will they be at their best?', '两者最好时相差多少？'],
      answers: [
        ['Less than 10 points', '不到 10 个百分点'],
        ['The pre-trained one is still more than 10 points better', '预训练的仍好 10 个百分点以上'],
      ],
      teaches: 0,
      outcome: (runs) => {
        const [a, b] = runs.map((run) => highest(run, 'validation.accuracy').value);
        return b - a > 0.1 ? 1 : Math.abs(b - a) < 0.1 ? 0 : -1;
      },
      measured: (runs) => {
        const [[a, b], [x, y]] = [
          runs.map((run) => percent(highest(run, 'validation.accuracy').value)),
          runs.map((run) => percent(at(run, 'validation.accuracy', 40))),
        ];
        return [
          `From scratch: ${x} after 40 updates, ${a} at best. Pre-trained: ${y} after 40 updates, ${b} at best.`,
          `从头开始：40 次更新后 ${x}，最好 ${a}。预训练：40 次更新后 ${y}，最好 ${b}。`,
        ];
      },
      because: [
        'With samples enough the network finds out by itself. What is left of the advantage is the head start.',
        '样本足够时，网络自己就能学会。剩下的优势只是起步早。',
      ],
    },
  ],
};
