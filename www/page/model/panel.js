/** The model as it is drawn. Its keys are heard by the drawings: `views/network/units.jsx`, `views/tree/layout.js`, `views/architecture/layout.js`. */
import { Model } from './model.jsx';

const ARROWS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];

/** @type {import('../panels.js').Panel} */
export default {
  id: 'model',
  where: 'stage',
  title: 'model',
  tab: { order: 2, word: 'model' },
  order: 1,
  keys: [
    {
      title: 'keysModel',
      lines: [
        [ARROWS, 'keyUnit'],
        [['Enter'], 'keyOpen'],
        [['Home'], 'keyRoot'],
      ],
    },
  ],
  part: Model,
};
