/** An ensemble: its trees in a row, the newest one drawn. */
export default {
  ensembleTrees: ['{n} {n|tree|trees}', '{n} 棵树'],
  ensembleRound: ['round {n}', '第 {n} 轮'],
  ensembleNewest: ['The newest tree: what it adds to the prediction, before it is shrunk by the learning rate', '最新的一棵树：它在乘以学习率之前加到预测上的量'],
  ensembleNewestOf: ['The newest tree: what it adds to the score of {name}, before it is shrunk by the learning rate', '最新的一棵树：它在乘以学习率之前加到“{name}”得分上的量'],
  ensembleSteps: ['The newest trees, each as high as its largest leaf, from {least} to {most}', '最近的各棵树，高度为其最大叶子取值，从 {least} 到 {most}'],
  ensembleHint: ['Newest tree: arrow keys walk over its nodes, Enter keeps one', '最新的树：方向键在节点间移动，回车固定'],
};
