/** What was done on the way of a run: told again from a link or a file. */
export default {
  wayAhead: ['Replays what was done while training: {n} still to come, next at update {at}.', '将重现训练途中的操作：还有 {n} 步，下一步在第 {at} 次更新。'],
  wayLeftOwn: ['You did something else on the way, so what was still to be replayed no longer comes (steps: {n}).', '你在途中做了别的操作，其余尚待重现的 {n} 步不再重现。'],
  wayLeftUnfit: ['From here on what was done cannot be replayed (steps left out: {n}). The run may end elsewhere than the one that was shared.', '从这里起无法继续重现当时的操作，略去 {n} 步。结果可能与所分享的训练不同。'],
  wayUnclear: ['is no step that can be replayed: it must be a list such as ["live", 506, 0, {"learner": {}}], and name a run that is there', '不是可以重现的步骤：必须是像 ["live", 506, 0, {"learner": {}}] 这样的列表，并且所指的训练存在'],
  wayNoList: ['must be a list of at most {most} steps', '必须是不超过 {most} 步的列表'],
  linkDamaged: ['The link was cut or changed on its way, and cannot be read. Copy it again, whole.', '链接在传递中被截断或改动，无法读取。请重新完整复制。'],
};
