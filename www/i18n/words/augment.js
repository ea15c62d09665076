/** The preview of augmentations. */
export default {
  augmented: ['Training samples, before and after', '训练样本变换前后'],
  augmentedAgain: ['Draw again', '重新抽取'],
  augmentedLater: ['Shown as soon as the settings suit the data.', '设置适合数据之后即显示。'],
  augmentedFaint: ['before', '变换前'],
  augmentedSolid: ['after', '变换后'],
  augmentedMade: ['synthetic', '合成'],
  augmentedTarget: ['target', '目标'],
  augmentedPoints: ['{n} training {n|sample|samples}: faint as they are, solid as the model sees them; {across} to the right, {up} upwards.', '{n} 个训练样本：淡色为原样，实色为模型看到的样子；横轴 {across}，纵轴 {up}。'],
  augmentedAdded: ['{n} more, hollow, {n|is|are} synthetic.', '另有 {n} 个空心的为合成样本。'],
  augmentedBoth: ['{a}% {first}, {b}% {second}', '{first} {a}%，{second} {b}%'],
  augmentedGap: ['The training loss is measured on the original samples. Look at the gap to the validation loss in the history: where augmentation helps, it becomes smaller.', '训练损失是在原样本上测量的。请看训练历史中它与验证损失的差距：数据增强有效时，差距会变小。'],
};
