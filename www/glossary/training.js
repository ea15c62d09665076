/** Glossary: what training is – updates, steps, the way down. */

/** @type {import('./terms.js').Term[]} */
export default [
  {
    id: 'update', name: ['Update', '更新'], see: ['epoch', 'batch', 'gradient-descent'],
    text: ['One step of training: look at some rows, see how the loss would change, and move every weight a little.', '训练的一步：看一些数据行，算出损失会如何变化，然后让每个权重移动一点点。'],
    where: ['The counter in the top bar; the button “One update” does exactly one.', '顶栏的计数器；“更新一次”按钮恰好做一步。'],
  },
  {
    id: 'epoch', name: ['Epoch', '轮次'], see: ['update', 'batch'],
    text: ['One pass over all training rows. With 350 rows and batches of 32, an epoch is 11 updates.', '把所有训练行看一遍。350 行、每批 32 行时，一轮是 11 次更新。'],
    formula: ['updates in an epoch = ⌈training rows ⁄ batch size⌉', '每轮更新次数 = ⌈训练行数 ⁄ 批量大小⌉'],
    where: ['The counter beside the updates; the button “One epoch” trains to the end of one.', '更新计数旁边的计数器；“训练一轮”按钮训练到一轮结束。'],
  },
  {
    id: 'batch', name: ['Batch', '批次'], see: ['update', 'sgd', 'gradient-descent'],
    text: ['The rows that one update looks at. Small batches give quick but shaky steps, large ones calm but costly steps.', '一次更新所看的数据行。批次小，步子快但摇晃；批次大，步子稳但代价高。'],
    where: ['Model › Batch size. Watch how the loss curve becomes rougher as batches become smaller.', '模型 › 批量大小。批次越小，损失曲线越粗糙。'],
  },
  {
    id: 'learning-rate', name: ['Learning rate', '学习率'], see: ['schedule', 'divergence', 'gradient-descent'],
    text: ['How far each update moves the weights. Too small, and training crawls; too large, and it jumps over the valley or flies apart.', '每次更新让权重走多远。太小则训练缓慢；太大则跳过低谷，甚至发散。'],
    formula: 'w ← w − η · ∂L⁄∂w', 
    where: ['Optimizer › Learning rate, changed while training; the chart draws it below the loss.', '优化器 › 学习率，训练中可改；图中画在损失下方。'],
  },
  {
    id: 'gradient', name: ['Gradient', '梯度'], see: ['gradient-descent', 'gradient-norm', 'loss'],
    text: ['For every weight, how fast the loss would rise if that weight grew: the direction of steepest ascent.', '对每个权重来说，它增大时损失上升得有多快：上升最陡的方向。'],
    formula: '∇L = (∂L⁄∂w₁, ∂L⁄∂w₂, …)',
    where: ['Every update computes it from the rows of a batch; the optimizer turns it into a step.', '每次更新都用一批数据行算出它，再由优化器变成一步。'],
  },
  {
    id: 'gradient-descent', name: ['Gradient descent', '梯度下降'], see: ['gradient', 'sgd', 'learning-rate'],
    text: ['Going downhill on the loss: move every weight against its gradient, again and again. In the strict sense every update looks at all training rows.', '沿损失的山坡往下走：一次次让权重逆着梯度移动。严格来说，每次更新都看所有训练行。'],
    formula: 'w ← w − η · ∇L(w)',
    where: ['Optimizer › Gradient descent: the smoothest loss curve, one update an epoch.', '优化器 › 梯度下降：损失曲线最平滑，每轮一次更新。'],
  },
  {
    id: 'sgd', name: ['Stochastic gradient descent (SGD)', '随机梯度下降（SGD）'], see: ['gradient-descent', 'batch', 'momentum'],
    text: ['Gradient descent on a few random rows at a time: each step is only roughly right, but there are many more of them. Here SGD takes one row, mini-batch descent a batch.', '每次只用少数随机行的梯度下降：每一步只是大致正确，但步数多得多。这里 SGD 每次用一行，小批量下降每次用一批。'],
    where: ['Optimizer › Stochastic gradient descent, and Mini-batch descent.', '优化器 › 随机梯度下降，以及小批量梯度下降。'],
  },
  {
    id: 'divergence', name: ['Divergence', '发散'], see: ['learning-rate', 'gradient-norm'],
    text: ['When steps are so large that each makes the loss worse, until the numbers are no longer finite.', '步子太大，每一步都让损失更糟，直到数值不再有限。'],
    where: ['Try a learning rate of 10 with mini-batch descent: the run stops and says which number broke.', '用小批量下降并把学习率设为 10：训练会停下并指出哪个数值坏了。'],
  },
  {
    id: 'gradient-norm', name: ['Gradient norm', '梯度范数'], see: ['gradient', 'divergence'],
    text: ['The length of the gradient: how steep the ground is. It shrinks as a valley is reached and shoots up before a run diverges.', '梯度的长度：地面有多陡。接近谷底时变小，发散之前会猛增。'],
    formula: '‖∇L‖₂ = √(Σ (∂L⁄∂wᵢ)²)',
    where: ['The chart of training, as one of its curves.', '训练图表中的一条曲线。'],
  },
  {
    id: 'schedule', name: ['Learning-rate schedule', '学习率计划'], see: ['learning-rate', 'warm-up', 'cosine', 'exponential', 'plateau'],
    text: ['A plan by which the learning rate changes while training: large steps to arrive quickly, small ones to settle.', '训练中学习率变化的计划：先大步快走，再小步稳定下来。'],
    where: ['Section Schedule; the learning rate is drawn below the loss on the same axis.', '“学习率计划”部分；学习率画在损失下方，共用横轴。'],
  },
  {
    id: 'cosine', name: ['Cosine schedule', '余弦退火'], see: ['schedule', 'exponential'],
    text: ['The rate falls like half a wave: slowly at first, fast in the middle, slowly at the end.', '学习率像半个波一样下降：开始慢，中间快，最后又慢。'],
    formula: 'ηₜ = η_min + ½ (η − η_min)(1 + cos(π t ⁄ T))',
    where: ['Schedule › Cosine.', '学习率计划 › 余弦退火。'],
  },
  {
    id: 'exponential', name: ['Exponential schedule', '指数衰减'], see: ['schedule', 'cosine'],
    text: ['Every update multiplies the rate by the same factor just below 1, so it halves again and again after equal times.', '每次更新把学习率乘以同一个略小于 1 的系数，每隔相同的时间减半。'],
    formula: 'ηₜ = η · γᵗ',
    where: ['Schedule › Exponential.', '学习率计划 › 指数衰减。'],
  },
  {
    id: 'plateau', name: ['Reduce on plateau', '停滞时降低'], see: ['schedule', 'patience'],
    text: ['Waits until the validation loss has stopped falling, then cuts the rate.', '等到验证损失不再下降，就降低学习率。'],
    where: ['Schedule › Reduce on plateau: the rate goes down in stairs.', '学习率计划 › 停滞时降低：学习率像台阶一样下降。'],
  },
  {
    id: 'warm-up', name: ['Warm-up', '预热'], see: ['schedule', 'learning-rate', 'divergence'],
    text: ['The first updates take small steps that grow in a straight line to the full rate. It keeps a fresh network, whose gradients are still wild, from jumping too far; the schedule starts counting behind it.', '最初的更新步子很小，沿直线增大到完整的学习率。刚开始时梯度还很乱，这样能避免一下跳得太远；预热结束后计划才开始计数。'],
    formula: 'ηₜ = η (f + (1 − f) t ⁄ W)',
    where: ['Schedule › Warm-up updates.', '学习率计划 › 预热更新次数。'],
  },
  {
    id: 'step-schedule', name: ['Step schedule', '阶梯下降'], see: ['schedule', 'exponential', 'plateau'],
    text: ['The rate stays for a number of updates, then drops by a factor, again and again, like stairs.', '学习率保持若干次更新，然后按系数骤降，像台阶一样反复。'],
    formula: 'ηₜ = η · γ^⌊t ⁄ s⌋',
    where: ['Schedule › Step.', '学习率计划 › 阶梯下降。'],
  },
  {
    id: 'polynomial', name: ['Polynomial schedule', '多项式衰减'], see: ['schedule', 'cosine'],
    text: ['The rate falls to zero along a straight line (power 1) or a curve that falls faster at first (larger powers).', '学习率沿直线（幂次为 1）或先快后慢的曲线（更大的幂次）降到零。'],
    formula: 'ηₜ = η (1 − t ⁄ T)ᵖ',
    where: ['Schedule › Polynomial.', '学习率计划 › 多项式衰减。'],
  },
  {
    id: 'warm-restarts', name: ['Warm restarts', '热重启'], see: ['schedule', 'cosine', 'cyclic'],
    text: ['Half a cosine down, a jump back up, and down again: every jump can throw the weights out of a poor valley.', '沿半个余弦下降，跳回原值，再次下降：每次跳回都可能让权重离开不好的低谷。'],
    where: ['Schedule › Cosine with warm restarts; the length factor makes each fall longer than the last.', '学习率计划 › 余弦退火（热重启）；长度系数让每段比前一段更长。'],
  },
  {
    id: 'one-cycle', name: ['One cycle', '单周期'], see: ['schedule', 'warm-up', 'cyclic'],
    text: ['The rate rises from a small value to a peak and then falls to almost nothing, once for the whole training. Here momentum stays as it is set.', '整个训练只有一个周期：学习率从小值升到峰值，再降到几乎为零。这里动量保持设定值不变。'],
    where: ['Schedule › One cycle: set its length to as many updates as you train.', '学习率计划 › 单周期：把长度设为要训练的更新次数。'],
  },
  {
    id: 'cyclic', name: ['Cyclic schedule', '循环学习率'], see: ['schedule', 'one-cycle', 'warm-restarts'],
    text: ['The rate goes up and down in straight lines between two values for ever; later peaks may be lower.', '学习率在两个值之间沿直线不断升降；之后的峰值可以变低。'],
    where: ['Schedule › Cyclic.', '学习率计划 › 循环。'],
  },
  {
    id: 'early-stopping', name: ['Early stopping', '早停'], see: ['patience', 'overfitting', 'validation'],
    text: ['Ends training when the validation loss no longer improves, and goes back to the best model: before it starts to learn by heart.', '验证损失不再改善时结束训练，并回到最佳模型：在它开始死记硬背之前。'],
    where: ['Stop › Early stopping; the best update is marked in the chart.', '停止 › 早停；最佳更新在图中标出。'],
  },
  {
    id: 'patience', name: ['Patience', '耐心'], see: ['early-stopping', 'plateau'],
    text: ['How many evaluations without improvement are borne before something is done.', '在采取行动之前，容忍多少次没有改善的评估。'],
    where: ['Stop › Patience; the bar among the metrics shows how much is used up.', '停止 › 耐心；指标中的进度条显示已用掉多少。'],
  },
  {
    id: 'seed', name: ['Seed', '随机种子'], see: ['initialisation'],
    text: ['The number from which all chance is drawn. The same seed gives the same data, weights and batches, bit for bit; another seed shows how much was luck.', '所有随机性的来源。相同的种子给出完全相同的数据、权重和批次；换一个种子能看出运气占多少。'],
    where: ['Data › Seed, and the dice in the top bar.', '数据 › 随机种子，以及顶栏的骰子。'],
  },
];
