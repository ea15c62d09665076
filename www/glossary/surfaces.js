/** Glossary: the loss as a landscape, and what makes it hard to descend. */

/** @type {import('./terms.js').Term[]} */
export default [
  {
    id: 'loss-surface',
    name: ['Loss surface', '损失曲面'],
    see: ['gradient', 'saddle-point', 'condition-number', 'filter-normalisation'],
    text: [
      'The loss over all values that the weights could have: a landscape with one direction for every weight, in which training walks downhill. With two numbers it can be drawn whole; of a network only slices can be drawn, which show two directions out of thousands.',
      '损失随权重所有可能取值的变化：一片地形，每个权重是一个方向，训练就是沿着它下坡。只有两个数时可以完整画出；对网络只能画出切片，即成千上万个方向中的两个。',
    ],
    where: ['“Race on surfaces” in the top bar draws classic ones; “Loss landscape” beside the network draws a slice around its weights.', '顶栏的“优化器赛跑（测试函数）”画出经典曲面；网络旁的“损失地形”画出其权重周围的切片。'],
  },
  {
    id: 'saddle-point',
    name: ['Saddle point', '鞍点'],
    see: ['loss-surface', 'gradient', 'hessian', 'momentum'],
    text: [
      'A place where the slope is zero and which is still no lowest place: the ground rises in some directions and falls in others, as on a mountain pass. Steps become tiny near it; noise in the gradient or momentum carries them past.',
      '坡度为零却不是最低点的地方：有些方向上升，有些方向下降，像山口。靠近它时步子变得极小；梯度中的噪声或动量能把它带过去。',
    ],
    formula: ['∇f = 0, and H has eigenvalues of both signs', '∇f = 0，且 H 的特征值有正有负'],
    where: ['Race on surfaces › Saddle: begin exactly on the ridge, then add gradient noise.', '优化器赛跑（测试函数） › 鞍点：先从脊线上出发，再加入梯度噪声。'],
  },
  {
    id: 'condition-number',
    name: ['Condition number', '条件数'],
    see: ['hessian', 'learning-rate', 'momentum', 'scaling'],
    text: [
      'How much more the loss curves in its steepest direction than in its flattest. The steep direction limits the learning rate, the flat one then takes so many more updates: about as many times more as this number for gradient descent, as its square root for well-set momentum.',
      '损失在最陡方向上的弯曲是最平方向的多少倍。陡的方向限制了学习率，平的方向因此要更多次更新：梯度下降约为这个数的倍数，调好的动量约为它的平方根倍。',
    ],
    formula: 'κ = λₘₐₓ ⁄ λₘᵢₙ,  η < 2 ⁄ λₘₐₓ',
    where: ['Race on surfaces › Ravine › Condition number.', '优化器赛跑（测试函数） › 峡谷 › 条件数。'],
  },
  {
    id: 'trajectory',
    name: ['Trajectory', '轨迹'],
    see: ['loss-surface', 'checkpoint', 'pca'],
    text: ['The way of the weights through the landscape, from checkpoint to checkpoint. The plane of its first two principal components, PC1 and PC2, shows as much of it as any plane can.', '权重在损失地形中从一个检查点到下一个检查点所走的路。其前两个主成分 PC1 与 PC2 所张成的平面能显示的部分最多。'],
    where: ['Loss landscape › Directions › Along the trajectory.', '损失地形 › 方向 › 沿训练轨迹。'],
  },
  {
    id: 'filter-normalisation',
    name: ['Filter normalisation', '滤波器归一化'],
    see: ['loss-surface', 'batch-norm', 'initialisation'],
    text: [
      'Makes random directions around a network’s weights comparable: the part of a direction that belongs to a unit or filter is scaled to be as long as that unit’s weights. Without it a network with large weights looks flat and one with small weights looks sharp, although both may compute the same. Biases and normalisation parameters are not moved.',
      '让网络权重周围的随机方向可以相互比较：方向中属于某个神经元或滤波器的部分，缩放到与该神经元的权重一样长。否则权重大的网络显得平坦，权重小的显得尖锐，尽管两者可能算出同样的结果。偏置与归一化参数不移动。',
    ],
    formula: 'dᵢⱼ ← dᵢⱼ ⁄ ‖dᵢⱼ‖ · ‖wᵢⱼ‖',
    where: ['Loss landscape › Directions › Random (Li et al. 2018).', '损失地形 › 方向 › 随机（Li 等，2018）。'],
  },
];
