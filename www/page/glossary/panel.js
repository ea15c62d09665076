/** The glossary, a page of its own that needs no engine: `?glossary`, or `?glossary=term`. */
/** @type {import('../panels.js').Panel} */
export default {
  id: 'glossary',
  where: 'page',
  title: 'glossary',
  load: () => import('./glossary.jsx'),
};
