/** A panel of the stage: its heading with what belongs beside it, the button that lets it fill the stage, and its contents. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { t } from '../i18n/index.js';
import { Button, ICONS } from './button.jsx';

/** The panel that fills the stage, and what lets one do so; nothing where a panel fills what it can already, as on a phone. @typedef {{filled: string | null, fill: ((id: string) => void) | null}} Filled */
export const Filling = createContext(/** @type {Filled} */ ({ filled: null, fill: null }));

/**
 * @param {{id: string, title?: string, note?: any, tools?: any, kind?: string, head?: string, tabIndex?: number, children?: any}} props `note` stands small behind the title, `tools` beside it;
 * `kind` and `head` are the classes of the panel and of its heading. Without a title it is an empty place
 */
export function Stage({ id, title, note, tools, kind = `panel ${id}`, head = 'head', tabIndex, children }) {
  if (title === undefined) return <div class={kind} data-panel={id} />;
  return (
    <section class={kind} data-panel={id} aria-label={title} tabIndex={tabIndex}>
      <div class={head}>
        <h2>
          {title} {note && <small>{note}</small>}
        </h2>
        {tools}
        <Fill id={id} />
      </div>
      {children}
    </section>
  );
}

/** Lets a panel fill the stage, and shows the others again. @param {{id: string}} props */
function Fill({ id }) {
  const { filled, fill } = useContext(Filling);
  if (!fill) return null;
  const large = filled === id;
  return (
    <Button
      name={t(large ? 'stageBack' : 'stageFill')}
      icon={large ? ICONS.shrink : ICONS.grow}
      action={() => fill(id)}
      keys={large ? 'F, Esc' : 'F'}
    />
  );
}
