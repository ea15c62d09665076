/** A job over the page: its settings, its progress, and what it has to say, in the words and tables of its own report. */
import { useEffect, useState } from 'preact/hooks';
import { csv as written } from '../../csv.js';
import { Strips } from '../../charts/strips.jsx';
import { Field } from '../../form/index.jsx';
import { Effect } from '../../form/labelled.jsx';
import { brief, count, metric } from '../../format.js';
import { say, t, words } from '../../i18n/index.js';
import { called, meaning, quantity } from '../../measured.js';
import { Help } from '../../parts/help.jsx';
import { Segments } from '../../parts/segments.jsx';
import { Sheet } from '../../parts/sheet.jsx';
import { usePalette } from '../../views/palette.js';
import * as state from '../../state.js';
import { download } from '../download.js';
import { colourOf, markOf } from '../race/looks.js';
import { all, begin, chosen, job, names, NAME, old, others, planned, schema, schemas, start, value, watch } from './asked.js';
import './jobs.css';

/** Problems that are named; the rest is counted. */
const LISTED = 3;
/** Strips at most: the loss and the metrics that matter most come first. */
const STRIPS = 4;

/** @param {{close: () => void}} props */
export default function Jobs({ close }) {
  useEffect(() => {
    begin();
    const stop = watch();
    return () => {
      stop();
      // What nobody sees takes no time of the machine.
      job.pause();
    };
  }, []);
  const busy = job.busy.value;
  const racing = state.entries.value.length > 1;
  return (
    <Sheet
      id="jobs"
      title={schema.value ? words(schema.value, 'title') : t('jobs')}
      tall
      close={close}
      keys={(event) => event.stopPropagation()}
    >
      <div class="view" tabIndex={0}>
        <p class="hint">{schema.value ? words(schema.value, 'description') : t('jobsEmpty')}</p>
        <div class="asked">
          {schemas.value.size > 1 && (
            <Segments
              label={t('jobsWhich')}
              value={chosen.value}
              choose={(tag) => (chosen.value = tag)}
              options={[...schemas.value].map(([tag, part]) => [tag, words(part, 'title')])}
            />
          )}
          {racing && (
            <Segments
              label={t('jobsRuns')}
              value={all.value ? 'all' : 'one'}
              choose={(which) => (all.value = which === 'all')}
              options={[
                ['all', t('jobsAll')],
                ['one', t('jobsOne')],
              ]}
            />
          )}
          {schema.value && (
            <fieldset class="settings" disabled={busy}>
              <Effect.Provider value="live">
                <Field schema={schema.value} value={value.value} path={[NAME]} live />
              </Effect.Provider>
            </fieldset>
          )}
        </div>
        <Controls />
        <Problems />
        {old.value && job.ended.value > 0 && !busy && (
          <p class="old" role="status">
            {t('jobsOld')}
          </p>
        )}
        {job.known.value && <Report known={job.known.value} />}
      </div>
    </Sheet>
  );
}

/** Seconds in words, rounded as far as nobody minds. @param {number} seconds */
const left = (seconds) =>
  seconds < 90 ? t('jobsLeft', { n: count(Math.ceil(seconds)) }) : t('jobsLeftMinutes', { n: count(Math.ceil(seconds / 60)) });

function Controls() {
  const stage = job.stage.value;
  const [ended, total] = [job.ended.value, job.work.value.length];
  const broken = !planned.value || planned.value.issues.length > 0 || state.issues.value.length > 0;
  const remains = job.left();
  return (
    <div class="controls">
      {!job.busy.value && (
        <button type="button" class="primary" disabled={broken} onClick={start}>
          {t('jobsStart', { n: count(planned.value?.pieces ?? 0) })}
        </button>
      )}
      {stage === 'running' && (
        <button type="button" onClick={job.pause}>
          {t('pause')}
        </button>
      )}
      {stage === 'paused' && (
        <button type="button" class="primary" onClick={job.resume}>
          {t('jobsResume')}
        </button>
      )}
      {job.busy.value && (
        <button type="button" onClick={job.cancel}>
          {t('cancel')}
        </button>
      )}
      {job.busy.value && <progress max={1} value={job.share.value} aria-label={t('jobsProgress', { n: ended, all: total })} />}
      <span role="status">
        {stage !== 'none' &&
          total > 0 &&
          t(stage === 'cancelled' ? 'jobsCancelled' : stage === 'paused' ? 'jobsPaused' : 'jobsProgress', {
            n: count(ended),
            all: count(total),
          })}
      </span>
      {remains !== null && <span>{left(remains)}</span>}
      {job.known.value && !job.busy.value && (
        <button type="button" onClick={() => download(`descent-${chosen.value}.csv`, new Blob([csv()], { type: 'text/csv' }))}>
          {t('saveCsv')}
        </button>
      )}
    </div>
  );
}

/** What is wrong with what is asked, and pieces that could not be done. */
function Problems() {
  const issues = job.busy.value ? [] : others.value;
  const failed = job.work.value.filter(({ state }) => state === 'failed');
  if (!issues.length && !failed.length && !job.failed.value) return null;
  return (
    <div class="failures" role="alert">
      {issues.slice(0, LISTED).map(({ path, message }) => (
        <p class="problem" key={path}>
          {path && <code>{path}</code>} {say(message)}
        </p>
      ))}
      {job.failed.value && <p class="problem">{say(job.failed.value)}</p>}
      {failed.slice(0, LISTED).map(({ piece, error }, at) => (
        <p class="problem" key={at}>
          {t('jobsFailed', { name: say(piece.name) })} {say(error)}
        </p>
      ))}
      {failed.length > LISTED && <p>{t('more', { n: failed.length - LISTED })}</p>}
    </div>
  );
}

