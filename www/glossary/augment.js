/** Glossary: changes to training samples, drawn anew in every epoch. */

/** @type {import('./terms.js').Term[]} */
export default [
  {
    id: 'augmentation',
    name: ['Augmentation', '数据增强'],
    see: ['overfitting', 'generalisation-gap', 'epoch'],
    text: ['Changes the training samples a little, differently in every epoch, in ways that do not change their target, so that they cannot be learned by heart. Validation and test samples stay as they are.', '每轮以不同方式略微改动训练样本，而不改变其目标，使它们无法被死记硬背。验证样本和测试样本保持原样。'],
    where: ['Section Augmentation, which shows some training samples before and after.', '“数据增强”栏目，其中显示若干训练样本变换前后的样子。'],
  },
  {
    id: 'jitter',
    name: ['Jitter', '抖动'],
    see: ['augmentation', 'noise', 'l2'],
    text: ['Adds normal noise to every number of a training sample. For little noise this is the same as asking the model to be smooth.', '给训练样本的每个数加上正态噪声。噪声小时，相当于要求模型平滑。'],
    formula: 'x′ = x + ε,  ε ~ N(0, σ²)',
    where: ['Augmentation › Jitter, for points, tables, images and series.', '数据增强 › 抖动，适用于点、表格、图像和序列。'],
  },
  {
    id: 'moved-images',
    name: ['Moved, turned and mirrored images', '移动、旋转与翻转图像'],
    see: ['augmentation', 'image', 'convolution'],
    text: [
      'A cat a little to the left is a cat. Shift and random crop move an image, rotate turns it, zoom changes its size, mirroring swaps its sides; what comes in from outside is empty. Not every change is harmless: a 6 turned far enough is a 9.',
      '往左挪一点的猫还是猫。平移和随机裁剪移动图像，旋转转动图像，缩放改变大小，翻转交换两侧；外面进来的部分为空。并非每种改动都无害：6 转得太多就成了 9。',
    ],
    where: ['Augmentation › Mirror left and right, Mirror top and bottom, Rotate, Random crop, Shift, Zoom. Rotate also turns points about their middle.', '数据增强 › 左右翻转、上下翻转、旋转、随机裁剪、平移、缩放大小。旋转也可让点绕中心转动。'],
  },
  {
    id: 'light',
    name: ['Brightness and contrast', '亮度与对比度'],
    see: ['augmentation', 'image'],
    text: ['Brightness multiplies all pixels of an image by one factor; contrast moves them away from their mean or towards it. The model learns to look at forms in place of light.', '亮度把一张图的所有像素乘以同一倍数；对比度使像素远离或靠近其均值。模型由此学会看形状，而不是看光线。'],
    formula: ['brightness: f x,  contrast: f x + (1 − f) mean(x)', '亮度：f x，对比度：f x + (1 − f) · 均值(x)'],
    where: ['Augmentation › Brightness, Contrast.', '数据增强 › 亮度、对比度。'],
  },
  {
    id: 'cutout',
    name: ['Cutout', '随机遮挡'],
    see: ['augmentation', 'dropout', 'cutmix'],
    text: ['Empties a square somewhere in every training image: dropout for neighbouring pixels. The model has to look at the whole.', '清空每张训练图像某处的一个方块：相当于对相邻像素做 dropout，迫使模型看全图。'],
    where: ['Augmentation › Cutout.', '数据增强 › 随机遮挡。'],
  },
  {
    id: 'mixup',
    name: ['Mixup', 'Mixup（混合）'],
    see: ['augmentation', 'cutmix', 'label-smoothing'],
    text: ['Blends two training samples into one and asks for the same blend of their targets. Between two classes predictions then change gradually, and are seldom too sure.', '把两个训练样本混合成一个，并按同样的比例混合它们的目标。这样模型的预测在两个类别之间平缓过渡，很少过于自信。'],
    formula: ['x = λ x₁ + (1 − λ) x₂,  loss = λ L(y₁) + (1 − λ) L(y₂),  λ ~ Beta(α, α)', 'x = λ x₁ + (1 − λ) x₂，损失 = λ L(y₁) + (1 − λ) L(y₂)，λ ~ Beta(α, α)'],
    where: ['Augmentation › Mixup. Its training loss in the history is that of the samples before they are blended.', '数据增强 › Mixup（混合）。历史中的训练损失是混合之前各样本的损失。'],
  },
  {
    id: 'cutmix',
    name: ['CutMix', 'CutMix（剪切混合）'],
    see: ['mixup', 'cutout'],
    text: ['Pastes a rectangle of one training image into another and mixes the targets by area: cutout whose hole is put to use.', '把一张训练图像的矩形贴入另一张，并按面积混合目标：相当于把遮挡的空洞也利用起来。'],
    formula: ['loss = λ L(y₁) + (1 − λ) L(y₂),  λ = share of the area that is left', '损失 = λ L(y₁) + (1 − λ) L(y₂)，λ = 保留面积所占比例'],
    where: ['Augmentation › CutMix.', '数据增强 › CutMix（剪切混合）。'],
  },
  {
    id: 'smote',
    name: ['SMOTE', 'SMOTE 过采样'],
    see: ['augmentation', 'class-weights', 'accuracy'],
    text: [
      'Where classes are of different size, a model may ignore the rare ones. SMOTE makes synthetic samples of them, each between a sample and one of its nearest neighbours of the same class, until all classes have as many.',
      '类别样本数相差很大时，模型可能忽略少数类。SMOTE 为其合成新样本：每个位于某样本与其同类近邻之间，直到各类别样本数相同。',
    ],
    formula: ['x′ = x + u (neighbour − x),  u from 0 to 1', 'x′ = x + u（近邻 − x），u 取 0 到 1'],
    where: ['Augmentation › SMOTE; an epoch is longer by the synthetic samples.', '数据增强 › SMOTE 过采样；合成的样本也计入一轮的长度。'],
  },
  {
    id: 'warped-series',
    name: ['Scaled, sliced and warped series', '缩放、截取与扭曲的序列'],
    see: ['augmentation', 'series', 'sequence'],
    text: [
      'A gesture made larger, or slower, is the same gesture. Scaling changes the size of a series, window slice stretches a piece of it, time warp lets time run faster here and slower there. They are for series that belong to a class: a forecast would have to change as well.',
      '动作幅度大一点、慢一点，仍是同一个动作。幅度缩放改变序列大小，截取窗口把其中一段拉伸，时间扭曲让时间时快时慢。它们用于有类别的序列：若是预测任务，目标也得跟着变。',
    ],
    where: ['Augmentation › Magnitude scaling, Window slice, Time warp.', '数据增强 › 幅度缩放、截取窗口、时间扭曲。'],
  },
];
