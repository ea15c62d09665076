/** Augmentation: samples made from samples. Simard, Steinkraus & Platt (2003); Shorten & Khoshgoftaar (2019). */
import { dense, experiment, net, optimizer, train } from './documents.js';
import { last, least, most, percent, said } from './measure.js';

const held = (/** @type {import('./measure.js').Run} */ run) => last(run, 'validation.loss');
const parts = (/** @type {number} */ test) => ({ split: { validation: 0.4, test } });
const images = (
  /** @type {import('../boundary').Document} */ data,
  /** @type {import('../boundary').Document[]} */ augment,
  updates = 600,
) =>
  experiment(
    { data, augment },
    parts(0.2),
    net({ layers: [{ flatten: {} }, dense(32, 'relu')] }),
    optimizer('adam', { learning_rate: 0.003 }),
    train(updates, 20),
  );
const points = (/** @type {import('../boundary').Document[]} */ augment) =>
  experiment({ data: { moons: { noise: 0.35, samples: 100 } }, augment }, parts(0), net({ layers: [dense(32), dense(32)] }), train(2000));
const moved = [{ shift: { share: 0.15 } }, { zoom: { range: 0.2 } }];

/** @type {import('./index.js').Lesson} */
export default {
  id: 'augmentation',
  minutes: 6,
  title: ['Augmentation', '数据增强'],
  about: [
    'New samples made from samples: what a model should not notice, it can be taught not to.',
    '从已有样本造出新样本：模型不该在意的东西，可以教它不在意。',
  ],
  steps: [
    {
      title: ['Shaken points', '抖动的点'],
      text: [
        'Sixty training samples. In the second run each sample is moved a little at random, anew in every epoch, so that the network never sees the same point twice.',
        '60 个训练样本。第二个运行在每一轮都随机挪动每个样本一点点，网络从不会两次看到同一个点。',
      ],
      runs: [
        { name: ['As they are', '原样'], experiment: points([]) },
        { name: ['Shaken', '抖动'], experiment: points([{ jitter: { std: 0.5 } }]) },
      ],
      stage: 'map',
      shown: ['augment'],
      question: ['Which has the lower validation loss after 2,000 updates?', '更新 2,000 次后，哪个验证损失更低？'],
      answers: [
        ['The samples as they are', '原样的样本'],
        ['The shaken samples', '抖动的样本'],
      ],
      teaches: 1,
      outcome: (runs) => least(runs.map(held)),
      measured: (runs) => {
        const [[a, b], [x, y]] = [runs.map((run) => said(held(run))), runs.map((run) => said(last(run, 'train.loss')))];
        return [
          `As they are: validation loss ${a}, training loss ${x}. Shaken: ${b} and ${y}.`,
          `原样：验证损失 ${a}，训练损失 ${x}。抖动：${b} 和 ${y}。`,
        ];
      },
      because: [
        'A point that never stands still cannot be learnt by heart. What stays is the region where its class is.',
        '从不停留的点背不下来，能学到的只有它那一类所在的区域。',
      ],
    },
    {
      title: ['Moved pictures', '挪动的图片'],
      text: [
        'Pictures of four shapes, 80 to train on, and a network that looks at each pixel by itself. The second run shifts and zooms every picture a little, anew in every epoch.',
        '四种形状的图片，80 张用于训练；网络逐个像素地看。第二个运行在每一轮随机平移、缩放每张图片。',
      ],
      runs: [
        { name: ['As they are', '原样'], experiment: images({ shapes: { samples: 200 } }, []) },
        { name: ['Shift and zoom', '平移和缩放'], experiment: images({ shapes: { samples: 200 } }, moved) },
      ],
      stage: 'chart',
      shown: ['augment'],
      question: ['Which gets more of the validation pictures right?', '哪个答对的验证图片更多？'],
      answers: [
        ['As they are', '原样'],
        ['Shifted and zoomed', '平移和缩放'],
        ['Within 2 points of each other', '相差不到 2 个百分点'],
      ],
      teaches: 1,
      outcome: (runs) => {
        const [a, b] = runs.map((run) => last(run, 'validation.accuracy'));
        return Math.abs(a - b) < 0.02 ? 2 : a > b ? 0 : 1;
      },
      measured: (runs) => {
        const [[a, b], [x, y]] = [
          runs.map((run) => percent(last(run, 'validation.accuracy'))),
          runs.map((run) => percent(last(run, 'train.accuracy'))),
        ];
        return [
          `As they are: ${a} of the validation pictures, ${x} of the training pictures. Shifted and zoomed: ${b} and ${y}.`,
          `原样：验证图片 ${a}，训练图片 ${x}。平移和缩放：${b} 和 ${y}。`,
        ];
      },
      because: [
        'A square at another place is still a square, but to such a network it is all new pixels. It is told so by example.',
        '换个位置的正方形还是正方形，但对这样的网络来说全是新像素。数据增强用例子告诉它这一点。',
      ],
    },
    {
      title: ['The wrong change', '错误的变换'],
      text: [
        'Handwritten digits. The second run turns pictures upside down or mirrors them, each half of the time.',
        '手写数字。第二个运行各以一半的概率把图片上下颠倒、左右翻转。',
      ],
      runs: [
        { name: ['As they are', '原样'], experiment: images({ digits: { samples: 150 } }, []) },
        { name: ['Flipped', '翻转'], experiment: images({ digits: { samples: 150 } }, [{ vertical_flip: {} }, { horizontal_flip: {} }]) },
      ],
      stage: 'chart',
      shown: ['augment'],
      question: ['Which has the higher validation loss?', '哪个验证损失更高？'],
      answers: [
        ['As they are', '原样'],
        ['Flipped', '翻转'],
        ['About equal', '差不多'],
      ],
      teaches: 1,
      outcome: (runs) => (Math.abs(held(runs[0]) - held(runs[1])) < 0.05 * Math.max(...runs.map(held)) ? 2 : most(runs.map(held))),
      measured: (runs) => {
        const [a, b] = runs.map((run) => said(held(run)));
        return [`As they are: ${a}. Flipped: ${b}.`, `原样：${a}。翻转：${b}。`];
      },
      because: [
        'A 6 upside down is nearly a 9, and no digit is written mirrored. An augmentation must leave the target as it is, and make what could really come.',
        '6 倒过来就像 9，也没有人反着写数字。数据增强不能改变目标，并且要造出真实可能出现的样本。',
      ],
    },
  ],
};
