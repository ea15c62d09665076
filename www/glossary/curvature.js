/** Glossary: optimizers that look at how the ground bends, and what their steps cost. */

/** @type {import('./terms.js').Term[]} */
export default [
  {
    id: 'hessian', name: ['Hessian', '海森矩阵'], see: ['gradient', 'lbfgs'],
    text: ['How the gradient changes when the weights move: the curvature of the loss, a table with a row and a column for every weight. Knowing it, a step can go straight to the bottom of a bowl instead of zigzagging down.', '权重移动时梯度如何变化：损失的曲率，是每个权重各占一行一列的表。知道了它，一步就能直达碗底，而不必曲折下行。'],
    formula: 'Hᵢⱼ = ∂²L ⁄ ∂wᵢ∂wⱼ',
    where: ['It is never written down as a whole; L-BFGS estimates it from its steps.', '从不整个写出；L-BFGS 用走过的步来估计它。'],
  },
  {
    id: 'lbfgs', name: ['L-BFGS', 'L-BFGS'], see: ['hessian', 'line-search', 'gradient-evaluation'],
    text: ['Remembers its last few steps and how the gradient changed along each. That tells how the loss bends, and turns the gradient into a direction that leads much further. A line search then finds the length of the step, so that there is no learning rate.', '记住最近几步以及梯度沿每一步的变化，由此得知损失如何弯曲，把梯度变成能走得更远的方向；再由线搜索决定步长，因此没有学习率。'],
    formula: 'w ← w − t H⁻¹ g',
    where: ['Optimizer › L-BFGS. Every update looks at all training rows: compare gradient evaluations, not only updates.', '优化器 › L-BFGS。每次更新看全部训练行：除了更新次数，也要比较梯度求值次数。'],
  },
  {
    id: 'line-search', name: ['Line search', '线搜索'], see: ['lbfgs', 'gradient-evaluation'],
    text: ['Tries several lengths of a step in one direction until the loss has fallen enough and has become flat enough (the strong Wolfe conditions). Each try costs a gradient.', '沿一个方向尝试不同步长，直到损失降得够多、坡度也够平（强 Wolfe 条件）。每次尝试都要算一次梯度。'],
    formula: 'L(t) ≤ L(0) + c₁ t L′(0),  |L′(t)| ≤ c₂ |L′(0)|',
    where: ['Optimizer › L-BFGS › Most tries, in the depth “Lab”.', '优化器 › L-BFGS › 最多尝试次数，在“实验室”深度中。'],
  },
  {
    id: 'gradient-evaluation', name: ['Gradient evaluation', '梯度求值'], see: ['gradient', 'update', 'lbfgs'],
    text: ['One computation of the gradient on the rows of an update: one pass forward and one backward, which counts twice. Most optimizers need one an update; those that search need more, so that updates alone would flatter them. A loss alone counts a third.', '在一次更新的数据行上算一次梯度：前向一遍、反向一遍（反向算两份）。多数优化器每次更新只需一次；会搜索的需要更多，只比较更新次数会高估它们。只算损失计三分之一。'],
    where: ['The saved history has a column of them.', '保存的历史数据中有这一列。'],
  },
];
