/** The history: the loss over the learning rate, other lanes beside them, all over one x axis and under one pointer. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Lane } from '../charts/lane.jsx';
import { useLook } from '../charts/look.js';
import { exact } from '../charts/numbers.js';
import { ahead, rowAt } from '../charts/ranges.js';
import { count } from '../format.js';
import { t } from '../i18n/index.js';
import * as state from '../state.js';
import { usePalette } from '../views/palette.js';
import './history/history.css';
import { arrange, describe } from './history/lanes.js';
import * as options from './history/options.js';
import { gradientsOf, laneSentence, reading, sentence } from './history/said.js';
import { picture, saveCsv, savePicture } from './history/save.js';
import { useSnapshot } from './history/snapshot.js';
import { title } from './history/title.js';
import { Tools, units } from './history/tools.jsx';

/** @typedef {import('./history/lanes.js').Description} Description */

/** Rows that a key moves by. */
const KEYS = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity });
/** Rows that a key moves by with Shift. */
const FAR = 10;

/** With so many columns the lanes beside the loss have no room for names right of their plots. */
const CROWDED = 4;

/** Where the x axis ends before anything is known: about an epoch. @type {Record<string, number>} */
const SHORTEST = { update: 50, epoch: 1, rows: 500, gradient_evaluations: 50, seconds: 0.5 };

export function History() {
  const snapshot = useSnapshot();
  const { columns, run } = snapshot;
  const colours = usePalette();
  const look = useLook();
  const lanes = useRef(/** @type {HTMLDivElement | null} */ (null));
  /** The update under the pointer: rows are merged, updates stay. */
  const [pointed, setPointed] = useState(/** @type {number | null} */ (null));
  const [spoken, speak] = useState('');
  useEffect(() => {
    const away = (/** @type {PointerEvent} */ event) => event.pointerType !== 'mouse' && !lanes.current?.contains(/** @type {Node} */ (event.target)) && setPointed(null);
    addEventListener('pointerdown', away);
    return () => removeEventListener('pointerdown', away);
  }, []);
  const words = [t('train'), t('validation'), units().map(([, text]) => text).join()];
  const gutter = useMemo(() => room(words, look.font), [words.join(), look.font]);
  if (!run) return <section class="history" aria-label={t('chart')} />;

  const updates = columns.update ?? [];
  const at = pointed === null || !updates.length ? null : rowAt(updates, pointed);
  const all = describe(Object.keys(run.measured.train), run.learning_rate !== null);
  const shown = all.filter(({ name, on }) => options.chosen.value[name] ?? on);
  const several = gradientsOf(columns) !== null;
  const offered = units().filter(([key]) => several || key !== 'gradient_evaluations');
  const unit = offered.some(([key]) => key === options.unit.value) ? options.unit.value : 'update';
  const x = columns[unit] ?? updates;
  const end = ahead(Number(x[x.length - 1] ?? 0), SHORTEST[unit]);
  const name = /** @type {[string, string]} */ (offered.find(([key]) => key === unit))[1];
  const bestRow = run.best && updates.length ? rowAt(updates, run.best.update) : null;
  const bestX = bestRow === null ? 0 : unit === 'update' ? run.best.update : Number(x[bestRow]);
  // The start is no achievement.
  const best = bestRow === null || updates.length < 2 ? null : { x: bestX, y: run.best.loss, text: exact(run.best.loss) };
  const patience = best && run.patience?.used > 0 ? { from: bestX, to: Number(x[x.length - 1]), text: `${run.patience.used}/${run.patience.limit}` } : null;

  const point = (/** @type {number | null} */ row) => setPointed(row === null ? null : /** @type {number} */ (updates[row]));
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !updates.length) return;
    const move = KEYS[event.key];
    if (event.key === 'Escape' && pointed !== null) {
      point(null);
      speak('');
    } else if (move !== undefined) {
      const last = updates.length - 1;
      const to = at === null ? (event.key === 'Home' ? 0 : last) : Math.max(0, Math.min(last, at + move * (event.shiftKey ? FAR : 1)));
      point(to);
      speak(`${reading(columns, unit, to)}${t('saidEnd')}${shown.map((lane) => sentence(lane, columns, to)).join(t('saidEnd'))}`);
    } else return;
    // The page's own arrow steps.
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <section class="history" aria-label={t('chart')}>
      <Tools
        offered={offered} unit={unit} reading={at === null ? '' : reading(columns, unit, at)} all={all} shown={shown}
        onPicture={() => lanes.current && savePicture(picture(lanes.current, `${title()} · ${t('chartAtUpdate', { n: count(run.update) })}`, colours))}
        onCsv={() => saveCsv(state.history.value)}
      />
      <div class="lanes" ref={lanes} tabIndex={0} role="group" aria-label={t('chartKeys')} onKeyDown={onKeyDown}>
        {!shown.length && <p class="none">{t('chartNone')}</p>}
        {arrange(shown).map((column, index, { length }) => (
          <div key={column[0].name} class={index === 0 && column.some(({ sort }) => sort === 'loss') ? 'column main' : 'column'}>
            {column.map((lane, place) => (
              <Lane
                key={lane.name} name={lane.name} title={t(lane.title)} sentence={laneSentence(lane, columns, run)} stamp={snapshot} x={x} end={end} unit={name}
                axis={place === column.length - 1} gutter={gutter} compact={index > 0 && length >= CROWDED} lines={linesOf(lane, columns, colours)} kind={lane.kind}
                log={lane.sort === 'loss' ? options.logLoss.value : lane.sort === 'norm' && options.logNorms.value} full={options.full.value || lane.sort === 'rate'}
                smoothing={options.smoothing.value} gap={lane.sort === 'loss' && options.gap.value} best={lane.sort === 'loss' ? best : null}
                patience={lane.sort === 'loss' ? patience : null} at={at} point={point} look={look} colours={colours}
              />
            ))}
          </div>
        ))}
      </div>
      <p class="spoken" aria-live="polite">{spoken}</p>
    </section>
  );
}

/** The lines of a lane: train solid, validation dashed; a lane of one line takes the accent. @param {Description} lane @param {Record<string, (number | null)[]>} columns @param {import('../views/palette.js').Palette} colours */
function linesOf({ sort, series }, columns, colours) {
  const held = series.filter(([, column]) => columns[column]);
  return held.map(([id, column]) => ({
    id, values: columns[column], low: columns[`${column}.min`] ?? columns[column], high: columns[`${column}.max`] ?? columns[column],
    label: id === 'train' ? t('train') : id === 'validation' ? t('validation') : '',
    colour: id === 'train' ? colours.classes[0] : id === 'validation' ? colours.classes[1] : colours.accent,
    dashed: id === 'validation', smooth: sort !== 'rate',
  }));
}

/** Pixels right of a plot for the names of its lines and of its axis. @param {string[]} words @param {number} font */
function room([train, validation, axis], font) {
  const context = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
  context.font = `${font}px system-ui, sans-serif`;
  const width = (/** @type {string} */ text) => context.measureText(text).width;
  return Math.ceil(Math.max(width(train) + 28, width(validation) + 28, ...axis.split(',').map((text) => width(text) + 2.4 * font)));
}
