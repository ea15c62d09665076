/** What is measured of the model as it stands. */
import { Metrics } from './metrics.jsx';

/** @type {import('../panels.js').Panel} */
export default {
  id: 'metrics',
  where: 'stage',
  title: 'metrics',
  tab: { order: 1, word: 'metrics' },
  order: 3,
  narrow: true,
  part: Metrics,
};
