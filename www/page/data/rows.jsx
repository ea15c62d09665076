/** The first rows of a table as they arrived. Cells are shown as text, whatever they hold. */
import { count, number, short } from '../../format.js';
import { t } from '../../i18n/index.js';

/** @param {{data: import('../../boundary').Overview}} props */
export function Head({ data: { head, columns, target, width } }) {
  return (
    <table class="cells">
      <caption>
        {t('firstRows', { n: count(head.length) })} {width > columns.length && t('moreColumns', { n: count(width - columns.length) })}
      </caption>
      <thead>
        <tr>
          <th scope="col">#</th>
          {columns.map(({ name }, at) => (
            <th scope="col" key={at}>
              {short(name)}
            </th>
          ))}
          <th scope="col" class="target">
            {short(target.name)} <small>{t('theTarget')}</small>
          </th>
        </tr>
      </thead>
      <tbody>
        {head.map((cells, at) => (
          <tr key={at}>
            <th scope="row">{at + 1}</th>
            {cells.map((cell, column) => (
              <Cell key={column} cell={cell} last={column === cells.length - 1} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** @param {{cell: number | string | null, last: boolean}} props */
function Cell({ cell, last }) {
  const missing = cell === null || cell === undefined;
  return (
    <td class={[missing && 'missing', typeof cell === 'string' && 'word', last && 'target'].filter(Boolean).join(' ')}>
      {missing ? '?' : typeof cell === 'number' ? number(cell) : short(cell)}
    </td>
  );
}

/** The first rows of the user's file as they stand in it, where they cannot be used yet. @param {{read: {head: string[][], columns: {name: string}[]}}} props */
export function Raw({ read: { head, columns } }) {
  const width = Math.max(0, ...head.map((cells) => cells.length));
  return (
    <table class="cells">
      <caption>{t('firstRows', { n: count(head.length) })}</caption>
      <thead>
        <tr>
          <th scope="col">#</th>
          {Array.from({ length: width }, (_, at) => (
            <th scope="col" class="word" key={at}>
              {short(columns[at]?.name ?? '')}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {head.map((cells, at) => (
          <tr key={at}>
            <th scope="row">{at + 1}</th>
            {cells.map((cell, column) => (
              <td class="word" key={column}>
                {short(cell)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
