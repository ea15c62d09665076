/** Buttons with a sign: outlines on a 16 × 16 grid, filled. */

export const ICONS = {
  rewind: 'M2 2h2v12H2zM14 2v12L5 8z',
  play: 'M3 1.5v13L14 8z',
  again: 'M8 2a6 6 0 1 1-5.7 4.1l1.9.6A4 4 0 1 0 8 4v2.6L3.6 3.3 8 0z',
  pause: 'M3 2h4v12H3zM9 2h4v12H9z',
  step: 'M3 2v12l7-6zM11 2h2v12h-2z',
  epoch: 'M1 2v12l6-6zM7 2v12l6-6zM13 2h2v12h-2z',
  seed: 'M3 1h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2zM5 3.6a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8zM8 6.6a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8zM11 9.6a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8z',
  share: 'M12 1a3 3 0 1 1-2.2 5L6.8 7.7a3 3 0 0 1 0 .6l3 1.7a3 3 0 1 1-.8 1.6L6 9.9A3 3 0 1 1 6 6l3-1.6A3 3 0 0 1 12 1z',
  up: 'M8 2l6 7h-4v5H6V9H2z',
  down: 'M8 14l6-7h-4V2H6v5H2z',
  duplicate: 'M2 2h8v2H4v6H2zM6 6h8v8H6zM8 8v4h4V8z',
  remove: 'M3.4 2L8 6.6 12.6 2 14 3.4 9.4 8l4.6 4.6-1.4 1.4L8 9.4 3.4 14 2 12.6 6.6 8 2 3.4z',
  save: 'M7 1h2v7l2.5-2.5L13 7l-5 5-5-5 1.5-1.5L7 8zM2 13h12v2H2z',
};

/** @param {{name: string, icon: string, action: () => void, keys?: string, primary?: boolean, disabled?: boolean}} props `keys` is the shortcut */
export function Button({ name, icon, action, keys, primary = false, disabled = false }) {
  return (
    <button type="button" class={primary ? 'primary' : 'sign'} title={keys ? `${name} (${keys})` : name} aria-label={name} disabled={disabled} onClick={action}>
      <svg viewBox="0 0 16 16" aria-hidden="true"><path d={icon} /></svg>
      {primary && <b>{name}</b>}
    </button>
  );
}
