/** Rows of more than two columns: which plane through them the map shows, or that each row is shown by itself. */
import { t } from '../../i18n/index.js';
import * as training from '../../training.js';
import { rowByRow } from './kind.js';

/** @typedef {import('../../state.js').Points} Points */

/** @typedef {{columns: [number, number]}} Columns */

/** @param {{points: Points, plane: import('../../boundary').Plane}} props */
export function Planes({ points, plane: { axes, explained } }) {
  const chosen = rowByRow.value ? 'rows' : axes === 'components' ? 'components' : 'columns';
  /** @param {string} way */
  const choose = (way) => {
    rowByRow.value = way === 'rows';
    if (way !== 'rows' && way !== chosen) training.lookAt(way === 'components' ? 'components' : null);
  };
  const share = explained.reduce((/** @type {number} */ sum, /** @type {number} */ part) => sum + part, 0);
  return (
    <div class="planes">
      <select aria-label={t('planeWay')} value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="columns">{t('planeColumns')}</option>
        <option value="components">{t('planeComponents')}</option>
        <option value="rows">{t('planeRows')}</option>
      </select>
      {chosen === 'columns' && axes !== 'components' && <Columns points={points} axes={axes} />}
      {chosen === 'components' && <span class="hint">{t('planeShare', { n: Math.round(100 * share) })}</span>}
    </div>
  );
}

/** @param {{points: Points, axes: Columns}} props */
function Columns({ points, axes: { columns } }) {
  const numbers = points.columns
    .map((/** @type {string} */ name, /** @type {number} */ at) => ({ name, at }))
    .filter((/** @type {{at: number}} */ { at }) => points.kinds[at] === 'number');
  /** A column that the other axis has changes places with it. @param {0 | 1} axis @param {number} at */
  const put = (axis, at) => {
    const other = columns[1 - axis] === at ? columns[axis] : columns[1 - axis];
    training.lookAt({ columns: axis === 0 ? [at, other] : [other, at] });
  };
  const sides = /** @type {[0 | 1, string, string][]} */ ([
    [0, '→', t('planeAcross')],
    [1, '↑', t('planeUp')],
  ]);
  return sides.map(([axis, sign, name]) => (
    <label key={axis}>
      <span aria-hidden="true">{sign}</span>
      <select aria-label={name} title={name} value={columns[axis]} onChange={(event) => put(axis, Number(event.currentTarget.value))}>
        {numbers.map((/** @type {{name: string, at: number}} */ column) => (
          <option key={column.at} value={column.at}>
            {column.name}
          </option>
        ))}
      </select>
    </label>
  ));
}
