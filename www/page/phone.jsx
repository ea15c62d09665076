/** On a phone the map stays in sight; below it the loss as a thread, and one panel at a time, which can be raised over the map. */
import { effect } from '@preact/signals';
import { Sparkline } from '../charts/sparkline.jsx';
import { number } from '../format.js';
import { t } from '../i18n/index.js';
import { raised, tab } from '../layout.js';
import * as state from '../state.js';
import { usePalette } from '../views/palette.js';
import { Answer } from './answer/answer.jsx';
import { History } from './history/history.jsx';
import { challenge, place } from './lessons/open.js';
import { Metrics } from './metrics/metrics.jsx';
import { Model } from './model/model.jsx';
import { Later } from '../parts/later.jsx';
import { Rail } from './rail/rail.jsx';

const lesson = () => import('./lessons/lesson.jsx');
const taken = () => import('./challenges/card.jsx');
const Lesson = () => (place.value ? <Later load={lesson} name="Lesson" /> : <Later load={taken} name="Challenge" />);

const PANELS = { lesson: Lesson, metrics: Metrics, model: Model, history: History, settings: Rail };
const TABS = /** @type {const} */ (['metrics', 'model', 'history', 'settings']);

const taught = () => place.value !== null || challenge.value !== null;

/** With a lesson or a challenge, that is the first. */
const tabs = () => (taught() ? /** @type {const} */ (['lesson', ...TABS]) : TABS);

/** A lesson that begins is shown; one that was left is gone. */
effect(() => {
  if (taught()) tab.value = 'lesson';
  else if (tab.peek() === 'lesson') tab.value = 'metrics';
});

export function Phone() {
  const Panel = PANELS[tab.value];
  return (
    <main class={`${raised.value ? 'raised' : ''}${tab.value === 'lesson' ? ' taught' : ''}`}>
      {!raised.value && <Answer />}
      <Thread />
      <div class="sheet" role="tabpanel" id="sheet" aria-labelledby={`tab-${tab.value}`}>
        <button
          type="button"
          class="handle"
          aria-expanded={raised.value}
          aria-label={t(raised.value ? 'lower' : 'raise')}
          onClick={() => (raised.value = !raised.value)}
        >
          <i />
        </button>
        <Panel />
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
    const all = /** @type {readonly (typeof tab.value)[]} */ (tabs());
    tab.value = all[(all.indexOf(tab.value) + by + all.length) % all.length];
    document.getElementById(`tab-${tab.value}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={t('panels')} onKeyDown={walk}>
      {tabs().map((name) => (
        <button
          type="button"
          key={name}
          id={`tab-${name}`}
          role="tab"
          aria-selected={tab.value === name}
          aria-controls="sheet"
          tabIndex={tab.value === name ? 0 : -1}
          onClick={() => (tab.value = name)}
        >
          {t(
            /** @type {const} */ ({
              lesson: place.value ? 'lesson' : 'challenge',
              metrics: 'metrics',
              model: 'model',
              history: 'chartTab',
              settings: 'section',
            })[name],
          )}
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
    <button type="button" class="thread" aria-label={t('threadOpens')} onClick={() => (tab.value = 'history')}>
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
