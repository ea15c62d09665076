/** Buttons with a sign: outlines on a 16 × 16 grid, filled. */

export const ICONS = {
  rewind: 'M2 2h2v12H2zM14 2v12L5 8z',
  play: 'M3 1.5v13L14 8z',
  again: 'M8 2a6 6 0 1 1-5.7 4.1l1.9.6A4 4 0 1 0 8 4v2.6L3.6 3.3 8 0z',
  pause: 'M3 2h4v12H3zM9 2h4v12H9z',
  step: 'M3 2v12l7-6zM11 2h2v12h-2z',
  epoch: 'M1 2v12l6-6zM7 2v12l6-6zM13 2h2v12h-2z',
  fast: 'M1 2.500v11L8 8zM8 2.500v11L15 8z',
  seed: 'M3 1h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2zM5 3.6a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8zM8 6.6a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8zM11 9.6a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8z',
  share: 'M12 1a3 3 0 1 1-2.2 5L6.8 7.7a3 3 0 0 1 0 .6l3 1.7a3 3 0 1 1-.8 1.6L6 9.9A3 3 0 1 1 6 6l3-1.6A3 3 0 0 1 12 1z',
  up: 'M8 2l6 7h-4v5H6V9H2z',
  down: 'M8 14l6-7h-4V2H6v5H2z',
  duplicate: 'M2 2h8v2H4v6H2zM6 6h8v8H6zM8 8v4h4V8z',
  remove: 'M3.4 2L8 6.6 12.6 2 14 3.4 9.4 8l4.6 4.6-1.4 1.4L8 9.4 3.4 14 2 12.6 6.6 8 2 3.4z',
  save: 'M7 1h2v7l2.5-2.5L13 7l-5 5-5-5 1.5-1.5L7 8zM2 13h12v2H2z',
  undo: 'M6 2v3h4a4.5 4.5 0 0 1 0 9H5v-2h5a2.5 2.5 0 0 0 0-5H6v3L1.5 6z',
  redo: 'M10 2v3H6a4.5 4.5 0 0 0 0 9h5v-2H6a2.5 2.5 0 0 1 0-5h4v3L14.500 6z',
  present: 'M1 2h14v9H9v2h2v1.500H5V13h2v-2H1zM3 4v5h10V4z',
  menu: 'M2 3h12v2H2zM2 7h12v2H2zM2 11h12v2H2z',
  close: 'M3.4 2L8 6.6 12.6 2 14 3.4 9.4 8l4.6 4.6-1.4 1.4L8 9.4 3.4 14 2 12.6 6.6 8 2 3.4z',
  options: 'M2 3h6v2H2zM11 2h2v1h1v2h-1v1h-2zM2 11h2v-1h2v4H4v-1H2zM7 11h7v2H7z',
  grow: 'M1 1h6L4.750 3.250 7.500 6 6 7.500 3.250 4.750 1 7zM15 15H9l2.250-2.250L8.500 10 10 8.500l2.750 2.750L15 9z',
  shrink: 'M8 8h6l-2.250 2.250L14.500 13 13 14.500l-2.750-2.750L8 14zM8 8H2l2.250-2.250L1.500 3 3 1.500l2.750 2.750L8 2z',
  plus: 'M7 2h2v5h5v2H9v5H7V9H2V7h5z',
  minus: 'M2 7h12v2H2z',
  image: 'M1 2h14v12H1zM3 4v6l3-3 3 3 2-2 2 2V4zM11 5a1 1 0 1 0 0 2 1 1 0 0 0 0-2z',
  home: 'M8 1l7 7h-2v6H9.500v-4h-3v4H3V8H1z',
};

/**
 * A button that is a sign; its name is spoken and shown as a hint. `pressed` makes it a switch.
 * @param {{name: string, icon: string, action: () => void, keys?: string, primary?: boolean, disabled?: boolean, pressed?: boolean, why?: string}} props `keys` is the shortcut, `why` the reason for which it is disabled
 */
export function Button({ name, icon, action, keys, primary = false, disabled = false, pressed, why }) {
  return (
    <button
      type="button"
      class={primary ? 'primary' : 'sign'}
      title={why || (keys ? `${name} (${keys})` : name)}
      aria-description={why || undefined}
      aria-label={name}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={action}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={icon} />
      </svg>
      {primary && <b>{name}</b>}
    </button>
  );
}

/**
 * A button in words where there is room for them, else its sign (`layout.css`). @param {{name: string, word?: string, icon: string, action: () => void, kind?: string}} props
 * `word` is a shorter name that is shown, `kind` a class beside its own: `late` waits for a wide page
 */
export function Worded({ name, word = name, icon, action, kind = '' }) {
  return (
    <button type="button" class={`worded ${kind}`} title={name} aria-label={name} onClick={action}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={icon} />
      </svg>
      <span>{word}</span>
    </button>
  );
}
