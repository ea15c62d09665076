/** The history: the loss over the learning rate, other lanes beside them, all over one x axis and under one pointer. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useLook } from '../../charts/look.js';
import { exact } from '../../charts/numbers.js';
import { ahead, rowAt } from '../../charts/ranges.js';
import { settingsOf } from '../../family.js';
import { count } from '../../format.js';
import { say, t, words as wordsOf } from '../../i18n/index.js';
import { present as presenting } from '../../layout.js';
import { called } from '../../measured.js';
import { lookBack, present, setLine } from '../../race.js';
import * as state from '../../state.js';
import * as documents from '../../documents.js';
import { Stage } from '../../parts/stage.jsx';
import { filled, lead } from '../../stage.js';
import { usePalette } from '../../views/palette.js';
import { useAhead } from './ahead.js';
import './history.css';
import { knots } from './knots.js';
import { arrange, describe, stack } from './lanes.js';
import { merged } from './merged.js';
import * as options from './options.js';
import { gradientsOf, laneSentence, reading, sentence } from './said.js';
import { picture, saveCsv, savePicture } from './save.js';
import { useSnapshot } from './snapshot.js';
import { title } from './title.js';
import { Tools, units } from './tools.jsx';
import { colourOf, markOf } from '../race/looks.js';
import { watched } from '../race/metrics.js';
import { Later } from '../../parts/later.jsx';
import { labelOf } from '../race/name.js';
import { Race } from '../race/race.jsx';

/** @typedef {import('../../state.js').AnyRun} AnyRun */
/** @typedef {import('../../boundary').Document} Document */
/** @typedef {import('../../boundary').Schema} Schema */

/** @typedef {import('./lanes.js').Description} Description */

