/** Glossary: the optimizers, each by what it adds to plain descent, and what is done around their step. */

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
    id: 'adamw', name: ['AdamW', 'AdamW'], see: ['adam', 'weight-decay', 'l2'],
    text: ['Adam that also shrinks all weights a little at each step, apart from the gradient. In plain Adam an L2 penalty would be scaled away.', '在每一步另外让所有权重略微缩小的 Adam，与梯度无关。在普通 Adam 中，L2 惩罚会被缩放掉。'],
    formula: 'w ← w − η λ w − η m̂ ⁄ (√v̂ + ε)',
    where: ['Optimizer › AdamW › Weight decay.', '优化器 › AdamW › 权重衰减。'],
  },
  {
    id: 'nadam', name: ['NAdam', 'NAdam'], see: ['adam', 'nesterov'],
    text: ['Adam with Nesterov’s look ahead: the step already counts on the momentum that the next update will have.', '带 Nesterov 前瞻的 Adam：这一步已经计入下一次更新将有的动量。'],
    formula: 'w ← w − η (μₜ₊₁ m̂ + (1 − μₜ) ĝ) ⁄ (√v̂ + ε)',
    where: ['Optimizer › NAdam.', '优化器 › NAdam。'],
  },
  {
    id: 'lion', name: ['Lion', 'Lion'], see: ['momentum', 'adam'],
    text: ['Found by a program that searched for optimizers. Only the sign of the momentum counts: every weight moves by exactly the learning rate, up or down.', '由搜索优化器的程序发现。只看动量的正负号：每个权重都恰好移动一个学习率，向上或向下。'],
    formula: 'w ← w − η sign(β₁ m + (1 − β₁) g),  m ← β₂ m + (1 − β₂) g',
    where: ['Optimizer › Lion. Its learning rate is about a tenth of Adam’s.', '优化器 › Lion。学习率约为 Adam 的十分之一。'],
  },
  {
    id: 'muon', name: ['Muon', 'Muon'], see: ['momentum', 'shampoo'],
    text: ['Looks at the weights of a layer as one matrix and makes the momentum’s step equally long in all its directions, so that rare directions are learned too. Biases follow AdamW.', '把一层的权重看作一个矩阵，使动量的步伐在各个方向上一样长，于是少见的方向也能学到。偏置用 AdamW。'],
    formula: ['m ← μ m + (1 − μ) g,  W ← W − η U Vᵀ  (U S Vᵀ = m)', 'm ← μ m + (1 − μ) g,  W ← W − η U Vᵀ（U S Vᵀ = m）'],
    where: ['Optimizer › Muon. Compare it with Adam on the spiral.', '优化器 › Muon。可在螺旋数据上与 Adam 比较。'],
  },
  {
    id: 'shampoo', name: ['Shampoo', 'Shampoo'], see: ['adagrad', 'soap', 'muon'],
    text: ['Adagrad for whole matrices: it remembers in which directions a layer’s gradients were large, and shortens the step there, also where these directions lie across the weights.', '面向整个矩阵的 Adagrad：记住一层的梯度在哪些方向上较大，并在那里缩短步伐，即使这些方向横跨多个权重。'],
    formula: 'L ← L + G Gᵀ,  R ← R + Gᵀ G,  W ← W − η L^(−¼) G R^(−¼)',
    where: ['Optimizer › Shampoo. “Grafting” gives its steps the length of a simpler method.', '优化器 › Shampoo。“嫁接”让它的步伐取某种简单方法的长度。'],
  },
  {
    id: 'soap', name: ['SOAP', 'SOAP'], see: ['shampoo', 'adam'],
    text: ['Adam in Shampoo’s directions: each layer is turned so that its gradients vary along the axes, Adam takes its step there, and the step is turned back.', '在 Shampoo 的方向上使用 Adam：把每一层转到梯度沿坐标轴变化的方向，Adam 在那里迈步，再转回来。'],
    formula: 'W ← W − η Qₗ Adam(Qₗᵀ G Qᵣ) Qᵣᵀ',
    where: ['Optimizer › SOAP. Its first update only looks; the weights move from the second on.', '优化器 › SOAP。第一次更新只观察，权重从第二次起移动。'],
  },
  {
    id: 'schedule-free', name: ['Schedule-free AdamW', '无需计划的 AdamW'], see: ['adamw', 'averaging', 'schedule'],
    text: ['Instead of lowering the learning rate, it answers with the mean of all its steps. Gradients are taken between the newest step and that mean.', '不降低学习率，而是以所有步伐的平均作答；梯度在最新一步与这个平均之间求得。'],
    formula: 'y = (1 − β₁) z + β₁ x,  z ← z − η g(y) ⁄ (√v̂ + ε),  x ← (1 − c) x + c z',
    where: ['Optimizer › Schedule-Free AdamW. What is drawn, measured and saved is x.', '优化器 › 无需计划的 AdamW。绘制、度量与保存的都是 x。'],
  },
  {
    id: 'weight-decay', name: ['Weight decay', '权重衰减'], see: ['l2', 'adamw'],
    text: ['Every step shrinks all weights by a small share, apart from the gradient (decoupled). With plain descent that is the same as an L2 penalty; with Adam it is not, and works better.', '每一步都让所有权重按小比例缩小，与梯度无关（解耦）。对普通梯度下降，这与 L2 惩罚相同；对 Adam 则不同，而且效果更好。'],
    formula: 'w ← w (1 − η λ)',
    where: ['Optimizer › Decoupled decay, changed while training. AdamW, Lion and Muon also have a weight decay of their own, which takes biases along.', '优化器 › 解耦衰减，训练中可改。AdamW、Lion 与 Muon 还有各自的权重衰减，连偏置一起缩小。'],
  },
  {
    id: 'clipping', name: ['Gradient clipping', '梯度裁剪'], see: ['gradient', 'learning-rate'],
    text: ['A limit on the gradient before each step. By norm, a gradient that is too long is shortened and keeps its direction; by value, each slope is cut off by itself. It keeps one steep place from throwing all weights away.', '每一步之前对梯度设上限。按范数：过长的梯度缩短而方向不变；按数值：每个分量各自截断。这样某个陡峭之处不会把全部权重抛开。'],
    formula: 'g ← g · min(1, c ⁄ ‖g‖)',
    where: ['Optimizer › Clip the gradient. The history shows the norm before clipping.', '优化器 › 梯度裁剪。历史曲线显示裁剪前的范数。'],
  },
  {
    id: 'averaging', name: ['Weight averaging', '权重平均'], see: ['sgd', 'learning-rate'],
    text: ['Noisy steps circle around a good place; the average of the weights lies closer to its middle. The average answers (predictions, map, drawing, saved file), while training goes on with the weights themselves.', '带噪声的步伐绕着好位置打转，权重的平均更接近中心。由平均值作答（预测、地图、绘图、保存的文件），训练则继续使用权重本身。'],
    formula: 'a ← d a + (1 − d) w',
    where: ['Optimizer › Average the weights, in the depth “Lab”.', '优化器 › 权重平均，在“实验室”深度中。'],
  },
  {
    id: 'freezing', name: ['Freezing layers', '冻结层'], see: ['transfer-learning', 'learning-rate', 'layer'],
    text: ['Frozen layers keep their weights while the others learn. What earlier layers know stays, and a fresh output layer cannot spoil it while its own first steps are still wild; thawed later, often with a smaller rate, they adapt too.', '冻结的层保持权重，其余各层照常学习。前面各层学到的东西得以保留，新输出层最初的乱步不会破坏它；之后解冻，常用较小的学习率，它们也会适应。'],
    where: ['Optimizer › Rules for layers, in the depth “Lab”: freeze, until which update, and a rate of their own.', '优化器 › 层规则，在“实验室”深度中：冻结、冻结到第几次更新，以及单独的学习率。'],
  },
  {
    id: 'transfer-learning', name: ['Transfer learning', '迁移学习'], see: ['freezing', 'initialisation'],
    text: ['Beginning with weights that another training left behind. The first layers often know what is common to many tasks; with a fresh output layer on top, a few rows are enough to learn a new one.', '从另一次训练留下的权重开始。前几层往往掌握许多任务共有的东西；换上新的输出层，少量数据就能学会新任务。'],
    where: ['Save weights with the arrow in the top bar; then Model › Begin with › Weights from a file, in the depth “Lab”. The files are those of PyTorch.', '用顶栏的箭头保存权重；然后在“实验室”深度中选择 模型 › 起始权重 › 文件中的权重。文件格式与 PyTorch 相同。'],
  },
  {
    id: 'l1', name: ['L1 penalty', 'L1 正则'], see: ['l2', 'elastic-net', 'overfitting'],
    text: ['Adds the sum of the sizes of all weights to the loss: weights that do little are pulled all the way to zero.', '把所有权重绝对值之和加到损失上：作用不大的权重被拉到零。'],
    formula: 'L + λ Σ |w|',
    where: ['Model › L1, changed while training: watch lines of the network fade.', '模型 › L1，训练中可改：看网络中的连线变淡。'],
  },
  {
    id: 'l2', name: ['L2 penalty', 'L2 正则'], see: ['l1', 'weight-decay', 'elastic-net', 'overfitting'],
    text: ['Adds the sum of squared weights to the loss: no weight becomes large, and the boundary stays smooth.', '把权重平方和加到损失上：没有权重会变得很大，边界保持平滑。'],
    formula: 'L + λ⁄2 · Σ w²',
    where: ['Model › L2, changed while training.', '模型 › L2，训练中可改。'],
  },
  {
    id: 'elastic-net', name: ['Elastic net', '弹性网络'], see: ['l1', 'l2'],
    text: ['L1 and L2 together: weights that do little become zero, and of weights that do the same, all stay a little. For a linear model, L1 alone is called lasso and L2 alone ridge regression.', '同时使用 L1 与 L2：作用不大的权重变为零，作用相同的权重则都保留一些。对线性模型，只用 L1 称为 lasso，只用 L2 称为岭回归。'],
    formula: 'L + λ₁ Σ |w| + λ₂⁄2 · Σ w²',
    where: ['Model › L1 and L2 above zero. In scikit-learn’s words: L1 = 2 · alpha · l1_ratio, L2 = 2 · alpha · (1 − l1_ratio), with the mean squared error.', '模型 › L1 与 L2 都大于零。按 scikit-learn 的写法，用均方误差时：L1 = 2 · alpha · l1_ratio，L2 = 2 · alpha · (1 − l1_ratio)。'],
  },
  {
    id: 'max-norm', name: ['Max-norm', '最大范数约束'], see: ['l2', 'overfitting'],
    text: ['A fence instead of a pull: the incoming weights of a unit may grow freely up to a length, and are scaled back to it when a step leads beyond.', '是围栏而不是拉力：神经元的传入权重在某个长度以内可自由增长，超出时缩回到该长度。'],
    formula: 'w ← w · c ⁄ ‖w‖  (‖w‖ > c)',
    where: ['Model › Max-norm, in the depth “Lab”.', '模型 › 最大范数约束，在“实验室”深度中。'],
  },
];
