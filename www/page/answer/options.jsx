/** The tools in the picture's heading: zoom, and what is shown. */
import { t } from '../../i18n/index.js';
import { layout } from '../../layout.js';
import { Button, ICONS } from '../../parts/button.jsx';
import { Popover } from '../../parts/popover.jsx';
import { Toggle } from '../../parts/toggle.jsx';
import { zoom } from '../../views/map/range.js';
import { keysOf } from './describe.js';
import { look, wanted } from './look.js';
import { show, shown } from './options.js';

/** @typedef {keyof import('../../views/map.jsx').Shown} Name */

/** How far a button zooms. */
const FACTOR = 1.5;

/** @param {{points: any}} props */
export function Tools({ points }) {
  const columns = points.columns.length;
  const numbers = points.task === 'regression';
  /** @type {[Name, string][]} */
  const rows = [['train', t('train')], ['validation', t('validation')], ['test', t('showTest')]];
  /** @type {[Name, string, boolean][]} */
  const drawing = [
    ['rings', t('showRings'), !numbers],
    ['residuals', t('showResiduals'), numbers],
    ['contours', t('showContours'), columns === 2],
    ['plain', t(numbers ? 'showSteps' : 'showPlain'), columns === 2],
  ];
  // On a phone the map needs the room more; two fingers zoom, and the menu has the buttons.
  const small = layout.value === 'phone';
  return (
    <div class="tools">
      {columns <= 2 && !small && <Zoom points={points} />}
      <Popover name={t('showOptions')} sign={<svg viewBox="0 0 16 16" aria-hidden="true"><path d={ICONS.options} /></svg>}>
        <h3>{t('showRows')}</h3>
        {rows.filter((_, part) => points.split.includes(part)).map(([name, label]) => <Toggle key={name} id={`show-${name}`} label={label} on={shown.value[name]} flip={(on) => show(name, on)} />)}
        <h3>{t('showDrawing')}</h3>
        {drawing.filter(([, , fits]) => fits).map(([name, label]) => <Toggle key={name} id={`show-${name}`} label={label} on={shown.value[name]} flip={(on) => show(name, on)} />)}
        {columns <= 2 && small && <div class="tools"><Zoom points={points} /></div>}
        <p class="hint keys">{keysOf(points)}</p>
      </Popover>
    </div>
  );
}

/** @param {{points: any}} props */
function Zoom({ points }) {
  const by = (/** @type {number} */ factor) => look(keepUp(points, zoom(wanted.value ?? points.range, points.range, factor, 0.5, 0.5)));
  return (
    <>
      <Button name={t('zoomOut')} keys="−" icon={ICONS.minus} action={() => by(FACTOR)} />
      <Button name={t('zoomIn')} keys="+" icon={ICONS.plus} action={() => by(1 / FACTOR)} />
      <Button name={t('showAll')} keys="0" icon={ICONS.home} action={() => look(null)} disabled={!wanted.value} />
    </>
  );
}

/** Over one column the view moves across only. @template {import('../../views/map/range.js').Range | null} T @param {any} points @param {T} range @returns {T} */
export const keepUp = (points, range) => (range && points.columns.length === 1 ? /** @type {any} */ ([range[0], range[1], points.range[2], points.range[3]]) : range);
