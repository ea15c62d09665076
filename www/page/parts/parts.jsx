/** The parts that the page is built from, in every state: opened as `?parts`. The next feature is built from these and looks the same. */
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { Sparkline } from '../../charts/sparkline.jsx';
import { language, t } from '../../i18n/index.js';
import { lend } from '../../form/document.js';
import { Field } from '../../form/index.jsx';
import { Button, ICONS } from '../../parts/button.jsx';
import { Help } from '../../parts/help.jsx';
import { Later } from '../../parts/later.jsx';
import { Popover } from '../../parts/popover.jsx';
import { Segments } from '../../parts/segments.jsx';
import { Sheet } from '../../parts/sheet.jsx';
import { Filling, Stage } from '../../parts/stage.jsx';
import { Toggle } from '../../parts/toggle.jsx';
import { theme } from '../../settings.js';
import { Canvas } from '../../views/canvas.jsx';
import { drawingOf } from '../../views/kinds/index.js';
import { Mark } from '../../views/legend.jsx';
import { marks } from '../../views/map/marks.js';
import { usePalette } from '../../views/palette.js';
import './parts.css';

/** A curve to draw: a damped swing, as losses have it. */
const STEPS = Array.from({ length: 80 }, (_, at) => at);
const CURVE = STEPS.map((at) => Math.exp(-at / 20) * (1 + 0.2 * Math.sin(at)) + 0.1);

/** A list of entries that have settings and nothing to choose among, over a document of its own. */
const pairs = signal({ pairs: [{ word: '>50K.', means: '>50K' }] });
const PAIRS = {
  type: 'array',
  title: 'Same words',
  'x-title-zh': '同义词',
  default: [],
  items: {
    type: 'object',
    title: 'Same word',
    'x-title-zh': '同义词',
    properties: {
      word: { type: 'string', title: 'Word', 'x-title-zh': '词', default: '' },
      means: { type: 'string', title: 'Means', 'x-title-zh': '等同于', default: '' },
    },
  },
};
lend('parts', {
  defaults: () => ({ pairs: [] }),
  issues: () => [],
  change(path, value) {
    const next = structuredClone(pairs.value);
    const last = path[path.length - 1];
    path.slice(0, -1).reduce((at, key) => at[key], /** @type {any} */ (next))[last] = value;
    pairs.value = next;
  },
});

/** Marks as a view may have them, on a plane from −1 to 1. @type {import('../../views/map/marks.js').MapMark[]} */
const MARKS = [
  {
    kind: 'ellipse',
    at: [-0.4, 0.3],
    axes: [
      [0.4, 0.2],
      [-0.1, 0.25],
    ],
    class: 0,
    strength: 0.6,
  },
  { kind: 'centre', at: [-0.4, 0.3], class: 0 },
  { kind: 'centre', at: [0.5, -0.5], class: 2, label: '3' },
  { kind: 'ring', at: [0.5, 0.8] },
  { kind: 'ring', at: [0.7, 0.2], strength: 0.1, class: 1 },
  { kind: 'sample', at: [0.1, -0.2] },
  { kind: 'line', at: [-0.9, -0.9], to: [0.9, 0.9], strength: 0.3 },
  { kind: 'arrow', at: [0, -0.8], to: [-0.6, -0.4], class: 2 },
];

/** @param {{name: string, children: any}} props */
const Shown = ({ name, children }) => (
  <section class="panel">
    <h2>{name}</h2>
    <div class="row">{children}</div>
  </section>
);

