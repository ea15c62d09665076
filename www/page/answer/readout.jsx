/** What is known of the row or the place under the pointer: numbers, and a bar a class. */
import { t } from '../../i18n/index.js';

/** A class's colour as the map has it. @param {number} at @param {number} classes */
const colour = (at, classes) => (classes === 2 ? `var(--field-${at ? 'high' : 'low'})` : `var(--class-${at % 5})`);

/** @param {{told: import('./describe.js').Told, classes: number}} props */
export function Readout({ told: { title, facts, shares, wrong }, classes }) {
  return (
    <div class={`readout${facts.length > 10 ? ' many' : ''}`}>
      <p>
        <b>{title}</b>
        {wrong && <em>{t('wrongHere')}</em>}
      </p>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {shares.length > 0 && (
        <ul>
          {shares.map(({ name, share, at, right }) => (
            <li key={at} class={right ? 'right' : ''}>
              <span>{name}</span>
              <i style={{ '--share': Number.isFinite(share) ? share : 0, '--colour': colour(at, classes) }} />
              <b>{share.toFixed(2)}</b>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
