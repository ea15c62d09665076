/** Images of one's own: chosen or dropped, told apart by class, made small and alike, and handed over as a table. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { count } from '../../format.js';
import { t } from '../../i18n/index.js';
import { Segments } from '../../parts/segments.jsx';
import * as state from '../../state.js';
import * as files from '../../files.js';
import { channels, encode, size } from './encode.js';
import { chosen, counted, labelled } from './gather.js';
import { show } from '../panels.js';
import { Sheet } from '../../parts/sheet.jsx';
import './images.css';

/** @typedef {import('./gather.js').Labelled} Labelled */

/** Pixels along an edge. */
const SIDES = [8, 12, 16, 20, 24, 28, 32, 48, 64];
/** The fewest rows that a table may have. */
const FEWEST = 10;
/** Names of broken files that are listed. */
const LISTED = 5;

/** @param {{given: Labelled[] | null, close: () => void}} props `given` are the images that are being looked at */
export default function Images({ given, close }) {
  const images = given ?? [];
  const [side, setSide] = useState(28);
  const [shades, setShades] = useState(/** @type {'grey' | 'colour'} */ ('grey'));
  const [done, setDone] = useState(/** @type {number | null} */ (null));
  const [broken, setBroken] = useState(/** @type {string[]} */ ([]));
  const stopped = useRef(false);
  useEffect(() => () => void (stopped.current = true), []);
  const take = (/** @type {HTMLInputElement} */ input) => {
    const found = chosen(input.files ?? []);
    // The same files may be chosen again after they were mended.
    input.value = '';
    setBroken([]);
    if (found.length) show('images', labelled(found));
  };
  const classes = counted(images);
  const form = { side, colour: shades === 'colour' };
  const largest = state.schema.value.$defs.Csv.properties.path['x-largest-bytes'];
  const needed = size(images.length, form);
  const few = images.length < FEWEST || classes.length < 2;
  const problem = !images.length
    ? ''
    : few
      ? t('imagesFew', { least: FEWEST, n: count(images.length), classes: count(classes.length) })
      : needed > largest
        ? t('imagesLarge', { size: Math.ceil(needed / 2 ** 20), most: largest >> 20 })
        : '';

  const use = async () => {
    setBroken([]);
    setDone(0);
    stopped.current = false;
    const table = await encode(images, form, setDone, () => stopped.current);
    setDone(null);
    if (!table) return;
    // What cannot be read is named before anything is done without it.
    if (table.broken.length) {
      setBroken(table.broken);
      show(
        'images',
        images.filter(({ path }) => !table.broken.includes(path)),
      );
      return;
    }
    close();
    await files.takeImages(`${nameOf(images)}-${side}.csv`, table.bytes, { channels: channels(form), height: side });
  };

  const busy = done !== null;
  return (
    <Sheet id="images" title={t('imagesTitle')} close={close} asks>
      <p class="hint">{t('imagesWhat')}</p>
      <div class="choosers">
        <label class="file">
          {t('imagesFolder')}
          <input type="file" disabled={busy} {...{ webkitdirectory: true }} onChange={(event) => take(event.currentTarget)} />
        </label>
        <label class="file">
          {t('imagesFiles')}
          <input
            type="file"
            multiple
            disabled={busy}
            accept="image/png,image/jpeg,image/webp,image/gif,image/bmp"
            onChange={(event) => take(event.currentTarget)}
          />
        </label>
      </div>
      {images.length > 0 && (
        <>
          <ul class="classes" tabIndex={0} aria-label={t('imagesClasses', { n: count(classes.length) })}>
            {classes.map(([label, n]) => (
              <li key={label}>
                <b>{label}</b> {count(n)}
              </li>
            ))}
          </ul>
          <div class="form">
            <label>
              {t('imagesSize')}{' '}
              <select id="images-side" value={side} disabled={busy} onChange={(event) => setSide(Number(event.currentTarget.value))}>
                {SIDES.map((each) => (
                  <option key={each} value={each}>
                    {each} × {each}
                  </option>
                ))}
              </select>
            </label>
            <Segments
              label={t('imagesShades')}
              value={shades}
              choose={setShades}
              options={[
                ['grey', t('imagesGrey')],
                ['colour', t('imagesColour')],
              ]}
            />
          </div>
          <p class="hint">{t('imagesMiddle')}</p>
        </>
      )}
      {broken.length > 0 && (
        <p class="problem" role="alert">
          {t('imagesBroken', { n: count(broken.length), names: broken.slice(0, LISTED).join(', ') })}
          {broken.length > LISTED && ` ${t('more', { n: broken.length - LISTED })}`} {t('imagesWithout')}
        </p>
      )}
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {busy && (
        <p class="reading" role="status">
          <progress value={done} max={images.length} aria-label={t('imagesReading', { n: '', all: count(images.length) })} />{' '}
          {t('imagesReading', { n: count(done), all: count(images.length) })}
        </p>
      )}
      <div class="ends">
        <button type="button" onClick={() => (busy ? (stopped.current = true) : close())}>
          {t('imagesCancel')}
        </button>
        <button type="button" class="primary" id="images-use" disabled={busy || !images.length || problem !== ''} onClick={use}>
          {t('imagesUse', { n: count(images.length) })}
        </button>
      </div>
    </Sheet>
  );
}

/** The folder around all of them, where there is one. @param {Labelled[]} images */
function nameOf(images) {
  const roots = new Set(images.map(({ path }) => (path.includes('/') ? path.split('/')[0] : '')));
  return (roots.size === 1 && [...roots][0]) || 'images';
}
