/**
 * A sheet over the page: its heading, what belongs beside the heading, and its contents. It closes by its button, by a click beside it, by Escape and by whatever the page
 * has for going back, and shows what goes wrong meanwhile.
 */
import { signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext, useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n/index.js';
import { Button, ICONS } from './button.jsx';
import './sheet.css';

/** Sheets that are open, the newest last: what lies below a modal one is neither seen nor heard. */
export const sheets = signal(/** @type {string[]} */ ([]));

/**
 * What the page around does with a sheet: it hears of one that opens, with the way to close it, and of one that has closed; `Told` is what it has to say above everything.
 * @typedef {{enter: (id: string, close: () => void) => void, leave: (id: string) => void, Told: import('preact').ComponentType | null}} Surroundings
 */
export const Around = createContext(/** @type {Surroundings} */ ({ enter: () => {}, leave: () => {}, Told: null }));

/**
 * @param {{id: string, title: string, ask?: string, head?: any, tools?: any, close: () => void, keys?: (event: KeyboardEvent) => void, kind?: string, tall?: boolean, calm?: boolean, asks?: boolean, children: import('preact').ComponentChildren}} props
 * `ask` is the question that the sheet answers, `head` what stands beside the heading, as the choice of a view does, `tools` are buttons before the one that closes. A `tall` one is as
 * high as the page, the others as their contents; of a `calm` one the heading has the focus at first, no control. One that `asks` is closed by its own answers: neither by a button of the
 * heading nor by a click beside it. `kind` is a class beside the id; a style sheet sets `--wide`
 */
export function Sheet({ id, title, ask, head, tools, close, keys, kind = '', tall = false, calm = false, asks = false, children }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const { enter, leave, Told } = useContext(Around);
  const now = useRef(close);
  now.current = close;
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    sheets.value = [...sheets.peek(), id];
    enter(id, () => now.current());
    return () => {
      sheets.value = sheets.peek().filter((other) => other !== id);
      leave(id);
      // A dialog that is taken away gives the focus to nobody.
      queueMicrotask(() => {
        if (document.activeElement === document.body && before instanceof HTMLElement && before.isConnected) before.focus();
      });
    };
  }, []);
  return (
    <dialog
      class={['over', kind, id, tall && 'tall', asks && 'asks'].filter(Boolean).join(' ')}
      ref={dialog}
      aria-labelledby={`${id}-title`}
      onClose={close}
      onKeyDown={keys}
      onClick={(event) => event.target === dialog.current && !asks && dialog.current?.close()}
    >
      <div class="inner">
        <div class="top">
          <h2 id={`${id}-title`} tabIndex={calm ? -1 : undefined} autofocus={calm}>
            {title}
          </h2>
          {ask && <p>{ask}</p>}
          {head}
          <span class="room" />
          {tools}
          {!asks && <Button name={t('closeUnit')} icon={ICONS.close} action={close} />}
        </div>
        {children}
      </div>
      {Told && sheets.value.at(-1) === id && <Told />}
    </dialog>
  );
}
