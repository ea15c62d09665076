/** While a past moment is looked at: which one, and what can be done from there. */
import { count } from '../../format.js';
import { t } from '../../i18n/index.js';
import * as race from '../../race.js';

export function Back() {
  const [at, asked] = [race.back.value, race.asked.value];
  if (at === null) return null;
  return (
    <div class="back" role="status">
      <span>{asked === null ? t('backAt', { n: count(at) }) : t('backNear', { n: count(at), asked: count(asked) })}</span>
      <div class="acts">
        <button type="button" disabled={race.full()} title={t('backForkHelp')} onClick={() => race.fork(at)}>
          {t('backFork')}
        </button>
        <button type="button" title={t('backGoHelp')} onClick={() => race.goBack(at)}>
          {t('backGo')}
        </button>
        <button type="button" onClick={race.present}>
          {t('backPresent')}
        </button>
      </div>
    </div>
  );
}
