/** The page: top bar, rail of settings, model and map, metrics, history; keys and dropped files. With `?glossary`, the glossary instead. */
import { render } from 'preact';
import { t } from './i18n/index.js';
import { Alerts } from './page/alerts.jsx';
import { Answer } from './page/answer.jsx';
import { History } from './page/history.jsx';
import { Metrics } from './page/metrics.jsx';
import { Model } from './page/model.jsx';
import { Rail } from './page/rail.jsx';
import { TopBar } from './page/topbar.jsx';
import * as state from './state.js';
import { undoKeys, watch } from './undo.js';
import './styles/tokens.css';
import './styles/layout.css';
import './styles/panels.css';

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

const KEYS = /** @type {Record<string, () => unknown>} */ ({ ' ': state.toggle, ArrowRight: state.step, e: state.stepEpoch, r: state.rewind, b: state.restoreBest });
addEventListener('keydown', (event) => {
  const typing = /** @type {HTMLElement} */ (event.target).closest('input, select, textarea, button');
  const action = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (typing || !action || !state.draft.value || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  action();
});
addEventListener('keydown', undoKeys);
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', (event) => {
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  if (file && state.draft.value) state.loadFile(file);
});

const root = /** @type {HTMLElement} */ (document.getElementById('app'));
if (new URLSearchParams(location.search).has('glossary')) import('./page/glossary.jsx').then(({ Glossary }) => render(<Glossary />, root));
else {
  render(<Page />, root);
  state.begin().then(watch).catch((error) => {
    state.notice.value = /simd|CompileError/i.test(String(error)) ? t('simd') : String(error);
  });
}
