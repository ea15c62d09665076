/** The button of a panel that lets it fill the stage, and shows the others again. */
import { t } from '../../i18n/index.js';
import { layout } from '../../layout.js';
import { Button, ICONS } from '../../parts/button.jsx';
import { fill, filled } from '../../stage.js';

/** On a phone a panel fills what it can already. @param {{panel: import('../../stage.js').Panel}} props */
export function Fill({ panel }) {
  if (layout.value === 'phone') return null;
  const large = filled.value === panel;
  return (
    <Button
      name={t(large ? 'stageBack' : 'stageFill')}
      icon={large ? ICONS.shrink : ICONS.grow}
      action={() => fill(panel)}
      keys={large ? 'F, Esc' : 'F'}
    />
  );
}
