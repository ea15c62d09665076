/** Glossary: optimizers that look at how the ground bends, and what their steps cost. */

/** @type {import('./terms.js').Term[]} */
export default [
  {
    id: 'hessian',
    name: ['Hessian', '海森矩阵（Hessian）'],
    see: ['gradient', 'newton', 'lbfgs', 'levenberg-marquardt'],
    text: [
      'How the gradient changes when the weights move: the curvature of the loss, a table with a row and a column for every weight. Knowing it, a step can go straight to the bottom of a bowl instead of zigzagging down.',
      '权重移动时梯度如何变化：损失的曲率，是每个权重各占一行一列的表。知道了它，一步就能直达碗底，而不必曲折下行。',
    ],
    formula: 'Hᵢⱼ = ∂²L ⁄ ∂wᵢ∂wⱼ',
    where: ['Optimizer › Newton’s method uses it exactly, a direction at a time; L-BFGS estimates it from its steps.', '优化器 › 牛顿法精确使用它，每次一个方向；L-BFGS 用走过的步来估计它。'],
  },
  {
    id: 'lbfgs',
    name: ['L-BFGS', 'L-BFGS'],
    see: ['newton', 'line-search', 'gradient-evaluation'],
    text: [
      'Remembers its last few steps and how the gradient changed along each. That tells how the loss bends, and turns the gradient into a direction that leads much further. A line search then finds the length of the step, so that there is no learning rate.',
      '记住最近几步以及梯度沿每一步的变化，由此得知损失如何弯曲，把梯度变成走得更远的方向；再由线搜索决定步长，因此没有学习率。',
    ],
    formula: 'w ← w − t H⁻¹ g',
    where: ['Optimizer › L-BFGS. Every update uses all training samples: compare gradient evaluations, not only updates.', '优化器 › L-BFGS。每次更新使用全部训练样本：除了更新次数，也要比较梯度求值次数。'],
  },
  {
    id: 'newton',
    name: ['Newton’s method', '牛顿法'],
    see: ['hessian', 'trust-region', 'lbfgs'],
    text: [
      'Takes the loss around the present weights for a bowl, slope and curvature both exact, and steps to its bottom. Near a minimum that is almost right, and the number of correct digits doubles with every update; far from it, a trust region holds the step back. The bottom is found by conjugate gradients, which ask for the curvature in a few directions only.',
      '把当前权重附近的损失看作一只碗（坡度与曲率都是精确的），一步走到碗底。接近极小值时几乎准确，正确位数每次更新翻倍；离得远时由信赖域限制步子。碗底用共轭梯度法寻找，只需询问少数几个方向的曲率。',
    ],
    formula: 'w ← w + p,  H p ≈ −g,  ‖p‖ ≤ Δ',
    where: ['Optimizer › Newton’s method, for dense layers. Where nothing moves for an update, the step was tried and rejected.', '优化器 › 牛顿法，适用于全连接层。某次更新没有变化时，表示试过的步子没有被采用。'],
  },
  {
    id: 'trust-region',
    name: ['Trust region', '信赖域'],
    see: ['newton', 'hessian'],
    text: [
      'How far a step may go. After each step the loss that was foretold is compared with the loss that came: a good forecast doubles the radius, a bad one quarters it, and a step that made things worse is taken back.',
      '一步最远能走多远。每步之后，把预测的损失与实际的损失比较：预测得准，半径加倍；预测得差，半径缩为四分之一；让损失变差的步子会撤销。',
    ],
    formula: ['ρ = loss that fell ⁄ fall that was foretold', 'ρ = 实际下降 ⁄ 预测下降'],
    where: ['Optimizer › Newton’s method › Initial radius.', '优化器 › 牛顿法 › 初始半径。'],
  },
  {
    id: 'levenberg-marquardt',
    name: ['Levenberg–Marquardt', 'Levenberg–Marquardt 法'],
    see: ['gauss-newton', 'hessian', 'mse'],
    text: [
      'For squared errors: takes every single error to be a straight line in the weights and solves for the step that makes all of them small at once. Damping holds that step back and turns it towards plain gradient descent; it is raised until a step helps, and lowered when one does as foretold. The equations are as many as the weights, so the network must be small.',
      '用于平方误差：把每个误差都看作权重的直线函数，解方程组求出同时减小所有误差的一步。阻尼会缩短这一步并把它转向普通的下降方向：没有帮助就提高阻尼，符合预测就降低。方程的个数与权重一样多，所以网络必须小。',
    ],
    formula: 'w ← w − (JᵀJ + μ I)⁻¹ Jᵀe',
    where: ['Optimizer › Levenberg–Marquardt, with the mean squared error as the loss function. Each update computes the slope of every error.', '优化器 › Levenberg–Marquardt 法，损失用均方误差。每次更新都计算每个误差的坡度。'],
  },
  {
    id: 'gauss-newton',
    name: ['Gauss–Newton', '高斯–牛顿法'],
    see: ['levenberg-marquardt', 'newton'],
    text: [
      'Newton’s method for squared errors, with the bends of the single errors left out: JᵀJ in place of the Hessian. Near a good fit little is missing; far from one its full steps may jump about, which is what damping is for.',
      '用于平方误差的牛顿法，忽略单个误差的弯曲：用 JᵀJ 代替海森矩阵。拟合较好时几乎没有差别；离得远时整步可能乱跳，因此才需要阻尼。',
    ],
    formula: 'w ← w − (JᵀJ)⁻¹ Jᵀe',
    where: ['Optimizer › Levenberg–Marquardt with the initial damping set to 0.', '优化器 › Levenberg–Marquardt 法，把初始阻尼设为 0。'],
  },
  {
    id: 'line-search',
    name: ['Line search', '线搜索'],
    see: ['lbfgs', 'gradient-evaluation'],
    text: ['Tries several lengths of a step in one direction until the loss has fallen enough and has become flat enough (the strong Wolfe conditions). Each try costs a gradient.', '沿一个方向尝试不同步长，直到损失降得够多、坡度也够平（强 Wolfe 条件）。每次尝试都要算一次梯度。'],
    formula: 'L(t) ≤ L(0) + c₁ t L′(0),  |L′(t)| ≤ c₂ |L′(0)|',
    where: ['Optimizer › L-BFGS › Max tries, in the depth “Lab”.', '优化器 › L-BFGS › 最多尝试次数，在“实验室”模式中。'],
  },
  {
    id: 'gradient-evaluation',
    name: ['Gradient evaluation', '梯度求值'],
    see: ['gradient', 'update', 'lbfgs'],
    text: [
      'One computation of the gradient on the samples of an update: one pass forward and one backward, which counts twice. Most optimizers need one an update; those that search need more, so that updates alone would flatter them. A loss alone counts a third, the curvature in a direction two.',
      '在一次更新的样本上算一次梯度：前向一遍、反向一遍（反向算两份）。多数优化器每次更新只需一次；会搜索的需要更多，只比较更新次数会高估它们。只算损失计三分之一，某方向的曲率计两次。',
    ],
    where: ['The saved history has a column of them.', '保存的历史数据中有这一列。'],
  },
];
