/** Glossary: learners that make samples. */

/** @type {import('./terms.js').Term[]} */
export default [
  {
    id: 'gan',
    name: ['Generative adversarial network (GAN)', '生成对抗网络（GAN）'],
    see: ['energy-distance', 'cross-entropy', 'batch'],
    text: [
      'Two networks against each other. The discriminator learns to tell the data from made samples; the generator, which never sees the data, moves its samples where the discriminator takes them for data. Each one’s loss depends on the other, so neither falling loss says that the samples get better, and they may circle instead of settling.',
      '两个网络互相对抗。判别器学习区分数据与生成的样本；生成器从不看数据，只把样本移向判别器会当作数据的地方。双方的损失互相影响，因此损失下降并不说明样本变好，训练也可能来回打转而不收敛。',
    ],
    formula: ['D: −ln D(x) − ln(1 − D(G(z))),  G: −ln D(G(z))', 'D：−ln D(x) − ln(1 − D(G(z)))，G：−ln D(G(z))'],
    where: ['The model of that name: crosses on the map are made samples, arrows show where the discriminator pulls them.', '同名的模型：图上叉号为生成的样本，箭头为判别器拉动的方向。'],
  },
  {
    id: 'energy-distance',
    name: ['Energy distance', '能量距离'],
    see: ['gan', 'loss'],
    text: [
      'How far two sets of points are apart: the mean distance between points of different sets, less that within each. It is 0 only where both are spread alike, and so says how good made samples are, which the losses of the two players do not.',
      '两组点相差多远：不同组的点之间的平均距离，减去各组内部的平均距离。只有两组分布相同时才为 0，因此能说明生成样本的好坏，而双方的损失不能。',
    ],
    formula: '2 E‖X − Y‖ − E‖X − X′‖ − E‖Y − Y′‖',
    where: ['The loss of a generative adversarial network, on training and validation samples.', '生成对抗网络的损失，分别在训练样本与验证样本上计算。'],
  },
];
