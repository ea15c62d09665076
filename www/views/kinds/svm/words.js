/** A support vector machine, as its solver finds it. */
export default {
  svmPair: ['Pair {n} of {all}: {one} against {other}', '第 {n} 对（共 {all} 对）：{one} 对 {other}'],
  svmSolved: ['All pairs of classes are solved.', '所有类别对都已求解。'],
  svmSupports: ['{n} support {n|vector|vectors}, {bounded} of them at C', '{n} 个支持向量，其中 {bounded} 个达到 C'],
  svmSays: ['The border and its margins, the dashed lines of the map, depend on the ringed samples alone. Those at C are within the margin or wrong; take all others away, and nothing changes.', '分界线与间隔（图中虚线）只取决于画圈的样本。达到 C 的样本位于间隔之内或被分错；去掉其他所有样本，结果不变。'],
  svmNext: ['Next move', '下一步'],
  svmMoves: ['The multipliers of training samples {a} and {b} move together: they violate the optimality conditions most.', '训练样本 {a} 与 {b} 的乘子将一起移动：它们对最优性条件的违反最大。'],
  svmViolation: ['Violation', '违反程度'],
  svmGain: ['Gain of the dual objective', '对偶目标的改善'],
  svmActive: ['Samples in the search', '参与搜索的样本'],
};
