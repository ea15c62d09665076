/** A support vector machine, as its solver finds it. */
export default {
  svmPair: ['Pair {n} of {all}: {one} against {other}', '第 {n} 对（共 {all} 对）：{one} 对 {other}'],
  svmSolved: ['All pairs of classes are solved.', '所有类别对都已求解。'],
  svmSupports: ['{n} support {n|vector|vectors}', '{n} 个支持向量'],
  svmBounded: ['{n} of them at C', '其中 {n} 个达到 C'],
  svmSays: ['The border and its margins, the dashed lines of the map, depend on the ringed samples alone. Those at C are within the margin or wrong; take all others away, and nothing changes.', '分界线与间隔（图中虚线）只取决于画圈的样本。达到 C 的样本位于间隔之内或被分错；去掉其他所有样本，结果不变。'],
  svmSaysPairs: [
    'There is one border for every two classes, and the classes’ votes decide. Each border depends on the ringed samples of its two classes alone. Those at C are within a margin or wrong; take all others away, and nothing changes.',
    '每两个类别之间有一条分界线，由各类别得票决定结果。每条分界线只取决于这两个类别中画圈的样本。达到 C 的样本位于间隔之内或被分错；去掉其他所有样本，结果不变。',
  ],
  svmSaysNumbers: ['Samples that are predicted to within ε cost nothing; the prediction depends on the ringed samples alone, which are off by ε or more. Take all others away, and nothing changes.', '预测误差不超过 ε 的样本不产生代价；预测只取决于画圈的样本，它们的误差达到或超过 ε。去掉其他所有样本，结果不变。'],
  svmNext: ['Next move', '下一步'],
  svmMoves: ['The multipliers of training samples {a} and {b} move together: they violate the optimality conditions most.', '训练样本 {a} 与 {b} 的乘子将一起移动：它们对最优性条件的违反最大。'],
  svmViolation: ['Violation', '违反程度'],
  svmGain: ['Gain of the dual objective', '对偶目标的改善'],
  svmActive: ['Samples in the search', '参与搜索的样本'],
};
