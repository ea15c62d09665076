/** Clusters around centres, as they are found. */
export default {
  clusters: ['{n} {n|cluster|clusters}', '{n} 个簇'],
  clustersSteps: ['Steps of k-means', 'k-均值的步骤'],
  clusterStep_place: ['Place a centre', '放置一个中心'],
  clusterStep_assign: ['Assign samples', '分配样本'],
  clusterStep_move: ['Move centres', '移动中心'],
  clusterStep_rest: ['Nothing changes', '不再变化'],
  clusterSays_place: ['A sample becomes a centre; the farther it is from the centres before it, the likelier.', '选一个样本作为中心；离已有中心越远，越可能被选中。'],
  clusterSays_assign: ['Every sample goes to its nearest centre. The borders on the map are halfway between centres.', '每个样本归入最近的中心。图上的边界位于两个中心的正中间。'],
  clusterSays_move: ['Every centre goes to the mean of its samples.', '每个中心移动到所属样本的平均位置。'],
  clusterSays_rest: ['No sample changes its cluster any more, or the centres hardly move.', '没有样本再改变归属，或中心几乎不再移动。'],
  clusterSizes: ['Training samples in each cluster', '各簇的训练样本数'],
  clusterNamed: ['Cluster {n}', '簇 {n}'],
};
