/** Glossary: cleaning, transforming and splitting, and whether the parts are alike. */

/** @type {import('./terms.js').Term[]} */
export default [
  {
    id: 'cleaning', name: ['Cleaning', '数据清洗'], see: ['missing-value', 'outlier', 'leakage'],
    text: ['Dealing with rows that are wrong before anything is learned: entered twice, incomplete, far off, without a label.', '在学习之前处理有问题的行：重复录入、不完整、离群、没有标签。'],
    where: ['Prepare › Clean; “Look at the data” counts what each step did. Prepare › Damage spoils a good set to practise on.', '预处理 › 清洗；“查看数据”会统计每一步的效果。预处理 › 损坏可弄坏一份好数据来练习。'],
  },
  {
    id: 'missing-value', name: ['Missing value', '缺失值'], see: ['cleaning', 'leakage'],
    text: ['A cell without a value. The row can be left out, or the gap filled: with the mean, the median or the most frequent value of the training rows, or with what the most similar rows have.', '没有值的单元格。可以去掉该行，也可以填补：用训练行的均值、中位数或众数，或用最相似的几行的值。'],
    where: ['Prepare › Clean › Fill gaps.', '预处理 › 清洗 › 填补缺失值。'],
  },
  {
    id: 'outlier', name: ['Outlier', '离群值'], see: ['cleaning', 'scaling'],
    text: ['A value far from all others: a slip, a broken sensor, or the most interesting row of all. Look before you remove it.', '远离其他所有值的值：笔误、传感器故障，也可能正是最值得关注的一行。先看清楚再处理。'],
    formula: ['beyond quartile ± 1.5 · (third − first quartile), or |x − mean| > 3 deviations', '超出四分位数 ± 1.5 ·（上四分位数 − 下四分位数），或 |x − 均值| > 3 个标准差'],
    where: ['Prepare › Clean › Outliers.', '预处理 › 清洗 › 离群值。'],
  },
  {
    id: 'leakage', name: ['Leakage', '数据泄漏'], see: ['validation', 'cleaning'],
    text: ['Knowledge of held-out rows that finds its way into training, such as a mean taken over all rows. Results then look better than they are.', '留出行的信息混进了训练，例如用全部行计算均值。这样结果看起来会比实际更好。'],
    where: ['Here every step of preparation learns from the training rows alone.', '这里的每一步预处理都只从训练行学习。'],
  },
  {
    id: 'imbalance', name: ['Class imbalance', '类别不平衡'], see: ['accuracy', 'class-weights', 'smote'],
    text: ['One class has far fewer rows than another. A model that never names it is still right most of the time, so accuracy alone deceives.', '某一类的行远少于其他类。从不预测它的模型大多数时候仍然正确，所以只看准确率会受骗。'],
    where: ['Prepare › Damage › Imbalance.', '预处理 › 损坏 › 类别不平衡。'],
  },
  {
    id: 'label-noise', name: ['Label noise', '标签噪声'], see: ['overfitting', 'early-stopping'],
    text: ['Rows whose given answer is wrong. A large model can learn them by heart, which helps nobody.', '给定答案有误的行。大模型能把它们背下来，却毫无用处。'],
    where: ['Prepare › Damage › Noisy labels: watch the gap between training and validation.', '预处理 › 损坏 › 标签噪声：观察训练与验证之间的差距。'],
  },
  {
    id: 'one-hot', name: ['One-hot encoding', '独热编码'], see: ['feature'],
    text: ['A column of words as one feature of 0 or 1 for each word: no word is nearer to another. Ordinal encoding numbers the words, as if they were steps.', '把文字列变成每个词一个取 0 或 1 的特征：词与词之间没有远近。序数编码则给词编号，仿佛它们有大小。'],
    where: ['Prepare › Words.', '预处理 › 文字列。'],
  },
  {
    id: 'power-transform', name: ['Power transform', '幂变换'], see: ['scaling', 'outlier'],
    text: ['Bends a lopsided feature until it looks as normal as it can (Yeo and Johnson); the logarithm is the best-known bend.', '把偏斜的特征弯曲成尽可能接近正态的样子（Yeo–Johnson）；对数是最常见的一种。'],
    formula: '((1 + x)^λ − 1) ⁄ λ, x ≥ 0',
    where: ['Prepare › Steps › Power, Logarithm.', '预处理 › 处理步骤 › 幂变换、对数。'],
  },
  {
    id: 'row-norm', name: ['Normalised row', '行归一化'], see: ['scaling'],
    text: ['A row divided by its own length, so that only the mix of its features counts.', '除以自身长度的行，只有各特征的比例起作用。'],
    formula: 'x ⁄ ‖x‖',
    where: ['Prepare › Steps › Normalise rows.', '预处理 › 处理步骤 › 行归一化。'],
  },
  {
    id: 'binning', name: ['Binning', '分箱'], see: ['feature', 'one-hot'],
    text: ['A number replaced by the stretch in which it lies. A straight model can then answer differently in each stretch.', '用数值所在的区间代替数值。线性模型便能在每个区间给出不同回答。'],
    where: ['Prepare › Steps › Bins.', '预处理 › 处理步骤 › 分箱。'],
  },
  {
    id: 'polynomial-features', name: ['Polynomial features', '多项式特征'], see: ['feature', 'overfitting'],
    text: ['Squares and products of features as further features: a straight model bends. Their number grows quickly.', '把特征的平方与乘积作为新特征：线性模型也能弯曲。其数量增长很快。'],
    formula: 'x, y → x, y, x², x·y, y²',
    where: ['Prepare › Steps › Polynomial.', '预处理 › 处理步骤 › 多项式。'],
  },
  {
    id: 'pca', name: ['Principal components', '主成分分析'], see: ['feature', 'scaling'],
    text: ['New axes, laid through the rows where they differ most. A few of them often tell nearly as much as all columns.', '沿着数据差异最大的方向重新选取的坐标轴。少数几个往往就包含几乎全部信息。'],
    where: ['Prepare › Steps › Principal components; and as a plane of the map where there are more than two columns.', '预处理 › 处理步骤 › 主成分；超过两列时也可作为决策图的平面。'],
  },
  {
    id: 'feature-selection', name: ['Feature selection', '特征选择'], see: ['feature', 'overfitting'],
    text: ['Keeping the features that tell most about the target, each judged by itself: by how far apart the classes’ means are (F), or by how much is known of the target once the feature is (mutual information).', '保留与目标关系最密切的特征，逐个评判：看各类均值相距多远（F），或看知道该特征后对目标了解多少（互信息）。'],
    where: ['Prepare › Steps › Select; F stands at each column under “Look at the data”.', '预处理 › 处理步骤 › 选择特征；“查看数据”的每一列都标有 F。'],
  },
  {
    id: 'cross-validation', name: ['Cross-validation', '交叉验证'], see: ['validation'],
    text: ['Rows cut into k folds, each of which validates once while the others train: every row is asked about by a model that has not seen it. With one row a fold it is leave-one-out.', '把行分成 k 折，每折轮流用于验证、其余用于训练：每一行都由没见过它的模型来回答。每折一行即留一法。'],
    where: ['Data › Validation rows; “Fold” chooses which one validates.', '数据 › 验证行的选取；“第几折”决定用哪一折验证。'],
  },
  {
    id: 'rolling-origin', name: ['Rolling origin', '滚动起点'], see: ['cross-validation', 'forecast', 'leakage'],
    text: ['Cross-validation for series: train on the past, validate on what follows, move on. Nothing is learned from the future.', '时间序列的交叉验证：用过去训练，用其后验证，再向前移动。不从未来学习。'],
    where: ['Data › Validation rows › Rolling origin.', '数据 › 验证行的选取 › 滚动起点。'],
  },
  {
    id: 'test-part', name: ['Locked test part', '锁定的测试集'], see: ['validation', 'overfitting'],
    text: ['Rows that nobody looks at until the end. Each look that leads to a change makes them a little more like validation rows, so looks are counted.', '直到最后才看的行。每看一次并据此修改，它们就更像验证集一分，所以查看次数会被记录。'],
    where: ['Metrics › Test part.', '指标 › 测试集。'],
  },
  {
    id: 'two-sample', name: ['Are two samples alike?', '两组样本是否相似'], see: ['validation', 'stability-index'],
    text: ['Kolmogorov and Smirnov’s test looks at the largest distance between two cumulative distributions, χ² at counts of words. The p-value tells how often chance alone would differ as much. And if a model can tell the two apart, they are not alike, whatever single columns say.', 'KS 检验看两个累积分布之间的最大距离，χ² 检验看词的计数。p 值表示纯属偶然时出现这么大差异的机会。如果模型能把两者区分开，那么无论单列如何，它们都不相似。'],
    where: ['Look at the data › Parts.', '查看数据 › 划分。'],
  },
  {
    id: 'stability-index', name: ['Population stability index (PSI)', '群体稳定性指标（PSI）'], see: ['two-sample'],
    text: ['How much the shares of rows in ten bins have moved. Of few rows it is large by chance alone: compare it with the number in brackets.', '十个分箱中行的占比变化了多少。行数少时仅凭偶然就会很大：请与括号中的数比较。'],
    formula: 'Σ (b − a) · ln(b ⁄ a)',
    where: ['Look at the data › Parts.', '查看数据 › 划分。'],
  },
];
