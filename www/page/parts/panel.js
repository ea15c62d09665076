/** The parts that the page is built from, in every state: `?parts`. */
/** @type {import('../panels.js').Panel} */
export default {
  id: 'parts',
  where: 'page',
  title: 'partsTitle',
  load: () => import('./parts.jsx'),
};
