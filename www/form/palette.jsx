/** What can be added to a list of several kinds: all of them in their groups, each with what it does in one sentence. */
import { t, words } from '../i18n/index.js';
import { Popover } from '../parts/popover.jsx';
import { grouped } from './groups.js';
import { resolve } from './paths.js';
import './palette.css';

/** @typedef {import('../boundary').Schema} Schema */

/** @param {{id: string, options: [string, Schema][], sign: string, title: string, disabled: boolean, add: (option: [string, Schema]) => void}} props */
export function Palette({ id, options, sign, title, disabled, add }) {
  const groups = grouped(options);
  return (
    <Popover id={id} name={sign} sign={`+ ${sign}`} kind="add" wide disabled={disabled}>
      {(/** @type {() => void} */ close) => (
        <div class="palette" role="group" aria-label={title}>
          {groups.map(([group, kinds]) => (
            <div key={group}>
              {groups.length > 1 && <h3>{t(`group_${group}`)}</h3>}
              {kinds.map((option) => (
                <button
                  type="button"
                  key={option[0]}
                  onClick={() => {
                    add(option);
                    close();
                  }}
                >
                  <b>{words(resolve(option[1]), 'title') || option[0]}</b>
                  <span>{words(resolve(option[1]), 'description')}</span>
                </button>
              ))}
            </div>
          ))}
        </div>
      )}
    </Popover>
  );
}
