/** Images of one’s own, made into a table; opened in the section of the data, and by what is dropped on the page. */
/** @type {import('../panels.js').Panel} */
export default {
  id: 'images',
  where: 'sheet',
  title: 'imagesTitle',
  load: () => import('./images.jsx'),
};
