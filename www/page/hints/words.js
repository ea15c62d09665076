/** Hints. */
export default {
  hintsOn: ['Hints at the moment when they help', '在合适的时候给出提示'],
  hint: ['Hint', '提示'],
  hintClose: ['Dismiss the hint', '关闭提示'],
  hintShow: ['Show me', '打开看看'],
  hint_speed: ['Seen enough? S trains at full speed, and back.', '看够了？按 S 切换全速，再按恢复。'],
  hint_scrub: ['Drag back in the charts to see the model as it was at any update.', '在图表中向左拖动，可以看到模型在任意一次更新时的样子。'],
  hint_schedule: ['The circles in the learning rate’s chart can be dragged: they shape the schedule.', '学习率图表中的圆圈可以拖动，用来改变调度的形状。'],
  hint_range: ['A learning rate need not be guessed: “Find a learning rate”, in the settings of training, tries all of them.', '学习率不必靠猜：训练设置中的“寻找学习率”会把各种学习率都试一遍。'],
  hint_landscape: ['Where did these weights come to lie? The loss landscape shows the surface around them.', '这些权重落在了哪里？损失地形会显示它们周围的曲面。'],
  hint_transfer: ['What was learned here can be a start elsewhere: keep the weights for a new task, under transfer learning.', '这里学到的可以作为别处的起点：在“迁移学习”中保留权重用于新任务。'],
  hint_studies: ['One race may be luck. Experiments over seeds run it many times.', '一次比赛可能只是运气。“多次实验”会用多个随机种子重复运行。'],
  hint_surfaces: ['How do optimizers differ? On a surface one sees them go.', '各优化器有何不同？在曲面上可以看见它们怎么走。'],
  hint_challenges: ['Fewer updates than others? There are challenges in the lessons’ list.', '能比别人用更少的更新吗？课程列表里有挑战。'],
};
