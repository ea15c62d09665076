/** On a phone the map stays in sight; below it the loss as a thread, and one panel at a time, which can be raised over the map. */
import { effect } from '@preact/signals';
import { Sparkline } from '../charts/sparkline.jsx';
import { number } from '../format.js';
import { t } from '../i18n/index.js';
import { raised, tab } from '../layout.js';
import * as state from '../state.js';
import { usePalette } from '../views/palette.js';
import { beside, standing } from './panels.js';
import { Shown } from './shown.jsx';

/** @typedef {import('./panels.js').Panel} Panel */

const turn = (/** @type {Panel} */ { tab }) => tab?.order ?? 0;

/** Panels that are shown one at a time. A lesson or a challenge is the first. @returns {Panel[]} */
function tabs() {
  const taught = beside();
  const usual = [...standing('stage'), ...standing('rail')].filter(({ tab }) => tab).sort((a, b) => turn(a) - turn(b));
  return taught ? [taught, ...usual] : usual;
}

/** What is always in sight: what stands on the stage and has no tab. */
const steady = () => standing('stage').filter(({ tab }) => !tab);

/** The panel that is shown; the first where the one that was has left. */
const current = () => tabs().find(({ id }) => id === tab.value) ?? tabs()[0];

/** A lesson that begins is shown. */
effect(() => {
  const taught = beside();
  if (taught) tab.value = taught.id;
});

export function Phone() {
  const panel = current();
  return (
    <main class={`${raised.value ? 'raised' : ''}${panel === beside() ? ' taught' : ''}`}>
      {!raised.value && steady().map((panel) => <Shown key={panel.id} panel={panel} />)}
      <Thread />
      <div class="sheet" role="tabpanel" id="sheet" aria-labelledby={`tab-${panel.id}`}>
        <button
          type="button"
          class="handle"
          aria-expanded={raised.value}
          aria-label={t(raised.value ? 'lower' : 'raise')}
          onClick={() => (raised.value = !raised.value)}
        >
          <i />
        </button>
        <Shown key={panel.id} panel={panel} />
      </div>
      <Tabs />
    </main>
  );
}

function Tabs() {
  /** The arrows of the pattern: one stop for Tab, left and right within. @param {KeyboardEvent} event */
  const walk = (event) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const all = tabs().map(({ id }) => id);
    tab.value = all[(all.indexOf(current().id) + by + all.length) % all.length];
    document.getElementById(`tab-${tab.value}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={t('panels')} onKeyDown={walk}>
      {tabs().map(({ id, title, tab: own }) => (
        <button
          type="button"
          key={id}
          id={`tab-${id}`}
          role="tab"
          aria-selected={current().id === id}
          aria-controls="sheet"
          tabIndex={current().id === id ? 0 : -1}
          onClick={() => (tab.value = id)}
        >
          {t(own?.word ?? title)}
        </button>
      ))}
    </div>
  );
}

/** The loss so far, with the best; touched, it opens the charts. */
function Thread() {
  const columns = state.history.value;
  const run = state.run.value;
  const colours = usePalette();
  const part = columns['validation.loss'] ? 'validation' : 'train';
  return (
    <button type="button" class="thread" aria-label={t('threadOpens')} onClick={() => (tab.value = 'chart')}>
      <span>
        {t('loss')}
        <b>{number(run?.measured[part]?.loss)}</b>
      </span>
      <Sparkline
        x={columns.update ?? []}
        y={columns[`${part}.loss`] ?? []}
        best={run?.best?.update ?? null}
        colour={colours.classes[part === 'train' ? 0 : 1]}
        ink={colours.ink}
      />
    </button>
  );
}
