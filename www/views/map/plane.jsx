/**
 * A picture that can be looked at closely: hover, tap or arrow keys name the row or the place under them, keys jump between rows that are
 * wrong, wheel, pinch, drag and keys move the view. It knows places as fractions of itself from the left and from the top.
 */
import { useSignal } from '@preact/signals';
import { useEffect, useId, useMemo, useRef } from 'preact/hooks';
import { Canvas } from '../canvas.jsx';
import { gestures } from './gestures.js';
import { keys } from './keys.js';
import './plane.css';

/** @typedef {{row: number | null, fx: number, fy: number, by: 'mouse' | 'touch' | 'keys'}} Spot what is looked at: a row, or a place where there is none */
/** @typedef {{range: ArrayLike<number>, home: ArrayLike<number>, moved: boolean, set: (range: import('./range.js').Range | null) => void, flat?: boolean}} View `flat` moves across only */
/**
 * @typedef {object} PlaneProps
 * @property {string} label
 * @property {string} summary what is to be seen, in a sentence
 * @property {import('preact').ComponentProps<typeof Canvas>['draw']} draw
 * @property {any} of what the rows are of: others close what is said of one
 * @property {number} count rows
 * @property {(row: number, place: {fx: number, fy: number}) => boolean} place writes where a row lies; false for a row that is not drawn
 * @property {() => number[]} misses rows to jump between
 * @property {(spot: Spot) => any} read what is said of a spot, beside it
 * @property {(spot: Spot) => string} speak the same for those who listen
 * @property {View} [view] what moves, if anything does
 * @property {(fx: number | null, fy: number) => void} [follow] hears where the pointer is, null when it leaves
 * @property {(fx: number) => number | null} [snap] where above a place the model's answer lies, if it is drawn as a line
 * @property {boolean} [wide] takes all the room, not a square
 * @property {(row: number) => void} [choose] hears of a row that is clicked, tapped or gone to by a key
 * @property {(fx: number) => number | null} [pick] the row under the pointer wherever above it the pointer is, where rows lie in a line
 * @property {(row: number | null, by: number) => number | null} [walk] the row some rows further along, where rows lie in a line: the arrow keys go there
 * @property {Hand} [hand] a tool that one pointer and some keys are for instead
 */

/**
 * @typedef {object} Hand
 * @property {boolean} active a tool is held: a pointer draws, where it otherwise looks and moves the view
 * @property {(fx: number, fy: number, width: number) => void} press `width` is the picture's, in pixels
 * @property {(fx: number, fy: number, width: number) => void} drag
 * @property {() => void} lift
 * @property {() => void} cancel
 * @property {(fx: number, fy: number) => void} carry the crosshair moved
 * @property {(key: string, fx: number, fy: number) => boolean} key false for a key that is none of the tool's
 */

/** Pixels within which a row is under the pointer. */
const NEAR = { mouse: 12, touch: 22, keys: 9 };

/** @param {PlaneProps} props */
export function Plane(props) {
  const { label, summary, draw, view, wide } = props;
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const id = useId();
  const spot = useSignal(/** @type {Spot | null} */ (null));
  const now = useRef(props);
  now.current = props;

  const control = useRef(/** @type {ReturnType<typeof controls> | null} */ (null));
  control.current ??= controls(now, box, spot);
  const { look, leave } = control.current;
  const hand = useRef(/** @type {ReturnType<typeof gestures> | null} */ (null));
  hand.current ??= gestures(now, box, look, leave);
  const press = useRef(/** @type {ReturnType<typeof keys> | null} */ (null));
  press.current ??= keys(now, spot, look, leave);

  useEffect(() => hand.current?.listen(), []);
  useEffect(leave, [props.of]);
  // Lens of a finger: it closes when another part of the page is touched.
  useEffect(() => {
    const away = (/** @type {PointerEvent} */ event) =>
      spot.peek()?.by === 'touch' && !box.current?.contains(/** @type {Node} */ (event.target)) && leave();
    document.addEventListener('pointerdown', away);
    return () => {
      document.removeEventListener('pointerdown', away);
      now.current.follow?.(null, 0);
    };
  }, []);

  return (
    <div
      ref={box}
      class={`plane${wide ? ' wide' : ''}${view?.moved ? ' moved' : ''}${view ? ' movable' : ''}${props.hand?.active ? ' held' : ''}`}
      role="application"
      tabIndex={0}
      aria-label={label}
      aria-describedby={id}
      onKeyDown={press.current}
      onBlur={() => spot.peek()?.by === 'keys' && leave()}
      {...hand.current.handlers}
    >
      <Canvas draw={draw} />
      <p id={id} class="unseen">
        {summary}
      </p>
      <Lens spot={spot} {...props} />
    </div>
  );
}

