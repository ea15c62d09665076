/** The name of a file of the user's own, and a way to choose one. */
import { useContext } from 'preact/hooks';
import { t } from '../i18n/index.js';
import { change } from '../documents.js';
import { chooseFile } from '../files.js';
import './file.css';
import { Effect, Labelled, describedBy } from './labelled.jsx';
import { dotted } from './paths.js';

/** @param {import('./index.jsx').ControlProps} props */
export function FileField({ part, value, path, live, changed }) {
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
      <label class="choose">
        {t('chooseFile', { kind: part['x-file'] })}
        <input
          type="file"
          accept={part['x-file']}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            // The same file may be chosen again after it was saved anew.
            event.currentTarget.value = '';
            if (file) chooseFile(path, file, part['x-largest-bytes']);
          }}
        />
      </label>
    </Labelled>
  );
}
