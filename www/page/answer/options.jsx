/** The tools in the picture's heading: zoom, and what is shown. */
import { t } from '../../i18n/index.js';
import { layout } from '../../layout.js';
import * as state from '../../state.js';
import { Button, ICONS } from '../../parts/button.jsx';
import { Popover } from '../../parts/popover.jsx';
import { Toggle } from '../../parts/toggle.jsx';
import { zoom } from '../../views/map/range.js';
import { keysOf } from './describe.js';
import { kindOf, onMap } from './kind.js';
import { viewOf } from './look.js';
import { show, shown } from './options.js';

/** @typedef {import('../../state.js').Points} Points */

/** @typedef {keyof import('../../views/map.jsx').Shown} Name */

/** How far a button zooms. */
const FACTOR = 1.5;

/** @param {{points: Points}} props */
export function Tools({ points }) {
  const columns = kindOf(points) === 'plane' ? onMap(points).columns.length : points.columns.length;
  const numbers = points.task === 'regression';
  const kind = kindOf(points);
  const view = viewOf(points);
  /** @type {[Name, string][]} */
  const rows = [
    ['train', t('train')],
    ['validation', t('validation')],
    ['test', t(state.seen.value ? 'test' : 'showTest')],
  ];
  /** @type {[Name, string, boolean][]} */
  const drawing = [
    ['rings', t(kind === 'gallery' ? 'showOutlines' : 'showRings'), !numbers],
    ['misses', t('showMisses'), kind === 'gallery'],
    ['residuals', t('showResiduals'), numbers],
    ['contours', t('showContours'), columns === 2],
    ['plain', t(numbers ? 'showSteps' : 'showPlain'), columns === 2],
  ];
  // On a phone the map needs the room more; two fingers zoom, and the menu has the buttons.
  const small = layout.value === 'phone';
  return (
    <div class="tools">
      {view && !small && <Zoom view={view} />}
      <Popover
        name={t('showOptions')}
        sign={
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d={ICONS.options} />
          </svg>
        }
      >
        <h3>{t('showRows')}</h3>
        {rows
          .filter((_, part) => points.split.includes(part))
          .map(([name, label]) => (
            <Toggle
              key={name}
              id={`show-${name}`}
              label={label}
              on={shown.value[name]}
              flip={(on) => show(name, on)}
              disabled={name === 'test' && !state.seen.value}
            />
          ))}
        <h3>{t('showDrawing')}</h3>
        {drawing
          .filter(([, , fits]) => fits)
          .map(([name, label]) => (
            <Toggle key={name} id={`show-${name}`} label={label} on={shown.value[name]} flip={(on) => show(name, on)} />
          ))}
        {view && small && (
          <div class="tools">
            <Zoom view={view} />
          </div>
        )}
        <p class="hint keys">{keysOf(points)}</p>
      </Popover>
    </div>
  );
}

/** @param {{view: import('../../views/map/plane.jsx').View}} props */
function Zoom({ view }) {
  const by = (/** @type {number} */ factor) => view.set(zoom(view.range, view.home, factor, 0.5, 0.5));
  return (
    <>
      <Button name={t('zoomOut')} keys="−" icon={ICONS.minus} action={() => by(FACTOR)} />
      <Button name={t('zoomIn')} keys="+" icon={ICONS.plus} action={() => by(1 / FACTOR)} />
      <Button name={t('showAll')} keys="0" icon={ICONS.home} action={() => view.set(null)} disabled={!view.moved} />
    </>
  );
}
