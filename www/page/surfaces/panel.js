/** Races of optimizers on classic surfaces; the address holds the race. */
/** @type {import('../panels.js').Panel} */
export default {
  id: 'surfaces',
  where: 'sheet',
  title: 'surfaces',
  short: 'surfacesShort',
  icon: 'M1 8a7 5.500 0 1 1 14 0 7 5.500 0 1 1-14 0zm1.500 0a5.500 4 0 1 0 11 0 5.500 4 0 1 0-11 0zM4.500 8a3.500 2.500 0 1 1 7 0 3.500 2.500 0 1 1-7 0zm1.500 0a2 1 0 1 0 4 0 2 1 0 1 0-4 0z',
  order: 13,
  offered: 'bar',
  address: true,
  keys: [
    {
      title: 'surfaces',
      lines: [
        [[' '], 'keyPlay'],
        [['ArrowLeft', 'ArrowRight'], 'keyUpdate'],
        [['R'], 'rewind'],
      ],
    },
  ],
  load: () => import('./surfaces.jsx'),
};
