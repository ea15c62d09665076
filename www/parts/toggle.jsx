/** On or off, with its words beside it. */
import './toggle.css';

/** @param {{label: any, on: boolean, flip: (on: boolean) => void, id?: string, disabled?: boolean}} props */
export function Toggle({ label, on, flip, id, disabled = false }) {
  return (
    <label class="toggle">
      <input id={id} type="checkbox" checked={on} disabled={disabled} onChange={(event) => flip(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}
