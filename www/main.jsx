/** The page: top bar, rail of settings, model and map, metrics, history; keys and dropped files. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import { enter, leave } from './address.js';
import { Cancelled, Crashed } from './engine.js';
import { Unreachable } from './launch.js';
import { say, t } from './i18n/index.js';
import { acted } from './keys.js';
import { drawer, layout, present } from './layout.js';
import { Alerts, Waiting } from './page/alerts.jsx';
import { Announcer } from './page/announcer.jsx';
import './page/all.js';
import './page/data/reveal.js';
import { dropped, isImage, labelled } from './page/images/gather.js';
import { beside, given, hide, isOpen, show, standing } from './page/panels.js';
import { Phone } from './page/phone.jsx';
import { Shown } from './page/shown.jsx';
import { TopBar } from './page/topbar.jsx';
import { Around, sheets } from './parts/sheet.jsx';
import { Filling } from './parts/stage.jsx';
import { empty, fill, filled, lead, shown } from './stage.js';
import { guard } from './page/unload.js';
import { why } from './page/why.js';
import { Boundary } from './parts/boundary.jsx';
import * as state from './state.js';
import { begin } from './begin.js';
import * as files from './files.js';
import { undoKeys, watch } from './undo.js';
import './styles/tokens.css';
import './styles/layout.css';
import './styles/panels.css';
import './styles/present.css';
import './styles/stage.css';
import './styles/print.css';

/** A sheet is a place in the browser's history, and has the alerts above it. */
const AROUND = { enter, leave, Told: Alerts };

function Page() {
  if (!state.draft.value) return <Loading />;
  return (
    <Around.Provider value={AROUND}>
      <TopBar />
      {layout.value === 'phone' ? (
        <Boundary>
          <Phone />
        </Boundary>
      ) : (
        <Desk />
      )}
      {!sheets.value.length && <Alerts />}
      <Announcer />
      {standing('sheet').map((panel) => {
        const close = () => hide(panel.id);
        return (
          isOpen(panel.id) && (
            <Boundary key={panel.id} leave={close}>
              <Shown panel={panel} leave={close} close={close} given={given(panel.id)} />
            </Boundary>
          )
        );
      })}
    </Around.Provider>
  );
}

/** Until the engine is there; where it does not come, why, and the way to try again. */
function Loading() {
  const away = state.away.value;
  return (
    <main class="loading">
      <h1>Descent</h1>
      <p role={away ? 'alert' : 'status'}>{say(away ?? state.notice.value) || t('loading')}</p>
      {away ? (
        <p class="ways">
          <button type="button" class="primary" onClick={load}>
            {t('retry')}
          </button>
          <button type="button" onClick={() => location.reload()}>
            {t('reload')}
          </button>
        </p>
      ) : (
        <Waiting act={t('reload')} action={() => location.reload()} />
      )}
    </main>
  );
}

/** Everything at once; on a tablet the settings lie in a drawer, in present mode they are away. A lesson or a challenge stands in their place. */
function Desk() {
  const taught = beside();
  const settings = !present.value && (layout.value === 'desk' ? !taught : drawer.value);
  return (
    <Filling.Provider value={{ filled: filled.value, fill }}>
      <main class={`${taught ? 'taught' : ''}${filled.value ? ' filled' : lead.value ? ` led led-${lead.value}` : ''}`}>
        {taught && (
          <div class="side">
            <Shown key={taught.id} panel={taught} />
          </div>
        )}
        {[...(settings ? standing('rail') : []), ...shown.value].map((panel) => (
          <Boundary key={panel.id}>
            <Shown panel={panel} />
          </Boundary>
        ))}
      </main>
    </Filling.Provider>
  );
}

addEventListener('keydown', (event) => {
  const within = /** @type {HTMLElement} */ (event.target);
  // A button has Space to itself, and groups of buttons their arrows; letters are free, as a click leaves the focus on a button.
  const typing =
    event.defaultPrevented ||
    within.closest(event.key.length === 1 && event.key !== ' ' ? 'input, select, textarea' : 'input, select, textarea, button');
  const action = acted(event.key.length === 1 ? event.key.toLowerCase() : event.key);
  // Keys are for what lies open on top.
  const covered = document.querySelector('dialog:modal');
  if (typing || covered || !action || !state.draft.value || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  action();
});
addEventListener('keydown', (event) => {
  // Escape is first of what lies open on top.
  const open = document.querySelector('dialog:modal, :popover-open');
  if (event.key === 'Escape' && !event.defaultPrevented && !open && empty()) event.preventDefault();
});
addEventListener('keydown', undoKeys);
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', (event) => {
  event.preventDefault();
  const held = event.dataTransfer;
  if (!held) return;
  const [file] = held.files;
  const folder = Array.from(held.items).some((item) => item.webkitGetAsEntry?.()?.isDirectory);
  if (folder || Array.from(held.files).some(({ name }) => isImage(name)))
    // What is dropped is there only now; what is done with it waits for the page.
    dropped(held).then(async (found) => {
      await files.whenBegun(file?.name ?? '');
      show('images', labelled(found));
    });
  else if (file) files.loadFile(file);
});

/** A first line with a separator, and more lines. */
const TABLE = /^[^\n]*[,;\t][^\n]*\n/;
/** Characters in which that is looked for. */
const HEAD = 1 << 20;
addEventListener('paste', (event) => {
  const typing = /** @type {HTMLElement} */ (event.target).closest?.('input, textarea');
  if (typing) return;
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (!TABLE.test(text.slice(0, HEAD))) return;
  event.preventDefault();
  files.loadText(text);
});

effect(() => {
  Object.assign(document.documentElement.dataset, { layout: layout.value });
  document.documentElement.toggleAttribute('data-present', present.value);
});
const root = /** @type {HTMLElement} */ (document.getElementById('app'));
/** A page beside the playground, which the address names. */
const other = standing('page').find(({ id }) => new URLSearchParams(location.search).has(id));
if (other) {
  render(<Shown panel={other} />, root);
} else {
  render(<Page />, root);
  guard();
  load();
}

/** Begins, as often as the user tries it. */
function load() {
  state.away.value = null;
  begin()
    .then(watch)
    .catch((error) => {
      if (error instanceof Unreachable) state.away.value = why(error);
      else if (!(error instanceof Cancelled)) state.notice.value = String(error);
    });
}

// What the engine failed at or the user cancelled is told in an alert, wherever it was asked for; anything else is a fault of the page, and is said too.
addEventListener('unhandledrejection', (event) => {
  const { reason } = event;
  if (reason instanceof Cancelled || reason instanceof Crashed || reason instanceof Unreachable) event.preventDefault();
  else state.notice.value = String(reason);
});
