/** A number: a slider that stops at round values, and a field that takes any. */
import { useContext, useMemo, useState } from 'preact/hooks';
import { words } from '../i18n/index.js';
import { change } from './document.js';
import { Effect, Labelled, describedBy } from './labelled.jsx';
import { dotted } from './paths.js';
import { nearest, next, stops } from './steps.js';
import './number.css';

/** @param {import('./index.jsx').ControlProps} props */
export function NumberField({ part, value, path, live, changed }) {
  const id = dotted(path);
  const effect = useContext(Effect);
  const halts = useMemo(() => stops(part), [part.minimum, part.maximum, part.default]);
  const whole = part.type === 'integer';
  const described = describedBy(path, live, effect);
  /** What is being typed: whatever is drawn anew meanwhile leaves it alone. Null for nothing. */
  const [typed, type] = useState(/** @type {string | null} */ (null));
  /** What is out of range is kept and named; what is no number was never a setting. @param {HTMLInputElement} field */
  const take = (field) => {
    if (field.value === '') field.value = String(value);
    else if (Number(field.value) !== value) change(path, Number(field.value));
    type(null);
  };
  /** @param {KeyboardEvent & {currentTarget: HTMLInputElement}} event */
  const keys = (event) => {
    if ((event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    change(path, next(halts, Number(event.currentTarget.value || value), event.key === 'ArrowUp' ? 1 : -1, whole));
    type(null);
  };
  return (
    <Labelled part={part} path={path} live={live} changed={changed}>
      <div class="number">
        {halts && (
          <input
            type="range"
            min="0"
            max={halts.length - 1}
            step="1"
            aria-label={words(part, 'title')}
            aria-valuetext={String(value)}
            aria-describedby={described}
            value={nearest(halts, value)}
            onInput={(event) => change(path, halts[Number(event.currentTarget.value)])}
          />
        )}
        <input
          id={id}
          type="number"
          step="any"
          inputMode="decimal"
          value={typed ?? value}
          aria-describedby={described}
          onInput={(event) => type(event.currentTarget.value)}
          onChange={(event) => take(event.currentTarget)}
          onKeyDown={keys}
        />
      </div>
    </Labelled>
  );
}
