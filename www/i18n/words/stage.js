/** What is shown large, and of which moment. */
export default {
  counterOf: ['of {n}', '/ {n}'],
  backNear: ['Checkpoint at update {n}, the last before {asked}', '第 {n} 次更新的检查点（{asked} 之前的最后一个）'],
  backHere: ['checkpoint at update {n}', '检查点：第 {n} 次更新'],
  stageFill: ['Fill the stage', '放大此面板'],
  stageBack: ['Show all panels', '显示全部面板'],
  parameters: ['{n} {n|parameter|parameters}', '{n} 个参数'],
  more: ['+{n} more', '还有 {n} 个'],
  closeUnit: ['Close', '关闭'],
};
