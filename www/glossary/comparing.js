/** Glossary: comparing runs, and looking at one as it was. */

/** @type {import('./terms.js').Term[]} */
export default [
  {
    id: 'race',
    name: ['Race of runs', '运行比赛'],
    see: ['updates-to-target', 'fork', 'seed'],
    text: [
      'Several runs with the same samples, the same initial weights and the same order of batches, an update at a time in lock-step. What differs in the result then comes from the one setting that was changed.',
      '若干运行使用相同的样本、相同的初始权重和相同的批次顺序，同步地一次一次更新。结果的差别便来自所改变的那一项设置。',
    ],
    where: ['“Compare” in the training history.', '训练历史中的“对比”。'],
  },
  {
    id: 'updates-to-target',
    name: ['Updates to the target', '到达目标的更新次数'],
    see: ['race', 'gradient-evaluation', 'epoch'],
    text: [
      'How many updates a run needs until a metric on the validation samples first reaches a value, the finish line. Samples seen, gradient evaluations and time tell other sides: a large batch needs fewer updates, but each costs more.',
      '一个运行使验证集上的某个指标首次达到给定数值（终点线）所需的更新次数。已见样本数、梯度求值次数和时间反映其他方面：批次大，需要的更新更少，但每次代价更高。',
    ],
    where: ['The finish line of a race; drag it in the chart of its metric.', '比赛的终点线；可在相应指标的图中拖动。'],
  },
  {
    id: 'checkpoint',
    name: ['Checkpoint', '检查点'],
    see: ['fork', 'early-stopping'],
    text: ['The complete state of a run at one moment: weights, the optimizer’s state, where the random numbers are. From it the model can be looked at as it was, and training goes on with the same bits.', '运行在某一时刻的完整状态：权重、优化器状态、随机数的位置。由它可以查看当时的模型，也可以一位不差地继续训练。'],
    where: ['Drag in the charts of the training history. The best checkpoint stands among the metrics.', '在训练历史的图表中拖动。最佳检查点显示在指标中。'],
  },
  {
    id: 'fork',
    name: ['Fork', '分支'],
    see: ['checkpoint', 'race'],
    text: ['A second run that shares the past of the first until a checkpoint and goes on with another setting: what would have been, had the rate been lowered there?', '第二个运行与第一个在某检查点之前完全相同，之后以另一种设置继续：如果在那里降低学习率，会怎样？'],
    where: ['Drag back in a chart, then “New run from here”.', '在图表中向后拖动，然后选“从此处新建运行”。'],
  },
  {
    id: 'range-test',
    name: ['Learning-rate range test', '学习率范围测试'],
    see: ['learning-rate', 'schedule'],
    text: [
      'A short training in which the rate grows with every update. Where the smoothed loss falls fastest over the logarithm of the rate is proposed; where it grows the rate is too large (Smith 2017).',
      '一次短暂训练，学习率随每次更新而增大。平滑后的损失相对学习率对数下降最快处即为建议值；损失上升处则学习率过大（Smith 2017）。',
    ],
    where: ['Section Optimizer, “Find a learning rate”.', '“优化器”栏目中的“寻找学习率”。'],
  },
  {
    id: 'doctor',
    name: ['Doctor', '诊断'],
    see: ['overfitting', 'learning-rate', 'dead-unit'],
    text: [
      'Rules that look at the curves and the layers of a run while it trains: divergence, exploding and vanishing gradients, dead units, a rate that is too small, over- and underfitting, plateaus. Each says what it found; it can be wrong, and its remedy is a suggestion.',
      '在训练时观察曲线和各层的一组规则：发散、梯度爆炸与消失、神经元失活、学习率过小、过拟合与欠拟合、平台期。每条都说明依据；诊断可能有误，所提措施只是建议。',
    ],
    where: ['Beside the metrics, when something is found.', '发现问题时显示在指标旁。'],
  },
];
