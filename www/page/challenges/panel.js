/** The challenge that was taken up, beside the stage. */
import { challenge } from '../lessons/open.js';

/** @type {import('../panels.js').Panel} */
export default {
  id: 'challenge',
  where: 'side',
  title: 'challenge',
  fits: () => challenge.value !== null,
  load: () => import('./card.jsx'),
};
