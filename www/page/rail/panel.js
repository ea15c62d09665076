/** The settings. Fields of numbers hear their keys in `form/number.jsx`. */
import { Rail } from './rail.jsx';

/** @type {import('../panels.js').Panel} */
export default {
  id: 'settings',
  where: 'rail',
  title: 'section',
  tab: { order: 4, word: 'section' },
  order: 5,
  keys: [{ title: 'keysNumbers', lines: [[['ArrowUp', 'ArrowDown'], 'keyNumber']] }],
  part: Rail,
};
