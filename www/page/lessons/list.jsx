/** The list of lessons, over the page: what each is about, how long it takes, and how far one has come. */
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../i18n/index.js';
import { lessons } from '../../lessons/index.js';
import { Button, ICONS } from '../../parts/button.jsx';
import { go, listOpen, progress } from './open.js';
import { told } from './words.js';
import './list.css';

export function List() {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const close = () => void (listOpen.value = false);
  return (
    <dialog class="lessons" ref={dialog} aria-labelledby="lessons-title" onClose={close} onClick={(event) => event.target === dialog.current && dialog.current?.close()}>
      <div class="inner">
        <div class="top">
          <h2 id="lessons-title">{t('lessonsTitle')}</h2>
          <Button name={t('closeUnit')} icon={ICONS.close} action={() => dialog.current?.close()} />
        </div>
        <p class="about">{t('lessonsAbout')}</p>
        <ol class="all">
          {lessons.map((lesson) => <Line key={lesson.id} lesson={lesson} open={(step) => { close(); go({ lesson: lesson.id, step }); }} />)}
        </ol>
      </div>
    </dialog>
  );
}

/** @param {{lesson: import('../../lessons/index.js').Lesson, open: (step: number) => void}} props */
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
        <small>{t('lessonMinutes', { n: lesson.minutes })} · {t('lessonSteps', { done, n: all })}{done > 0 && ` · ${t('lessonRight', { n: right })}`}</small>
        <i class="bar" aria-hidden="true"><i style={{ width: `${(100 * done) / all}%` }} /></i>
      </button>
    </li>
  );
}
