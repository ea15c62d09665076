/** The rail: the journey's settings, one section open at a time; a closed one says how many problems wait inside. */
import { useLayoutEffect, useState } from 'preact/hooks';
import { choices, resolve } from '../experiment.js';
import { Field, Fields } from '../form/index.jsx';
import { t } from '../i18n/index.js';
import * as state from '../state.js';

/** @typedef {import('../i18n/index.js').Key} Key */
/** @typedef {import('../engine.js').Issue} Issue */

/** Settings of a network that have a section of their own. */
const OWN = ['optimizer', 'schedule'];

/** The section where the field of a path stands. @param {string} path */
export function sectionOf(path) {
  const [first, , third] = path.split(/[.[]/);
  if (first === 'split' || first === 'seed') return 'data';
  if (first === 'learner') return OWN.includes(third) ? third : 'model';
  return first;
}

export function Rail() {
  const sections = /** @type {Key[]} */ (['data', 'prepare', 'augment', 'model', ...(state.draft.value.learner.net ? OWN : []), 'stop']);
  return (
    <nav class="rail" aria-label={t('section')}>
      {sections.map((id) => {
        const open = state.section.value === id;
        const problems = state.issues.value.filter((issue) => sectionOf(issue.path) === id);
        return (
          <section key={id} class={open ? 'open' : ''}>
            <h2>
              <button type="button" aria-expanded={open} onClick={() => (state.section.value = open ? '' : id)}>
                {t(id)}
                {problems.length > 0 && <span class="count" title={t('problemCount', { n: problems.length })}>{problems.length}</span>}
                <span class="fold" aria-hidden="true">{open ? '−' : '+'}</span>
              </button>
            </h2>
            {open && <div class="body"><Unplaced issues={problems} /><Section id={id} /></div>}
          </section>
        );
      })}
    </nav>
  );
}

/** Problems that no field below shows: of a part as a whole, or of a field that does not exist. @param {{issues: Issue[]}} props */
function Unplaced({ issues }) {
  const [lost, setLost] = useState(/** @type {Issue[]} */ ([]));
  const key = issues.map((issue) => issue.path + issue.message).join('\n');
  useLayoutEffect(() => setLost(issues.filter((issue) => !document.getElementById(issue.path))), [key]);
  return lost.map((issue) => <p class="problem" role="alert"><code>{issue.path}</code> {issue.message}</p>);
}

/** The parts of the experiment that stand in a section. @param {{id: string}} props */
function Section({ id }) {
  const root = state.schema.value;
  const draft = state.draft.value;
  const part = (/** @type {string} */ key) => <Field schema={root.properties[key]} value={draft[key]} path={[key]} />;
  const ofNet = (/** @type {(key: string) => boolean} */ only) => <Fields schema={root.$defs.Net} value={draft.learner.net} path={['learner', 'net']} only={only} />;
  if (id === 'data') {
    return (
      <>
        <FilePicker />
        {part('data')}{part('split')}{part('seed')}
      </>
    );
  }
  if (OWN.includes(id)) return ofNet((key) => key === id);
  if (id === 'model' && draft.learner.net) {
    return (
      <>
        <Field schema={familyOnly(root)} value={draft.learner} path={['learner']} />
        {ofNet((key) => !OWN.includes(key))}
      </>
    );
  }
  return part(id === 'model' ? 'learner' : id);
}

function FilePicker() {
  return (
    <label class="file">
      {t('file')} <small>{t('drop')}</small>
      <input type="file" accept=".csv,.tsv,.txt,.json,text/csv,application/json" onChange={(event) => {
        const file = event.currentTarget.files?.[0];
        // The same file may be chosen again after it was mended.
        event.currentTarget.value = '';
        if (file) state.loadFile(file);
      }} />
    </label>
  );
}

/** The choice of a family without the fields of the network, which are shown in three sections. @param {any} root */
function familyOnly(root) {
  const whole = resolve(root, root.properties.learner);
  const oneOf = choices(whole).map(([tag, content]) => {
    const { properties, ...words } = resolve(root, content);
    return { properties: { [tag]: tag === 'net' ? { ...words, properties: {}, 'x-defaults': content } : content } };
  });
  return { ...whole, oneOf };
}
