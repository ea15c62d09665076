/** What is still to be replayed of what a link or a file says was done, and that it no longer comes. */
import { count } from '../format.js';
import { t } from '../i18n/index.js';
import * as state from '../state.js';

/** Beside the status of the run. */
export function Ahead() {
  const { ahead } = state.way.value;
  if (!ahead.length) return null;
  return (
    <p class="status ahead" role="status">
      {t('wayAhead', { n: count(ahead.length), at: count(Math.max(...ahead[0].updates)) })}
    </p>
  );
}

export function Left() {
  const left = state.wayLeft.value;
  if (!left) return null;
  return (
    <div class="waiting" role="alert">
      <span>{t(left.why === 'own' ? 'wayLeftOwn' : 'wayLeftUnfit', { n: count(left.calls) })}</span>
      <button type="button" onClick={() => (state.wayLeft.value = null)}>
        {t('dismiss')}
      </button>
    </div>
  );
}