/** What draws, which the first view does not wait for. */
const drawing = () => import('../../charts/lane.jsx');

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
  const { histories, runs, of } = snapshot;
  const colours = usePalette();
  const look = useLook();
  const lanes = useRef(/** @type {HTMLDivElement | null} */ (null));
  /** Where on the x axis the pointer is: rows are merged, places stay. */
  const [pointed, setPointed] = useState(/** @type {number | null} */ (null));
  const [spoken, speak] = useState('');
  useEffect(() => {
    const away = (/** @type {PointerEvent} */ event) =>
      event.pointerType !== 'mouse' && !lanes.current?.contains(/** @type {Node} */ (event.target)) && setPointed(null);
    addEventListener('pointerdown', away);
    return () => removeEventListener('pointerdown', away);
  }, []);
  const run = runs[of];
  const several = runs.length > 1;
  const labels = several ? runs.map((_, at) => `${markOf(at)} ${labelOf(at)}`) : [t('train'), t('validation')];
  const searched = histories.some((columns) => gradientsOf(columns) !== null);
  const offered = units().filter(([key]) => searched || key !== 'gradient_evaluations');
  const axes = offered.map(([, text]) => text);
  const gutter = useMemo(() => room(labels, axes, several, look.font), [labels.join(), axes.join(), several, look.font]);
  const unit = offered.some(([key]) => key === options.unit.value) ? options.unit.value : 'update';
  const all = useMemo(() => merged(histories, unit), [snapshot, unit]);
  useEffect(() => setPointed(null), [unit]);
  /** Settings that are being dragged and not yet taken over. */
  const [trial, setTrial] = useState(/** @type {Document} */ (null));
  const planned = useAhead(run, unit, trial ?? state.draft.value);
  if (!run || !histories[of]) return <Stage id="chart" kind="history" />;

  const { x } = all;
  const columns = histories[of];
  const updates = columns.update ?? [];
  const at = pointed === null || !x.length ? null : rowAt(x, pointed);
  const described = describe(
    'quantities' in run ? run.quantities : [],
    runs.some(({ learning_rate: rate }) => rate !== null),
  );
  /** Before a class the lanes stand below one another: the one that matters is large. */
  const stacked = filled.value === null ? lead.value !== null : presenting.value;
  const shown = described.filter(({ name, on }) => options.chosen.value[name] ?? on);
  const end = Math.max(ahead(Number(x[x.length - 1] ?? 0), SHORTEST[unit]), planned && unit === 'update' && !several ? planned.end : 0);
  const name = /** @type {[string, string]} */ (offered.find(([key]) => key === unit))[1];
  /** Where an update of the selected run is on the x axis. @param {number} update */
  const place = (update) => (unit === 'update' ? update : Number((columns[unit] ?? updates)[rowAt(updates, update)] ?? 0));
  // The start is no achievement.
  const best = !run.best || updates.length < 2 ? null : { x: place(run.best.update), y: run.best.loss, text: exact(run.best.loss) };
  const patience =
    best && run.patience && run.patience.used > 0
      ? { from: best.x, to: place(Number(updates[updates.length - 1])), text: `${run.patience.used}/${run.patience.limit}` }
      : null;
  const marks = run.marks.map((mark) => ({ x: place(mark.update), text: say(mark.what) }));
  // Where something went wrong is on the chart as well.
  for (const finding of state.findings.peek() ?? [])
    if (finding.from < finding.to) marks.push({ x: place(finding.from), text: say(finding.what) });
  const back = run.looks_back ? place(run.standing) : null;

  const rates =
    unit !== 'update' || state.issues.value.length
      ? NONE
      : knots(state.schema.value, trial ?? state.draft.value, titled).map(({ title: label, moved, ...knot }) => ({
          ...knot,
          label,
          text: exact(knot.across ? knot.x : knot.y),
          set: (/** @type {number | null} */ x, /** @type {number} */ y, /** @type {boolean} */ done) => {
            const next = moved(x, y);
            setTrial(done ? null : next);
            if (done) documents.replace(next);
          },
        }));

  const point = (/** @type {number | null} */ row) => setPointed(row === null ? null : /** @type {number} */ (x[row]));
  const scrub = (/** @type {number} */ row) =>
    lookBack(Number(updates[several ? rowAt(updates, Number(all.own[of].update?.[all.before(of, row)] ?? 0)) : row] ?? 0));
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !x.length) return;
    const move = KEYS[event.key];
    if (event.key === 'Escape' && (pointed !== null || back !== null)) {
      if (back !== null) present();
      point(null);
      speak('');
    } else if (event.key === 'Enter' && at !== null) {
      scrub(at);
    } else if (move !== undefined) {
      const last = x.length - 1;
      const to = at === null ? (event.key === 'Home' ? 0 : last) : Math.max(0, Math.min(last, at + move * (event.shiftKey ? FAR : 1)));
      point(to);
      const row = several ? all.before(of, to) : to;
      speak(`${reading(all.own[of], unit, row)}${t('saidEnd')}${shown.map((lane) => sentence(lane, all.own[of], row)).join(t('saidEnd'))}`);
    } else return;
    // The page's own arrow steps.
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <Stage
      id="chart"
      title={t('chart')}
      kind={stacked ? 'history stacked' : 'history'}
      head="bar"
      tools={
        <Tools
          offered={offered}
          unit={unit}
          reading={at === null ? '' : reading({ [unit]: x }, unit, at)}
          happened={at === null ? '' : near(marks, Number(x[at]), end)}
          all={described}
          shown={shown}
          onPicture={() =>
            lanes.current && savePicture(picture(lanes.current, `${title()} · ${t('chartAtUpdate', { n: count(run.update) })}`, colours))
          }
          onCsv={() => saveCsv(state.history.value)}
        />
      }
    >
      <div class="raced">
        <Race />
        <div class="lanes" ref={lanes} tabIndex={0} role="group" aria-label={t('chartKeys')} onKeyDown={onKeyDown}>
          {!shown.length && <p class="none">{t('chartNone')}</p>}
          {(stacked
            ? [stack(shown, state.line.value?.metric, filled.value !== null || lead.value === 'chart', tells(histories))]
            : arrange(shown)
          ).map((column, index, { length }) => (
            <div
              key={column[0].name}
              class={index === 0 && (stacked || column.some(({ sort }) => sort === 'loss')) ? 'column main' : 'column'}
            >
              {column.map((lane, slot) => (
                <Later
                  load={drawing}
                  name="Lane"
                  key={lane.name}
                  id={lane.name}
                  title={
                    several && lane.series.length > 1
                      ? t(watched(run) === 'validation' ? 'raceOfValidation' : 'raceOfTrain', { metric: called(lane.title) })
                      : called(lane.title)
                  }
                  sentence={laneSentence(lane, columns, run)}
                  stamp={snapshot}
                  x={x}
                  end={end}
                  unit={name}
                  axis={slot === column.length - 1}
                  gutter={gutter}
                  compact={index > 0 && length >= CROWDED}
                  lines={several ? linesOfRuns(lane, all, runs, colours) : linesOf(lane, columns, colours)}
                  kind={lane.kind}
                  log={lane.sort === 'loss' ? options.logLoss.value : lane.sort === 'norm' && options.logNorms.value}
                  full={options.full.value || lane.sort === 'rate'}
                  smoothing={options.smoothing.value}
                  gap={!several && lane.sort === 'loss' && options.gap.value}
                  best={lane.sort === 'loss' ? best : null}
                  patience={lane.sort === 'loss' ? patience : null}
                  marks={lane.sort === 'rate' || lane.sort === 'loss' ? marks : []}
                  back={back === null ? null : { x: back, text: lane.sort === 'loss' ? t('backHere', { n: count(run.standing) }) : '' }}
                  level={state.line.value?.metric === lane.title ? state.line.value.value : null}
                  grips={lane.sort === 'rate' ? rates : lineGrips(lane)}
                  crossings={crossingsOf(lane, runs, unit, colours)}
                  plan={lane.sort === 'rate' && planned ? planned : null}
                  sparse={several}
                  at={at}
                  point={point}
                  scrub={scrub}
                  look={look}
                  colours={colours}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
      <p class="spoken" aria-live="polite">
        {spoken}
      </p>
    </Stage>
  );
}

/** @param {Schema} part */
const titled = (part) => wordsOf(part, 'title');

/** Whether the learning rate tells anything: it changes, or is another in every run. @param {Record<string, (number | null)[]>[]} histories */
function tells(histories) {
  const rates = new Set(histories.flatMap((columns) => (columns.learning_rate ?? []).filter((rate) => rate !== null)));
  return rates.size > 1 || state.entries.value.some(({ experiment }) => planned(experiment));
}

/** Whether settings plan another rate than the first. @param {Document} experiment */
function planned(experiment) {
  const { schedule, warmup } = settingsOf(experiment);
  return Boolean(schedule) && (!('constant' in schedule) || warmup?.updates > 0);
}

/** Share of the x axis within which the pointer is at something that happened. */
const NEAR = 0.01;

/** @param {{x: number, text: string}[]} marks @param {number} x @param {number} end */
const near = (marks, x, end) =>
  marks
    .filter((mark) => Math.abs(mark.x - x) <= NEAR * end)
    .map(({ text }) => text)
    .join(' · ');

/** The finish line, to be moved. @param {Description} lane @returns {import('../../charts/grips.js').Grip[]} */
function lineGrips(lane) {
  const { value: line } = state.line;
  if (line?.metric !== lane.title) return NONE;
  return [
    {
      key: 'line',
      x: null,
      y: line.value,
      label: t('raceLine'),
      text: exact(line.value),
      across: false,
      up: true,
      set: (_, value) => setLine({ ...line, value: rounded(value) }),
    },
  ];
}

/** @type {never[]} */
const NONE = [];

/** Three digits. @param {number} value */
const rounded = (value) => Number(value.toPrecision(3));

/** Where runs crossed the finish line, on the lane of its metric. @param {Description} lane @param {AnyRun[]} runs @param {string} unit @param {import('../../views/palette.js').Palette} colours */
function crossingsOf(lane, runs, unit, colours) {
  if (state.line.value?.metric !== lane.title) return [];
  return runs.flatMap(({ arrival }, at) =>
    arrival
      ? [
          {
            x: unit === 'gradient_evaluations' ? arrival.gradients : arrival[/** @type {'update' | 'epoch' | 'rows' | 'seconds'} */ (unit)],
            colour: runs.length > 1 ? colourOf(colours, at) : colours.accent,
          },
        ]
      : [],
  );
}

/** The lines of a lane: train solid, validation dashed; a lane of one line takes the accent. @param {Description} lane @param {Record<string, (number | null)[]>} columns @param {import('../../views/palette.js').Palette} colours */
function linesOf({ sort, series }, columns, colours) {
  const held = series.filter(([, column]) => columns[column]);
  return held.map(([id, column]) => ({
    id,
    values: columns[column],
    low: columns[`${column}.min`] ?? columns[column],
    high: columns[`${column}.max`] ?? columns[column],
    label: id === 'train' ? t('train') : id === 'validation' ? t('validation') : '',
    mark: '',
    colour: id === 'train' ? colours.classes[0] : id === 'validation' ? colours.classes[1] : colours.accent,
    dashed: id === 'validation',
    smooth: sort !== 'rate',
  }));
}

/** Of several runs one line each: what is held out, where something is. @param {Description} lane @param {ReturnType<typeof merged>} all @param {AnyRun[]} runs @param {import('../../views/palette.js').Palette} colours */
function linesOfRuns({ sort, series }, all, runs, colours) {
  return runs.flatMap((run, at) => {
    const column = (series.find(([id]) => id === watched(run)) ?? series[0])[1];
    const values = all.own[at] && all.column(at, column);
    if (!values || values.every((value) => value === null)) return [];
    return [
      {
        id: String(state.entries.value[at]?.key ?? at),
        values,
        low: all.column(at, `${column}.min`) ?? values,
        high: all.column(at, `${column}.max`) ?? values,
        label: labelOf(at),
        mark: markOf(at),
        colour: colourOf(colours, at),
        dashed: at >= 5,
        smooth: sort !== 'rate',
      },
    ];
  });
}

/** Pixels of a sample of a line beside its name, and around both. */
const BESIDE = 30;

/** Pixels right of a plot for the names of its lines and of its axis; and for the marks of runs alone. @param {string[]} labels @param {string[]} axes @param {boolean} marked whether labels begin with marks, which then stand for samples @param {number} font */
function room(labels, axes, marked, font) {
  const context = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
  const width = (/** @type {string} */ text, /** @type {number} */ weight) => {
    context.font = `${weight} ${font}px system-ui, sans-serif`;
    return context.measureText(text).width;
  };
  const axis = Math.max(...axes.map((text) => width(text, 400) + 2.4 * font));
  const names = Math.ceil(Math.max(axis, ...labels.map((text) => width(text, 600) + (marked ? BESIDE / 2 : BESIDE))));
  return { names, marks: marked ? Math.ceil(axis) : names };
}
