/** Drawings of models that are one file each; one that is a folder has words of its own. */
export default {
  undrawn: ['There is no picture of this kind of model. Its predictions are on the map, its metrics beside it and in the charts; these are its settings.', '这类模型没有专门的图示。它的预测见决策图，指标见旁边和曲线图；以下是它的设置。'],
  leaves: ['{n} {n|leaf|leaves}', '{n} 个叶子'],
  treeDepth: ['depth {n}', '深度 {n}'],
  treeHint: ['Decision tree: arrow keys walk over its nodes, Enter keeps one', '决策树：方向键在节点间移动，回车固定'],
  nodeRows: ['{n} of {of} {of|sample|samples}', '{n} / {of} 个样本'],
  impurity: ['Impurity', '不纯度'],
  nodeValue: ['Value', '值'],
  nodePath: ['All of these hold:', '满足以下全部条件：'],
  nodeRoot: ['The root: every sample starts here.', '根节点：所有样本从这里出发。'],
  answerYes: ['yes', '是'],
  answerNo: ['no', '否'],
};
