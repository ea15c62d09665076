/** One of several parts, each with settings of its own. */
import { useContext } from 'preact/hooks';
import { fresh, tagOf } from '../experiment.js';
import { t, words } from '../i18n/index.js';
import { schema } from '../state.js';
import { change } from './document.js';
import { grouped } from './groups.js';
import { Field } from './index.jsx';
import { Effect, Hint, Labelled, describedBy } from './labelled.jsx';
import { dotted, resolve } from './paths.js';

/** @typedef {import('../boundary').Schema} Schema */

/** @typedef {[string, Schema]} Choice a tag and the schema of its settings */

/** @param {Choice} choice */
const Option = ([name, content]) => (
  <option key={name} value={name}>
    {words(resolve(content), 'title') || name}
  </option>
);

/** The choices under the headings of their groups, where there are several. @param {{options: Choice[]}} props */
function Options({ options }) {
  const groups = grouped(options);
  if (groups.length === 1) return options.map(Option);
  return groups.map(([group, members]) => (
    <optgroup key={group} label={t(`group_${group}`)}>
      {members.map(Option)}
    </optgroup>
  ));
}

/** @param {import('./index.jsx').ControlProps & {options: [string, Schema][], shown: boolean, level: number}} props */
export function ChoiceField({ part, value, path, live, changed, options, shown, level }) {
  const described = describedBy(path, live, useContext(Effect));
  const tag = tagOf(value);
  const chosen = options.find(([name]) => name === tag)?.[1];
  const pick = (/** @type {string} */ next) => {
    const content = /** @type {[string, Schema]} */ (options.find(([name]) => name === next))[1];
    change(path, fresh(schema.value, next, content['x-defaults'] ?? content));
  };
  return (
    <>
      {shown && options.length > 1 && (
        <Labelled part={part} path={path} live={live} changed={changed} term={resolve(chosen)?.['x-term'] ?? part['x-term']}>
          <select id={dotted(path)} value={tag} aria-describedby={described} onChange={(event) => pick(event.currentTarget.value)}>
            <Options options={options} />
          </select>
          <Hint text={words(resolve(chosen), 'description')} />
        </Labelled>
      )}
      {chosen && value !== null && typeof value === 'object' && (
        <Field schema={chosen} value={value[tag]} path={[...path, tag]} live={live} level={level} />
      )}
    </>
  );
}
