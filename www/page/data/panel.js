/** The view of the data: what arrived, what was done to it, whether the parts of the split are alike. */
/** @type {import('../panels.js').Panel} */
export default {
  id: 'data',
  where: 'sheet',
  title: 'dataTitle',
  load: () => import('./data.jsx'),
};
