/** Neighbours: how many samples are remembered, and how many are asked. What they answer is on the map. */
import { count } from '../../../format.js';
import { t } from '../../../i18n/index.js';
import { Stage } from '../../../parts/stage.jsx';
import './neighbours.css';

/** @param {import('../index.js').Given<'neighbours'>} props */
export default function Neighbours({ run, family, tools }) {
  const { known, rows, asked } = run.view;
  const said = t('neighboursKnown', { known: count(known), rows: count(rows) });
  return (
    <Stage id="model" head="title" title={family} note={`k = ${asked}`} tools={tools}>
      <div class="neighbours" tabIndex={0}>
        <meter min={0} max={rows} value={known} aria-label={said} />
        <b>{said}</b>
        <p>{t('neighboursSays', { n: asked })}</p>
      </div>
    </Stage>
  );
}
