/** A model of which there is no drawing: what it is and how it is set, and where to look. */
import { count } from '../../format.js';
import { t } from '../../i18n/index.js';
import { Stage } from '../../parts/stage.jsx';
import './none.css';

/** @param {import('./index.js').Given} props */
export default function None({ run, family, facts, tools }) {
  return (
    <Stage id="model" head="title" title={family} note={run.parameters > 0 && t('parameters', { n: count(run.parameters) })} tools={tools}>
      <div class="undrawn" tabIndex={0}>
        <p>{t('undrawn')}</p>
        <dl>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Stage>
  );
}
