/** The page: top bar, rail of settings, model and map, metrics, history; keys and dropped files. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import { both, say, t } from './i18n/index.js';
import { drawer, layout, present, togglePresent } from './layout.js';
import { Alerts } from './page/alerts.jsx';
import { Announcer } from './page/announcer.jsx';
import { Answer } from './page/answer.jsx';
import { dataOpen } from './page/data/open.js';
import { History } from './page/history.jsx';
import { landscapeOpen } from './page/landscape/open.js';
import { Images, openImages } from './page/images.jsx';
import { dropped, isImage } from './page/images/gather.js';
import { Metrics } from './page/metrics.jsx';
import { Model } from './page/model.jsx';
import { challenge, listOpen, place } from './page/lessons/open.js';
import { Later } from './page/model/later.jsx';
import { Phone } from './page/phone.jsx';
import { Rail } from './page/rail.jsx';
import { surfacesOpen } from './page/surfaces/open.js';
import { studiesOpen } from './page/studies/open.js';
import { TopBar } from './page/topbar.jsx';
import { shareOpen } from './page/share/open.js';
import * as state from './state.js';
import { begin } from './begin.js';
import * as files from './files.js';
import * as training from './training.js';
import { undoKeys, watch } from './undo.js';
import './styles/tokens.css';
import './styles/layout.css';
import './styles/panels.css';
import './styles/present.css';
import './styles/print.css';

function Page() {
  if (!state.draft.value)
    return (
      <main class="loading">
        <p role="status">{say(state.notice.value) || t('loading')}</p>
      </main>
    );
  return (
    <>
      <TopBar />
      {layout.value === 'phone' ? <Phone /> : <Desk />}
      <Alerts />
      <Announcer />
      {dataOpen.value && <Later load={data} name="Data" />}
      {listOpen.value && <Later load={lessonList} name="List" />}
      {landscapeOpen.value && <Later load={landscape} name="Landscape" />}
      {surfacesOpen.value !== null && <Later load={surfaces} name="Surfaces" />}
      {shareOpen.value && <Later load={share} name="Share" />}
      {studiesOpen.value && <Later load={studies} name="Studies" />}
      <Images />
    </>
  );
}

const data = () => import('./page/data/data.jsx');
const lesson = () => import('./page/lessons/lesson.jsx');
const lessonList = () => import('./page/lessons/list.jsx');
const landscape = () => import('./page/landscape/landscape.jsx');
const surfaces = () => import('./page/surfaces/surfaces.jsx');
const taken = () => import('./page/challenges/card.jsx');
const share = () => import('./page/share/share.jsx');
const studies = () => import('./page/studies/studies.jsx');

/** Everything at once; on a tablet the settings lie in a drawer, in present mode they are away. A lesson or a challenge stands in their place. */
function Desk() {
  const taught = place.value !== null || challenge.value !== null;
  const settings = !present.value && (layout.value === 'desk' ? !taught : drawer.value);
  return (
    <main class={taught ? 'taught' : ''}>
      {taught && <div class="side">{place.value ? <Later load={lesson} name="Lesson" /> : <Later load={taken} name="Challenge" />}</div>}
      {settings && <Rail />}
      <Model />
      <Answer />
      <Metrics />
      <History />
    </main>
  );
}

/** Pages beside the playground, by the query that opens them; fetched when opened. */
const OTHERS = {
  glossary: () => import('./page/glossary.jsx').then((module) => module.Glossary),
  parts: () => import('./page/parts.jsx').then((module) => module.Parts),
};

const KEYS = /** @type {Record<string, () => unknown>} */ ({
  ' ': training.toggle,
  ArrowRight: training.step,
  e: training.stepEpoch,
  r: training.rewind,
  b: training.restoreBest,
  p: togglePresent,
});
addEventListener('keydown', (event) => {
  const within = /** @type {HTMLElement} */ (event.target);
  // A button has Space to itself, and groups of buttons their arrows; letters are free, as a click leaves the focus on a button.
  const typing =
    event.defaultPrevented ||
    within.closest(event.key.length === 1 && event.key !== ' ' ? 'input, select, textarea' : 'input, select, textarea, button');
  const action = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  // Keys are for what lies open on top.
  const covered = document.querySelector('dialog:modal');
  if (typing || covered || !action || !state.draft.value || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  action();
});
addEventListener('keydown', undoKeys);
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', (event) => {
  event.preventDefault();
  const held = event.dataTransfer;
  if (!held || !state.draft.value) return;
  const [file] = held.files;
  const folder = Array.from(held.items).some((item) => item.webkitGetAsEntry?.()?.isDirectory);
  if (folder || Array.from(held.files).some(({ name }) => isImage(name))) dropped(held).then(openImages);
  else if (file) files.loadFile(file);
});

/** A first line with a separator, and more lines. */
const TABLE = /^[^\n]*[,;\t][^\n]*\n/;
addEventListener('paste', (event) => {
  const typing = /** @type {HTMLElement} */ (event.target).closest?.('input, textarea');
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (typing || !state.draft.value || !TABLE.test(text)) return;
  event.preventDefault();
  files.loadFile(new File([text], 'pasted.csv', { type: 'text/csv' }));
});

effect(() => {
  Object.assign(document.documentElement.dataset, { layout: layout.value });
  document.documentElement.toggleAttribute('data-present', present.value);
});
const root = /** @type {HTMLElement} */ (document.getElementById('app'));
const other = Object.entries(OTHERS).find(([name]) => new URLSearchParams(location.search).has(name))?.[1];
if (other) {
  other().then((Other) => render(<Other />, root));
} else {
  render(<Page />, root);
  begin()
    .then(watch)
    .catch((error) => {
      state.notice.value = /simd|CompileError/i.test(String(error)) ? both('simd') : String(error);
    });
}
