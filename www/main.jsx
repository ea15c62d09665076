/** The page: top bar, rail of settings, model and map, metrics, history. */
import { render } from 'preact';
import { Lane } from './charts/lane.jsx';
import { Field, Fields } from './form/index.jsx';
import { language, t, words } from './i18n/index.js';
import * as state from './state.js';
import './styles/tokens.css';
import './styles/layout.css';
import './styles/form.css';
import { Curve } from './views/curve.jsx';
import { DecisionMap } from './views/map.jsx';
import { Network } from './views/network.jsx';
import { palette } from './views/palette.js';
import { Tree } from './views/tree.jsx';

/** @typedef {import('./i18n/index.js').Key} Key */

/** Outlines on a 16 × 16 grid, filled. */
const ICONS = {
  rewind: 'M2 2h2v12H2zM14 2v12L5 8z',
  play: 'M3 1.5v13L14 8z',
  pause: 'M3 2h4v12H3zM9 2h4v12H9z',
  step: 'M3 2v12l7-6zM11 2h2v12h-2z',
  epoch: 'M1 2v12l6-6zM7 2v12l6-6zM13 2h2v12h-2z',
  seed: 'M3 1h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2zM5 3.6a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8zM8 6.6a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8zM11 9.6a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8z',
  share: 'M12 1a3 3 0 1 1-2.2 5L6.8 7.7a3 3 0 0 1 0 .6l3 1.7a3 3 0 1 1-.8 1.6L6 9.9A3 3 0 1 1 6 6l3-1.6A3 3 0 0 1 12 1z',
  save: 'M7 1h2v7l2.5-2.5L13 7l-5 5-5-5 1.5-1.5L7 8zM2 13h12v2H2z',
};

/** @param {{name: string, icon: string, action: () => void, primary?: boolean, disabled?: boolean}} props */
function Button({ name, icon, action, primary = false, disabled = false }) {
  return (
    <button type="button" class={primary ? 'primary' : ''} title={name} aria-label={name} disabled={disabled} onClick={action}>
      <svg viewBox="0 0 16 16" aria-hidden="true"><path d={icon} /></svg>
      {primary && <b>{name}</b>}
    </button>
  );
}

/** @param {number} value */
const number = (value) => {
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString('en');
  return value !== 0 && size < 1e-3 ? value.toExponential(1) : Number(value.toFixed(4)).toString();
};

function TopBar() {
  const run = state.run.value;
  const stopped = run?.state === 'stopped';
  const playing = state.running.value;
  return (
    <header>
      <h1>Descent</h1>
      <div class="transport">
        <Button name={t('rewind')} icon={ICONS.rewind} action={state.rewind} />
        <Button name={playing ? t('pause') : t('play')} icon={playing ? ICONS.pause : ICONS.play} action={state.toggle} primary disabled={stopped && !playing} />
        <Button name={t('step')} icon={ICONS.step} action={state.step} disabled={stopped} />
        <Button name={t('epochStep')} icon={ICONS.epoch} action={state.stepEpoch} disabled={stopped} />
        <select aria-label={t('speed')} value={state.speed.value} onChange={(event) => (state.speed.value = event.currentTarget.value)}>
          <option value="one">{t('speed1')}</option>
          <option value="ten">{t('speed10')}</option>
          <option value="hundred">{t('speed100')}</option>
          <option value="max">{t('speedMax')}</option>
        </select>
      </div>
      <dl class="counters">
        <div><dt>{t('update')}</dt><dd id="update">{run ? run.update.toLocaleString('en') : '–'}</dd></div>
        <div><dt>{t('epoch')}</dt><dd id="epoch">{run ? Number(run.epoch.toFixed(1)).toLocaleString('en') : '–'}</dd></div>
      </dl>
      <div class="right">
        <Button name={t('seed')} icon={ICONS.seed} action={state.newSeed} />
        <Button name={t('share')} icon={ICONS.share} action={copy} />
        <Button name={t('save')} icon={ICONS.save} action={save} />
        <select aria-label={t('theme')} value={state.theme.value} onChange={(event) => (state.theme.value = event.currentTarget.value)}>
          <option value="system">{t('themeSystem')}</option>
          <option value="light">{t('themeLight')}</option>
          <option value="dark">{t('themeDark')}</option>
        </select>
        <button type="button" id="language" onClick={switchLanguage}>{t('language')}</button>
      </div>
    </header>
  );
}

function switchLanguage() {
  language.value = language.value === 'zh' ? 'en' : 'zh';
  localStorage.setItem('language', language.value);
  name();
}

function name() {
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
  document.title = t('title');
}

async function copy() {
  await navigator.clipboard?.writeText(location.href).catch(() => {});
  state.notice.value = t('copied');
}

