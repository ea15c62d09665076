/** The page that shows the parts. */
export default {
  partsTitle: ['The parts of the page', '页面部件'],
  partsLanguage: ['Language', '语言'],
  partsButtons: ['Buttons', '按钮'],
  partsChoices: ['Choices', '选择'],
  partsPanels: ['Panels and states', '面板与状态'],
  partsLists: ['Lists', '列表'],
  partsMarks: ['Marks', '标记'],
  partsExplained: ['How far a step follows the gradient.', '每一步沿梯度走多远。'],
};
