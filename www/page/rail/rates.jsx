/** The schedule drawn under its fields before anything trains: connects the store to the drawing, and says it in words. */
import { useEffect, useState } from 'preact/hooks';
import { engine } from '../../engine.js';
import { count, number } from '../../format.js';
import { t } from '../../i18n/index.js';
import { draft, issues, run } from '../../state.js';
import { Schedule } from '../../views/schedule.jsx';
import './rates.css';

/** Columns of the picture for which the engine gives a lowest and a highest rate: about its pixels. */
const COLUMNS = 240;

/** @typedef {{updates: Float64Array, rates: Float64Array, listens: boolean}} Curve */

export function Rates() {
  const [curve, setCurve] = useState(/** @type {Curve | null} */ (null));
  // Where a checkpoint was put back, the schedule is at the checkpoint's update.
  const update = run.value?.scheduled ?? 0;
  const end = curve?.updates.at(-1) ?? Infinity;
  const text = JSON.stringify(draft.value);
  // While the run is within the picture, only its mark moves.
  const beyond = update > end ? update : 0;
  useEffect(() => {
    let current = true;
    // A document with problems has no plan: what was drawn last stays.
    engine.rates(text, update, COLUMNS).then(
      (next) => current && next && setCurve(next),
      () => {},
    );
    return () => void (current = false);
  }, [text, beyond]);
  // A draft with problems is not what trains.
  const rate = issues.value.length ? null : run.value?.learning_rate;
  const now = typeof rate === 'number' ? { update, rate } : null;
  return (
    <figure class="rates">
      <figcaption>
        <b>{t('planned')}</b>
        {now && <span class="now">{t('plannedNow', { n: count(update), rate: number(now.rate) })}</span>}
      </figcaption>
      {/* Its room is there from the start: the section is brought into sight when it opens. */}
      <Schedule
        updates={curve?.updates ?? []}
        rates={curve?.rates ?? []}
        now={now}
        across={t('updates')}
        label={curve ? sentence(curve) : t('planned')}
      />
      {curve?.listens && <p class="hint">{t('plannedListens')}</p>}
    </figure>
  );
}

/** What the picture shows, for those who do not see it. @param {Curve} curve */
function sentence({ updates, rates, listens }) {
  let [low, high] = [Infinity, -Infinity];
  for (const rate of rates) [low, high] = [Math.min(low, rate), Math.max(high, rate)];
  const [first, last] = [rates[0], rates[rates.length - 1]];
  const said = t('plannedSentence', {
    first: number(first),
    high: number(high),
    low: number(low),
    last: number(last),
    n: count(updates[updates.length - 1]),
  });
  return listens ? `${said} ${t('plannedListens')}` : said;
}
