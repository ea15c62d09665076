/** What went wrong outside the form: a document that cannot run, a panic and its replay. */
import { useEffect, useState } from 'preact/hooks';
import * as documents from '../documents.js';
import { engine } from '../engine.js';
import * as files from '../files.js';
import { count, short } from '../format.js';
import '../form/file.css';
import { placeOf } from '../form/place.js';
import { say, t } from '../i18n/index.js';
import { both } from '../i18n/index.js';
import * as state from '../state.js';
import { withdraw } from '../undo.js';
import { Left } from './way.jsx';

/** Problems that are listed; the rest is counted. */
const LISTED = 12;

export function Alerts() {
  return (
    <div class="alerts">
      <Missing />
      <Rejected />
      <Away />
      <Recovery />
      <Waiting />
      <Left />
    </div>
  );
}

/** A document waits for a file: which one, and the ways to go on. Until it is there, or the user goes on without, the link stays in the address. */
function Missing() {
  const { waiting, doubtful } = state;
  if (!waiting.value) return null;
  const [first, ...others] = waiting.value.absent;
  const name = short(first.name);
  const without = () => {
    doubtful.value = null;
    waiting.value = null;
    documents.asRuns();
  };
  const asked = doubtful.value;
  return (
    <div class="alert missing" role="alert">
      <p>
        <b>{t('missingFile', { name })}</b> {t('missingMeans')}
      </p>
      {others.length > 0 && <p>{t('missingOthers', { names: others.map((file) => short(file.name)).join(', ') })}</p>}
      {asked ? (
        <>
          <p>{t('missingAsk', { file: short(asked.file.name), name: short(asked.name) })}</p>
          <p class="ways">
            <button type="button" onClick={() => files.loadMissing(asked.file, asked.name)}>
              {t('missingYes')}
            </button>
            <button
              type="button"
              onClick={() => {
                without();
                files.loadNew(asked.file);
              }}
            >
              {t('missingNo')}
            </button>
          </p>
        </>
      ) : (
        <p class="ways">
          <label class="choose">
            {t('missingOpen', { name })}
            <input
              type="file"
              onChange={(event) => {
                const file = event.currentTarget.files?.[0];
                event.currentTarget.value = '';
                if (file) files.loadMissing(file, first.name);
              }}
            />
          </label>
          <button type="button" onClick={without}>
            {t('missingWithout')}
          </button>
        </p>
      )}
    </div>
  );
}

/** Where a problem is, as the form calls it; what the form does not know stays as it was written. @param {{path: string}} props */
function Place({ path }) {
  const place = placeOf(state.schema.value, path);
  return place === null ? <code>{path}</code> : <b title={path}>{place}</b>;
}

function Rejected() {
  // What a missing file causes is told once.
  const absent = state.waiting.value?.absent ?? [];
  const issues = state.rejected.value.filter((issue) => !absent.some(({ path }) => issue.path.endsWith(path)));
  if (!issues.length) return null;
  return (
    <div class="alert" role="alert">
      <p>
        <b>{t('rejected')}</b>
      </p>
      <ul>
        {issues.slice(0, LISTED).map((issue) => (
          <li>
            {issue.path && <Place path={issue.path} />} {say(issue.message)}{' '}
            {issue.remedy && (
              <button type="button" class="remedy" onClick={() => documents.mend(issue)}>
                {say(issue.remedy.title)}
              </button>
            )}
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
  const { error, update, goal, done, fell } = recovery;
  const instead = done && fell && /** @type {const} */ ({ start: 'failedAgain', before: 'failedBefore', nothing: 'failedNothing' })[fell];
  return (
    <div class="alert" role="alert">
      <p>
        <b>{t(error ? 'failed' : 'cancelled')}</b>{' '}
        {instead ? t(instead) : t(done ? 'replayed' : 'replaying', { n: count(update), goal: count(goal) })}
      </p>
      {error && (
        <p>
          <code>{error}</code>
        </p>
      )}
      {!done && <progress max={Math.max(1, goal)} value={update} aria-label={t('replaying', { n: count(update), goal: count(goal) })} />}
      {done ? (
        <p class="ways">
          {documents.stands() && (
            <button type="button" onClick={back}>
              {t('asRuns')}
            </button>
          )}
          <button type="button" onClick={() => (state.recovery.value = null)}>
            {t('dismiss')}
          </button>
        </p>
      ) : (
        <button type="button" onClick={engine.giveUp}>
          {t('stopHere')}
        </button>
      )}
    </div>
  );
}

/** The form shows what runs again. */
function back() {
  state.recovery.value = null;
  documents.asRuns();
}

/** There is no engine. */
function Away() {
  const why = state.away.value;
  if (!why) return null;
  return (
    <div class="alert away" role="alert">
      <p>{say(why)}</p>
      <button type="button" onClick={engine.retry}>
        {t('retry')}
      </button>
    </div>
  );
}

/** What a call does, in words. */
const DOES = /** @type {Record<string, import('../i18n/index.js').Key>} */ ({
  pull: 'doesTrain',
  reach: 'doesTrain',
  frame: 'doesDraw',
  points: 'doesDraw',
  open: 'doesOpen',
  add: 'doesOpen',
  replace: 'doesOpen',
  live: 'doesOpen',
  rewind: 'doesOpen',
  overview: 'doesLook',
  alike: 'doesLook',
  augmented: 'doesLook',
  attach: 'doesAttach',
  schema: 'doesLoad',
});

/** Seconds since a moment of the clock of `performance`. @param {number} since */
function useSeconds(since) {
  const [now, look] = useState(performance.now());
  useEffect(() => {
    const timer = setInterval(() => look(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.round((now - since) / 1000));
}

/** The engine has not answered for a while: what it does, for how long, and the way out. A file that is read has a bar of its own. @param {{act?: string, action?: () => void}} props */
export function Waiting({ act = t('cancel'), action = cancel }) {
  const silence = state.silence.value;
  return silence && !state.reading.value && !state.away.value ? <Bar silence={silence} act={act} action={action} /> : null;
}

/** @param {{silence: NonNullable<typeof state.silence.value>, act: string, action: () => void}} props */
function Bar({ silence: { call, since, share }, act, action }) {
  const said = t('waitingFor', { what: t(DOES[call] ?? 'doesOther'), n: useSeconds(since) });
  return (
    <div class="waiting" role="status">
      <span>{said}</span>
      <progress value={share} aria-label={said} />
      <button type="button" onClick={action}>
        {act}
      </button>
    </div>
  );
}

/** Ends what the engine does; what ran before comes back. */
function cancel() {
  state.running.value = false;
  state.notice.value = both('cancelled');
  withdraw(() => {
    const { draft } = state;
    const before = draft.value;
    documents.giveUp();
    documents.asRuns();
    engine.cancel();
    return draft.value !== before;
  });
}
