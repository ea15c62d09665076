/** Glossary: layers that look at images, and those that keep numbers in a range. */

/** @type {import('./terms.js').Term[]} */
export default [
  {
    id: 'convolution',
    name: ['Convolution', '卷积'],
    see: ['feature-map', 'stride', 'padding', 'pooling', 'weight'],
    text: [
      'A small square of weights slides over the image and is multiplied with what lies under it; the result is large where the image looks like the square. The same weights serve every place, so that a shape is found wherever it is, with few weights.',
      '一小块方形权重在图像上滑动，与所覆盖的像素相乘再相加；图像与这块权重相似之处结果就大。各处共用同一组权重，因此无论形状在哪里都能找到，而且权重很少。',
    ],
    formula: 'z(p) = b + Σ_c Σ_q W_c(q) · x_c(p + q)',
    where: ['Model › a layer › Convolution, for data of images.', '模型 › 某一层 › 卷积层，用于图像数据。'],
  },
  {
    id: 'feature-map',
    name: ['Channel (feature map)', '通道（特征图）'],
    see: ['convolution'],
    text: ['One picture among those that make up an image: a colour at the input, the response of one filter everywhere after a convolution.', '组成图像的若干幅画面之一：在输入处是一种颜色，在卷积之后是一个滤波器在各处的响应。'],
    where: ['Model › a convolution › Channels sets how many it makes.', '模型 › 卷积层 › 通道数决定产生多少幅。'],
  },
  {
    id: 'stride',
    name: ['Stride', '步幅'],
    see: ['convolution', 'pooling'],
    text: ['How far a window moves from one place to the next. With a stride of 2 it looks at every second place, and the picture that leaves has half the sides.', '窗口从一处移到下一处的距离。步幅为 2 时每隔一处看一次，输出画面的边长减半。'],
    formula: ['size = ⌊(size + 2 · padding − kernel) ⁄ stride⌋ + 1', '大小 = ⌊(大小 + 2 · 填充 − 核) ⁄ 步幅⌋ + 1'],
    where: ['Model › a convolution or pooling layer › Stride.', '模型 › 卷积层或池化层 › 步幅。'],
  },
  {
    id: 'padding',
    name: ['Padding', '填充'],
    see: ['convolution', 'stride'],
    text: ['Zeros laid around an image, so that a filter can stand on its edge and the picture that leaves need not be smaller.', '在图像四周补零，使滤波器也能放在边缘上，输出的画面不必变小。'],
    where: ['Model › a convolution › Padding: 1 for a kernel of 3, 2 for a kernel of 5 keep the size.', '模型 › 卷积层 › 填充：核为 3 时取 1、核为 5 时取 2 可保持大小。'],
  },
  {
    id: 'pooling',
    name: ['Pooling', '池化'],
    see: ['convolution', 'stride'],
    text: [
      'Makes an image smaller by keeping one number of each little square: the largest (max) or the mean (average). What was found is kept, where exactly is forgotten. Global average pooling keeps one mean of each whole channel.',
      '把每个小方块变成一个数来缩小图像：最大值（最大池化）或平均值（平均池化）。保留找到了什么，忘掉确切位置。全局平均池化为每个通道只留一个平均值。',
    ],
    where: ['Model › a layer › Max pooling, Average pooling, Global average pooling.', '模型 › 某一层 › 最大池化、平均池化、全局平均池化。'],
  },
  {
    id: 'batch-norm',
    name: ['Batch normalisation', '批归一化'],
    see: ['layer-norm', 'batch', 'scaling'],
    text: [
      'Brings each channel to mean 0 and standard deviation 1 over the samples of a batch, then scales and shifts it by two learned numbers. Layers behind it see numbers of steady size, and larger learning rates work. Predictions use running means instead of a batch.',
      '在一个批次上把每个通道变为均值 0、标准差 1，再用两个可学习的参数缩放和平移。后面的层看到的数大小稳定，可以用更大的学习率。预测时用滑动平均代替批次内的统计量。',
    ],
    formula: 'y = γ · (x − μ) ⁄ √(σ² + ε) + β',
    where: ['Model › a layer › Batch norm; usually between a linear layer and its activation.', '模型 › 某一层 › 批归一化；通常放在线性层与激活函数之间。'],
  },
  {
    id: 'layer-norm',
    name: ['Layer normalisation', '层归一化'],
    see: ['batch-norm', 'scaling'],
    text: [
      'Brings the numbers of each single sample to mean 0 and standard deviation 1, then scales and shifts them by learned numbers. It does not look at other samples, so that training and predicting are the same.',
      '把每个样本自己的数变为均值 0、标准差 1，再用可学习的参数缩放和平移。它不看其他样本，因此训练与预测时做法相同。',
    ],
    formula: 'y = γ · (x − μ) ⁄ √(σ² + ε) + β',
    where: ['Model › a layer › Layer norm.', '模型 › 某一层 › 层归一化。'],
  },
];
