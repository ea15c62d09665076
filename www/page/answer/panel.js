/** What the model answers. Its keys are heard in `views/map/keys.js`, `views/rows/gallery.jsx` and `drawing.js`. */
import { Answer } from './answer.jsx';

const ARROWS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];

/** @type {import('../panels.js').Panel} */
export default {
  id: 'map',
  where: 'stage',
  title: 'mapTitle',
  order: 2,
  keys: [
    {
      title: 'keysMap',
      lines: [
        [ARROWS, 'keyCross'],
        [['Shift+Arrow'], 'keyFar'],
        [['N', 'P'], 'keyWrong'],
        [['+', '-'], 'keyZoom'],
        [['0'], 'keyWhole'],
      ],
    },
    {
      title: 'keysDrawing',
      lines: [
        [['1', '2', '3'], 'keyBrush'],
        [['Enter', ' '], 'keyPoint'],
        [['Delete'], 'keyErase'],
      ],
    },
    {
      title: 'keysRows',
      lines: [
        [ARROWS, 'keyRow'],
        [['PageUp', 'PageDown', 'Home', 'End'], 'keyRowFar'],
        [['N', 'P'], 'keyWrong'],
      ],
    },
  ],
  part: Answer,
};
