/** What went wrong outside the form: a document that cannot run, a panic and its replay. */
import { engine } from '../engine.js';
import { count } from '../format.js';
import { say, t } from '../i18n/index.js';
import * as state from '../state.js';

/** Problems that are listed; the rest is counted. */
const LISTED = 12;

export function Alerts() {
  return (
    <div class="alerts">
      <Rejected />
      <Recovery />
    </div>
  );
}

function Rejected() {
  const issues = state.rejected.value;
  if (!issues.length) return null;
  return (
    <div class="alert" role="alert">
      <p>
        <b>{t('rejected')}</b>
      </p>
      <ul>
        {issues.slice(0, LISTED).map((issue) => (
          <li>
            {issue.path && <code>{issue.path}</code>} {say(issue.message)}
          </li>
        ))}
      </ul>
      {issues.length > LISTED && <p>{t('more', { n: issues.length - LISTED })}</p>}
      <button type="button" onClick={() => (state.rejected.value = [])}>
        {t('dismiss')}
      </button>
    </div>
  );
}

function Recovery() {
  const recovery = state.recovery.value;
  if (!recovery) return null;
  const { error, update, goal, done } = recovery;
  return (
    <div class="alert" role="alert">
      <p>
        <b>{t(error ? 'failed' : 'cancelled')}</b> {t(done ? 'replayed' : 'replaying', { n: count(update), goal: count(goal) })}
      </p>
      {error && (
        <p>
          <code>{error}</code>
        </p>
      )}
      {!done && <progress max={Math.max(1, goal)} value={update} aria-label={t('replaying', { n: count(update), goal: count(goal) })} />}
      {done ? (
        <button type="button" onClick={() => (state.recovery.value = null)}>
          {t('dismiss')}
        </button>
      ) : (
        <button type="button" onClick={engine.giveUp}>
          {t('stopHere')}
        </button>
      )}
    </div>
  );
}
