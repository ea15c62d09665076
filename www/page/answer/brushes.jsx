/** The tools above the map of a drawing: a brush a class, an eraser, a hand; and how many points there are. */
import { count } from '../../format.js';
import { t } from '../../i18n/index.js';
import { layout } from '../../layout.js';
import { Button, ICONS } from '../../parts/button.jsx';
import { canUndo, undo } from '../../undo.js';
import { Mark } from '../../views/legend.jsx';
import { used } from '../../views/map/brush.js';
import { brushes, clear, drawing, most, tool } from './drawing.js';
import './brushes.css';

const SIGNS = {
  look: 'M3 1l10 7-4.4.9L11 14l-2 .9-2.3-5.2L3 13z',
  erase: 'M9.5 2L14 6.5 8 12.5h6V14H5L1.5 10.5zM4 10.5L6 12.5l2-2L6 8.5z',
  move: 'M8 0l3 3H9v4h4V5l3 3-3 3V9H9v4h2l-3 3-3-3h2V9H3v2L0 8l3-3v2h4V3H5z',
  clear: 'M6 1h4v1h4v2H2V2h4zM3 5h10l-1 10H4zM6 7v6h1.3V7zM8.7 7v6H10V7z',
};

export function Brushes() {
  const points = drawing.value;
  if (!points) return null;
  const classes = used(points);
  const held = tool.value;
  const other = (/** @type {'look' | 'erase' | 'move'} */ name) => (
    <Button
      name={t(/** @type {const} */ ({ look: 'drawLook', erase: 'drawErase', move: 'drawMove' })[name])}
      icon={SIGNS[name]}
      pressed={held === name}
      action={() => (tool.value = name)}
    />
  );
  return (
    <div class="drawing">
      <div class="brushes" role="toolbar" aria-label={t('drawTools')}>
        {other('look')}
        {Array.from({ length: brushes.value }, (_, at) => (
          <button
            key={at}
            type="button"
            class="sign"
            title={`${t('drawBrush', { n: at })} (${at + 1})`}
            aria-label={t('drawBrush', { n: at })}
            aria-pressed={held === at}
            onClick={() => (tool.value = at)}
          >
            <Mark shape={at} classes={Math.max(2, classes.length, at + 1)} />
          </button>
        ))}
        {other('erase')}
        {other('move')}
        {layout.value === 'phone' && <Button name={t('undo')} icon={ICONS.undo} action={undo} disabled={!canUndo.value} />}
        <Button name={t('drawClear')} icon={SIGNS.clear} action={clear} disabled={!points.length} />
      </div>
      <p role="status" class="hint">
        {t(points.length < most() ? 'drawCount' : 'drawFull', { n: count(points.length) })}
      </p>
    </div>
  );
}
