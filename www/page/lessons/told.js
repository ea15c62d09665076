/** A lesson's words in the page's language. */
import { say } from '../../i18n/index.js';

/** @param {import('../../lessons/measure.js').Pair} pair */
export const told = ([en, zh]) => say({ en, zh });
