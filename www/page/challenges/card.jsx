/** A challenge beside the experiment: its target, how the runs stand to it, and the board. The rules are checked on the run itself. */
import { effect } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { against, challenges, documentOf, score } from '../../challenges/index.js';
import { complete, overlay } from '../../experiment.js';
import { count, number } from '../../format.js';
import { t } from '../../i18n/index.js';
import { layout, present } from '../../layout.js';
import { Button, ICONS } from '../../parts/button.jsx';
import * as race from '../../race.js';
import * as state from '../../state.js';
import * as documents from '../../documents.js';
import * as training from '../../training.js';
import { difference, encode } from '../../url.js';
import { go, keepsBrought, challenge as taken } from '../lessons/open.js';
import { told } from '../lessons/told.js';
import { differences } from '../race/differs.js';
import { called, rises } from '../../measured.js';
import { watched } from '../race/metrics.js';
import { show } from '../panels.js';
import { Rail } from '../rail/rail.jsx';
import { copy } from '../share/copy.js';
import { plain } from '../share/link.js';
import { enter, player, remove, scoresOf } from './board.js';
import '../lessons/lesson.css';
import './card.css';

/** @typedef {import('../../boundary').Document} Document */

/** @typedef {import('../../challenges/index.js').Challenge} Challenge_ */
/** @typedef {import('./board.js').Score} Score */

/** Settings that are named on the board. */
const NAMED = 6;

const out = () => go(null);

/** The challenge that was begun: a card that is put away, as behind another tab of a phone, comes back to the runs as they are. @type {string | null} */
let begun = null;
effect(() => {
  if (taken.value !== begun) begun = null;
});

export default function Challenge() {
  const challenge = challenges.find(({ id }) => id === taken.value);
  if (!challenge) {
    return (
      <section class="lesson panel" aria-label={t('challenge')}>
        <p role="alert">{t('challengeGone', { id: taken.value ?? '' })}</p>
        <p class="ways">
          <button type="button" onClick={() => show('lessons')}>
            {t('challenges')}
          </button>
          <button type="button" onClick={out}>
            {t('lessonFinish')}
          </button>
        </p>
      </section>
    );
  }
  return <Card key={challenge.id} challenge={challenge} />;
}

/** Opens a document of differences from the defaults, with the challenge's finish line. @param {Challenge_} challenge @param {Document} document */
async function open(challenge, document) {
  // The data is given; what is to be found begins with the model.
  state.section.value = 'model';
  if (await documents.openDocument(JSON.stringify(document))) await race.setLine(challenge.target);
}

/** @param {Challenge_} challenge */
const beginning = (challenge) => documentOf(state.schema.value, state.defaults.value, challenge);

/** Where the runs stand: the best of those that reached the target and count, else one that reached it and why it does not. @param {Challenge_} challenge */
function standing(challenge) {
  const reached = state.runs.value.flatMap((run, at) => {
    const entry = state.entries.value[at];
    const { arrival } = run;
    if (!arrival || !entry || !isTarget(challenge)) return [];
    const reasons = against(state.schema.value, state.defaults.value, challenge, {
      experiment: entry.experiment,
      // The best put back to be looked at, once the target was reached, changed nothing on the way to it.
      marks: run.marks.filter(({ why, update }) => why !== 'put_back' || update < arrival.update),
      forked: entry.from !== null,
    });
    return [{ updates: score(arrival), experiment: entry.experiment, reasons }];
  });
  reached.sort((a, b) => Number(a.reasons.length > 0) - Number(b.reasons.length > 0) || a.updates - b.updates);
  return reached[0] ?? null;
}

/** @param {Challenge_} challenge */
const isTarget = ({ target }) => state.line.value?.metric === target.metric && state.line.value?.value === target.value;

/** @param {{challenge: Challenge_}} props */
function Card({ challenge }) {
  const { metric, value } = challenge.target;
  const best = standing(challenge);
  const counts = best !== null && best.reasons.length === 0;
  const there = state.frame.value !== null;
  const [entered, setEntered] = useState(false);
  useEffect(() => {
    if (!best) setEntered(false);
  }, [best === null]);
  useEffect(() => {
    if (!there || begun === challenge.id) return;
    begun = challenge.id;
    // A link with a run in it is to be replayed.
    if (keepsBrought()) race.setLine(challenge.target);
    else open(challenge, beginning(challenge));
  }, [challenge, there]);
  // A document that was opened on the way has no line.
  const lineless =
    there &&
    !isTarget(challenge) &&
    state.issues.value.length === 0 &&
    JSON.stringify(state.draft.value.data) === JSON.stringify(beginning(challenge).data);
  useEffect(() => {
    if (lineless) race.setLine(challenge.target);
  }, [lineless]);
  useEffect(() => {
    if (counts) training.pause();
  }, [counts]);
  return (
    <>
      <section class="lesson challenge panel" aria-labelledby="challenge-title">
        <div class="head">
          <h2>{t('challenge')}</h2>
          <Button name={t('challengeLeave')} icon={ICONS.close} action={out} />
        </div>
        <h3 id="challenge-title">{told(challenge.title)}</h3>
        <p>{told(challenge.about)}</p>
        <p class="target">
          <small>{t('challengeTarget')}</small>
          <b>{`${t('raceOfValidation', { metric: called(metric) })} ${rises(metric) ? '≥' : '≤'} ${value}`}</b>
          <small>{t('challengePar', { n: count(challenge.par.updates) })}</small>
        </p>
        <div role="status" class="standing">
          <Standing challenge={challenge} best={best} entered={entered} />
        </div>
        {counts && <Enter challenge={challenge} updates={best.updates} experiment={best.experiment} done={() => setEntered(true)} />}
        <p class="deeds">
          <button type="button" onClick={() => open(challenge, beginning(challenge))}>
            {t('challengeBegin')}
          </button>
        </p>
        <Board challenge={challenge} />
        <details>
          <summary>{t('challengeRules')}</summary>
          <p>{t('challengeRule1')}</p>
          <p>{t('challengeRule2')}</p>
          <p>{t('challengeRule3')}</p>
        </details>
      </section>
      {layout.value === 'desk' && !present.value && <Rail />}
    </>
  );
}

