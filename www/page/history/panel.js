/** The charts. Their keys are heard in `history.jsx` and `charts/grips.js`. */
import { History } from './history.jsx';

const ACROSS = ['ArrowLeft', 'ArrowRight'];
const ARROWS = [...ACROSS, 'ArrowUp', 'ArrowDown'];

/** @type {import('../panels.js').Panel} */
export default {
  id: 'chart',
  where: 'stage',
  title: 'chart',
  tab: { order: 3, word: 'chartTab' },
  order: 4,
  keys: [
    {
      title: 'chart',
      lines: [
        [ACROSS, 'keyRead'],
        [['Shift+ArrowLeft', 'Shift+ArrowRight'], 'keyReadFar'],
        [['Home', 'End'], 'keyEnds'],
        [['Enter'], 'keyBack'],
        [['Escape'], 'keyPresent'],
      ],
    },
    {
      title: 'keysHandles',
      lines: [
        [ARROWS, 'keyMove'],
        [['PageUp', 'PageDown'], 'keyMoveFar'],
      ],
    },
  ],
  part: History,
};
