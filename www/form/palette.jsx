/** What can be added to a list of several kinds: all of them in their groups, each with what it does in one sentence. */
import { t, words } from '../i18n/index.js';
import { Popover } from '../parts/popover.jsx';
import { resolve } from './paths.js';
import './palette.css';

/** Groups as the schema names them (`x-group`), in the order in which they are shown. */
const GROUPS = /** @type {const} */ (['basic', 'image', 'sequence', 'steady', 'other']);

/** @param {[string, any][]} options @returns {[typeof GROUPS[number], [string, any][]][]} */
function grouped(options) {
  /** @param {any} part @returns {typeof GROUPS[number]} */
  const groupOf = (part) => (GROUPS.includes(part['x-group']) ? part['x-group'] : 'other');
  return GROUPS.map((group) => /** @type {[typeof group, [string, any][]]} */ ([group, options.filter(([, part]) => groupOf(resolve(part)) === group)])).filter(([, kinds]) => kinds.length > 0);
}

/** @param {{id: string, options: [string, any][], sign: string, title: string, disabled: boolean, add: (option: [string, any]) => void}} props */
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
                <button type="button" key={option[0]} onClick={() => { add(option); close(); }}>
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
