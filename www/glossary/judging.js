/** Glossary: losses and metrics, and whether a model is good. */

/** @type {import('./terms.js').Term[]} */
export default [
  {
    id: 'loss', name: ['Loss', '损失'], see: ['cross-entropy', 'mse', 'metric'],
    text: ['One number for how wrong the model is; training does nothing but make it smaller.', '表示模型错得多厉害的一个数；训练所做的就是让它变小。'],
    where: ['The chart at the bottom: solid for training rows, dashed for validation rows.', '底部的图：实线为训练集，虚线为验证集。'],
  },
  {
    id: 'mse', name: ['Mean squared error (MSE)', '均方误差（MSE）'], see: ['mae', 'huber', 'r2'],
    text: ['The mean of the squared differences between prediction and truth: large errors count much more than small ones.', '预测与真值之差的平方的平均：大误差比小误差重要得多。'],
    formula: '1⁄n · Σ (ŷ − y)²',
    where: ['Model › Loss › Squared error, and the metric MSE; RMSE is its root, in the unit of the target.', '模型 › 损失函数 › 均方误差，以及指标 MSE；RMSE 是它的平方根，与目标同单位。'],
  },
  {
    id: 'mae', name: ['Mean absolute error (MAE)', '平均绝对误差（MAE）'], see: ['mse', 'huber'],
    text: ['The mean size of the error: twice as wrong counts twice as much, so single outliers cannot take over.', '误差大小的平均：错两倍就算两倍，个别离群点无法主导。'],
    formula: '1⁄n · Σ |ŷ − y|',
    where: ['Model › Loss › Absolute error.', '模型 › 损失函数 › 平均绝对误差。'],
  },
  {
    id: 'huber', name: ['Huber loss', 'Huber 损失'], see: ['mse', 'mae'],
    text: ['Squared for small errors, straight for large ones: the smooth valley of MSE and the calm of MAE.', '小误差用平方，大误差用直线：兼有 MSE 的平滑谷底与 MAE 的稳健。'],
    formula: '½ e²  (|e| ≤ δ),  δ (|e| − ½ δ)  (|e| > δ)',
    where: ['Model › Loss › Huber › Delta.', '模型 › 损失函数 › Huber › δ。'],
  },
  {
    id: 'log-cosh', name: ['Log-cosh loss', 'Log-cosh 损失'], see: ['huber', 'mse'],
    text: ['Squared for small errors, straight for large ones, like Huber’s but without a place where the two are joined.', '小误差近似平方，大误差近似直线，像 Huber 损失，但没有拼接点。'],
    formula: 'ln cosh e',
    where: ['Model › Loss › Log-cosh.', '模型 › 损失函数 › Log-cosh 损失。'],
  },
  {
    id: 'quantile', name: ['Quantile loss (pinball)', '分位数损失（pinball）'], see: ['mae', 'loss'],
    text: ['Errors on one side cost more than on the other, so the model learns the value below which a chosen share of the targets lies: 0.9 gives a prediction that nine in ten targets stay under.', '两侧误差的代价不同，于是模型学到给定比例的目标所低于的数值：0.9 时，十个目标中有九个低于预测值。'],
    formula: 'max(q e, (q − 1) e),  e = y − ŷ',
    where: ['Model › Loss › Quantile, for targets that are numbers.', '模型 › 损失函数 › 分位数损失，用于数值目标。'],
  },
  {
    id: 'cross-entropy', name: ['Cross-entropy', '交叉熵'], see: ['softmax', 'loss', 'entropy'],
    text: ['How surprised the model is by the true class: nothing if it was sure and right, a lot if it was sure and wrong.', '模型对真实类别有多意外：确信且正确则为零，确信却错误则很大。'],
    formula: ['−1⁄n · Σ ln p(true class)', '−1⁄n · Σ ln p（真实类别）'],
    where: ['The loss for classes, chosen by itself with Loss › By task.', '分类所用的损失，损失函数为“按任务选择”时自动选用。'],
  },
  {
    id: 'label-smoothing', name: ['Label smoothing', '标签平滑'], see: ['cross-entropy', 'overfitting'],
    text: ['Tells the model that the true class is only, say, 90 % likely and spreads the rest over all classes, so that it never has reason to become infinitely sure.', '告诉模型真实类别只有例如 90% 的概率，其余分摊到所有类别，使它没有理由变得无限自信。'],
    formula: ['target = (1 − ε) · one-hot + ε ⁄ classes', '目标 = (1 − ε) · one-hot + ε ⁄ 类别数'],
    where: ['Model › Loss › a cross-entropy › Label smoothing.', '模型 › 损失函数 › 某种交叉熵 › 标签平滑。'],
  },
  {
    id: 'focal', name: ['Focal loss', 'Focal 损失'], see: ['cross-entropy', 'class-weights'],
    text: ['Cross-entropy in which rows that are right already hardly count, so that the hard and the rare ones steer the training.', '已经答对的行几乎不计的交叉熵，让难的、稀少的行主导训练。'],
    formula: '−αᵧ (1 − p)ᵞ ln p',
    where: ['Model › Loss › Focal. With a focus of zero it is cross-entropy again.', '模型 › 损失函数 › Focal 损失。聚焦程度为零时又是交叉熵。'],
  },
  {
    id: 'class-weights', name: ['Class weights', '类别权重'], see: ['loss', 'focal', 'accuracy'],
    text: ['How much a row of each class counts in the loss. Balanced weights make a rare class count as much as a common one, so that it is not simply ignored. The validation loss is weighted as well; metrics are not.', '每个类别的一行在损失中的分量。平衡权重让稀少的类别与常见的类别同样重要，不会被忽略。验证损失同样加权，指标不加权。'],
    formula: ['Σ w ℓ ⁄ Σ w, balanced: w = rows ⁄ (classes · rows of the class)', 'Σ w ℓ ⁄ Σ w，平衡：w = 行数 ⁄ (类别数 · 该类行数)'],
    where: ['Model › Class weights.', '模型 › 类别权重。'],
  },
  {
    id: 'metric', name: ['Metric', '指标'], see: ['loss', 'accuracy', 'r2'],
    text: ['A number people understand that says how good a model is; it is only looked at, never trained on.', '人能看懂的、表示模型好坏的数；只用来观察，不用来训练。'],
    where: ['The panel Metrics, for training and validation rows.', '“指标”面板，分训练集与验证集。'],
  },
  {
    id: 'accuracy', name: ['Accuracy', '准确率'], see: ['confusion-matrix', 'metric'],
    text: ['The share of rows whose class was predicted right. Beware of rare classes: always saying “no” can be 99 % right.', '类别预测正确的行所占比例。小心稀有类别：总说“否”也可能 99 % 正确。'],
    formula: ['right rows ⁄ all rows', '正确的行数 ⁄ 总行数'],
    where: ['Metrics, and as a target in Stop.', '“指标”面板，也可作为“停止”的目标。'],
  },
  {
    id: 'r2', name: ['R²', 'R²（决定系数）'], see: ['mse', 'metric'],
    text: ['How much of the ups and downs of the target the model explains: 1 is all, 0 is no better than always saying the mean, and below 0 is worse.', '模型解释了目标起伏中的多少：1 为全部，0 等于总说平均值，小于 0 更差。'],
    formula: '1 − Σ (y − ŷ)² ⁄ Σ (y − ȳ)²',
    where: ['Metrics, when the target is a number (Plane, Waves, Curve).', '“指标”面板，目标为数值时（平面、波浪、曲线）。'],
  },
  {
    id: 'confusion-matrix', name: ['Confusion matrix', '混淆矩阵'], see: ['accuracy'],
    text: ['A table of true classes against predicted ones: the diagonal is right, and every other cell names a mistake.', '真实类别对预测类别的表格：对角线是正确的，其他格子各是一种错误。'],
    where: ['Below the metrics.', '在指标下方。'],
  },
  {
    id: 'decision-boundary', name: ['Decision boundary', '决策边界'], see: ['overfitting', 'accuracy'],
    text: ['The line where the model changes its mind from one class to another.', '模型从一个类别改判为另一个类别的分界线。'],
    where: ['The line between the colours of the decision map, bending as it trains.', '决策图中颜色的分界，训练时不断弯曲。'],
  },
  {
    id: 'overfitting', name: ['Overfitting', '过拟合'], see: ['generalisation-gap', 'early-stopping', 'l2'],
    text: ['Learning the training rows by heart, noise included: better and better on them, worse on new rows.', '把训练行连同噪声一起死记：在它们上越来越好，在新数据上却变差。'],
    where: ['The dashed loss turns up while the solid one still falls. Try much noise, few rows and many units.', '虚线损失上升而实线仍在下降。试试大噪声、少样本、多神经元。'],
  },
  {
    id: 'generalisation-gap', name: ['Generalisation gap', '泛化差距'], see: ['overfitting', 'validation'],
    text: ['How much worse a model is on rows it has not seen than on those it trained on.', '模型在没见过的数据上比在训练数据上差多少。'],
    formula: ['validation loss − training loss', '验证损失 − 训练损失'],
    where: ['The distance between the solid and the dashed line of the loss.', '损失的实线与虚线之间的距离。'],
  },
  {
    id: 'decision-tree', name: ['Decision tree', '决策树'], see: ['gini', 'entropy', 'feature'],
    text: ['A model of questions: each asks whether one feature is below a threshold, and a leaf at the end holds the answer.', '由问题组成的模型：每个问题问某个特征是否低于阈值，末端的叶子给出答案。'],
    where: ['Model › Decision tree: it grows split by split, and its map is made of rectangles.', '模型 › 决策树：逐个分裂生长，其决策图由矩形组成。'],
  },
  {
    id: 'gini', name: ['Gini impurity', '基尼不纯度'], see: ['entropy', 'decision-tree'],
    text: ['How often two rows drawn from a group would be of different classes: 0 is pure.', '从一组中随机抽两行、类别不同的概率：0 为纯。'],
    formula: '1 − Σ pₖ²',
    where: ['Model › Decision tree › Criterion.', '模型 › 决策树 › 划分标准。'],
  },
  {
    id: 'entropy', name: ['Entropy', '熵'], see: ['gini', 'cross-entropy'],
    text: ['How many yes-or-no questions it takes on average to name the class of a row in a group: 0 is pure.', '平均需要多少个是非问题才能说出组中一行的类别：0 为纯。'],
    formula: '−Σ pₖ log₂ pₖ',
    where: ['Model › Decision tree › Criterion.', '模型 › 决策树 › 划分标准。'],
  },
];
