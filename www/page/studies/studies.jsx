/** Questions that take many runs, over the page: does a result hold over seeds, and what does each technique save? They run in workers of their own. */
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../i18n/index.js';
import { Button, ICONS } from '../../parts/button.jsx';
import { Segments } from '../../parts/segments.jsx';
import { Ablation, study as ablation } from './ablation.jsx';
import { studiesOpen } from './open.js';
import { Seeds, study as seeds } from './seeds.jsx';
import './studies.css';

const view = signal(/** @type {'seeds' | 'ablation'} */ ('seeds'));

export function Studies() {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    dialog.current?.showModal();
    // What nobody sees takes no time of the machine.
    return () => {
      seeds.pause();
      ablation.pause();
    };
  }, []);
  const choose = (/** @type {'seeds' | 'ablation'} */ next) => {
    (next === 'seeds' ? ablation : seeds).pause();
    view.value = next;
  };
  return (
    <dialog
      class="studies"
      ref={dialog}
      aria-labelledby="studies-title"
      onKeyDown={(event) => event.stopPropagation()}
      onClose={() => void (studiesOpen.value = false)}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <div class="inner">
        <div class="top">
          <h2 id="studies-title">{t('studies')}</h2>
          <Segments
            label={t('studiesViews')}
            value={view.value}
            choose={choose}
            options={[
              ['seeds', t('studySeeds')],
              ['ablation', t('ablation')],
            ]}
          />
          <Button name={t('closeUnit')} icon={ICONS.close} action={() => dialog.current?.close()} />
        </div>
        <div class="view" tabIndex={0}>
          {view.value === 'seeds' ? <Seeds /> : <Ablation />}
        </div>
      </div>
    </dialog>
  );
}
