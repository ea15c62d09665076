/** What happened, in a sentence, for those who hear the page: when training pauses or ends, and now and then while it goes on. */
import { useEffect, useState } from 'preact/hooks';
import { brief, count, number } from '../format.js';
import { language, t } from '../i18n/index.js';
import * as state from '../state.js';

/** Seconds between two announcements while training: often enough to follow, seldom enough to listen. */
const EVERY = 15;

/** How the run stands, or what ended it. */
function summary() {
  const run = state.run.peek();
  if (!run?.update) return '';
  const held = Object.keys(run.measured.validation).length > 0;
  const part = held ? 'validation' : 'train';
  const words = { epoch: brief(run.epoch), update: count(run.update), part: t(part), loss: number(run.measured[part].loss) };
  const stands = run.best ? t('summaryBest', { ...words, best: count(run.best.update) }) : t('summary', words);
  return run.stop ? `${run.stop.message[/** @type {'en' | 'zh'} */ (language.peek())]} ${stands}` : stands;
}

export function Announcer() {
  const [said, say] = useState('');
  const running = state.running.value;
  useEffect(() => {
    say(summary());
    if (!running) return;
    const timer = setInterval(() => say(summary()), EVERY * 1000);
    return () => clearInterval(timer);
  }, [running]);
  return (
    <p class="heard" aria-live="polite" id="summary">
      {said}
    </p>
  );
}
