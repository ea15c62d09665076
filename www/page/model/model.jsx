/** The model, drawn by the kind of view that the engine sends (`views/kinds/`): connects the store to what draws. */
import { useMemo } from 'preact/hooks';
import * as documents from '../../documents.js';
import { engine } from '../../engine.js';
import { partOf, pathIn, settingsOf } from '../../family.js';
import { language, t, words } from '../../i18n/index.js';
import { layout, present, raised } from '../../layout.js';
import { Worded } from '../../parts/button.jsx';
import { Later } from '../../parts/later.jsx';
import { Stage } from '../../parts/stage.jsx';
import { stored } from '../../settings.js';
import * as state from '../../state.js';
import * as training from '../../training.js';
import { drawingOf } from '../../views/kinds/index.js';
import { offered, show } from '../panels.js';
import { written } from '../race/differs.js';
import './model.css';

/** @typedef {import('../../boundary').Schema} Schema */

/** The kind that was drawn last in this browser: most probably the next one is of it as well. */
const last = stored('kind', 'layers');

/** The drawing is fetched while the engine is: the first picture needs both. */
drawingOf(last.peek())().catch(() => {});

export function Model() {
  const run = state.run.value;
  const [schema, draft, said] = [state.schema.value, state.draft.value, language.value];
  const part = useMemo(() => partOf(schema, draft), [schema, draft]);
  const settings = settingsOf(draft);
  const facts = useMemo(() => factsOf(schema, part, settings), [schema, part, settings, said]);
  if (!run) return <Stage id="model" />;
  if (last.peek() !== run.view.kind) last.value = run.view.kind;
  const phone = layout.value === 'phone';
  const tools = layout.value === 'desk' && !present.value ? offered('model').map(opener) : null;
  return (
    <Later
      key={run.view.kind}
      load={drawingOf(run.view.kind)}
      name="default"
      wait={<Stage id="model" />}
      run={run}
      points={state.points.value}
      schema={schema}
      part={part}
      family={words(part, 'title')}
      settings={settings}
      facts={facts}
      change={change}
      running={state.running.value}
      roomy={layout.value === 'desk'}
      enlarge={phone && !raised.value ? raise : null}
      scrolls={phone && raised.value}
      tools={tools}
      node={state.node.value}
      onNode={onNode}
      unit={state.inspected.value}
      onUnit={onUnit}
      need={need}
      health={{ diagnosis: state.diagnosis.value, times: state.times.value, measuring: state.measuring.value }}
      measure={training.measureLayers}
      tensors={tensors}
      set={training.setParameter}
    />
  );
}

const opener = (/** @type {import('../panels.js').Panel} */ { id, title, icon = '' }) => (
  <Worded key={id} name={t(title)} icon={icon} action={() => show(id)} kind="late" />
);

/** Settings with their values in words. @param {Schema} schema @param {Schema} part @param {Record<string, import('../../boundary').Document>} settings @returns {[string, string][]} */
const factsOf = (schema, part, settings) =>
  Object.entries(part.properties ?? {}).map(([key, property]) => [
    words(property, 'title') || key,
    written(schema, property, settings[key]),
  ]);

/** @type {import('../../views/kinds/index.js').Given['change']} */
function change(keys, next) {
  const draft = state.draft.peek();
  const now = keys.reduce((/** @type {import('../../boundary').Document} */ at, key) => at?.[key], settingsOf(draft));
  if (now !== undefined) documents.change(pathIn(draft, ...keys), next(now));
}

/** @type {import('../../views/kinds/index.js').Given['need']} */
function need(needs) {
  state.looking.value = needs?.row ?? false;
  state.watching.value = needs?.health ?? 0;
  state.close.value = needs?.close ?? null;
}

const raise = () => void (raised.value = true);

/** @param {[number, number] | null} unit */
const onUnit = (unit) => void (state.inspected.value = unit);

/** @param {number | null} node */
const onNode = (node) => void (state.node.value = node);

const tensors = () => engine.tensors(state.selected.value);
