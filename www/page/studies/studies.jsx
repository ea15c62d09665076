/** Questions that take many runs, over the page: does a result hold over seeds, and what does each technique save? They run in workers of their own. */
import { effect, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { t } from '../../i18n/index.js';
import { Segments } from '../../parts/segments.jsx';
import { Sheet } from '../../parts/sheet.jsx';
import { Ablation, study as ablation } from './ablation.jsx';
import { studying } from './open.js';
import { Seeds, study as seeds } from './seeds.jsx';
import './studies.css';

const view = signal(/** @type {'seeds' | 'ablation'} */ ('seeds'));

effect(() => {
  studying.value = [seeds, ablation].some(({ stage }) => stage.value !== 'none' && stage.value !== 'cancelled');
});

/** @param {{close: () => void}} props */
export default function Studies({ close }) {
  useEffect(() => {
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
    <Sheet
      id="studies"
      title={t('studies')}
      tall
      close={close}
      keys={(event) => event.stopPropagation()}
      head={
        <Segments
          label={t('studiesViews')}
          value={view.value}
          choose={choose}
          options={[
            ['seeds', t('studySeeds')],
            ['ablation', t('ablation')],
          ]}
        />
      }
    >
      <div class="view" tabIndex={0}>
        {view.value === 'seeds' ? <Seeds /> : <Ablation />}
      </div>
    </Sheet>
  );
}
