/** Glossary: what layers come to, and what can go wrong inside them. */

/** @type {import('./terms.js').Term[]} */
export default [
  {
    id: 'shape',
    name: ['Shape', '形状'],
    see: ['layer', 'multiply-adds'],
    text: ['How the outputs of a layer are arranged: 16 numbers in a vector, 8 pictures of 14 by 14 (8×14×14), or 32 steps of 4 (32×4). The next layer has to fit it.', '一层的输出如何排列：16 维向量、8 张 14×14 的图（8×14×14），或 32 步、每步 4 个（32×4）。下一层必须与之相配。'],
    where: ['Under every layer in Model › Hidden layers, while you edit.', '编辑时显示在 模型 › 隐藏层 的每一层下面。'],
  },
  {
    id: 'multiply-adds',
    name: ['MACs (multiply-adds)', '乘加运算（MACs）'],
    see: ['shape', 'memory'],
    text: ['A multiplication with an addition, the work of which networks are made. Their number tells how much work a sample takes, whatever the computer.', '一次乘法加一次加法，是网络的基本运算。它的次数说明处理一个样本要多少计算量，与用什么计算机无关。'],
    where: ['Below the hidden layers, and for each layer in the table “Layers” of the network.', '隐藏层下方，以及网络的“各层”表格。'],
  },
  {
    id: 'memory',
    name: ['Memory', '内存'],
    see: ['batch', 'optimizer'],
    text: [
      'What training keeps at hand: the parameters, a gradient for each, the optimizer’s state of each, and for the backward pass the activations of every layer for every sample of the batch. Larger batches need more of the last.',
      '训练时要保存的内容：参数、每个参数的梯度、优化器对每个参数保存的状态，以及反向传播所需的、各层对批次中每个样本的激活值。批次越大，最后一项越多。',
    ],
    where: ['Below the hidden layers, with its parts behind the question mark.', '隐藏层下方，问号里有各部分的大小。'],
  },
  {
    id: 'dead-unit',
    name: ['Dead unit', '失活神经元'],
    see: ['relu', 'leaky-relu', 'learning-rate'],
    text: ['A ReLU unit that is 0 for every sample: no gradient passes it, so that it never learns again. A step that was too large can do that.', '对每个样本输出都为 0 的 ReLU 神经元：梯度无法通过，它再也学不到东西。一次过大的更新就可能造成这种情况（“死亡 ReLU”）。'],
    where: ['Network › Layers names a layer in which half of the units or more are 0 on each of 128 training samples.', '若一层中至少一半神经元在 128 个训练样本上都为 0，网络 › 各层 会指出。'],
  },
  {
    id: 'vanishing-gradient',
    name: ['Vanishing gradient', '梯度消失'],
    see: ['gradient', 'sigmoid', 'exploding-gradient'],
    text: ['On its way back through many layers the gradient is multiplied again and again. With factors below 1 nothing arrives at the first layers, and they hardly learn.', '梯度反向通过许多层时被反复相乘。若因子小于 1，传到前面几层时已所剩无几，这些层几乎学不到东西。'],
    where: ['Network › Layers names a layer whose gradients are more than 1000 times smaller than the output layer’s. Try ten layers of sigmoid.', '若一层的梯度不到输出层的 1/1000，网络 › 各层 会指出。可以试试十层 sigmoid。'],
  },
  {
    id: 'exploding-gradient',
    name: ['Exploding gradient', '梯度爆炸'],
    see: ['gradient', 'vanishing-gradient', 'scaling'],
    text: ['The same with factors above 1: gradients or outputs grow from layer to layer until steps overshoot and numbers are no longer finite.', '与梯度消失相反，因子大于 1：梯度或输出逐层变大，直到更新步子过大、数值不再有限。'],
    where: ['Network › Layers names a layer whose gradients are more than 1000 times the output layer’s, or whose outputs are above 1000 in size.', '若一层的梯度超过输出层的 1000 倍，或输出大小超过 1000，网络 › 各层 会指出。'],
  },
  {
    id: 'histogram',
    name: ['Histogram', '直方图'],
    see: ['weight', 'gradient', 'activation'],
    text: ['Bars that say how many numbers there are of which size. One bar alone is a layer with the same output for everything; two heaps at the ends of tanh are saturated units.', '用柱子表示各种大小的数各有多少。只有一根柱子，说明该层对任何输入都给出同样的输出；在 tanh 两端各有一堆，说明神经元已经饱和。'],
    where: ['Network › Layers: weights, gradients and outputs of every layer.', '网络 › 各层：每层的权重、梯度和输出。'],
  },
];
