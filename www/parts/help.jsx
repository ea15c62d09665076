/** A term's meaning in one sentence where it stands, and the way to the glossary. */
import { t } from '../i18n/index.js';
import { Popover } from './popover.jsx';
import './help.css';

/** A name with the help on it: the sign never stands alone in a line. @param {{name: string, children: any}} props `children` is the help */
export function Helped({ name, children }) {
  const last = name.search(/([^\s\u3000-\u9fff]+|\S)$/);
  return (
    <>
      {name.slice(0, last)}
      <span class="helped">
        {name.slice(last)} {children}
      </span>
    </>
  );
}

/** @param {{title: string, text: string, term?: string}} props `term` is the entry of the glossary */
export function Help({ title, text, term }) {
  return (
    <Popover name={t('helpOn', { what: title })} sign="?" kind="help">
      <b>{title}</b>
      <p>{text}</p>
      {term && (
        <a href={`?glossary=${term}`} target="_blank" rel="noopener">
          {t('inGlossary')}
        </a>
      )}
    </Popover>
  );
}
