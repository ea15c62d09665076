/** A hint, in one quiet line. */
import { t } from '../../i18n/index.js';
import { Button, ICONS } from '../../parts/button.jsx';
import { dismiss, hint } from './hints.js';
import './hint.css';

export function Hint() {
  const now = hint.value;
  if (!now) return null;
  const show = () => {
    dismiss();
    now.show?.();
  };
  return (
    <aside class="tip" aria-label={t('hint')} data-hint={now.id}>
      <p role="status">{t(/** @type {import('../../i18n/index.js').Key} */ (`hint_${now.id}`))}</p>
      {now.show && (
        <button type="button" onClick={show}>
          {t('hintShow')}
        </button>
      )}
      <Button name={t('hintClose')} icon={ICONS.close} action={dismiss} />
    </aside>
  );
}
