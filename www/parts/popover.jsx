/** A button that opens a small panel beside it: options, a word's meaning. Closes by Escape, by a click elsewhere, by its button. */
import { useId, useRef } from 'preact/hooks';
import './popover.css';

/** Room between the panel, its button and the edge of the window. */
const GAP = 6;

/** @param {{name: string, sign: any, children: any, kind?: string, wide?: boolean, id?: string, disabled?: boolean}} props `sign` is what the button shows, `kind` its class, `id` its name in the page; `children` may be a function of what closes the panel */
export function Popover({ name, sign, children, kind = 'sign', wide = false, id: own, disabled = false }) {
  const id = useId();
  const button = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const panel = useRef(/** @type {HTMLDivElement | null} */ (null));
  /** Below the button where there is room, else above; never outside the window. */
  const place = () => {
    const [from, box] = [/** @type {HTMLElement} */ (button.current).getBoundingClientRect(), /** @type {HTMLElement} */ (panel.current)];
    const below = from.bottom + GAP + box.offsetHeight <= innerHeight - GAP;
    box.style.left = `${Math.max(GAP, Math.min(innerWidth - box.offsetWidth - GAP, from.left))}px`;
    box.style.top = `${below ? from.bottom + GAP : Math.max(GAP, from.top - GAP - box.offsetHeight)}px`;
  };
  return (
    <>
      <button
        ref={button}
        id={own}
        type="button"
        class={kind}
        aria-label={name}
        title={name}
        disabled={disabled}
        {...{ popovertarget: id }}
      >
        {sign}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        class={`popover${wide ? ' wide' : ''}`}
        role="group"
        aria-label={name}
        onToggle={(event) => /** @type {any} */ (event).newState === 'open' && place()}
      >
        {typeof children === 'function' ? children(() => panel.current?.hidePopover()) : children}
      </div>
    </>
  );
}
