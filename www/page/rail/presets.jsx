/** A small gallery of ready-made networks: each fits the present rows, or says which data it brings. */
import { choices, tagOf } from '../../experiment.js';
import { resolve } from '../../form/paths.js';
import { say, t, words } from '../../i18n/index.js';
import * as state from '../../state.js';
import { chosen, dataOf, isChosen, presets, suits } from '../model/presets.js';
import './presets.css';

export function Presets() {
  const [schema, draft, points] = [state.schema.value, state.draft.value, state.points.value];
  const sorted = [true, false].map((fits) => presets.filter((preset) => suits(preset, points) === fits));
  return (
    <div class="presets" role="group" aria-label={t('presets')}>
      {sorted.map((some, at) => some.length > 0 && (
        <div key={at}>
          <h3>{t(at ? 'presetsOther' : 'presets')}</h3>
          <ul>
            {some.map((preset) => {
              const data = at ? titleOf(schema.properties.data, dataOf(preset)) : '';
              return (
                <li key={preset.id}>
                  <button type="button" aria-pressed={!at && isChosen(schema, draft, preset)} title={say(preset.about)} data-preset={preset.id} onClick={() => state.replace(chosen(schema, state.draft.peek(), state.defaults.peek(), preset, at > 0))}>
                    <Sketch layers={preset.experiment.learner.net.layers} />
                    <b>{say(preset.name)}</b>
                    {data && <small>{t('presetData', { data })}</small>}
                  </button>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </div>
  );
}

/** @param {any} raw @param {string} tag */
const titleOf = (raw, tag) => words(resolve(choices(resolve(raw)).find(([name]) => name === tag)?.[1]), 'title') || tag;

/** Heights of a bar in a sketch, by the layer's group; of one that changes numbers in their place, of a loop. @type {Record<string, number>} */
const HIGH = { basic: 16, image: 12, sequence: 14, steady: 7 };

/** The layers as bars: what kind of network it is, at a glance. @param {{layers: any[]}} props */
function Sketch({ layers }) {
  const kinds = new Map(choices(resolve(resolve(state.schema.value.$defs.LayerConfig))));
  /** @type {{x: number, wide: number, high: number}[]} */
  const bars = [];
  /** @type {[number, number][]} */
  const loops = [];
  let x = 2;
  const bar = (/** @type {number} */ wide, /** @type {number} */ high) => {
    bars.push({ x, wide, high });
    x += wide + 2;
  };
  const draw = (/** @type {any[]} */ some) => {
    for (const layer of some) {
      const own = layer[tagOf(layer)];
      const part = resolve(kinds.get(tagOf(layer)));
      if (Array.isArray(own.layers)) {
        const from = x;
        draw(own.layers);
        loops.push([from - 1, x - 1]);
      } else if (part?.['x-passes']) bar(1, 10);
      else bar(part?.['x-group'] === 'image' ? 5 : 3, HIGH[part?.['x-group']] ?? 12);
    }
  };
  bar(2, 6);
  draw(layers);
  bar(2, 6);
  return (
    <svg class="sketch" viewBox={`0 0 ${Math.max(48, x)} 22`} preserveAspectRatio="xMinYMid meet" aria-hidden="true">
      {bars.map(({ x: left, wide, high }) => <rect key={left} x={left} y={13 - high / 2} width={wide} height={high} rx="0.8" />)}
      {loops.map(([from, to]) => <path key={from} d={`M${from} 8V2H${to}V8`} />)}
    </svg>
  );
}
