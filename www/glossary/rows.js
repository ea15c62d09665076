/** Glossary: data, and what is done to it before a model sees it. */

/** @type {import('./terms.js').Term[]} */
export default [
  {
    id: 'validation',
    name: ['Training, validation and test set', '训练集、验证集与测试集'],
    see: ['overfitting', 'early-stopping', 'generalisation-gap'],
    text: ['The training set is learned from; the validation set chooses settings and when to stop; the test set judges the final model, once. A good score on questions seen before proves nothing.', '训练集用来学习；验证集用来选择设置和停止时机；测试集只用一次，评估最终模型。见过考题的成绩不算数。'],
    where: ['Data › Validation and Test; on the map each split has its own marks.', '数据 › 验证集与测试集；在图上各有自己的标记。'],
  },
  {
    id: 'noise',
    name: ['Noise', '噪声'],
    see: ['overfitting'],
    text: ['Chance in the data that no model can explain: points that lie where they should not.', '数据中任何模型都无法解释的随机性：落在不该在的位置的点。'],
    where: ['Data › Noise. With more of it, even the best model makes mistakes.', '数据 › 噪声。噪声越大，再好的模型也会出错。'],
  },
  {
    id: 'cluster',
    name: ['Cluster', '簇'],
    see: ['noise', 'scaling', 'feature'],
    text: ['Points that lie together, apart from others. Round clusters are told by the nearest centre; stretched ones, and rings around each other, need a border of another form.', '聚在一起、与其他点分开的点。圆形的簇看最近的中心就能分清；拉长的簇和同心环则需要另一种形状的边界。'],
    where: ['Data › Blobs › Shape, and Rings.', '数据 › 多簇点云 › 形状，以及同心环。'],
  },
  {
    id: 'drawn',
    name: ['Drawn points', '手绘数据点'],
    see: ['noise', 'overfitting', 'validation'],
    text: [
      'Points that you put on the plane yourself. A model can only learn what the points tell: where there are none, its prediction is a guess, and two models that agree on every point can differ there.',
      '自己放在平面上的点。模型只能学到数据点所表达的内容：没有点的地方，它的预测只是猜测；在每个点上都一致的两个模型，在那里也可能不同。',
    ],
    where: ['Data › Drawn points; brushes, eraser and hand stand above the map.', '数据 › 手绘数据点；画笔、橡皮和移动工具在图的上方。'],
  },
  {
    id: 'feature',
    name: ['Feature', '特征'],
    see: ['scaling', 'decision-tree'],
    text: ['A number that the model is given of each sample: a column, or something computed from columns, like x². A good one can spare a whole layer.', '样本输入模型的一个数：一列，或由列算出的量，如 x²。好的特征能省下一整层。'],
    where: ['Prepare › Features; the first column of the network.', '预处理 › 特征；网络的第一列。'],
  },
  {
    id: 'scaling',
    name: ['Scaling', '缩放'],
    see: ['feature', 'gradient-descent'],
    text: ['Brings all features to a similar size, so that one step suits all of them; measured on the training samples only.', '把所有特征调整到相近的大小，使同一步长适合所有特征；只用训练样本测量。'],
    formula: ['standard: (x − mean) ⁄ standard deviation,  min–max: (x − min) ⁄ (max − min),  robust: (x − median) ⁄ IQR', '标准化：(x − 均值) ⁄ 标准差，最小–最大：(x − min) ⁄ (max − min)，稳健：(x − 中位数) ⁄ IQR'],
    where: ['Prepare › Scale.', '预处理 › 缩放。'],
  },
  {
    id: 'image',
    name: ['Image', '图像'],
    see: ['feature', 'shape'],
    text: ['A sample whose numbers are pixels, with neighbours above, below and beside them. A dense layer does not know which pixels are neighbours; a convolution does.', '数值为像素的样本，每个像素上下左右都有邻居。全连接层不知道哪些像素相邻，卷积层知道。'],
    where: ['Data › Digits and Shapes, or your own by Open images. The panel “Samples and predictions” shows each image with its prediction.', '数据 › 手写数字与几何图形，或用“打开图像”载入自己的。“样本与预测”面板显示每张图及其预测。'],
  },
  {
    id: 'series',
    name: ['Series', '时间序列'],
    see: ['forecast', 'validation'],
    text: [
      'Values that follow each other in time. A sample is a window of the last ones, and neighbouring samples share most of their values: held-out samples must lie in the future, or the model has seen their targets.',
      '按时间先后排列的值。一个样本是最近若干值组成的窗口，相邻的样本大部分值相同：留出的样本必须在未来，否则模型已经见过它们的目标。',
    ],
    where: ['Data › Series; Split › Hold-out split (Lab) holds out random samples instead, for comparison.', '数据 › 时间序列；划分 › 留出方式（实验室）可改为随机留出，以作比较。'],
  },
  {
    id: 'forecast',
    name: ['Forecast, lag and horizon', '预测、回看步数与预测步长'],
    see: ['series'],
    text: [
      'The model sees the last values, as many as the lag, and predicts the one that comes so many steps later as the horizon. To repeat the last value is a forecast too: a model is worth something when it beats that.',
      '模型看到最近的若干个值（回看步数），给出若干步之后的那个值（预测步长）。重复最后一个值也是一种预测：胜过它的模型才有价值。',
    ],
    formula: ['x(t − lag + 1), …, x(t) → x(t + horizon)', 'x(t − 回看 + 1)，…，x(t) → x(t + 步长)'],
    where: ['Data › Series › Lag and Horizon; on the series the window of the chosen sample is marked.', '数据 › 时间序列 › 回看步数与预测步长；图上标出选中样本的窗口。'],
  },
  {
    id: 'character-model',
    name: ['Character model', '字符模型'],
    see: ['token', 'embedding', 'cross-entropy'],
    text: [
      'A language model of the smallest kind: from the last characters it predicts how likely each one is to come next. What it gets wrong tells what it has learned: first that spaces and commas are common, then which letters go together, then words.',
      '最小的语言模型：根据最近的字符，给出每个字符作为下一个出现的概率。从它的错误可以看出它学到了什么：先是空格和逗号常见，再是哪些字符常连在一起，然后是词语。',
    ],
    where: ['Data › Text. Put an embedding layer first, then a recurrent or an attention layer.', '数据 › 文本。最前面放嵌入层，之后放循环层或注意力层。'],
  },
];
