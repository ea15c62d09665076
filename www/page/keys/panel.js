/** The sheet of keys. What is heard everywhere has no other panel to say it. */
/** @type {import('../panels.js').Panel} */
export default {
  id: 'keys',
  where: 'sheet',
  title: 'keys',
  icon: 'M1 3h14v10H1zM2.500 4.500v7h11v-7zM4 6h1.500v1.500H4zM7.250 6h1.500v1.500h-1.500zM10.500 6H12v1.500h-1.500zM4.500 9h7v1.500h-7z',
  offered: 'menu',
  key: '?',
  keys: [
    {
      title: 'keysEverywhere',
      lines: [
        [['Ctrl+Z'], 'undo'],
        [['Ctrl+Shift+Z', 'Ctrl+Y'], 'redo'],
        [['Ctrl+V'], 'keyPaste'],
        [['Escape'], 'keyClose'],
        [['Tab'], 'keyNext'],
      ],
    },
  ],
  load: () => import('./keys.jsx'),
};
