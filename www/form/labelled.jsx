/** The frame around every control: its name, what it means, whether it is live, the way back to its default, its problems. */
import { createContext, Fragment } from 'preact';
import { useContext } from 'preact/hooks';
import { number } from '../format.js';
import { say, t, words } from '../i18n/index.js';
import { Help } from '../parts/help.jsx';
import { change, isExperiment } from './document.js';
import { dotted, problemsAt, usual } from './paths.js';
import { Remedy } from './remedy.jsx';
import './labelled.css';

/** @typedef {import('../boundary').Schema} Schema */

/** What a change in the section does: its note says it once, and only a mixture needs marks at the fields. */
export const Effect = createContext(/** @type {'live' | 'restarts' | 'mixed'} */ ('restarts'));
/** The note's id: controls are described by it. */
export const NOTE = 'section-note';

/** @param {{path: import('./paths.js').Path}} props */
export function Problems({ path }) {
  return problemsAt(path).map((issue) => (
    <Fragment key={issue.message.en}>
      <p class="problem" role="alert">
        {say(issue.message)}
      </p>
      <Remedy issue={issue} />
    </Fragment>
  ));
}

/** @param {{text: string}} props */
export const Hint = ({ text }) => (text ? <p class="hint">{text}</p> : null);

/** What describes a control to those who do not see it. @param {import('./paths.js').Path} path @param {boolean} live @param {string} effect */
export const describedBy = (path, live, effect) =>
  live && effect === 'mixed' ? `${dotted(path)}-live` : isExperiment(path) ? NOTE : undefined;

/** Bounds and default of a number, as a sentence. @param {Schema} part */
function range(part) {
  const { minimum: low, maximum: high } = part;
  if (low === undefined || high === undefined || typeof part.default !== 'number') return '';
  return ` ${t('rangeHelp', { low: bound(low), high: bound(high), usual: bound(part.default) })}`;
}

/** @param {number} value */
const bound = (value) => (value !== 0 && Math.abs(value) < 1e-3 ? String(value) : number(value));

/** The line above a control. @param {{part: Schema, path: import('./paths.js').Path, live: boolean, changed: boolean, term?: string, named: any}} props `named` is the name itself: a label, a heading */
export function Head({ part, path, live, changed, term, named }) {
  const effect = useContext(Effect);
  const title = words(part, 'title') || String(path[path.length - 1]);
  const restore = () => {
    change(path, structuredClone(usual(path, part)));
    // The button goes away with the change; the keyboard stays at the control.
    document.getElementById(dotted(path))?.focus();
  };
  return (
    <div class="head">
      {named}
      <Help title={title} text={words(part, 'description') + range(part)} term={term ?? part['x-term']} />
      <span class="room" />
      {changed && (
        <button
          type="button"
          class="restore"
          title={t('restoreField', { what: title })}
          aria-label={t('restoreField', { what: title })}
          onClick={restore}
        >
          ↺
        </button>
      )}
      {live && effect === 'mixed' && (
        <small class="badge live" id={`${dotted(path)}-live`} title={t('liveHint')}>
          {t('live')}
        </small>
      )}
    </div>
  );
}

/** @param {{part: Schema, path: import('./paths.js').Path, live: boolean, changed: boolean, term?: string, lead?: any, children?: any}} props `lead` stands before the name: a checkbox */
export function Labelled({ part, path, live, changed, term, lead, children }) {
  const named = (
    <>
      {lead}
      <label for={dotted(path)}>{words(part, 'title') || path[path.length - 1]}</label>
    </>
  );
  return (
    <div class={`field${changed ? ' changed' : ''}`}>
      <Head part={part} path={path} live={live} changed={changed} term={term} named={named} />
      {children}
      <Problems path={path} />
    </div>
  );
}
