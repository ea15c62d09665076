/** The rail: how much to show, then the journey's settings, one section open at a time. */
import { effect } from '@preact/signals';
import { t } from '../../i18n/index.js';
import { Segments } from '../../parts/segments.jsx';
import { depth } from '../../settings.js';
import { draft, schema, section } from '../../state.js';
import { returned } from '../../undo.js';
import { Section } from './section.jsx';
import { sectionIds, sectionOf } from './sections.js';
import './rail.css';

/** What is undone is seen where it stands. */
effect(() => {
  const { where } = returned.value;
  if (where) section.value = sectionOf(schema.peek(), where);
});

export function Rail() {
  return (
    <nav class="rail" aria-label={t('section')}>
      <div class="depth">
        <Segments
          label={t('depth')}
          options={[
            ['starter', t('starter')],
            ['explorer', t('explorer')],
            ['lab', t('lab')],
          ]}
          value={depth.value}
          choose={(next) => (depth.value = next)}
        />
      </div>
      {sectionIds(schema.value, draft.value).map((id) => (
        <Section key={id} id={id} />
      ))}
      <a class="words" href="?glossary" target="_blank" rel="noopener">
        {t('glossary')}
      </a>
    </nav>
  );
}
