/** The settings that a step is about, by their paths; on request the whole rail. */
import { choices, resolve } from '../../experiment.js';
import { declared } from '../../form/depth.js';
import { Field } from '../../form/index.jsx';
import { Effect } from '../../form/labelled.jsx';
import { t } from '../../i18n/index.js';
import * as state from '../../state.js';

/** Schema and value of the setting at a path; null where the experiment has no such setting, as another optimizer has no momentum. @param {string} path */
function settingAt(path) {
  const root = state.schema.value;
  let part = root;
  let value = state.draft.value;
  const keys = path.split('.');
  for (const key of keys) {
    part = resolve(root, part);
    const next = part.properties?.[key] ?? choices(part).find(([tag]) => tag === key)?.[1];
    value = value?.[key];
    if (!next || value === undefined) return null;
    part = next;
  }
  return { schema: part, value, path: keys, level: declared(resolve(root, part)) };
}

/** @param {{paths: string[]}} props */
export function Settings({ paths }) {
  const shown = paths.map(settingAt).filter((setting) => setting !== null);
  if (!shown.length) return null;
  return (
    <section class="settings" aria-label={t('lessonSettings')}>
      <Effect.Provider value="mixed">
        {shown.map((setting) => (
          <Field key={setting.path.join('.')} {...setting} />
        ))}
      </Effect.Provider>
    </section>
  );
}
