/** A button over every drawn unit: hover and focus look closely, a click pins. One of them is in the tab order, arrows walk. */
import { useRef } from 'preact/hooks';
import { across } from './layout.js';

/** @typedef {import('./layout.js').Layout} Layout */
/** @typedef {import('./network.jsx').Unit} Unit */

/** @param {Event} event @returns {Unit | null} */
function unitOf(event) {
  const button = /** @type {Element} */ (event.target).closest?.('[data-unit]');
  return button ? /** @type {Unit} */ (/** @type {HTMLElement} */ (button).dataset.unit?.split(',').map(Number)) : null;
}

/** The unit that an arrow leads to. @param {Layout} layout @param {Unit} from @param {string} key @returns {Unit | null} */
export function walk(layout, [layer, unit], key) {
  if (key === 'ArrowUp') return [layer, Math.max(0, unit - 1)];
  if (key === 'ArrowDown') return [layer, Math.min(layout.columns[layer].units.length - 1, unit + 1)];
  if (key === 'ArrowLeft' || key === 'ArrowRight') return across(layout, layer, unit, key === 'ArrowLeft' ? -1 : 1);
  return null;
}

/** @param {{layout: Layout, coarse: boolean, label: string, name: (layer: number, unit: number) => string, open: Unit | null, onPoint: (unit: Unit | null) => void, onOpen: (unit: Unit) => void}} props */
export function Units({ layout, coarse, label, name, open, onPoint, onOpen }) {
  const root = useRef(/** @type {HTMLDivElement | null} */ (null));
  const { box, gap } = layout;
  /** Half of what can be touched: as far as the next column, never beyond the panel. @param {number} centre */
  const half = (centre) => Math.min(coarse ? gap : Math.min(gap, box + 12), 2 * centre, 2 * (layout.width - centre)) / 2;
  const stand = /** @param {Unit} unit */ (unit) =>
    root.current?.querySelectorAll('button.unit').forEach((button) => {
      /** @type {HTMLElement} */ (button).tabIndex = /** @type {HTMLElement} */ (button).dataset.unit === String(unit) ? 0 : -1;
    });
  return (
    <div
      role="group"
      aria-label={label}
      ref={root}
      onPointerOver={(event) => event.pointerType === 'mouse' && onPoint(unitOf(event))}
      onPointerLeave={(event) => event.pointerType === 'mouse' && onPoint(null)}
      onPointerOut={(event) =>
        event.pointerType === 'mouse' && !(/** @type {Element | null} */ (event.relatedTarget)?.closest?.('[data-unit]')) && onPoint(null)
      }
      onFocusIn={(event) => {
        const unit = unitOf(event);
        if (!unit) return;
        stand(unit);
        if (/** @type {Element} */ (event.target).matches(':focus-visible')) onPoint(unit);
      }}
      onFocusOut={() => onPoint(null)}
      onClick={(event) => {
        const unit = unitOf(event);
        if (unit) onOpen(unit);
      }}
      onKeyDown={(event) => {
        const unit = unitOf(event);
        if (event.key === 'Escape') onPoint(null);
        const next = unit && walk(layout, unit, event.key);
        if (!next) return;
        event.preventDefault();
        /** @type {HTMLElement | null | undefined} */ (root.current?.querySelector(`[data-unit="${next}"]`))?.focus();
      }}
    >
      {layout.columns.map(({ units, centre, pitch }, layer) =>
        units.map(({ top }, unit) => (
          <button
            type="button"
            class="unit"
            key={`${layer},${unit}`}
            data-unit={`${layer},${unit}`}
            aria-label={name(layer, unit)}
            aria-expanded={String(open) === `${layer},${unit}`}
            tabIndex={layer === 0 && unit === 0 ? 0 : -1}
            style={{
              left: `${centre - half(centre)}px`,
              top: `${top + box / 2 - pitch / 2}px`,
              width: `${2 * half(centre)}px`,
              height: `${pitch}px`,
            }}
          />
        )),
      )}
    </div>
  );
}
