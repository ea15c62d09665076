/** The learning-rate range test: runs beside the training, draws the loss over the rate and proposes one. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { engine } from '../../engine.js';
import { tagOf } from '../../experiment.js';
import { pathIn, settingsOf } from '../../family.js';
import { number } from '../../format.js';
import { say, t } from '../../i18n/index.js';
import { Help } from '../../parts/help.jsx';
import * as state from '../../state.js';
import * as documents from '../../documents.js';
import { RateLoss } from '../../views/rates.jsx';
import './rates.css';

/** Milliseconds of a slice: between two the page trains on and answers. */
const SLICE = 40;
/** Under what the engine keeps it. */
const KEY = 'range_test';

/** @typedef {import('../../boundary').RangeTest} Found */

export function Range() {
  const [found, setFound] = useState(/** @type {Found | null} */ (null));
  const [problem, setProblem] = useState('');
  const going = useRef(0);
  const { optimizer } = settingsOf(state.draft.value);
  const tag = tagOf(optimizer);
  const rate = optimizer?.[tag]?.learning_rate;
  const text = JSON.stringify({ ...state.draft.value, stop: null });
  const tested = useRef('');
  useEffect(() => () => void going.current++, []);
  if (rate === undefined) return null;

  const start = async () => {
    const own = ++going.current;
    tested.current = text;
    setProblem('');
    setFound({ rates: [], losses: [], smoothed: [], proposed: null, share: 0, done: false });
    try {
      const piece = JSON.stringify({ experiment: state.draft.value, work: null });
      const [issue] = await engine.beginTask(KEY, JSON.stringify({ range_test: {} }), piece);
      if (issue) {
        setFound(null);
        return setProblem(`${issue.path} ${say(issue.message)}`);
      }
      for (let next = null; own === going.current && !next?.done; ) {
        const known = await engine.goOn(KEY, SLICE, true);
        next = known && { .../** @type {Found} */ (known.found), done: known.done };
        if (!next) break;
        if (own === going.current) setFound(next);
      }
    } catch (error) {
      setProblem(String(error));
      setFound(null);
    }
  };
  const cancel = () => {
    going.current++;
    setFound(null);
  };
  const under = found && !found.done;
  const use = () =>
    documents.change(pathIn(state.draft.value, 'optimizer', tag, 'learning_rate'), Number(Number(found?.proposed).toPrecision(2)));
  const old = found?.done && tested.current.replace(/"learning_rate":[^,}]*/, '') !== text.replace(/"learning_rate":[^,}]*/, '');
  return (
    <figure class="rates range">
      <figcaption>
        <b>{t('rangeTest')}</b> <Help title={t('rangeTest')} text={t('rangeTestMeans')} term="range-test" />
      </figcaption>
      {found && (
        <RateLoss
          rates={found.rates}
          losses={found.losses.map((loss) => loss ?? NaN)}
          smoothed={found.smoothed.map((loss) => loss ?? NaN)}
          proposed={found.proposed}
          now={rate}
          label={sentence(found)}
        />
      )}
      {under && (
        <p class="progress">
          <progress max={1} value={found.share} aria-label={t('rangeTest')} />
          <span>{Math.floor(100 * found.share)} %</span>
          <button type="button" onClick={cancel}>
            {t('cancel')}
          </button>
        </p>
      )}
      {found?.done && <p role="status">{sentence(found)}</p>}
      {old && <p class="hint">{t('rangeOld')}</p>}
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {!under && (
        <div class="buttons">
          {found?.proposed && (
            <button type="button" class="primary" onClick={use}>
              {t('rangeUse', { rate: number(Number(found.proposed.toPrecision(2))) })}
            </button>
          )}
          <button type="button" class="wide" onClick={start} disabled={state.issues.value.length > 0}>
            {t(found ? 'rangeAgain' : 'rangeStart')}
          </button>
        </div>
      )}
    </figure>
  );
}

/** @param {Found} found */
const sentence = (found) =>
  !found.done
    ? t('rangeTest')
    : found.proposed
      ? t('rangeFound', { rate: number(Number(found.proposed.toPrecision(2))) })
      : t('rangeNothing');
