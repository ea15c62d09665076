/** What the augmentations, as they are edited, make of a few training rows: connects the engine to the drawings. Nothing is asked while it is not shown. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { engine } from '../../engine.js';
import { t } from '../../i18n/index.js';
import { Button, ICONS } from '../../parts/button.jsx';
import { Help } from '../../parts/help.jsx';
import { Toggle } from '../../parts/toggle.jsx';
import { draft, points, rows as sent } from '../../state.js';
import { Canvas } from '../../views/canvas.jsx';
import { drawPair, pairs, roomOf } from '../../views/rows/beside.js';
import { drawMoved } from '../../views/rows/moved.js';
import { gap } from '../history/options.js';
import './augmented.css';

/** Milliseconds without a change before the engine is asked: the change itself goes first. */
const REST = 40;
/** Points that are shown at most, pictures, and lines. */
const [POINTS, PICTURES, LINES] = [80, 6, 4];

/** @typedef {import('../../boundary').Augmented} Preview */

export function Augmented() {
  const [preview, setPreview] = useState(/** @type {Preview | null} */ (null));
  const [drawn, setDrawn] = useState(0);
  const text = JSON.stringify(draft.value);
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(
      () =>
        engine.augmented(text, POINTS, drawn).then(
          (next) => wanted && setPreview(next),
          () => {},
        ),
      REST,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [text, drawn]);
  if (!draft.value.augment.length) return null;
  return (
    <figure class="augmented">
      <figcaption>
        <b>{t('augmented')}</b>
        <Help title={t('augmented')} text={t('augmentedGap')} term="generalisation-gap" />
        <Button name={t('augmentedAgain')} icon={ICONS.again} action={() => setDrawn(drawn + 1)} />
      </figcaption>
      {!preview && <p class="hint">{t('augmentedLater')}</p>}
      {preview && (preview.shape.kind === 'flat' ? <Points preview={preview} /> : <Beside preview={preview} />)}
      <p class="hint">{t('augmentedGap')}</p>
      <Toggle label={t('chartGap')} on={gap.value} flip={(on) => (gap.value = on)} />
    </figure>
  );
}

/** @param {{preview: Preview}} props */
function Points({ preview }) {
  const [across, up = t('augmentedTarget')] = preview.features;
  const added = preview.answers.length - preview.rows;
  const label = [t('augmentedPoints', { n: preview.rows, across, up }), added && t('augmentedAdded', { n: added })]
    .filter(Boolean)
    .join(' ');
  return (
    <>
      <Canvas
        label={label}
        draw={(context, width, height, colours) => drawMoved(context, width, height, colours, preview, { across, up })}
      />
      <p class="key">
        <span>
          <i class="faint" /> {t('augmentedFaint')}
        </span>
        <span>
          <i /> {t('augmentedSolid')}
        </span>
        {added > 0 && (
          <span>
            <i class="hollow" /> {t('augmentedMade')}
          </span>
        )}
      </p>
    </>
  );
}

/** @param {{preview: Preview}} props */
function Beside({ preview }) {
  const { shape, before, after, rows } = preview;
  const made = useMemo(() => pairs(shape, before, after, rows), [preview]);
  const { width, height } = roomOf(shape);
  // In the page's language where the run has the same classes.
  const classes = String(sent.value?.classes) === String(preview.classes) ? (points.value?.classes ?? []) : preview.classes;
  const shown = Math.min(rows, shape.kind === 'image' ? PICTURES : LINES);
  return (
    <ul>
      {Array.from({ length: shown }, (_, row) => (
        <li key={row} style={{ '--wide': `${width}px`, '--high': `${height}px` }}>
          <Canvas draw={(context, _width, _height, colours) => drawPair(context, made, row, colours)} />
          {targetOf({ ...preview, classes }, row)}
        </li>
      ))}
    </ul>
  );
}

/** What a row is to be answered with: its class, or how much of which; nothing where it is a number. @param {Preview} preview @param {number} row */
function targetOf({ classes, answers, others, shares }, row) {
  if (!classes.length) return null;
  const first = classes[answers[row]];
  const share = shares.length && others[row] !== answers[row] ? Math.round(100 * shares[row]) : 100;
  if (share === 100) return <span>{first}</span>;
  return <span>{t('augmentedBoth', { first, a: share, second: classes[others[row]], b: 100 - share })}</span>;
}
