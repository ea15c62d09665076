/** The list of lessons and challenges. */
/** @type {import('../../panels.js').Panel} */
export default {
  id: 'lessons',
  where: 'sheet',
  title: 'lessons',
  icon: 'M8 2l8 4-8 4-8-4zM3 8.500l5 2.500 5-2.500V12l-5 2.500L3 12z',
  offered: 'lead',
  load: () => import('./list.jsx'),
};
