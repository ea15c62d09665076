/** A sheet over the page: it closes by its button, by a click beside it, by Escape and by the browser's Back, and shows what goes wrong meanwhile. */
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { enter, leave } from '../address.js';
import { Alerts } from './alerts.jsx';

/** Sheets that are open, the newest last: what lies below a modal one is neither seen nor heard. */
export const sheets = signal(/** @type {string[]} */ ([]));

/**
 * @param {{name: string, title: string, close: () => void, keys?: (event: KeyboardEvent) => void, bare?: boolean, children: import('preact').ComponentChildren}} props
 * `name` is its class and, the last word of it, its place in the browser's history; `title` is the id of its heading. A `bare` one lays its contents out itself, and a
 * click beside it does not close it
 */
export function Sheet({ name, title, close, keys, bare = false, children }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const place = name.split(' ').at(-1) ?? name;
  const now = useRef(close);
  now.current = close;
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    sheets.value = [...sheets.peek(), place];
    enter(place, () => now.current());
    return () => {
      sheets.value = sheets.peek().filter((other) => other !== place);
      leave(place);
      // A dialog that is taken away gives the focus to nobody.
      queueMicrotask(() => {
        if (document.activeElement === document.body && before instanceof HTMLElement && before.isConnected) before.focus();
      });
    };
  }, []);
  return (
    <dialog
      class={name}
      ref={dialog}
      aria-labelledby={title}
      onClose={close}
      onKeyDown={keys}
      onClick={(event) => event.target === dialog.current && !bare && dialog.current?.close()}
    >
      {bare ? children : <div class="inner">{children}</div>}
      {sheets.value.at(-1) === place && <Alerts />}
    </dialog>
  );
}
