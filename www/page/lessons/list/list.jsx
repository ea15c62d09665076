/** The list of lessons and challenges, over the page: what each is about, how long it takes, and how far one has come. */
import { challenges } from '../../../challenges/index.js';
import { count } from '../../../format.js';
import { t } from '../../../i18n/index.js';
import { lessons } from '../../../lessons/index.js';
import { scoresOf } from '../../challenges/board.js';
import { called, rises } from '../../../measured.js';
import { Sheet } from '../../../parts/sheet.jsx';
import { go, progress, takeUp } from '../open.js';
import { told } from '../told.js';
import './list.css';

/** @param {{close: () => void}} props */
export default function List({ close }) {
  return (
    <Sheet id="lessons" title={t('lessonsTitle')} close={close}>
      <p class="about">{t('lessonsAbout')}</p>
      <ol class="all">
        {lessons.map((lesson) => (
          <Line
            key={lesson.id}
            lesson={lesson}
            open={(step) => {
              close();
              go({ lesson: lesson.id, step });
            }}
          />
        ))}
      </ol>
      <h2>{t('challenges')}</h2>
      <p class="about">{t('challengesAbout')}</p>
      <ol class="all">
        {challenges.map((challenge) => (
          <Target
            key={challenge.id}
            challenge={challenge}
            open={() => {
              close();
              takeUp(challenge.id);
            }}
          />
        ))}
      </ol>
    </Sheet>
  );
}

/** @param {{lesson: import('../../../lessons/index.js').Lesson, open: (step: number) => void}} props */
function Line({ lesson, open }) {
  const known = (progress.value[lesson.id] ?? []).slice(0, lesson.steps.length);
  const all = lesson.steps.length;
  const done = known.filter((held) => held !== null).length;
  const right = known.filter(Boolean).length;
  // Where one left off; a lesson that is done begins again.
  const next = lesson.steps.findIndex((_, at) => (known[at] ?? null) === null);
  return (
    <li>
      <button type="button" onClick={() => open(Math.max(0, next))}>
        <b>{told(lesson.title)}</b>
        <span class="what">{told(lesson.about)}</span>
        <small>
          {t('lessonMinutes', { n: lesson.minutes })} · {t('lessonSteps', { done, n: all })}
          {done > 0 && ` · ${t('lessonRight', { n: right })}`}
        </small>
        <i class="bar" aria-hidden="true">
          <i style={{ width: `${(100 * done) / all}%` }} />
        </i>
      </button>
    </li>
  );
}

/** @param {{challenge: import('../../../challenges/index.js').Challenge, open: () => void}} props */
function Target({ challenge, open }) {
  const { metric, value } = challenge.target;
  const best = scoresOf(challenge.id)[0];
  return (
    <li>
      <button type="button" onClick={open}>
        <b>{told(challenge.title)}</b>
        <span class="what">{told(challenge.about)}</span>
        <small>
          {t('raceOfValidation', { metric: called(metric) })} {rises(metric) ? '≥' : '≤'} {value} ·{' '}
          {best ? t('challengeYours', { n: count(best.updates) }) : t('challengePar', { n: count(challenge.par.updates) })}
        </small>
      </button>
    </li>
  );
}
