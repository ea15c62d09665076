/** The page's own keys and what each does: `main.jsx` hears them, the sheet of keys lists them. A key that opens a panel is the panel's. */
import { layout, togglePresent } from './layout.js';
import { openers, show } from './page/panels.js';
import { toggleSpeed } from './settings.js';
import { fillByKey } from './stage.js';
import * as training from './training.js';

/** By `event.key`, letters in lower case. @type {Record<string, {does: import('./i18n/index.js').Key, act: () => unknown}>} */
export const KEYS = {
  ' ': { does: 'keyPlay', act: training.toggle },
  ArrowRight: { does: 'step', act: training.step },
  e: { does: 'epochStep', act: training.stepEpoch },
  s: { does: 'fullSpeed', act: toggleSpeed },
  r: { does: 'rewind', act: training.rewind },
  b: { does: 'restoreBest', act: training.restoreBest },
  p: { does: 'present', act: togglePresent },
  f: { does: 'stageFill', act: () => layout.value !== 'phone' && fillByKey() },
};

/** What a key does, its own or that of a panel which it opens. @param {string} key @returns {(() => unknown) | undefined} */
export function acted(key) {
  const panel = openers().find(([opens]) => opens === key)?.[1];
  return KEYS[key]?.act ?? (panel && (() => show(panel.id)));
}
