/** What is measured of the model as it stands, how far training is from stopping, and which classes it confuses. */
import { layersOf } from '../../abilities.js';
import { count, metric as written, number } from '../../format.js';
import { say, t } from '../../i18n/index.js';
import { present } from '../../layout.js';
import { Help, Helped } from '../../parts/help.jsx';
import * as state from '../../state.js';
import * as files from '../../files.js';
import { called, meaning, quantity } from '../../measured.js';
import * as training from '../../training.js';
import { withdraw } from '../../undo.js';
import { Doctor } from '../doctor.jsx';
import { gradientsOf } from '../history/said.js';
import { Hint } from '../hints/hint.jsx';
import { offered, show } from '../panels.js';
import { Ask, Ghost } from '../race/ghost.jsx';
import { Stage } from '../../parts/stage.jsx';
import { Ahead } from '../way.jsx';

/** @typedef {import('../../state.js').Run} Run */

/** @typedef {import('../../i18n/index.js').Key} Key */

/** Beyond this many classes the counts no longer fit into their cells. */
const COUNTED = 5;
/** Beyond this many the cells no longer show. */
const DRAWN = 24;

export function Metrics() {
  const run = state.run.value;
  if (!run) return <Stage id="metrics" />;
  const { measured, best, patience } = run;
  // Where the optimizer finds its own step length, an update takes several gradients.
  const searches = layersOf(run) !== null && run.learning_rate === null;
  const look = run.revealed.at(-1);
  const parts = /** @type {const} */ (['train', 'validation']);
  return (
    <Stage id="metrics" title={t('metrics')} note={t('atUpdate', { n: count(run.standing) })} tabIndex={present.value ? 0 : undefined}>
      <table>
        <thead>
          <tr>
            <td />
            {parts.map((part) => (
              <th scope="col">{t(part)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Object.keys(measured.train).map((metric) => (
            <tr>
              <Measured metric={metric} />
              {parts.map((part) => (
                <td id={`${part}-${metric}`}>{written(measured[part][metric])}</td>
              ))}
            </tr>
          ))}
          {Object.entries(measured.own).map(([own, value]) => (
            <tr key={own}>
              <Measured metric={own} />
              <td id={`own-${own}`} colspan={2}>
                {Number.isInteger(value) ? count(value) : written(value)}
              </td>
            </tr>
          ))}
          {run.learning_rate !== null && (
            <tr>
              <Named what="learningRate" term="learning-rate" />
              <td colspan={2}>{number(run.learning_rate)}</td>
            </tr>
          )}
          {searches && (
            <tr>
              <Named what="gradients" term="gradient-evaluation" />
              <td id="gradients" colspan={2}>
                {count(gradientsOf(state.history.value) ?? run.update)}
              </td>
            </tr>
          )}
          {best && (
            <tr>
              <Named what="best" term="early-stopping" sign="★ " />
              <td colspan={2}>
                {best.metric !== 'loss' && `${called(best.metric)} `}
                {t('bestAt', { n: count(best.update), value: number(best.value) })}
              </td>
            </tr>
          )}
          {state.points.value?.split.includes(2) && <Test look={look} />}
          {patience && (
            <tr>
              <Named what="patience" term="patience" />
              <td colspan={2}>
                <meter min={0} max={patience.limit} value={patience.used} aria-label={t('patience')} /> {patience.used}/{patience.limit}
              </td>
            </tr>
          )}
        </tbody>
      </table>
      <Status />
      <button
        type="button"
        class="wide"
        title={`${t('restoreBest')} (B)`}
        onClick={training.restoreBest}
        disabled={!best || state.running.value || run.standing === best.update}
      >
        ★ {t('restoreBest')}
      </button>
      {!present.value &&
        offered('metrics').map(({ id, title }) => (
          <button key={id} type="button" class="wide" onClick={() => show(id)}>
            {t(title)}
          </button>
        ))}
      <Ask />
      <Ghost />
      <Doctor />
      <Confusion run={run} />
      <PerClass run={run} />
    </Stage>
  );
}

/** A row's name with its meaning. @param {{what: Key, term: string, sign?: string}} props */
const Named = ({ what, term, sign = '' }) => (
  <th scope="row">
    {sign}
    <Helped name={t(what)}>
      <Help title={t(what)} text={t(/** @type {Key} */ (`${what}Means`))} term={term} />
    </Helped>
  </th>
);

/** The name of what is measured, with its meaning where there is one. @param {{metric: string}} props */
function Measured({ metric }) {
  const [title, text] = [called(metric), meaning(metric)];
  return (
    <th scope="row">
      {text ? (
        <Helped name={title}>
          <Help title={title} text={text} term={quantity(metric)?.term ?? undefined} />
        </Helped>
      ) : (
        title
      )}
    </th>
  );
}

/** The test part: locked until it is looked at, which is recorded. @param {{look: {update: number, measured: Record<string, number>} | undefined}} props */
function Test({ look }) {
  const times = state.seen.value;
  const said = times ? t(times === 1 ? 'revealedOnce' : 'revealedOften', { n: count(times) }) : '';
  return (
    <tr class="reveal">
      <th scope="row">
        <Helped name={t('testPart')}>
          <Help title={t('testPart')} text={t('revealMeans')} term="test-part" />
        </Helped>
      </th>
      <td colspan={2}>
        {look &&
          Object.entries(look.measured).map(([metric, value]) => (
            <span key={metric}>
              {called(metric)} <b id={`test-${metric}`}>{written(value)}</b>
            </span>
          ))}{' '}
        {look && t('revealedAt', { n: count(look.update) })} {said}{' '}
        <button type="button" onClick={training.reveal}>
          {t(times ? 'revealAgain' : 'reveal')}
        </button>
      </td>
    </tr>
  );
}

/** What ended a run: first what happened and when, then how that is known, then what was done about it. */
function Status() {
  const run = state.run.value;
  const notice = say(state.notice.value);
  const stop = run?.stop;
  const message = notice || (stop ? because(stop) : state.running.value ? t('running') : run?.update ? t('paused') : t('ready'));
  // Early stopping says itself what became of the weights.
  const restored = stop && !run.looks_back && run.standing !== stop.update && stop.reason !== 'early_stopping';
  return (
    <>
      <p class={`status${stop ? ' ended' : ''}`} role="status">
        {stop && <b class="verdict">{t(/** @type {Key} */ (`ended_${stop.reason}`), { n: count(stop.update) })}</b>} {message}
        {restored && ` ${t('endedRestored', { n: count(run.standing) })}`}
      </p>
      <Ahead />
      <Hint />
      <Reading />
    </>
  );
}

/** Reasons of which the engine's sentence begins with a name of its own: the headline has it already. */
const NAMED = ['early_stopping', 'diverged', 'target'];

/** How the end of a run is known. @param {{reason: string, message: import('../../i18n/index.js').Message}} stop */
function because({ reason, message }) {
  const whole = say(message);
  const rest = NAMED.includes(reason) ? whole.replace(/^[^:：]{1,20}[:：]\s*/, '') : whole;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** A file so large that its reading is seen: how far that is, and a way back. */
function Reading() {
  const reading = state.reading.value;
  if (!reading?.share) return null;
  return (
    <p class="progress">
      <progress max={1} value={reading.share} aria-label={t('reading', { name: reading.name })} />
      <span>{Math.floor(100 * reading.share)} %</span>
      <button type="button" onClick={() => withdraw(files.cancelReading)}>
        {t('cancel')}
      </button>
    </p>
  );
}

/** Rows are true classes, columns what the model says; the diagonal is right. @param {{run: Run}} props */
function Confusion({ run }) {
  const names = state.points.value?.classes ?? [];
  const n = names.length;
  if (!n || run.confusion.length !== n * n) return null;
  const held = Object.keys(run.measured.validation).length > 0;
  if (n > DRAWN) return <p class="hint">{t('manyClasses', { n })}</p>;
  const rows = names.map((/** @type {string} */ _, /** @type {number} */ at) => Array.from(run.confusion.slice(at * n, at * n + n)));
  const small = n > COUNTED;
  return (
    <table class={`confusion${small ? ' small' : ''}`}>
      <caption>
        <b>{t('confusion', { part: t(held ? 'validation' : 'train') })}</b>{' '}
        <span class="helped">
          {t('confusionSaid')} <Help title={t('confusionName')} text={t('confusionMeans')} term="confusion-matrix" />
        </span>
      </caption>
      <thead>
        <tr>
          <th title={t('confusionTrue')}>{small ? '↓' : t('confusionTrue')}</th>
          {names.map((/** @type {string} */ name) => (
            <th scope="col" title={name}>
              {small ? <span class="heard">{name}</span> : name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((/** @type {number[]} */ row, /** @type {number} */ at) => {
          const total = row.reduce((sum, value) => sum + value, 0) || 1;
          return (
            <tr>
              <th scope="row" title={names[at]}>
                {names[at]}
              </th>
              {row.map((value, to) => (
                <td
                  class={to === at ? 'right' : ''}
                  style={{ '--share': `${Math.round((45 * value) / total)}%` }}
                  title={t('confused', { n: value, from: names[at], to: names[to] })}
                >
                  {small ? '' : count(value)}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Numbers that are said of each class, as the engine lays them out. */
const SAID = 4;

/** What is said of each class by itself, folded up until it is wanted. @param {{run: Run}} props */
function PerClass({ run }) {
  const names = state.points.value?.classes ?? [];
  const columns = /** @type {import('../../i18n/index.js').Message[]} */ (state.schema.value?.['x-per-class'] ?? []);
  if (names.length < 2 || run.per_class.length !== SAID * names.length) return null;
  return (
    <details class="per-class">
      <summary>{t('perClass')}</summary>
      <table>
        <thead>
          <tr>
            <td />
            {columns.map((title) => (
              <th scope="col" key={title.en}>
                {say(title)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((/** @type {string} */ name, /** @type {number} */ at) => (
            <tr key={name}>
              <th scope="row" title={name}>
                {name}
              </th>
              {columns.map(({ en: title }, place) => {
                const value = run.per_class[SAID * at + place];
                return <td key={title}>{Number.isInteger(value) && place === SAID - 1 ? count(value) : value.toFixed(2)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
