/**
 * The keys of the panels: what has the focus hears them first. Each line names keys as `event.key` does, several that do one thing together; they are heard in
 * `views/map/keys.js`, `views/rows/gallery.jsx`, `page/history.jsx`, `charts/grips.js`, `views/network/units.jsx`, `views/tree/layout.js`,
 * `views/architecture/layout.js`, `page/answer/drawing.js`, `form/number.jsx`, `page/surfaces/surfaces.jsx` and `undo.js`.
 */

/** @typedef {import('../../i18n/index.js').Key} Key */

const ACROSS = ['ArrowLeft', 'ArrowRight'];
const UPRIGHT = ['ArrowUp', 'ArrowDown'];
const ARROWS = [...ACROSS, ...UPRIGHT];

/** @type {{panel: Key, lines: [keys: string[], does: Key][]}[]} */
export const PANELS = [
  {
    panel: 'keysEverywhere',
    lines: [
      [['Ctrl+Z'], 'undo'],
      [['Ctrl+Shift+Z', 'Ctrl+Y'], 'redo'],
      [['Ctrl+V'], 'keyPaste'],
      [['Escape'], 'keyClose'],
      [['Tab'], 'keyNext'],
    ],
  },
  {
    panel: 'chart',
    lines: [
      [ACROSS, 'keyRead'],
      [['Shift+ArrowLeft', 'Shift+ArrowRight'], 'keyReadFar'],
      [['Home', 'End'], 'keyEnds'],
      [['Enter'], 'keyBack'],
      [['Escape'], 'keyPresent'],
    ],
  },
  {
    panel: 'keysHandles',
    lines: [
      [ARROWS, 'keyMove'],
      [['PageUp', 'PageDown'], 'keyMoveFar'],
    ],
  },
  {
    panel: 'keysMap',
    lines: [
      [ARROWS, 'keyCross'],
      [['Shift+Arrow'], 'keyFar'],
      [['N', 'P'], 'keyWrong'],
      [['+', '-'], 'keyZoom'],
      [['0'], 'keyWhole'],
    ],
  },
  {
    panel: 'keysDrawing',
    lines: [
      [['1', '2', '3'], 'keyBrush'],
      [['Enter', ' '], 'keyPoint'],
      [['Delete'], 'keyErase'],
    ],
  },
  {
    panel: 'keysRows',
    lines: [
      [ARROWS, 'keyRow'],
      [['PageUp', 'PageDown', 'Home', 'End'], 'keyRowFar'],
      [['N', 'P'], 'keyWrong'],
    ],
  },
  {
    panel: 'keysModel',
    lines: [
      [ARROWS, 'keyUnit'],
      [['Enter'], 'keyOpen'],
      [['Home'], 'keyRoot'],
    ],
  },
  { panel: 'keysNumbers', lines: [[UPRIGHT, 'keyNumber']] },
  {
    panel: 'surfaces',
    lines: [
      [[' '], 'keyPlay'],
      [ACROSS, 'keyUpdate'],
      [['R'], 'rewind'],
    ],
  },
];
