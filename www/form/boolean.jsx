/** On or off. */
import { useContext } from 'preact/hooks';
import { change } from './document.js';
import { Effect, Labelled, describedBy } from './labelled.jsx';
import { dotted } from './paths.js';

/** @param {import('./index.jsx').ControlProps} props */
export function BooleanField({ part, value, path, live, changed }) {
  const described = describedBy(path, live, useContext(Effect));
  const box = (
    <input
      id={dotted(path)}
      type="checkbox"
      checked={value}
      aria-describedby={described}
      onChange={(event) => change(path, event.currentTarget.checked)}
    />
  );
  return <Labelled part={part} path={path} live={live} changed={changed} lead={box} />;
}