/** @param {{challenge: Challenge_, best: ReturnType<typeof standing>, entered: boolean}} props `entered`: this very run is on the board */
function Standing({ challenge, best, entered }) {
  const run = state.run.value;
  if (!best) {
    if (!run) return null;
    const value = run.measured[watched(run)]?.[challenge.target.metric];
    if (run.state === 'stopped') return <p>{t('challengeEnded', { n: count(run.update) })}</p>;
    return <p>{run.update ? t('challengeNow', { n: count(run.update), value: number(value) }) : t('challengeNotYet')}</p>;
  }
  const n = count(best.updates);
  if (best.reasons.length)
    return (
      <div class="result">
        <p>{t('challengeVoid', { n })}</p>
        <ul>
          {best.reasons.map((reason) => (
            <li key={reason[0]}>{told(reason)}</li>
          ))}
        </ul>
      </div>
    );
  const known = scoresOf(challenge.id).some((entry) => entry.updates === best.updates && same(entry.document, best.experiment));
  return (
    <p class="result">
      <b>{t(entered ? 'challengeEntered' : known ? 'challengeReplayed' : 'challengeDone', { n })}</b>
    </p>
  );
}

/** @param {Document} changes @param {Document} experiment */
const same = (changes, experiment) =>
  JSON.stringify(complete(state.schema.value, overlay(state.defaults.value, changes))) === JSON.stringify(experiment);

/** @param {{challenge: Challenge_, updates: number, experiment: Document, done: () => void}} props */
function Enter({ challenge, updates, experiment, done }) {
  const [name, call] = useState(player.value);
  if (scoresOf(challenge.id).some((entry) => same(entry.document, experiment))) return null;
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    player.value = name.trim();
    enter(challenge.id, {
      name: name.trim() || t('nobody'),
      updates,
      date: new Date().toLocaleDateString('sv'),
      document: difference(experiment, state.defaults.value) ?? {},
    });
    done();
  };
  return (
    <form class="enter" onSubmit={send}>
      <input
        type="text"
        aria-label={t('challengeName')}
        placeholder={t('challengeName')}
        maxLength={24}
        value={name}
        onInput={(event) => call(event.currentTarget.value)}
      />
      <button type="submit" class="primary">
        {t('challengeEnter')}
      </button>
    </form>
  );
}

/** @param {{challenge: Challenge_}} props */
function Board({ challenge }) {
  const scores = scoresOf(challenge.id);
  const base = beginning(challenge);
  return (
    <section class="board" aria-label={t('challengeBoard')}>
      <h4>{t('challengeBoard')}</h4>
      {!scores.length && <p class="none">{t('challengeEmpty')}</p>}
      <ol>
        {scores.map((entry) => (
          <Line key={`${entry.name} ${entry.updates} ${JSON.stringify(entry.document)}`} challenge={challenge} entry={entry} base={base} />
        ))}
      </ol>
    </section>
  );
}

/** @param {{challenge: Challenge_, entry: Score, base: Document}} props */
function Line({ challenge, entry, base }) {
  const { name, updates, date, document } = entry;
  const own = complete(state.schema.value, overlay(state.defaults.value, document));
  const settings = differences(state.schema.value, state.schema.value, base, own);
  const link = plain(location) + encode(document);
  return (
    <li>
      <p>
        <b>{count(updates)}</b> <span class="who">{name}</span>
        <small>{date}</small>
      </p>
      <p class="chips">
        {settings.slice(0, NAMED).map(({ title, value }) => (
          <span key={title}>
            {title} {value}
          </span>
        ))}
        {settings.length === 0 && <span>{t('challengeAsGiven')}</span>}
        {settings.length > NAMED && <span>+{settings.length - NAMED}</span>}
      </p>
      <p class="acts">
        <Button name={t('challengeReplay', { name })} icon={ICONS.again} action={() => open(challenge, document)} />
        <Button name={t('challengeLink', { name })} icon={ICONS.share} action={() => copy(link)} />
        <Button name={t('challengeRemove', { name })} icon={ICONS.remove} action={() => remove(challenge.id, entry)} />
      </p>
    </li>
  );
}
