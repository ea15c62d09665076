/** Races of optimizers on classic surfaces, over the page: the ground, the ways, how they fall, who arrives. What races is the engine's own optimizers. */
import { useEffect, useState } from 'preact/hooks';
import { choices, tagOf } from '../../experiment.js';
import { Field } from '../../form/index.jsx';
import { Effect } from '../../form/labelled.jsx';
import { count, number } from '../../format.js';
import { both, say, t, words } from '../../i18n/index.js';
import { Button, ICONS } from '../../parts/button.jsx';
import { Segments } from '../../parts/segments.jsx';
import * as state from '../../state.js';
import { classColour } from '../../views/palette.js';
import { Fall } from '../../views/surface/fall.jsx';
import { Ground } from '../../views/surface/ground.jsx';
import { Handle } from '../../views/surface/handle.jsx';
import { star, way } from '../../views/surface/paths.js';
import { Sheet } from '../../parts/sheet.jsx';
import { NAME, SIDE, begin, change, contest, field, rejected, result, schema } from './contest.js';
import { SPEEDS, at, ends, playing, show, speed, toEnd, toggle } from './play.js';
import { Racers } from './racers.jsx';
import { Table } from './table.jsx';
import './surfaces.css';

/** @param {{given: string | null, close: () => void}} props `given` is the race, as JSON */
export default function Surfaces({ given, close }) {
  const [chosen, choose] = useState(0);
  const found = result.value;
  useEffect(() => {
    begin(given ?? '').then(toEnd);
    return () => void (playing.value = false);
  }, []);
  useEffect(() => {
    if (found) ends(found.updates);
  }, [found]);
  /** The page's own keys would move the training behind. @param {KeyboardEvent} event */
  const keys = (event) => {
    event.stopPropagation();
    const typing = /** @type {HTMLElement} */ (event.target).closest('input, select, textarea, button');
    const action = /** @type {Record<string, () => void>} */ ({
      ' ': toggle,
      ArrowRight: () => show(at.peek() + 1),
      ArrowLeft: () => show(at.peek() - 1),
      r: () => show(0),
    })[event.key];
    if (typing || !action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  };
  return (
    <Sheet
      id="surfaces"
      title={t('surfaces')}
      ask={t('surfacesAsk')}
      tall
      calm
      close={close}
      keys={keys}
      tools={<Button name={t('share')} icon={ICONS.share} action={copy} />}
    >
      {rejected.value.length > 0 && (
        <div class="problem" role="alert">
          {t('surfacesRejected')}
          <ul>
            {rejected.value.map((issue) => (
              <li key={issue.path + issue.message.en}>
                <code>{issue.path}</code> {say(issue.message)}
              </li>
            ))}
          </ul>
        </div>
      )}
      {found && field.value && schema.value ? (
        <Race chosen={Math.min(chosen, contest.value.racers.length - 1)} choose={choose} />
      ) : (
        <p role="status">{t('surfacesWait')}</p>
      )}
    </Sheet>
  );
}

/** @param {{chosen: number, choose: (at: number) => void}} props */
function Race({ chosen, choose }) {
  const { surface, max_updates: most, tolerance } = contest.value;
  const found = /** @type {import('./contest.js').Result} */ (result.value);
  const [across, measure] = useState(/** @type {'updates' | 'gradients'} */ ('updates'));
  const update = at.value;
  const { start, runners, lowest } = found;
  const frame = Array.from(found.frame);
  const name = words(choices(schema.value.properties.surface).find(([tag]) => tag === tagOf(surface))?.[1], 'title');
  const arrived = runners.filter(({ standing, values }) => standing === 'arrived' && values.length - 1 <= update).length;
  const label = t('surfaceMap', { what: name, x0: frame[0], x1: frame[1], y0: frame[2], y1: frame[3], n: runners.length, arrived });
  const move = (/** @type {number} */ x, /** @type {number} */ y) => void change(['start'], [Number(x.toFixed(3)), Number(y.toFixed(3))]);
  const unit = t(across === 'updates' ? 'raceUpdates' : 'raceGradients');
  const spent = runners.map(({ gradients }) => gradients[Math.min(update, gradients.length - 1)]);
  const order = runners
    .map((_, index) => index)
    .filter((index) => index !== chosen)
    .concat(chosen < runners.length ? [chosen] : []);
  return (
    <div class="contest">
      <section class="above">
        <Ground
          label={label}
          field={/** @type {Float32Array} */ (field.value)}
          side={SIDE}
          floor={lowest}
          frame={frame}
          across="x"
          up="y"
          touch={move}
          draw={(context, onto, colours, width, height) => {
            for (let at = 0; at < found.minima.length; at += 2) star(context, colours, onto(found.minima[at], found.minima[at + 1]));
            for (const index of order)
              way(
                context,
                onto,
                colours,
                { path: runners[index].path, until: update, shape: index, colour: classColour(colours, index), chosen: index === chosen },
                width,
                height,
              );
          }}
        >
          <Handle label={t('surfaceStart', { x: number(start[0]), y: number(start[1]) })} at={start} frame={frame} move={move} />
        </Ground>
        <Transport end={found.updates} />
      </section>
      <section class="outcome">
        <Table update={update} />
        <div class="fall">
          <Segments
            label={t('raceAcross')}
            value={across}
            choose={measure}
            options={[
              ['updates', t('raceUpdates')],
              ['gradients', t('raceGradients')],
            ]}
          />
          <div class="chart">
            <Fall
              label={t('raceChart', { across: unit })}
              floor={lowest}
              finish={tolerance}
              across={unit}
              up={t('raceNow')}
              line={t('raceFinish')}
              end={across === 'updates' ? Math.max(1, Math.min(most, update)) : Math.max(1, ...spent)}
              lines={(colours) =>
                order.map((index) => ({
                  x: across === 'updates' ? null : runners[index].gradients,
                  y: runners[index].values,
                  until: update,
                  colour: classColour(colours, index),
                  chosen: index === chosen,
                }))
              }
            />
          </div>
        </div>
      </section>
      <section class="who" aria-label={t('settings')}>
        <Effect.Provider value="live">
          <Racers chosen={chosen} choose={choose} />
          <h3>{t('surfaceSettings')}</h3>
          <Field schema={schema.value} value={contest.value} path={[NAME]} live />
          {contest.value.start && (
            <button type="button" class="add" onClick={() => change(['start'], null)}>
              {t('surfaceUsual')}
            </button>
          )}
        </Effect.Provider>
      </section>
    </div>
  );
}

/** @param {{end: number}} props */
function Transport({ end }) {
  return (
    <div class="playing">
      <Button name={t('raceRewind')} icon={ICONS.rewind} keys="R" action={() => show(0)} />
      <Button
        name={t(playing.value ? 'racePause' : 'racePlay')}
        icon={playing.value ? ICONS.pause : ICONS.play}
        keys={t('space')}
        action={toggle}
      />
      <Button name={t('step')} icon={ICONS.step} keys="→" action={() => show(at.peek() + 1)} />
      <Button name={t('raceEnd')} icon={ICONS.epoch} action={toEnd} />
      <input
        type="range"
        aria-label={t('raceAt')}
        min="0"
        max={end}
        step="1"
        value={at.value}
        onInput={(event) => show(Number(event.currentTarget.value))}
      />
      <output aria-label={t('raceAt')}>{count(at.value)}</output>
      <select aria-label={t('raceSpeed')} value={speed.value} onChange={(event) => (speed.value = event.currentTarget.value)}>
        {SPEEDS.map((value) => (
          <option key={value} value={value}>
            {t('raceSpeeds', { n: value })}
          </option>
        ))}
      </select>
    </div>
  );
}

async function copy() {
  try {
    await navigator.clipboard.writeText(location.href);
    state.notice.value = both('copied');
  } catch {
    state.notice.value = both('notCopied');
  }
}
