/** Glossary: what many runs say that one cannot. */

/** @type {import('./terms.js').Term[]} */
export default [
  {
    id: 'seed-variance',
    name: ['Seeds and their spread', '随机种子与波动'],
    see: ['seed', 'median', 'paired-comparison', 'initialisation'],
    text: [
      'A seed decides everything that is drawn by chance: the samples, the initial weights, the order of the batches. Results of the same settings differ from seed to seed; a difference smaller than that spread says nothing.',
      '随机种子决定一切随机抽取的东西：样本、初始权重、批次顺序。相同设置在不同随机种子下结果不同；小于这种波动的差别说明不了什么。',
    ],
    where: ['Experiments over seeds › Seeds; the dice in the bar draw a new seed.', '多次实验 › 随机种子；顶栏的骰子会换一个随机种子。'],
  },
  {
    id: 'median',
    name: ['Median, quartiles and IQR', '中位数、四分位数与四分位距'],
    see: ['seed-variance'],
    text: [
      'The median is the number in the middle: half are smaller, half are larger. The quartiles are the middles of the two halves; half of all numbers lie between them, in the interquartile range (IQR). Unlike a mean, they bear a run that does not reach the line.',
      '中位数是居中的数：一半更小，一半更大。四分位数是两半各自的中位数，全部数中有一半在它们之间，即四分位距（IQR）。与平均值不同，它们能容纳未到达终点线的运行。',
    ],
    where: ['Experiments over seeds: the thick line, the bars and the band.', '多次实验：粗线、条形和色带。'],
  },
  {
    id: 'paired-comparison',
    name: ['Paired comparison', '配对比较'],
    see: ['sign-test', 'wilcoxon', 'seed-variance'],
    text: ['Two settings are compared seed by seed: both runs of a pair have the same samples and the same batches, so that what is easy about a seed is easy for both and cancels out.', '逐个随机种子比较两种设置：一对运行有相同的样本和批次，某个随机种子的难易对两者相同，因而相互抵消。'],
    where: ['Experiments over seeds › Seeds, with the runs of a race.', '多次实验 › 随机种子，比较一场比赛中的运行。'],
  },
  {
    id: 'p-value',
    name: ['p-value', 'p 值'],
    see: ['sign-test', 'wilcoxon', 'two-sample'],
    text: [
      'How likely a difference at least as large would be if there were none and chance alone had made it. Below 0.05 a difference is usually called significant; that is not how likely the difference is real, nor how large it is.',
      '假如并无差别、纯属偶然，出现至少这么大差异的概率。通常小于 0.05 称为显著；它既不是差别真实存在的概率，也不表示差别有多大。',
    ],
    where: ['Experiments over seeds, and Look at the data › Splits.', '多次实验，以及 查看数据 › 子集。'],
  },
  {
    id: 'sign-test',
    name: ['Sign test', '符号检验'],
    see: ['paired-comparison', 'wilcoxon'],
    text: [
      'Counts in how many pairs one is faster. If neither were, each pair would be a coin toss; p is how likely tosses would be at least so uneven. Nine of ten: 0.02. With five pairs it never falls below 0.06.',
      '数一数在多少对中其中一个更快。若两者并无差别，每一对就像抛硬币；p 是抛硬币至少这样不均的可能性。十对中九对：0.02。只有五对时，p 永远不会低于 0.06。',
    ],
    formula: 'p = 2 · Σₖ₌₀ᵐ C(n, k) ⁄ 2ⁿ',
    where: ['Experiments over seeds: the verdict on two runs, and the table of the ablation.', '多次实验：对两个运行的结论，以及消融的表格。'],
  },
  {
    id: 'wilcoxon',
    name: ['Wilcoxon signed-rank test', 'Wilcoxon 符号秩检验'],
    see: ['sign-test', 'paired-comparison'],
    text: ['Like the sign test, but large differences count more: differences are ranked by their size, and the ranks in favour of one are added up.', '类似符号检验，但较大的差别更重要：把各个差按大小排名，再把有利于其中一方的名次相加。'],
    where: ['Experiments over seeds, beside the sign test.', '多次实验，符号检验旁边。'],
  },
  {
    id: 'ablation',
    name: ['Ablation study', '消融实验'],
    see: ['paired-comparison', 'median'],
    text: ['What is a part worth? Take it away, leave everything else as it is, and see what gets worse. A part without which nothing changes was not needed.', '某个部分有多大价值？去掉它，其余不变，看什么变差了。去掉后毫无变化的部分，本来就不需要。'],
    where: ['Experiments over seeds › Ablation.', '多次实验 › 消融。'],
  },
];
