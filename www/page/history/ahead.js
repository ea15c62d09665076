/** The learning rate that is planned from here on, for its lane. */
import { useEffect, useState } from 'preact/hooks';
import { engine } from '../../engine.js';

/** @typedef {import('../../boundary').Document} Document */
/** @typedef {import('../../state.js').AnyRun} AnyRun */

/** Places of the planned curve. */
const PLACES = 200;

/** @typedef {{x: ArrayLike<number>, y: ArrayLike<number>, end: number, listens: boolean}} Ahead */

/**
 * The planned rates beyond the present update, over updates; null where there is no plan, or x counts something else.
 * @param {AnyRun | undefined} run @param {string} unit @param {Document} experiment @returns {Ahead | null}
 */
export function useAhead(run, unit, experiment) {
  const [curve, setCurve] = useState(/** @type {import('../../boundary').Rates | null} */ (null));
  const text = JSON.stringify(experiment);
  useEffect(() => {
    let wanted = true;
    engine.rates(text, 0, PLACES).then(
      (next) => wanted && setCurve(next),
      () => {},
    );
    return () => void (wanted = false);
  }, [text]);
  if (!curve || unit !== 'update' || !run || run.learning_rate === null) return null;
  const from = curve.updates.findIndex((update) => update >= run.update);
  if (from < 0) return null;
  const flat = curve.rates.every((rate) => rate === curve.rates[0]);
  return {
    x: curve.updates.slice(from),
    y: curve.rates.slice(from),
    end: flat ? 0 : curve.updates[curve.updates.length - 1],
    listens: curve.listens,
  };
}
