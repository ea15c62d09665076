/** What else is known of a list's entries, by whoever shows the form: of layers what they come to. The form itself knows no setting. */
import { createContext } from 'preact';

/**
 * `entry` is a line under an entry, undefined for entries without one; `end` stands below the list.
 * @typedef {{entry: (path: import('./paths.js').Path) => string | undefined, end: (path: import('./paths.js').Path) => any}} Known
 */

export const Notes = createContext(/** @type {Known | null} */ (null));
