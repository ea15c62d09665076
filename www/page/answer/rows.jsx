/** Rows that are more than points: one of them large, with what the model says of it, and below it all of them, or their series. */
import { isJudged } from '../../answers.js';
import { t } from '../../i18n/index.js';
import * as state from '../../state.js';
import { Canvas } from '../../views/canvas.jsx';
import { PARTS } from '../../views/marks.js';
import { Forecast } from '../../views/rows/forecast.jsx';
import { Gallery } from '../../views/rows/gallery.jsx';
import { aspect, draw, fitted } from '../../views/rows/ink.js';
import { extent } from '../../views/rows/series.js';
import { short } from '../../views/rows/short.js';
import { drawWindow } from '../../views/rows/window.js';
import { greatest } from '../../views/map/rows.js';
import { ofRow, spoken } from './describe.js';
import { Readout } from './readout.jsx';
import './rows.css';

/** @typedef {import('../../state.js').Points} Points */
/** @typedef {import('../../state.js').Run} Run */

/** @typedef {{run: Run, points: Points, shown: import('../../views/map.jsx').Shown, wrong: Uint8Array | null, label: string, summary: string, misses: () => number[]} & Pick<import('../../views/map/plane.jsx').PlaneProps, 'read' | 'speak'>} Common */

/** @param {number} row */
const choose = (row) => void (state.row.value = row);

/** The chosen row where it is one of these and its part is shown. @param {Points} points @param {import('../../views/map.jsx').Shown} shown */
function chosenOf(points, shown) {
  const { value: row } = state.row;
  return row !== null && row < points.targets.length && shown[PARTS[points.split[row]]] ? row : null;
}

/** @param {Common} props */
export function Rows({ run, points, shown, wrong, label, summary, misses }) {
  const { targets, split, shape } = points;
  const chosen = chosenOf(points, shown);
  const { predictions, outputs } = run;
  const known = predictions?.length === targets.length * outputs;
  const said = known && isJudged(run, points) ? Int32Array.from(targets, (_, row) => greatest(predictions, outputs, row)) : null;
  const rows = /** @type {number[]} */ ([]);
  for (let row = 0; row < targets.length; row++)
    if (shown[PARTS[split[row]]] && (!shown.misses || !wrong || wrong[row] || row === chosen)) rows.push(row);
  return (
    <div class="rows">
      {chosen !== null && (
        <Close
          run={run}
          points={points}
          row={chosen}
          ratio={aspect(shape)}
          paint={(context, width, height, colours) =>
            draw(context, points, chosen, fitted(shape, { x: 0, y: 0, w: width, h: height }), colours, true)
          }
        />
      )}
      <Gallery
        points={points}
        said={said}
        rows={rows}
        outlined={shown.rings}
        chosen={chosen}
        choose={choose}
        misses={misses}
        label={label}
        summary={summary}
        empty={t(shown.misses ? 'noMisses' : 'noRows')}
        speak={(row) => spoken(ofRow(run, points, row))}
      />
    </div>
  );
}

/** @param {Common & {view: import('../../views/map/plane.jsx').View}} props */
export function Series({ run, points, view, wrong: _, ...common }) {
  const chosen = chosenOf(points, common.shown);
  const predictions = run.predictions?.length === points.targets.length ? run.predictions : null;
  const [, , low, high] = extent(points);
  const words = {
    across: t('stepOfTime'),
    parts: { train: t('train'), validation: t('validation'), test: t('test') },
    locked: t(state.seen.value ? 'test' : 'testLocked'),
  };
  return (
    <div class="rows">
      {chosen !== null && (
        <Close
          run={run}
          points={points}
          row={chosen}
          ratio={2.2}
          paint={(context, width, height, colours) =>
            drawWindow(context, width, height, colours, points, chosen, {
              forecast: predictions?.[chosen] ?? null,
              low,
              high,
              part: PARTS[points.split[chosen]],
              names: { across: t('stepOfTime'), up: '' },
            })
          }
        />
      )}
      <div class="whole">
        <Forecast {...common} run={run} points={points} view={view} chosen={chosen} choose={choose} words={words} />
      </div>
    </div>
  );
}

/** One row, large. @param {{run: Run, points: Points, row: number, ratio: number, paint: import('preact').ComponentProps<typeof Canvas>['draw']}} props `ratio` is width over height */
function Close({ run, points, row, ratio, paint }) {
  return (
    <div class={`close${short(points.classes) ? '' : ' long'}`} id="close">
      <div class="sight" style={{ aspectRatio: String(ratio) }}>
        <Canvas label={t('chosenRow')} draw={paint} />
      </div>
      <Readout told={ofRow(run, points, row)} classes={points.classes.length} />
    </div>
  );
}
