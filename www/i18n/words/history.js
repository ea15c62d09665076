/** The charts. */
export default {
  chart: ['Training history', '训练历史'],
  updates: ['updates', '更新次数'],
};
