/** In the data's section: the ways to points and to images of one's own, and how many points of each class were drawn. */
import { count } from '../../format.js';
import { t } from '../../i18n/index.js';
import { layout, raised } from '../../layout.js';
import { Mark } from '../../views/legend.jsx';
import { used } from '../../views/map/brush.js';
import { show } from '../panels.js';
import { drawOwn, drawing } from '../answer/drawing.js';
import './own.css';

export const Own = () => (
  <div class="own">
    <button type="button" id="images" onClick={() => show('images')}>
      {t('imagesOpen')}
    </button>
    <DrawOwn />
  </div>
);

function DrawOwn() {
  const points = drawing.value;
  if (!points) {
    return (
      <button
        type="button"
        id="draw"
        onClick={() => {
          // The map is what is drawn on.
          if (layout.value === 'phone') raised.value = false;
          drawOwn();
        }}
      >
        {t('drawOwn')}
      </button>
    );
  }
  const classes = used(points);
  return (
    <div class="drawn" id="drawn">
      <p class="hint">{t('drawHow')}</p>
      <ul>
        {classes.map((of, at) => (
          <li key={of}>
            <Mark shape={at} classes={Math.max(2, classes.length)} />
            {t('drawOfClass', { name: of, n: count(points.filter((point) => point[2] === of).length) })}
          </li>
        ))}
      </ul>
    </div>
  );
}
