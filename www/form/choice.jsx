/** One of several parts, each with settings of its own. */
import { useContext } from 'preact/hooks';
import { fresh, tagOf } from '../experiment.js';
import { termOf } from '../glossary/fields.js';
import { words } from '../i18n/index.js';
import { change, schema } from '../state.js';
import { Field } from './index.jsx';
import { Effect, Hint, Labelled, describedBy } from './labelled.jsx';
import { dotted, resolve } from './paths.js';

/** @param {import('./index.jsx').ControlProps & {options: [string, any][], shown: boolean, level: number}} props */
export function ChoiceField({ part, value, path, live, changed, options, shown, level }) {
  const described = describedBy(path, live, useContext(Effect));
  const tag = tagOf(value);
  const chosen = options.find(([name]) => name === tag)?.[1];
  const pick = (/** @type {string} */ next) => {
    const content = /** @type {[string, any]} */ (options.find(([name]) => name === next))[1];
    change(path, fresh(schema.value, next, content['x-defaults'] ?? content));
  };
  return (
    <>
      {shown && options.length > 1 && (
        <Labelled part={part} path={path} live={live} changed={changed} term={termOf([tag]) ?? termOf(path)}>
          <select id={dotted(path)} value={tag} aria-describedby={described} onChange={(event) => pick(event.currentTarget.value)}>
            {options.map(([name, content]) => <option value={name}>{words(resolve(content), 'title') || name}</option>)}
          </select>
          <Hint text={words(resolve(chosen), 'description')} />
        </Labelled>
      )}
      {chosen && value !== null && typeof value === 'object' && <Field schema={chosen} value={value[tag]} path={[...path, tag]} live={live} level={level} />}
    </>
  );
}
