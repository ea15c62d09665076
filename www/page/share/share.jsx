/** The page's link, to copy and as a QR code for the phones of a class: both are made here, nothing is uploaded. */
import { useMemo, useState } from 'preact/hooks';
import { encode } from 'uqr';
import { engine } from '../../engine.js';
import { say, t } from '../../i18n/index.js';
import { present } from '../../layout.js';
import { Segments } from '../../parts/segments.jsx';
import * as state from '../../state.js';
import { short } from '../../pack.js';
import { challenge, place } from '../lessons/open.js';
import { Sheet } from '../../parts/sheet.jsx';
import { copy } from './copy.js';
import { DENSE, MOST, local, plain, spoken } from './link.js';
import { without } from './without.js';
import './share.css';

/** Light modules around a code, without which cameras do not find it. */
const QUIET = 4;

/** @param {{close: () => void}} props */
export default function Share({ close }) {
  const taught = place.value || challenge.value;
  const [what, choose] = useState(/** @type {'step' | 'all'} */ (taught ? 'step' : 'all'));
  const [copied, setCopied] = useState('');
  // The link follows the experiment, which may go on behind the dialog.
  const { way } = /** @type {{way?: import('../../boundary').Document[]}} */ (
    state.issues.value.length ? state.standing.value : state.changes.value
  );
  const whole = what === 'all';
  const link = plain(location) + (whole ? short(location.hash) : '');
  const missing = whole ? without(engine.files().keys()) : [];
  const length = new TextEncoder().encode(link).length;
  return (
    <Sheet
      id="share"
      title={t('shareTitle')}
      close={close}
      head={
        taught && (
          <Segments
            label={t('shareWhat')}
            value={what}
            choose={choose}
            options={[
              ['step', t(place.value ? 'shareStep' : 'shareChallenge')],
              ['all', t('shareAll')],
            ]}
          />
        )
      }
    >
      {length <= MOST ? (
        <Code link={link} />
      ) : (
        <p class="long">
          {t('shareLong', { n: length.toLocaleString('en'), most: MOST.toLocaleString('en') })} {taught && t('shareLongStep')}
        </p>
      )}
      <p class="spoken">{spoken(link)}</p>
      {length <= MOST && length > DENSE && <p class="note">{t('shareDense', { n: length.toLocaleString('en') })}</p>}
      {whole && way && <p class="note">{t('shareSteps', { n: way.length.toLocaleString('en') })}</p>}
      {missing.length > 0 && (
        <div class="note without">
          <p>{t('shareWithout')}</p>
          <ul>
            {missing.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </div>
      )}
      {local(location) && <p class="note">{t('shareLocal')}</p>}
      <div class="link">
        <input type="text" readOnly aria-label={t('shareLink')} value={link} onFocus={(event) => event.currentTarget.select()} />
        <button type="button" class="primary" onClick={() => copy(link).then(() => setCopied(link))}>
          {t('share')}
        </button>
      </div>
      <p class="note" role="status">
        {copied === link ? say(state.notice.value) : t('shareMade')}
      </p>
    </Sheet>
  );
}

/** Dark on light in both themes: cameras expect it. @param {{link: string}} props */
function Code({ link }) {
  const { path, side } = useMemo(() => {
    const { data, size } = encode(link, { ecc: 'L', boostEcc: true, border: QUIET });
    // Neighbours in a row are one stroke: thin gaps between squares would show when it is enlarged.
    const path = data
      .map((row, y) =>
        row.map((dark, x) => (dark && !row[x - 1] ? `M${x} ${y}h${row.slice(x).findIndex((next) => !next)}v1H${x}z` : '')).join(''),
      )
      .join('');
    return { path, side: size };
  }, [link]);
  return (
    <svg
      class={present.value ? 'code large' : 'code'}
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={t('shareQr')}
      shape-rendering="crispEdges"
    >
      <rect width={side} height={side} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
