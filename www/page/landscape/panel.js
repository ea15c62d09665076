/** The loss around the weights of the selected run: of models that have some. */
import { layersOf } from '../../abilities.js';
import * as state from '../../state.js';

/** @type {import('../panels.js').Panel} */
export default {
  id: 'landscape',
  where: 'sheet',
  title: 'landscape',
  icon: 'M1 13.500 6 3.500l2.700 5.400L10.500 6 15 13.500zm2.430-1.500h9.150L10.500 8.700 8.650 12 6 6.850z',
  offered: 'model',
  fits: () => layersOf(state.run.value) !== null,
  address: true,
  load: () => import('./landscape.jsx'),
};
