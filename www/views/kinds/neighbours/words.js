/** Neighbours that are asked. */
export default {
  neighboursKnown: ['{known} of {rows} training {rows|sample|samples} remembered', '已记住 {rows} 个训练样本中的 {known} 个'],
  neighboursSays: [
    'Nothing is computed while it learns: it remembers samples, a fiftieth at a time, and predicts from the {n} {n|sample|samples} nearest to the place. What more data brings is seen in the charts.',
    '学习时不做任何计算：它每次记住五十分之一的样本，预测时询问最近的 {n} 个样本。更多数据带来的变化见曲线图。',
  ],
};
