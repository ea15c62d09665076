/** The lesson that is taken, beside the stage. */
import { place } from './open.js';

/** @type {import('../panels.js').Panel} */
export default {
  id: 'lesson',
  where: 'side',
  title: 'lesson',
  fits: () => place.value !== null,
  load: () => import('./lesson.jsx'),
};