/** @param {{current: PlaneProps}} now @param {{current: HTMLDivElement | null}} box @param {import('@preact/signals').Signal<Spot | null>} spot */
function controls(now, box, spot) {
  const place = { fx: 0, fy: 0 };
  /** The nearest row within reach. @param {number} fx @param {number} fy @param {number} reach */
  const near = (fx, fy, reach) => {
    const { clientWidth: width, clientHeight: height } = /** @type {HTMLDivElement} */ (box.current);
    let [found, least] = [/** @type {number | null} */ (null), reach * reach];
    for (let row = 0; row < now.current.count; row++) {
      if (!now.current.place(row, place)) continue;
      const far = ((place.fx - fx) * width) ** 2 + ((place.fy - fy) * height) ** 2;
      if (far > least) continue;
      [found, least] = [row, far];
    }
    return found;
  };
  /** @param {number} fx @param {number} fy @param {Spot['by']} by @param {number} [row] the one that is meant, if it is known @param {boolean} [taken] it is chosen, not only looked at */
  const look = (fx, fy, by, row, taken = false) => {
    const { pick, choose, follow } = now.current;
    const found = row ?? (pick ? pick(fx) : near(fx, fy, NEAR[by]));
    spot.value = { fx, fy, by, row: found };
    follow?.(fx, fy);
    if (taken && found !== null) choose?.(found);
  };
  const leave = () => {
    spot.value = null;
    now.current.follow?.(null, 0);
  };
  return { look, leave };
}

/** What is under the pointer, and the words beside it: they slide along the point and never lie on it. @param {PlaneProps & {spot: import('@preact/signals').Signal<Spot | null>}} props */
function Lens({ spot, place, read, speak, count, snap, hand }) {
  const at = spot.value;
  const where = { fx: 0, fy: 0 };
  const row = at && at.row !== null && at.row < count && place(at.row, where) ? at.row : null;
  const listening = at?.by === 'keys';
  const shown = at && { ...at, row };
  const answer = row === null && at && snap ? snap(at.fx) : null;
  const { fx, fy } = row !== null || !at ? where : { fx: at.fx, fy: answer ?? at.fy };
  const inside = fx >= 0 && fx <= 1 && fy >= 0 && fy <= 1;
  // Said once a step of the keyboard: while the model trains, the numbers change many times a second.
  const said = useMemo(() => (listening && shown ? speak(shown) : ''), [at]);
  // What is said of a place would lie on what is drawn.
  const words = shown && inside && !hand?.active && read(shown);
  const percent = (/** @type {number} */ share) => `${(share * 100).toFixed(2)}%`;
  return (
    <>
      {at && listening && (row === null || hand?.active) && <i class="cross" style={{ left: percent(at.fx), top: percent(at.fy) }} />}
      {!hand?.active && (row !== null || answer !== null) && inside && (
        <i class={row === null ? 'target answer' : 'target'} style={{ left: percent(fx), top: percent(fy) }} />
      )}
      {words && (
        <div
          class="lens"
          style={{
            [fx > 0.5 ? 'right' : 'left']: `calc(${percent(fx > 0.5 ? 1 - fx : fx)} + 14px)`,
            maxWidth: `calc(${percent(Math.max(fx, 1 - fx))} - 18px)`,
            top: percent(fy),
            transform: `translateY(-${percent(fy)})`,
          }}
        >
          {words}
        </div>
      )}
      <p class="unseen" aria-live="polite">
        {said}
      </p>
    </>
  );
}
