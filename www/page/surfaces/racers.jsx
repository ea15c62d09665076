/** Who runs: a tab each, and the settings of the one that is chosen. */
import { choices, fresh, tagOf } from '../../experiment.js';
import { Field } from '../../form/index.jsx';
import { problemsAt } from '../../form/paths.js';
import { number } from '../../format.js';
import { t, words } from '../../i18n/index.js';
import { ICONS } from '../../parts/button.jsx';
import { RacerMark } from './mark.jsx';
import { NAME, change, contest, schema } from './contest.js';

/** @typedef {import('../../boundary').Document} Document */

/** The name of a racer's optimizer. @param {Document} racer @returns {string} */
export function nameOf(racer) {
  const tag = tagOf(racer.optimizer);
  return words(choices(schema.value.properties.racers.items.properties.optimizer).find(([name]) => name === tag)?.[1], 'title') || tag;
}

/** The name, with the learning rate where there is one. @param {Document} racer */
export function titleOf(racer) {
  const rate = racer.optimizer?.[tagOf(racer.optimizer)]?.learning_rate;
  return rate === undefined ? nameOf(racer) : `${nameOf(racer)} · ${number(rate)}`;
}

/** @param {{chosen: number, choose: (at: number) => void}} props */
export function Racers({ chosen, choose }) {
  const { racers } = contest.value;
  const part = schema.value.properties.racers;
  const racer = racers[chosen];
  const add = () => {
    // One that is not there yet says more than a copy.
    const taken = racers.map((/** @type {Document} */ one) => tagOf(one.optimizer));
    const options = choices(part.items.properties.optimizer);
    const [tag, content] =
      ['adam', 'momentum', 'rmsprop', 'nesterov', 'lbfgs', 'newton']
        .map((name) => options.find(([own]) => own === name))
        .find((option) => option && !taken.includes(option[0])) ?? options[0];
    change(
      ['racers'],
      [...racers, { optimizer: fresh(schema.value, tag, content), schedule: structuredClone(part.items.properties.schedule.default) }],
    );
    choose(racers.length);
  };
  const remove = () => {
    change(['racers'], racers.toSpliced(chosen, 1));
    choose(Math.max(0, chosen - 1));
  };
  return (
    <section class="racers">
      <h3>{t('racers')}</h3>
      <div class="chips" role="group" aria-label={t('racers')}>
        {racers.map((/** @type {Document} */ one, /** @type {number} */ at) => (
          <button
            type="button"
            key={at}
            class={at === chosen ? 'chip chosen' : 'chip'}
            aria-pressed={at === chosen}
            onClick={() => choose(at)}
          >
            <RacerMark at={at} />
            {titleOf(one)}
            {problemsAt([NAME, 'racers', at], true).length > 0 && (
              <b class="wrong" aria-hidden="true">
                !
              </b>
            )}
          </button>
        ))}
        {racers.length < part.maxItems && (
          <button type="button" class="chip add" onClick={add}>
            + {t('racerAdd')}
          </button>
        )}
      </div>
      {racer && (
        <div class="one">
          <Field key={chosen} schema={part.items} value={racer} path={[NAME, 'racers', chosen]} live />
          {racers.length > 1 && (
            <button type="button" class="add" onClick={remove}>
              <svg viewBox="0 0 16 16" aria-hidden="true">
                <path d={ICONS.remove} />
              </svg>
              {t('racerRemove')}
            </button>
          )}
        </div>
      )}
    </section>
  );
}
