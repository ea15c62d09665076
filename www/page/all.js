/** Finds every panel by its file: a new one is a folder with a `panel.js`. What they draw is fetched when it is shown first. */
import { register } from './panels.js';

register(
  Object.values(
    /** @type {Record<string, import('./panels.js').Panel>} */ (import.meta.glob('./**/panel.js', { eager: true, import: 'default' })),
  ),
);
