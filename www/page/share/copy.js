/** A link to the clipboard, and a notice of it. */
import { both } from '../../i18n/index.js';
import { notice } from '../../state.js';

/** @param {string} link */
export async function copy(link) {
  try {
    await navigator.clipboard.writeText(link);
    notice.value = both('copied');
    return true;
  } catch {
    notice.value = both('notCopied');
    return false;
  }
}