function save() {
  const url = URL.createObjectURL(new Blob([JSON.stringify(state.changes.value, null, 2)], { type: 'application/json' }));
  Object.assign(document.createElement('a'), { href: url, download: 'experiment.json' }).click();
  URL.revokeObjectURL(url);
}

/** The parts of the experiment that stand in a section of the rail. @param {{id: string}} props */
function Section({ id }) {
  const { schema, draft } = state;
  const net = draft.value.learner.net;
  const root = schema.value.properties;
  const part = (/** @type {string} */ key) => <Field schema={root[key]} value={draft.value[key]} path={[key]} />;
  const definition = schema.value.$defs.Net;
  const only = (/** @type {(key: string) => boolean} */ keep) => <Fields schema={definition} value={net} path={['learner', 'net']} only={keep} />;
  if (id === 'data') {
    return (
      <>
        <label class="file">{t('file')}<input type="file" accept=".csv,.json,text/csv" onChange={(event) => event.currentTarget.files?.[0] && state.loadFile(event.currentTarget.files[0])} /></label>
        <p class="hint">{t('drop')}</p>
        {part('data')}{part('split')}{part('seed')}
      </>
    );
  }
  if (id === 'optimizer') return only((key) => key === 'optimizer');
  if (id === 'schedule') return only((key) => key === 'schedule');
  if (id === 'model' && net) {
    return (
      <>
        <Field schema={{ ...root.learner, ...choiceOnly(schema.value, root.learner) }} value={draft.value.learner} path={['learner']} />
        {only((key) => key !== 'optimizer' && key !== 'schedule')}
      </>
    );
  }
  if (id === 'model') return part('learner');
  return part(id);
}

/** The family's choice without the fields of the chosen one, which stand in sections of their own. @param {any} schema @param {any} part */
function choiceOnly(schema, part) {
  const whole = schema.$defs[part.$ref.split('/').pop()];
  const oneOf = whole.oneOf.map((/** @type {any} */ option) => {
    const [tag, content] = /** @type {[string, any]} */ (Object.entries(option.properties)[0]);
    const target = schema.$defs[content.$ref.split('/').pop()];
    return tag === 'net' ? { ...option, properties: { net: { ...target, $ref: undefined, properties: {}, 'x-whole': content.$ref } } } : option;
  });
  return { ...whole, oneOf, $ref: undefined };
}

function Rail() {
  const sections = /** @type {Key[]} */ (['data', 'prepare', 'augment', 'model', ...(state.draft.value.learner.net ? ['optimizer', 'schedule'] : []), 'stop']);
  return (
    <nav class="rail" aria-label={t('section')}>
      {sections.map((id) => {
        const open = state.section.value === id;
        return (
          <section class={open ? 'open' : ''}>
            <h2><button type="button" aria-expanded={open} onClick={() => (state.section.value = open ? '' : id)}>{t(id)}<span aria-hidden="true">{open ? '−' : '+'}</span></button></h2>
            {open && <div class="body"><Section id={id} /></div>}
          </section>
        );
      })}
    </nav>
  );
}

function Model() {
  const run = state.run.value;
  if (!run) return <div class="panel model" />;
  const tree = run.view.kind === 'tree';
  const title = tree ? t('treeTitle') : t('networkTitle');
  const leaves = tree ? run.view.nodes.filter((/** @type {any} */ node) => !node.split).length : 0;
  return (
    <section class="panel model" aria-label={title}>
      <h2>{title} <small>{tree ? t('leaves', { n: leaves }) : `${run.parameters.toLocaleString('en')} ${t('parameters')}`}</small></h2>
      {tree ? <Tree run={run} points={state.points.value} label={title} /> : <Network run={run} label={title} more={(n) => t('more', { n })} />}
    </section>
  );
}

function Answer() {
  const run = state.run.value;
  const points = state.points.value;
  if (!run || !points) return <div class="panel map" />;
  const columns = points.columns.length;
  const title = columns === 1 ? t('curveTitle') : t('mapTitle');
  return (
    <section class="panel map" aria-label={title}>
      <h2>{title} <small class="legend"><i class="dot" />{t('train')} <i class="dot ring" />{t('validation')} <i class="dot hollow" />{t('test')}</small></h2>
      <div class="square">
        {columns === 2 && <DecisionMap run={run} points={points} label={title} />}
        {columns === 1 && <Curve run={run} points={points} label={title} />}
        {columns > 2 && <p class="hint">{t('manyColumns', { n: columns })}</p>}
      </div>
    </section>
  );
}

/** @param {number[] | undefined} values */
const last = (values) => (values?.[values.length - 1]);
const metricNames = () => Object.keys(state.history.value.columns).filter((name) => name.startsWith('train.') && name.split('.').length === 2).map((name) => name.slice(6));