export default function Parts() {
  const [on, flip] = useState(true);
  const [chosen, choose] = useState(/** @type {'epochs' | 'updates' | 'rows'} */ ('epochs'));
  const [open, setOpen] = useState(false);
  const [filled, fill] = useState(/** @type {string | null} */ (null));
  const colours = usePalette();
  return (
    <main class="parts">
      <header>
        <h1>{t('partsTitle')}</h1>
        <Segments
          label={t('theme')}
          value={theme.value}
          choose={(next) => (theme.value = next)}
          options={[
            ['system', t('themeSystem')],
            ['light', t('themeLight')],
            ['dark', t('themeDark')],
          ]}
        />
        <Segments
          label={t('partsLanguage')}
          value={language.value}
          choose={(next) => (language.value = next)}
          options={[
            ['en', 'English'],
            ['zh', '中文'],
          ]}
        />
      </header>
      <Shown name={t('partsButtons')}>
        <Button name={t('play')} icon={ICONS.play} action={() => {}} primary />
        <Button name={t('play')} icon={ICONS.play} action={() => {}} primary disabled />
        {Object.entries(ICONS).map(([name, icon]) => (
          <Button key={name} name={name} icon={icon} action={() => {}} />
        ))}
        <Button name={t('step')} icon={ICONS.step} action={() => {}} disabled />
        <Button name={t('present')} icon={ICONS.present} action={() => flip(!on)} pressed={on} />
      </Shown>
      <Shown name={t('partsChoices')}>
        <Segments
          label={t('partsChoices')}
          value={chosen}
          choose={choose}
          options={[
            ['updates', t('updates')],
            ['epochs', t('epoch')],
            ['rows', t('train')],
          ]}
        />
        <Toggle label={t('validation')} on={on} flip={flip} />
        <Toggle label={t('test')} on={!on} flip={(value) => flip(!value)} />
        <Toggle label={t('train')} on disabled flip={() => {}} />
        <select aria-label={t('speed')}>
          <option>{t('speedMax')}</option>
          <option>{t('speed1')}</option>
        </select>
        <input type="number" aria-label={t('learningRate')} value={0.01} />
        <input type="range" aria-label={t('learningRate')} />
      </Shown>
      <Shown name={t('partsPanels')}>
        <Popover
          name={t('menu')}
          sign={
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d={ICONS.options} />
            </svg>
          }
        >
          <h3>{t('menu')}</h3>
          <Toggle label={t('validation')} on={on} flip={flip} />
        </Popover>
        <span>
          {t('learningRate')} <Help title={t('learningRate')} text={t('partsExplained')} term="learning-rate" />
        </span>
        <p class="status">{t('paused')}</p>
        <p class="status ended">{t('restarted')}</p>
        <p class="problem">{t('problems')}</p>
      </Shown>
      <Shown name={t('partsPlaces')}>
        <button type="button" id="open-sheet" onClick={() => setOpen(true)}>
          {t('partsSheet')}
        </button>
        {open && (
          <Sheet id="example" title={t('partsSheet')} ask={t('partsExplained')} calm close={() => setOpen(false)}>
            <p>{t('partsSheetSays')}</p>
          </Sheet>
        )}
        <Filling.Provider value={{ filled, fill: (id) => fill(filled === id ? null : id) }}>
          <Stage id="example" kind="panel" title={t('partsStage')} note={t('paused')}>
            <p>{t(filled ? 'partsStageFilled' : 'partsExplained')}</p>
          </Stage>
        </Filling.Provider>
      </Shown>
      <Shown name={t('partsMarks')}>
        {
          /** @type {const} */ (['train', 'validation', 'test']).map((part) => (
            <span key={part}>
              <Mark part={part} />
              {t(part)}
            </span>
          ))
        }
        {STEPS.slice(0, 10).map((at) => (
          <span key={at}>
            <Mark shape={at} classes={10} />
            {at}
          </span>
        ))}
      </Shown>
      <Shown name={t('partsModels')}>
        <div class="picture" id="marks" role="img" aria-label={t('partsMarksOnMap')}>
          <Canvas
            draw={(context, width, height, colours) => {
              context.fillStyle = `rgb(${colours.middle})`;
              context.fillRect(0, 0, width, height);
              marks(context, { range: [-1, 1, -1, 1], width, height, colours, classes: 3 }, MARKS);
            }}
          />
        </div>
        <Later
          load={drawingOf('a kind without a drawing')}
          name="default"
          run={{ parameters: 12 }}
          family={t('partsUndrawn')}
          facts={[[t('learningRate'), '0.01']]}
        />
      </Shown>
      <Shown name={t('partsLists')}>
        <div>
          <Field schema={PAIRS} value={pairs.value.pairs} path={['parts', 'pairs']} level={2} />
        </div>
      </Shown>
      <Shown name={t('chart')}>
        <Sparkline x={STEPS} y={CURVE} best={STEPS[CURVE.indexOf(Math.min(...CURVE))]} colour={colours.classes[0]} ink={colours.ink} />
      </Shown>
    </main>
  );
}
