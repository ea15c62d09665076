/** The map, the fit and their legend. */
export default {
  mapTitle: ['Decision map', '决策图'],
  curveTitle: ['Fit', '拟合'],
  someRows: ['{n} of {all} points', '显示 {all} 个点中的 {n} 个'],
  manyColumns: ['A map needs one or two input columns; this data has {n}.', '决策图需要一到两列输入，此数据有 {n} 列。'],
  train: ['train', '训练'],
  validation: ['validation', '验证'],
  test: ['test', '测试'],
};
