/** A support vector machine: on which samples its border rests, and which two multipliers move next. The samples are ringed on the map. */
import { count, number } from '../../../format.js';
import { t } from '../../../i18n/index.js';
import { Stage } from '../../../parts/stage.jsx';
import './svm.css';

/** @param {import('../index.js').Given<'svm'>} props */
export default function Svm({ run, points, family, tools }) {
  const { pair, pairs, solved, supports, bounded, next, active } = run.view;
  const part = supports ? bounded / supports : 0;
  return (
    <Stage id="model" head="title" title={family} note={t('svmSupports', { n: count(supports) })} tools={tools}>
      <div class="svm" tabIndex={0}>
        <div class="supports" aria-hidden="true" style={{ '--share': part }} />
        <p class="bounded">{t('svmBounded', { n: count(bounded) })}</p>
        <p>{t(!points.classes.length ? 'svmSaysNumbers' : pairs > 1 ? 'svmSaysPairs' : 'svmSays')}</p>
        {pairs > 1 && (
          <p>
            {pair
              ? t('svmPair', { n: Math.min(solved + 1, pairs), all: pairs, one: points.classes[pair[0]], other: points.classes[pair[1]] })
              : t('svmSolved')}
          </p>
        )}
        {next && (
          <>
            <h3>{t('svmNext')}</h3>
            <p>{t('svmMoves', { a: count(next.rows[0] + 1), b: count(next.rows[1] + 1) })}</p>
            <dl>
              {[
                [t('svmViolation'), number(next.violation)],
                [t('svmGain'), number(next.gain)],
                [t('svmActive'), count(active)],
              ].map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </>
        )}
      </div>
    </Stage>
  );
}
