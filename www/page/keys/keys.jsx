/** The sheet of keys: the page's own, then each panel's. */
import { KEYS } from '../../keys.js';
import { t } from '../../i18n/index.js';
import { Toggle } from '../../parts/toggle.jsx';
import { hinting } from '../hints/hints.js';
import { keysHeard, openers } from '../panels.js';
import { Sheet } from '../../parts/sheet.jsx';
import './keys.css';

/** Keys that are called by a sign. @type {Record<string, string>} */
const SIGNS = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc', '-': '−' };

/** A key as it is printed on it. @param {string} key */
function written(key) {
  if (key === ' ') return t('space');
  return key
    .split('+')
    .map((part) => SIGNS[part] ?? (part === 'Arrow' ? t('keyArrow') : part.length === 1 ? part.toUpperCase() : part))
    .join('+');
}

/** @param {{keys: string[], does: import('../../i18n/index.js').Key}} props */
const Line = ({ keys, does }) => (
  <div>
    <dt>
      {keys.map((key) => (
        <kbd key={key} data-key={key}>
          {key === '+' ? '+' : written(key)}
        </kbd>
      ))}
    </dt>
    <dd>{t(does)}</dd>
  </div>
);

/** @param {{close: () => void}} props */
export default function Keys({ close }) {
  return (
    <Sheet id="keys" title={t('keys')} close={close} keys={(event) => event.stopPropagation()}>
      <div class="all" tabIndex={0} role="group" aria-labelledby="keys-title">
        <section aria-label={t('keysTraining')}>
          <h3>{t('keysTraining')}</h3>
          <dl>
            {Object.entries(KEYS).map(([key, { does }]) => (
              <Line key={key} keys={[key]} does={does} />
            ))}
            {openers().map(([key, { title }]) => (
              <Line key={key} keys={[key]} does={title} />
            ))}
          </dl>
        </section>
        {keysHeard().map(({ title, lines }) => (
          <section key={title} aria-label={t(title)}>
            <h3>{t(title)}</h3>
            <dl>
              {lines.map(([keys, does]) => (
                <Line key={does} keys={keys} does={does} />
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p class="hint">{t('keysFocus')}</p>
      <Toggle label={t('hintsOn')} on={hinting.value} flip={(on) => (hinting.value = on)} />
    </Sheet>
  );
}
