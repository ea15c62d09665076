/** Questions that take many runs. */
/** @type {import('../panels.js').Panel} */
export default {
  id: 'studies',
  where: 'sheet',
  title: 'studies',
  short: 'studiesShort',
  icon: 'M2 2h2v10h10v2H2zM5.500 8h2v3h-2zM8.500 4h2v7h-2zM11.500 6h2v5h-2z',
  order: 12,
  offered: 'bar',
  load: () => import('./studies.jsx'),
};
