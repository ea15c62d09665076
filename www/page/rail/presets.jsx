/** A gallery of ready-made networks: each fits the present rows, or says which data it brings. */
import { choices, tagOf } from '../../experiment.js';
import { partOf, settingsOf } from '../../family.js';
import { resolve } from '../../form/paths.js';
import { say, t, words } from '../../i18n/index.js';
import { Popover } from '../../parts/popover.jsx';
import * as state from '../../state.js';
import * as documents from '../../documents.js';
import { chosen, dataOf, isChosen, presets, suits } from '../model/presets.js';
import './presets.css';

/** @typedef {import('../../boundary').Document} Document */
/** @typedef {import('../../boundary').Schema} Schema */

/** @typedef {import('../model/presets.js').Preset} Preset */

export function Presets() {
  const [schema, draft, points] = [state.schema.value, state.draft.value, state.points.value];
  const present = presets.find((preset) => isChosen(schema, draft, preset));
  const sorted = [true, false].map((fits) => presets.filter((preset) => (points !== null && suits(preset, points)) === fits));
  const sign = (
    <>
      <span>{t('presets')}</span>
      <small>{present ? say(present.name) : t('presetNone')}</small>
    </>
  );
  return (
    <Popover
      id="presets"
      name={t('presetsNow', { name: present ? say(present.name) : t('presetNone') })}
      sign={sign}
      kind="named presets-open"
      wide
    >
      {(/** @type {() => void} */ close) => (
        <div class="presets">
          {sorted.map(
            (some, at) =>
              some.length > 0 && (
                <div key={at} role="group" aria-label={t(at ? 'presetsOther' : 'presetsFit')}>
                  <h3>{t(at ? 'presetsOther' : 'presetsFit')}</h3>
                  <ul>
                    {some.map((preset) => (
                      <li key={preset.id}>
                        <Card
                          preset={preset}
                          data={at ? titleOf(schema.properties.data, dataOf(preset)) : ''}
                          present={preset === present}
                          choose={() => {
                            documents.replace(chosen(schema, state.draft.peek(), state.defaults.peek(), preset, at > 0));
                            close();
                          }}
                        />
                      </li>
                    ))}
                  </ul>
                </div>
              ),
          )}
        </div>
      )}
    </Popover>
  );
}

/** @param {{preset: Preset, data: string, present: boolean, choose: () => void}} props `data` is what it brings, where the present rows do not suit */
function Card({ preset, data, present, choose }) {
  return (
    <button type="button" aria-pressed={present} data-preset={preset.id} onClick={choose}>
      <span class="line">
        <b>{say(preset.name)}</b>
        <Sketch experiment={preset.experiment} />
      </span>
      <span>{say(preset.about)}</span>
      {data && <small>{t('presetData', { data })}</small>}
    </button>
  );
}

/** @param {Schema} raw @param {string} tag */
const titleOf = (raw, tag) => words(resolve(choices(resolve(raw)).find(([name]) => name === tag)?.[1]), 'title') || tag;

/** Heights of a bar in a sketch, by the layer's group. @type {Record<string, number>} */
const HIGH = { basic: 16, image: 12, sequence: 14, steady: 7 };

/** The layers as bars, thin where they change numbers in their place: what kind of network it is, at a glance. @param {{experiment: Document}} props */
function Sketch({ experiment }) {
  const { items } = partOf(state.schema.value, experiment).properties.layers;
  const kinds = new Map(choices(resolve(items)));
  /** @type {{x: number, wide: number, high: number}[]} */
  const bars = [];
  /** @type {[number, number][]} */
  const loops = [];
  let x = 1;
  const bar = (/** @type {number} */ wide, /** @type {number} */ high) => {
    bars.push({ x, wide, high });
    x += wide + 2;
  };
  const draw = (/** @type {Document[]} */ some) => {
    for (const layer of some) {
      const part = resolve(kinds.get(tagOf(layer)));
      const inner = layer[tagOf(layer)].layers;
      if (Array.isArray(inner)) {
        const from = x;
        draw(inner);
        loops.push([from - 1, x - 1]);
      } else if (part?.['x-passes']) bar(1, 10);
      else bar(part?.['x-group'] === 'image' ? 5 : 3, HIGH[part?.['x-group']] ?? 12);
    }
  };
  bar(2, 6);
  draw(settingsOf(experiment).layers);
  bar(2, 6);
  return (
    <svg class="sketch" viewBox={`0 0 ${x} 22`} style={{ width: `${x}px` }} aria-hidden="true">
      {bars.map(({ x: left, wide, high }) => (
        <rect key={left} x={left} y={13 - high / 2} width={wide} height={high} rx="0.8" />
      ))}
      {loops.map(([from, to]) => (
        <path key={from} d={`M${from} 8V2H${to}V8`} />
      ))}
    </svg>
  );
}
