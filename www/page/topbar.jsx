/** The bar: transport and speed, counters, what panels offer there, files, present mode, theme and language. */
import { language, t } from '../i18n/index.js';
import { drawer, layout, present, togglePresent } from '../layout.js';
import { Button, ICONS, Worded } from '../parts/button.jsx';
import { Popover } from '../parts/popover.jsx';
import { speed, theme, toggleSpeed } from '../settings.js';
import { layersOf } from '../abilities.js';
import { engine } from '../engine.js';
import * as state from '../state.js';
import * as documents from '../documents.js';
import * as training from '../training.js';
import { Counters } from './counters.jsx';
import { download } from './download.js';
import { offered, show } from './panels.js';
import { canRedo, canUndo, redo, undo } from '../undo.js';

export function TopBar() {
  const form = layout.value;
  return (
    <header>
      {form === 'tablet' && !present.value && (
        <Button name={t('settings')} icon={ICONS.menu} action={() => (drawer.value = !drawer.value)} pressed={drawer.value} />
      )}
      <h1>Descent</h1>
      {form === 'desk' &&
        !present.value &&
        offered('lead').map(({ id, title }) => (
          <button type="button" key={id} class={id} onClick={() => show(id)}>
            {t(title)}
          </button>
        ))}
      <Transport />
      <Counters />
      <div class="right">
        {form === 'desk' ? (
          <Tools />
        ) : (
          <Popover name={t('menu')} sign={<Menu />}>
            <Tools named />
          </Popover>
        )}
      </div>
    </header>
  );
}

/** What is not training: in a menu with their names where there is no room. @param {{named?: boolean}} props */
function Tools({ named = false }) {
  const tool = (/** @type {string} */ name, /** @type {string} */ icon, /** @type {() => void} */ action, keys = '', disabled = false) =>
    named ? (
      <button type="button" key={name} class="named" disabled={disabled} onClick={action}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d={icon} />
        </svg>
        {name}
      </button>
    ) : (
      <Button name={name} icon={icon} action={action} keys={keys || undefined} disabled={disabled} />
    );
  /** Of a panel, in words where there is room; the sign stands where there is none (`layout.css`). */
  const opener = (/** @type {import('./panels.js').Panel} */ { id, title, short, icon = '' }) =>
    named || present.value ? (
      tool(t(title), icon, () => show(id))
    ) : (
      <Worded key={id} name={t(title)} icon={icon} action={() => show(id)} word={t(short ?? title)} />
    );
  const weightless = layersOf(state.run.value) === null;
  const saves = /** @type {[string, () => void, boolean][]} */ ([
    [t('save'), save, false],
    [t('saveWeights'), saveWeights, weightless],
  ]);
  return (
    <>
      {named && offered('lead').map(opener)}
      {layout.value === 'phone' && tool(t('seed'), ICONS.seed, documents.newSeed)}
      {!present.value && tool(t('undo'), ICONS.undo, undo, 'Ctrl+Z', !canUndo.value)}
      {!present.value && tool(t('redo'), ICONS.redo, redo, 'Ctrl+Shift+Z', !canRedo.value)}
      {offered('bar')
        .filter(({ presents }) => presents || !present.value)
        .map(opener)}
      {named && offered('model').map(opener)}
      {layout.value !== 'phone' &&
        tool(t(present.value ? 'leavePresent' : 'present'), present.value ? ICONS.close : ICONS.present, togglePresent, 'P')}
      {named && <Rest saves={saves} />}
      {!named && !present.value && (
        <Popover name={t('menu')} sign={<Menu />}>
          {(/** @type {() => void} */ close) => <Rest saves={saves} close={close} />}
        </Popover>
      )}
      <button
        type="button"
        id="language"
        lang={language.value === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => (language.value = language.value === 'zh' ? 'en' : 'zh')}
      >
        {t('language')}
      </button>
    </>
  );
}

const Menu = () => (
  <svg viewBox="0 0 16 16" aria-hidden="true">
    <path d={ICONS.options} />
  </svg>
);

/** What is seldom wanted, by its names: files, keys, the theme. @param {{saves: [string, () => void, boolean][], close?: () => void}} props */
function Rest({ saves, close }) {
  const line = (/** @type {string} */ name, /** @type {string} */ icon, /** @type {() => void} */ action, off = false) => (
    <button
      type="button"
      key={name}
      class="named"
      disabled={off}
      onClick={() => {
        close?.();
        action();
      }}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={icon} />
      </svg>
      {name}
    </button>
  );
  return (
    <>
      {saves.map(([name, action, off]) => line(name, ICONS.save, action, off))}
      {offered('menu').map(({ id, title, key, icon = '' }) => line(key ? `${t(title)} (${key})` : t(title), icon, () => show(id)))}
      <select class="theme" aria-label={t('theme')} value={theme.value} onChange={(event) => (theme.value = event.currentTarget.value)}>
        <option value="system">{t('themeSystem')}</option>
        <option value="light">{t('themeLight')}</option>
        <option value="dark">{t('themeDark')}</option>
      </select>
    </>
  );
}

/** Speeds and how they are called: on phones and tablets there is room for a few letters. */
const SPEEDS = /** @type {const} */ ([
  ['show', 'speedShow', 'speedShowShort'],
  ['one', 'speed1', 'speed1Short'],
  ['ten', 'speed10', 'speed10Short'],
  ['hundred', 'speed100', 'speed100Short'],
  ['max', 'speedMax', 'speedMaxShort'],
]);

function Transport() {
  const stopped = state.run.value?.state === 'stopped';
  const playing = state.running.value;
  // What runs are other rows than those that the form describes.
  const why = state.unfit.value && !playing ? t('playUnfit') : '';
  const main = playing ? /** @type {const} */ ('pause') : stopped ? 'again' : 'play';
  return (
    <div class="transport">
      <Button name={t('rewind')} keys="R" icon={ICONS.rewind} action={training.rewind} />
      <Button name={t(main)} keys={t('space')} icon={ICONS[main]} action={training.toggle} primary disabled={why !== ''} why={why} />
      <Button name={t('step')} keys="→" icon={ICONS.step} action={training.step} disabled={stopped || why !== ''} why={why} />
      <Button name={t('epochStep')} keys="E" icon={ICONS.epoch} action={training.stepEpoch} disabled={stopped || why !== ''} why={why} />
      {layout.value !== 'phone' && <Button name={t('seed')} icon={ICONS.seed} action={documents.newSeed} />}
      <select
        aria-label={t('speed')}
        value={speed.value}
        onChange={(event) => (speed.value = /** @type {import('../settings.js').Speed} */ (event.currentTarget.value))}
      >
        {SPEEDS.map(([value, long, short]) => (
          <option key={value} value={value}>
            {t(layout.value === 'desk' ? long : short)}
          </option>
        ))}
      </select>
      <Button name={t('fullSpeed')} keys="S" icon={ICONS.fast} action={toggleSpeed} pressed={speed.value === 'max'} />
    </div>
  );
}

const save = () => download('experiment.json', new Blob([JSON.stringify(state.changes.value, null, 2)], { type: 'application/json' }));

/** What the model answers with, under PyTorch's names; the setting “Begin with” reads it again. */
const saveWeights = async () =>
  download(
    'weights.safetensors',
    new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (await engine.tensors(state.selected.value))], { type: 'application/octet-stream' }),
  );
