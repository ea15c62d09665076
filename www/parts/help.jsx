/** A term's meaning in one sentence where it stands, and the way to the glossary. */
import { t } from '../i18n/index.js';
import { Popover } from './popover.jsx';
import './help.css';

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