function Metrics() {
  const run = state.run.value;
  const { columns } = state.history.value;
  if (!run) return <div class="panel metrics" />;
  return (
    <section class="panel metrics" aria-label={t('metrics')}>
      <h2>{t('metrics')}</h2>
      <table>
        <thead><tr><td /><th scope="col">{t('train')}</th><th scope="col">{t('validation')}</th></tr></thead>
        <tbody>
          {metricNames().map((metric) => (
            <tr>
              <th scope="row">{t(/** @type {Key} */ (metric))}</th>
              {['train', 'validation'].map((part) => {
                const value = last(columns[`${part}.${metric}`]);
                return <td id={`${part}-${metric}`}>{value === undefined ? '–' : number(value)}</td>;
              })}
            </tr>
          ))}
          <tr><th scope="row">{t('learningRate')}</th><td colspan={2}>{run.learning_rate === null ? t('none') : number(run.learning_rate)}</td></tr>
          {run.best && <tr><th scope="row">★ {t('best')}</th><td colspan={2}>{run.best.update.toLocaleString('en')} ({number(run.best.loss)})</td></tr>}
          {run.patience && <tr><th scope="row">{t('patience')}</th><td colspan={2}><meter min={0} max={run.patience.limit} value={run.patience.used} aria-label={t('patience')} /> {run.patience.used}/{run.patience.limit}</td></tr>}
        </tbody>
      </table>
      <button type="button" class="wide" onClick={state.restoreBest} disabled={!run.best || state.running.value}>{t('restoreBest')}</button>
      <Status />
    </section>
  );
}

function Status() {
  const run = state.run.value;
  const stop = run?.stop;
  const message = stop ? stop.message[language.value] : state.notice.value || (state.running.value ? t('running') : run?.update ? t('paused') : t('ready'));
  return <p class="status" role="status">{message}</p>;
}

function History() {
  const { columns } = state.history.value;
  const run = state.run.value;
  void state.theme.value;
  const colours = palette();
  const metrics = metricNames();
  const lines = (/** @type {string} */ metric) => ['train', 'validation'].filter((part) => columns[`${part}.${metric}`]).map((part, at) => ({
    label: t(/** @type {Key} */ (part)), values: columns[`${part}.${metric}`], colour: colours.classes[at], dashed: at === 1,
  }));
  const x = columns.update ?? [];
  const shared = { x, ink: colours.muted, grid: colours.line };
  const rate = columns.learning_rate ?? [];
  return (
    <section class="history" aria-label={t('chart')}>
      {metrics.slice(0, 2).map((metric) => (
        <Lane key={metric} name={metric} {...shared} title={t(/** @type {Key} */ (metric))} lines={lines(metric)} best={metric === 'loss' ? (run?.best?.update ?? null) : null} />
      ))}
      {Number.isFinite(last(/** @type {number[]} */ (rate))) && <Lane key="rate" name="rate" {...shared} title={t('learningRate')} lines={[{ label: t('learningRate'), values: rate, colour: colours.accent }]} />}
    </section>
  );
}

function Alerts() {
  const elsewhere = state.issues.value;
  return (
    <>
      {elsewhere.length > 0 && (
        <div class="alert" role="alert">
          <b>{t('problems')}</b>
          <ul>{elsewhere.slice(0, 8).map((issue) => <li><code>{issue.path}</code> {issue.message}</li>)}</ul>
          <button type="button" onClick={() => (state.issues.value = [])}>{t('dismiss')}</button>
        </div>
      )}
      {state.crash.value && (
        <div class="alert" role="alert"><b>{t('failed')}</b> <code>{state.crash.value}</code> <button type="button" onClick={() => (state.crash.value = '')}>{t('dismiss')}</button></div>
      )}
    </>
  );
}

function Page() {
  if (!state.draft.value) return <main class="loading"><p role="status">{state.notice.value || t('loading')}</p></main>;
  return (
    <>
      <TopBar />
      <main>
        <Rail />
        <Model />
        <Answer />
        <Metrics />
        <History />
      </main>
      <Alerts />
    </>
  );
}

const KEYS = /** @type {Record<string, () => void>} */ ({ ' ': state.toggle, ArrowRight: state.step, e: state.stepEpoch, r: state.rewind, b: state.restoreBest });
addEventListener('keydown', (event) => {
  const typing = /** @type {HTMLElement} */ (event.target).closest('input, select, textarea, button');
  const action = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (typing || !action || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  action();
});
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', (event) => {
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  if (file) state.loadFile(file);
});

name();
render(<Page />, /** @type {HTMLElement} */ (document.getElementById('app')));
state.start().catch((error) => {
  state.notice.value = /simd|CompileError/i.test(String(error)) ? t('simd') : String(error);
});
