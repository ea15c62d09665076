/** What goes with what: correlations of the columns as a table of coloured cells. */
import { short } from '../../format.js';
import { t } from '../../i18n/index.js';

/** @param {{related: {names: string[], values: number[][]}}} props */
export function Related({ related }) {
  const { values } = related;
  const names = related.names.map((name) => short(name));
  if (names.length < 2) return <p class="hint">{t('relatedNone')}</p>;
  return (
    <table class="related">
      <caption>{t('relatedMeans')}</caption>
      <thead>
        <tr>
          <td />
          {names.map((name, at) => (
            <th key={at} scope="col" title={name}>
              <span>{name}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {values.map((row, at) => (
          <tr key={at}>
            <th scope="row" title={names[at]}>
              {names[at]}
            </th>
            {row.map((value, to) => (
              <td
                key={to}
                class={value < 0 ? 'low' : 'high'}
                style={{ '--share': `${Math.round(50 * Math.abs(value || 0))}%` }}
                title={`${names[at]}, ${names[to]}`}
              >
                {Number.isFinite(value) ? value.toFixed(2) : '–'}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
