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
  partsModels: ['Models', '模型'],
  partsMarksOnMap: ['Marks on a map: an ellipse, centres, rings, a line, an arrow', '图上的标记：椭圆、中心、圆圈、线段、箭头'],
  partsUndrawn: ['A model without a picture', '没有图示的模型'],
  partsPlaces: ['Sheets and panels', '弹层与面板'],
  partsSheet: ['A sheet over the page', '覆盖页面的弹层'],
  partsSheetSays: ['It closes by its button, by a click beside it and by Escape.', '可用按钮、点击旁边或按 Esc 关闭。'],
  partsStage: ['A panel of the stage', '主区的面板'],
  partsStageFilled: ['It fills the stage.', '它占满主区。'],
};
