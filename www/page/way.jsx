/** What a link has still ahead of the runs, and that it no longer comes. */
import { count } from '../format.js';
import { t } from '../i18n/index.js';
import * as state from '../state.js';

export function Way() {
  const { ahead } = state.way.value;
  const left = state.wayLeft.value;
  if (left)
    return (
      <div class="waiting" role="alert">
        <span>{t(left.why === 'own' ? 'wayLeftOwn' : 'wayLeftUnfit', { n: count(left.calls) })}</span>
        <button type="button" onClick={() => (state.wayLeft.value = null)}>
          {t('dismiss')}
        </button>
      </div>
    );
  if (!ahead.length) return null;
  return (
    <div class="waiting" role="status">
      <span>{t('wayAhead', { n: count(ahead.length), at: count(Math.max(...ahead[0].updates)) })}</span>
    </div>
  );
}
