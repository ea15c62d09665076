/** The page’s link. */
import { ICONS } from '../../parts/button.jsx';

/** @type {import('../panels.js').Panel} */
export default {
  id: 'share',
  where: 'sheet',
  title: 'shareTitle',
  icon: ICONS.share,
  order: 11,
  offered: 'bar',
  presents: true,
  load: () => import('./share.jsx'),
};
