/** The rail: how much to show, then the journey's settings, one section open at a time. */
import { t } from '../i18n/index.js';
import { Segments } from '../parts/segments.jsx';
import { depth } from '../settings.js';
import { draft } from '../state.js';
import { Section } from './rail/section.jsx';
import { sectionIds } from './rail/sections.js';
import './rail/rail.css';

export function Rail() {
  return (
    <nav class="rail" aria-label={t('section')}>
      <div class="depth">
        <Segments label={t('depth')} options={[['starter', t('starter')], ['explorer', t('explorer')], ['lab', t('lab')]]} value={depth.value} choose={(next) => (depth.value = next)} />
      </div>
      {sectionIds(draft.value).map((id) => <Section key={id} id={id} />)}
      <a class="words" href="?glossary" target="_blank" rel="noopener">{t('glossary')}</a>
    </nav>
  );
}
