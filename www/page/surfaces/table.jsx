/** What every racer needed to the finish, as far as the race is shown. */
import { count, number } from '../../format.js';
import { t } from '../../i18n/index.js';
import { contest, result } from './contest.js';
import { RacerMark } from './mark.jsx';
import { titleOf } from './racers.jsx';

/** @param {{update: number}} props */
export function Table({ update }) {
  const found = /** @type {import('./contest.js').Result} */ (result.value);
  const { racers, tolerance } = contest.value;
  return (
    <table>
      <caption>{t('raceTable', { tolerance })}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('raceNow')}</th>
          <th scope="col">{t('raceUpdates')}</th>
          <th scope="col">{t('raceGradients')}</th>
        </tr>
      </thead>
      <tbody>
        {found.runners.map(
          (runner, at) =>
            racers[at] && (
              <tr key={at}>
                <th scope="row">
                  <RacerMark at={at} />
                  {titleOf(racers[at])}
                </th>
                <td>{above(runner, update, found.lowest)}</td>
                <Outcome runner={runner} update={update} whole={found.updates} />
              </tr>
            ),
        )}
      </tbody>
    </table>
  );
}

/** @param {import('./contest.js').Runner} runner @param {number} update @param {number} lowest */
function above({ values }, update, lowest) {
  const height = values[Math.min(update, values.length - 1)] - lowest;
  return Number.isFinite(height)
    ? (height !== 0 && Math.abs(height) < 1e-3) || height >= 1e6
      ? height.toExponential(1)
      : number(height)
    : '∞';
}

/** @param {{runner: import('./contest.js').Runner, update: number, whole: number}} props */
function Outcome({ runner: { standing, values, gradients }, update, whole }) {
  const last = values.length - 1;
  if (update < last || (standing === 'running' && update < whole))
    return (
      <td colSpan={2} class="open">
        {t('raceRunning')}
      </td>
    );
  if (standing === 'arrived')
    return (
      <>
        <td>
          <b>{count(last)}</b>
        </td>
        <td>
          <b>{count(gradients[last])}</b>
        </td>
      </>
    );
  return (
    <td colSpan={2} class="open">
      {standing === 'diverged' ? t('raceLost', { n: count(last) }) : t('raceMissed')}
    </td>
  );
}
