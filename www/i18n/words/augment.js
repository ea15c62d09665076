/** The preview of augmentations. */
export default {
  augmented: ['What becomes of training samples', '训练样本会变成什么样'],
  augmentedAgain: ['Draw again', '重新抽取'],
  augmentedLater: ['Shown as soon as the settings suit the rows.', '设置适合样本之后即显示。'],
  augmentedFaint: ['as they are', '原来的样子'],
  augmentedSolid: ['as the model sees them', '模型看到的样子'],
  augmentedMade: ['made up', '合成'],
  augmentedTarget: ['target', '目标'],
  augmentedPoints: ['{n} training samples as they are, faint, and as the model sees them, solid: {across} to the right, {up} upwards.', '{n} 个训练样本：淡色为原来的样子，实色为模型看到的样子；横轴 {across}，纵轴 {up}。'],
  augmentedAdded: ['{n} more, hollow, are made up.', '另有 {n} 个空心的为合成样本。'],
  augmentedBoth: ['{a}% {first}, {b}% {second}', '{first} {a}%，{second} {b}%'],
  augmentedGap: ['The training loss is measured on the rows as they are. Look at the gap to the validation loss in the history: where augmentation helps, it becomes smaller.', '训练损失是在原来的行上测量的。请看训练历史中它与验证损失的差距：增强有效时，差距会变小。'],
};
