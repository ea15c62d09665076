/** How a study is begun, paused and given up, and how far it is. */
import { csv as written } from '../../csv.js';
import { count } from '../../format.js';
import { say, t } from '../../i18n/index.js';
import * as state from '../../state.js';
import { download } from '../download.js';

/** Problems that are named; the rest is counted. */
const LISTED = 3;

/** @param {{study: import('./study.js').Study, begin: () => void, runs: number, name: string}} props `runs` is how many there would be, `name` the file's */
export function Controls({ study, begin, runs, name }) {
  const stage = study.stage.value;
  const [all, ended] = [study.trials.value.length, study.ended.value];
  const broken = state.issues.value.length > 0;
  return (
    <div class="controls">
      {!study.busy.value && (
        <button type="button" class="primary" disabled={broken || !runs} onClick={begin}>
          {t('studyStart', { n: count(runs) })}
        </button>
      )}
      {stage === 'running' && (
        <button type="button" onClick={study.pause}>
          {t('pause')}
        </button>
      )}
      {stage === 'paused' && (
        <button type="button" class="primary" onClick={study.resume}>
          {t('studyResume')}
        </button>
      )}
      {study.busy.value && (
        <button type="button" onClick={study.cancel}>
          {t('cancel')}
        </button>
      )}
      {study.busy.value && <progress max={all} value={ended} aria-label={t('studyProgress', { n: ended, all })} />}
      <span role="status">
        {stage === 'none'
          ? broken && t('studyBroken')
          : t(stage === 'cancelled' ? 'studyCancelled' : stage === 'paused' ? 'studyPaused' : 'studyProgress', {
              n: count(ended),
              all: count(all),
            })}
      </span>
      {ended > 0 && (
        <button type="button" onClick={() => download(`descent-${name}.csv`, new Blob([csv(study)], { type: 'text/csv' }))}>
          {t('saveCsv')}
        </button>
      )}
    </div>
  );
}

/** Runs that could not be made. @param {{study: import('./study.js').Study}} props */
export function Failures({ study }) {
  const failed = study.trials.value.filter(({ state }) => state === 'failed');
  const issues = study.issues.value;
  if (!failed.length && !study.failed.value && !issues.length) return null;
  return (
    <div class="failures" role="alert">
      {issues.slice(0, LISTED).map(({ path, message }) => (
        <p class="problem" key={path}>
          {path} {say(message)}
        </p>
      ))}
      {study.failed.value && <p class="problem">{say(study.failed.value)}</p>}
      {failed.slice(0, LISTED).map(({ group, seed, error }) => (
        <p class="problem" key={`${group} ${seed}`}>
          {t('studyFailed', { name: study.groups.value[group].name(), seed })} {say(error)}
        </p>
      ))}
      {failed.length > LISTED && <p>{t('more', { n: failed.length - LISTED })}</p>}
    </div>
  );
}

/** Where no run has reached the line, it says too little. @param {{study: import('./study.js').Study}} props */
export function Nobody({ study }) {
  const done = study.trials.value.filter(({ state }) => state === 'done');
  return done.length > 2 && !done.some(({ standing }) => standing?.arrival) ? <p class="nobody">{t('studyNobody')}</p> : null;
}

/**
 * What the table says is of another line, or of other settings, than those that stand there now. @param {{study: import('./study.js').Study, line: {metric: string, value: number}, experiments: any[]}} props
 * `experiments` are those that a study of now could ask about
 */
export function Old({ study, line, experiments }) {
  const { value: then } = study.line;
  if (!then || !study.ended.value) return null;
  const moved = then.metric !== line.metric || then.value !== line.value;
  const now = experiments.map((experiment) => JSON.stringify(experiment));
  const changed = study.groups.value.some(({ experiment }) => !now.includes(JSON.stringify(experiment)));
  if (!moved && !changed) return null;
  const said = (/** @type {typeof line} */ { metric, value }) => ({ metric: t(/** @type {any} */ (metric)), value });
  return (
    <p class="old" role="status">
      {moved && t('studyOldLine', { ...said(then), now: `${t(/** @type {any} */ (line.metric))} ${line.value}` })}{' '}
      {changed && t('studyOld')}
    </p>
  );
}

/** Every run that has ended, one a line. @param {import('./study.js').Study} study */
function csv({ trials, groups, line }) {
  const head = [
    'run',
    'seed',
    'metric',
    'line',
    'arrived',
    'update',
    'epoch',
    'rows',
    'gradients',
    'seconds',
    'best_update',
    'best_loss',
    'updates',
    'stop',
    'error',
  ];
  const rows = trials.value
    .filter(({ state }) => state === 'done' || state === 'failed')
    .map(({ group, seed, standing, error }) => {
      const { arrival, best, update, stop } = standing ?? {};
      return [
        groups.value[group].name(),
        seed,
        line.value?.metric,
        line.value?.value,
        standing ? Number(Boolean(arrival)) : '',
        arrival?.update,
        arrival?.epoch,
        arrival?.rows,
        arrival?.gradients,
        arrival?.seconds,
        best?.update,
        best?.loss,
        update,
        stop?.reason,
        error && say(error),
      ];
    });
  return written([head, ...rows]);
}