/** @param {{known: import('../../boundary').Known}} props */
function Report({ known }) {
  const { said, tables } = known.report;
  const [first] = tables;
  return (
    <>
      {said.map((sentence) => (
        <p class="hint" key={sentence.en}>
          {say(sentence)}
        </p>
      ))}
      {first && <Drawn table={first} />}
      {tables.map((table, at) => (
        <Told key={at} table={table} />
      ))}
    </>
  );
}

/** The metrics of a table as strips. @param {{table: import('../../boundary').ReportTable}} props */
function Drawn({ table }) {
  const colours = usePalette();
  const groups = [...new Set(table.rows.map(({ group }) => group))];
  const strips = table.columns
    .map((column, place) => ({ column, place }))
    .filter(({ column, place }) => column.quantity && table.rows.some(({ sum, cells }) => !sum && cells[place].value !== null))
    .slice(0, STRIPS);
  if (!strips.length) return null;
  return (
    <section class="drawn">
      {groups.length > 1 && (
        <p class="key">
          {groups.map((group) => (
            <span key={group}>
              <Mark group={group} /> {names.value[group]}
            </span>
          ))}
        </p>
      )}
      <div class="grid">
        {strips.map(({ column, place }) => {
          const about = quantity(/** @type {string} */ (column.quantity));
          const of = groups.map((group) => {
            const rows = table.rows.filter((row) => row.group === group);
            const values = rows.filter(({ sum }) => !sum).flatMap(({ cells }) => cells[place].value ?? []);
            const mean = rows.find(({ sum }) => sum)?.cells[place];
            return {
              mark: markOf(group),
              colour: colourOf(colours, group),
              values,
              mean: mean?.value ?? null,
              spread: mean?.spread ?? null,
            };
          });
          const every = of.flatMap(({ values }) => values);
          const name = called(/** @type {string} */ (column.quantity));
          const says = { metric: name, n: every.length, low: metric(Math.min(...every)), high: metric(Math.max(...every)) };
          return (
            <Strips
              key={place}
              title={
                <>
                  {name} <Help title={name} text={meaning(/** @type {string} */ (column.quantity))} term={about?.term ?? undefined} />
                </>
              }
              sentence={t('jobsStrip', says)}
              strips={of}
              low={about?.low ?? null}
              high={about?.high ?? null}
            />
          );
        })}
      </div>
      <p class="hint">{t('jobsChart')}</p>
    </section>
  );
}

/** @param {{group: number}} props */
function Mark({ group }) {
  const colours = usePalette();
  return (
    <i style={{ color: colourOf(colours, group) }} aria-hidden="true">
      {markOf(group)}
    </i>
  );
}

/** What stands over a column: titles of the engine are words in the middle of a sentence. @param {import('../../boundary').ReportColumn} column */
function titleOf({ quantity, title }) {
  const text = quantity ? called(quantity) : say(title);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Rows that are shown before all are asked for. */
const FEW = 30;

/** @param {{table: import('../../boundary').ReportTable}} props */
function Told({ table }) {
  const [whole, show] = useState(false);
  const several = names.value.length > 1;
  // What sums up comes first: it is what is asked for.
  const sorted = [...table.rows.filter(({ sum }) => sum), ...table.rows.filter(({ sum }) => !sum)];
  const shown = whole ? sorted : sorted.slice(0, FEW);
  return (
    <div class="wide" tabIndex={0} role="group" aria-label={say(table.title)}>
      <table>
        <caption>{say(table.title)}</caption>
        <thead>
          <tr>
            <th scope="col">{say(table.of)}</th>
            {table.columns.map((column, at) => (
              <th scope="col" key={at}>
                {titleOf(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, at) => (
            <tr key={at} class={row.sum ? 'sum' : ''}>
              <th scope="row">
                {several && (
                  <>
                    <Mark group={row.group} /> {names.value[row.group]}:{' '}
                  </>
                )}
                {say(row.name)}
              </th>
              {row.cells.map((cell, place) => (
                <td key={place}>{cellOf(cell, table.columns[place])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {!whole && sorted.length > FEW && (
        <button type="button" class="add" onClick={() => show(true)}>
          {t('more', { n: sorted.length - FEW })}
        </button>
      )}
    </div>
  );
}

/** @param {import('../../boundary').ReportCell} cell @param {import('../../boundary').ReportColumn} column */
function cellOf({ value, spread }, column) {
  if (value === null) return '–';
  const number = (/** @type {number} */ one) => (column.whole ? brief(one) : metric(one));
  return spread === undefined || spread === null ? number(value) : `${number(value)} ± ${number(spread)}`;
}

/** Every table, one under the other. */
function csv() {
  const tables = job.known.value?.report.tables ?? [];
  return tables
    .map((table) => {
      const head = ['run', say(table.of), ...table.columns.flatMap(({ title }) => [say(title), `${say(title)} SD`])];
      const rows = table.rows.map((row) => [
        names.value[row.group] ?? '',
        say(row.name),
        ...row.cells.flatMap(({ value, spread }) => [value ?? '', spread ?? '']),
      ]);
      return written([head, ...rows]);
    })
    .join('\n');
}
