/** A generator against a discriminator: what each makes of what, who moved last, and what the discriminator predicted. Made samples are crosses on the map, their pull arrows. */
import { count, number } from '../../../format.js';
import { t } from '../../../i18n/index.js';
import { Stage } from '../../../parts/stage.jsx';
import { Canvas } from '../../canvas.jsx';
import { draw, fitted } from '../../rows/ink.js';
import './gan.css';

/** Made samples beside each other. */
const ABREAST = 6;

/** @typedef {import('../../../boundary').GanPlayer} Player */

/** @param {import('../index.js').Given<'gan'>} props */
export default function Gan({ run, points, family, tools }) {
  const { generator, discriminator, last, real, made } = run.view;
  const losses = [run.view.generator_loss, run.view.discriminator_loss];
  return (
    <Stage id="model" head="title" title={family} tools={tools}>
      <div class="gan" tabIndex={0}>
        {run.samples && <Made samples={run.samples} points={points} />}
        <Network
          player={generator}
          name={t('ganGenerator')}
          from={t('ganNoise')}
          to={t('ganSample')}
          now={last === 'generator'}
          loss={losses[0]}
        />
        <Network
          player={discriminator}
          name={t('ganDiscriminator')}
          from={t('ganSample')}
          to={t('ganReal')}
          now={last === 'discriminator'}
          loss={losses[1]}
        />
        <p role="status">{t(`ganSays_${last ?? 'none'}`)}</p>
        <h3>{t('ganPredictions')}</h3>
        <div class="answers">
          <Answer name={t('ganToData')} value={real} />
          <Answer name={t('ganToMade')} value={made} />
          <p class="ends">
            <span>{t('madeHere')}</span>
            <span>{t('ganDraw')}</span>
            <span>{t('realHere')}</span>
          </p>
        </div>
        {!run.samples && <p>{t('ganOnMap')}</p>}
      </div>
    </Stage>
  );
}

/** One player: a box a layer. @param {{player: Player, name: string, from: string, to: string, now: boolean, loss: number | null}} props */
function Network({ player, name, from, to, now, loss }) {
  const hidden = player.units.slice(0, -1);
  const boxes = [[player.inputs, from], ...hidden.map((units) => [units, '']), [player.units[player.units.length - 1], to]];
  return (
    <section class={now ? 'player now' : 'player'} aria-current={now ? 'step' : undefined}>
      <h3>
        {name} <small>{t('ganLoss', { value: number(loss) })}</small>
      </h3>
      <ol aria-label={t('ganLayers', { name })}>
        {boxes.map(([units, says], at) => (
          <li key={at}>
            <b>{count(Number(units))}</b>
            {says && <span>{says}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Made samples as what they are: images, sequences. @param {{samples: Float32Array, points: import('../../../state.js').Points}} props */
function Made({ samples, points }) {
  const { shape, columns } = points;
  const rows = samples.length / columns.length;
  const made = { inputs: samples, shape, symbols: [] };
  return (
    <>
      <h3>{t('ganMade')}</h3>
      <div class="made" style={{ '--wide': ABREAST, '--deep': Math.ceil(rows / ABREAST) }}>
        <Canvas
          label={t('ganMade')}
          draw={(context, width, height, colours) => {
            const [w, h] = [width / ABREAST, height / Math.ceil(rows / ABREAST)];
            for (let row = 0; row < rows; row++) {
              const [x, y] = [(row % ABREAST) * w, Math.floor(row / ABREAST) * h];
              draw(context, made, row, fitted(shape, { x: x + 2, y: y + 2, w: w - 4, h: h - 4 }), colours);
            }
          }}
        />
      </div>
    </>
  );
}

/** How the discriminator answered on the whole, between made and real. @param {{name: string, value: number | null}} props */
const Answer = ({ name, value }) => (
  <p class="answer">
    <span>{name}</span>
    <i>{value !== null && Number.isFinite(value) && <em style={{ '--at': value }} />}</i>
    <b>{number(value)}</b>
  </p>
);
