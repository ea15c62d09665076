/** A lesson beside the experiment: one step at a time, its question, its run, and what the run answered. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../i18n/index.js';
import { layout, present } from '../../layout.js';
import { lessons } from '../../lessons/index.js';
import { Button, ICONS } from '../../parts/button.jsx';
import { Toggle } from '../../parts/toggle.jsx';
import * as state from '../../state.js';
import * as training from '../../training.js';
import { matters } from '../../stage.js';
import { show } from '../panels.js';
import { Rail } from '../rail/rail.jsx';
import { busy, guess as predict, guessOf, isChanged, leave, resultsOf, setUp, take, under } from './conduct.js';
import { go, place, progress, record } from './open.js';
import { Settings } from './settings.jsx';
import { told } from './told.js';
import './lesson.css';

/** @typedef {import('../../lessons/index.js').Step} Step */
/** @typedef {import('../../lessons/index.js').Lesson} Lesson_ */

const out = () => {
  leave();
  go(null);
};

export default function Lesson() {
  const at = /** @type {import('./open.js').Place} */ (place.value);
  const lesson = lessons.find(({ id }) => id === at.lesson);
  if (!lesson) {
    return (
      <section class="lesson panel" aria-label={t('lesson')}>
        <p role="alert">{t('lessonGone', { id: at.lesson })}</p>
        <p class="ways">
          <button type="button" onClick={() => show('lessons')}>
            {t('lessons')}
          </button>
          <button type="button" onClick={out}>
            {t('lessonFinish')}
          </button>
        </p>
      </section>
    );
  }
  const number = Math.min(at.step, lesson.steps.length - 1);
  return <Card key={`${lesson.id}/${number}`} lesson={lesson} number={number} />;
}

/** @param {{lesson: Lesson_, number: number}} props */
function Card({ lesson, number }) {
  const step = lesson.steps[number];
  const guess = guessOf(step);
  const [all, showAll] = useState(false);
  const answered = useRef(/** @type {HTMLDivElement | null} */ (null));
  const results = resultsOf(step);
  const outcome = results ? step.outcome(results) : null;
  useEffect(() => {
    take(step);
    matters.value = step.stage;
    return () => void (matters.value = null);
  }, [step]);
  useEffect(() => {
    if (outcome !== null && guess !== null && !isChanged(step)) record({ lesson: lesson.id, step: number }, outcome === guess);
  }, [outcome]);
  const presented = present.value;
  useEffect(() => {
    if (outcome !== null) answered.current?.scrollIntoView({ block: 'nearest' });
  }, [outcome, presented]);
  const to = (/** @type {number} */ step) => {
    go({ lesson: lesson.id, step });
    // Whoever reads by ear is told where they are now.
    requestAnimationFrame(() => /** @type {HTMLElement | null} */ (document.querySelector('.lesson h3'))?.focus());
  };
  const last = number === lesson.steps.length - 1;
  const settings = layout.value === 'desk' && !present.value;
  return (
    <>
      <section class="lesson panel" aria-labelledby="lesson-title">
        <div class="head">
          <h2 id="lesson-title">
            {told(lesson.title)}
            <small>{t('lessonStep', { n: number + 1, all: lesson.steps.length })}</small>
          </h2>
          <Button name={t('lessonLeave')} icon={ICONS.close} action={out} />
        </div>
        <h3 tabIndex={-1}>{told(step.title)}</h3>
        <p>{told(step.text)}</p>
        <fieldset class="answers">
          <legend>{told(step.question)}</legend>
          {step.answers.map((answer, index) => (
            <label key={index} class={`${index === guess ? 'chosen' : ''}${index === outcome ? ' came' : ''}`}>
              <input type="radio" name="prediction" checked={index === guess} disabled={results !== null} onChange={() => predict(index)} />
              <span>{told(answer)}</span>
            </label>
          ))}
        </fieldset>
        <Deeds step={step} guess={guess} results={results} />
        <div role="status" class="answered" ref={answered}>
          {results && outcome !== null && <Result step={step} results={results} outcome={outcome} guess={guess} />}
        </div>
        {results && step.try && (
          <p class="try">
            <b>{t('lessonTry')}</b> {told(step.try)}
          </p>
        )}
        {!present.value && <Settings paths={step.shown} />}
        {settings && <Toggle label={t('lessonAllSettings')} on={all} flip={showAll} />}
        <div class="ways">
          <button type="button" disabled={number === 0} onClick={() => to(number - 1)}>
            {t('lessonBack')}
          </button>
          <Dots lesson={lesson} number={number} to={to} />
          {last ? (
            <button
              type="button"
              class={results ? 'primary' : ''}
              onClick={() => {
                out();
                show('lessons');
              }}
            >
              {t('lessonFinish')}
            </button>
          ) : (
            <button type="button" class={results ? 'primary' : ''} onClick={() => to(number + 1)}>
              {t('lessonNext')}
            </button>
          )}
        </div>
      </section>
      {settings && all && <Rail />}
    </>
  );
}

/** A dot a step: which one this is, and which are done. @param {{lesson: Lesson_, number: number, to: (step: number) => void}} props */
function Dots({ lesson, number, to }) {
  const known = progress.value[lesson.id] ?? [];
  return (
    <ol class="dots">
      {lesson.steps.map((step, at) => {
        const ended = (known[at] ?? null) !== null;
        const name = t(ended ? 'lessonStepDone' : 'lessonStepTo', { n: at + 1, title: told(step.title) });
        return (
          <li key={at}>
            <button
              type="button"
              class={ended ? 'done' : ''}
              title={name}
              aria-label={name}
              aria-current={at === number ? 'step' : undefined}
              onClick={() => to(at)}
            >
              <i />
            </button>
          </li>
        );
      })}
    </ol>
  );
}

/** Running it, and setting it up again. @param {{step: Step, guess: number | null, results: import('../../boundary').Document}} props */
function Deeds({ step, guess, results }) {
  if (busy.value === 'source')
    return (
      <p class="deeds" role="status">
        {t('lessonPretraining')}
      </p>
    );
  const begun = (state.run.value?.update ?? 0) > 0;
  const changed = isChanged(step);
  const note = guess === null && !results && !begun ? t('lessonRunFirst') : '';
  return (
    <p class="deeds">
      {!results && (
        <button type="button" class="primary" disabled={guess === null || under.value} onClick={training.play}>
          {under.value ? t('lessonRunning') : t(begun ? 'lessonOn' : 'lessonRun')}
        </button>
      )}
      {(results || changed || begun) && !under.value && (
        <button type="button" onClick={() => setUp(step)}>
          {t('lessonAgain')}
        </button>
      )}
      {note && <small>{note}</small>}
    </p>
  );
}

/** What the runs answered. @param {{step: Step, results: import('../../lessons/measure.js').Run[], outcome: number, guess: number | null}} props */
function Result({ step, results, outcome, guess }) {
  const changed = isChanged(step);
  return (
    <div class="result">
      {guess !== null && (
        <p>
          <b>{t(outcome === guess ? 'lessonHeld' : 'lessonOther')}</b>
        </p>
      )}
      {outcome < 0 ? (
        <p>{t('lessonNo')}</p>
      ) : (
        <p class={guess === outcome || guess === null ? 'heard' : ''}>{t('lessonOutcome', { answer: told(step.answers[outcome]) })}</p>
      )}
      <p class="measured">
        {changed && `${t('lessonChanged')} `}
        {told(step.measured(results))}
      </p>
      {outcome === step.teaches && <p>{told(step.because)}</p>}
    </div>
  );
}
