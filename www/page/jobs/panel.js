/** Jobs that have no view of their own elsewhere: cross-validation, and whatever the engine's registry lists besides. */
/** @type {import('../panels.js').Panel} */
export default {
  id: 'jobs',
  where: 'sheet',
  title: 'jobs',
  icon: 'M1.500 3h3v3h-3zM6.500 3h3v3h-3zM11.500 3h3v3h-3zM1.500 10h3v3h-3zM6.500 10h3v3h-3zM11.500 10h3v3h-3zM2.500 7h1v2h-1zM7.500 7h1v2h-1zM12.500 7h1v2h-1z',
  offered: 'metrics',
  address: true,
  load: () => import('./jobs.jsx'),
};
