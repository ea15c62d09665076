/** The model as drawn. */
export default {
  networkTitle: ['Network', '网络'],
  parameters: ['{n} parameters', '{n} 个参数'],
  more: ['+{n} more', '还有 {n} 个'],
  treeTitle: ['Decision tree', '决策树'],
  leaves: ['{n} leaves', '{n} 个叶子'],
};
