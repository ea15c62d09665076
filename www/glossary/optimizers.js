/** Glossary: the optimizers, each by what it adds to plain descent. */

/** @type {import('./terms.js').Term[]} */
export default [
  {
    id: 'optimizer', name: ['Optimizer', '优化器'], see: ['gradient-descent', 'momentum', 'adam'],
    text: ['The rule that turns gradients into steps of the weights.', '把梯度变成权重步伐的规则。'],
    where: ['Section Optimizer. Change it and play again from the same seed: who needs fewer updates?', '“优化器”部分。用同一种子换优化器再训练：谁需要的更新更少？'],
  },
  {
    id: 'momentum', name: ['Momentum', '动量'], see: ['nesterov', 'sgd'],
    text: ['Descent with a memory: like a ball, the step keeps part of its last velocity, rolls through small bumps and speeds up on long slopes.', '有记忆的下降：像滚动的球，每一步保留部分上一步的速度，越过小坎，在长坡上加速。'],
    formula: 'v ← μ v + g,  w ← w − η v',
    where: ['Optimizer › Momentum.', '优化器 › 动量。'],
  },
  {
    id: 'nesterov', name: ['Nesterov momentum', 'Nesterov 动量'], see: ['momentum'],
    text: ['Momentum that looks where it is about to land and corrects itself before the step.', '先看将要落到哪里，再在迈步之前修正的动量。'],
    formula: 'v ← μ v + g,  w ← w − η (g + μ v)',
    where: ['Optimizer › Nesterov.', '优化器 › Nesterov 动量。'],
  },
  {
    id: 'adagrad', name: ['Adagrad', 'Adagrad'], see: ['rmsprop', 'adam'],
    text: ['Gives every weight its own step size, smaller the more gradient it has seen since the start; so steps only ever shrink.', '给每个权重自己的步长；自开始以来见过的梯度越多，步长越小，所以步子只会变小。'],
    formula: 's ← s + g²,  w ← w − η g ⁄ (√s + ε)',
    where: ['Optimizer › Adagrad.', '优化器 › Adagrad。'],
  },
  {
    id: 'rmsprop', name: ['RMSProp', 'RMSProp'], see: ['adagrad', 'adam'],
    text: ['Like Adagrad, but it forgets: the gradient is divided by its recent size, so steps can grow again.', '类似 Adagrad，但会遗忘：梯度除以它近期的大小，步长还能再变大。'],
    formula: 's ← α s + (1 − α) g²,  w ← w − η g ⁄ (√s + ε)',
    where: ['Optimizer › RMSProp.', '优化器 › RMSProp。'],
  },
  {
    id: 'adam', name: ['Adam', 'Adam'], see: ['momentum', 'rmsprop', 'adamw'],
    text: ['Momentum and RMSProp together: the mean of recent gradients divided by their recent size, corrected for the zeros both start from.', '动量与 RMSProp 的结合：近期梯度的平均除以其近期大小，并修正两者从零开始的偏差。'],
    formula: 'm ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²,  w ← w − η m̂ ⁄ (√v̂ + ε)',
    where: ['Optimizer › Adam, the default. Beta 1, Beta 2 and Epsilon stand in the depth “Lab”.', '优化器 › Adam（默认）。β₁、β₂ 与 ε 在“实验室”深度中。'],
  },
  {
    id: 'adamw', name: ['AdamW', 'AdamW'], see: ['adam', 'l2'],
    text: ['Adam that also shrinks all weights a little at each step, apart from the gradient. In plain Adam an L2 penalty would be scaled away.', '在每一步另外让所有权重略微缩小的 Adam，与梯度无关。在普通 Adam 中，L2 惩罚会被缩放掉。'],
    formula: 'w ← w − η λ w − η m̂ ⁄ (√v̂ + ε)',
    where: ['Optimizer › AdamW › Weight decay.', '优化器 › AdamW › 权重衰减。'],
  },
  {
    id: 'l1', name: ['L1 penalty', 'L1 正则'], see: ['l2', 'overfitting'],
    text: ['Adds the sum of the sizes of all weights to the loss: weights that do little are pulled all the way to zero.', '把所有权重绝对值之和加到损失上：作用不大的权重被拉到零。'],
    formula: 'L + λ Σ |w|',
    where: ['Model › L1, changed while training: watch lines of the network fade.', '模型 › L1，训练中可改：看网络中的连线变淡。'],
  },
  {
    id: 'l2', name: ['L2 penalty', 'L2 正则'], see: ['l1', 'adamw', 'overfitting'],
    text: ['Adds the sum of squared weights to the loss: no weight becomes large, and the boundary stays smooth.', '把权重平方和加到损失上：没有权重会变得很大，边界保持平滑。'],
    formula: 'L + λ⁄2 · Σ w²',
    where: ['Model › L2, changed while training.', '模型 › L2，训练中可改。'],
  },
];
