/** Words of the user's own: the name of a file, of a column. */
import { useContext } from 'preact/hooks';
import { change } from './document.js';
import { Effect, Labelled, describedBy } from './labelled.jsx';
import { dotted } from './paths.js';

/** @param {import('./index.jsx').ControlProps} props */
export function TextField({ part, value, path, live, changed }) {
  const described = describedBy(path, live, useContext(Effect));
  return (
    <Labelled part={part} path={path} live={live} changed={changed}>
      <input
        id={dotted(path)}
        type="text"
        value={value}
        aria-describedby={described}
        onChange={(event) => change(path, event.currentTarget.value)}
      />
    </Labelled>
  );
}
