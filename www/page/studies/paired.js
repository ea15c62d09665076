/** Runs of the same seeds, compared pair by pair by the engine, with what is left of each probability where several comparisons are made. */
import { useEffect, useState } from 'preact/hooks';
import { engine } from '../../engine.js';
import { holm } from './holm.js';
import { least } from './said.js';

/** Updates of two groups to the line, seed by seed, infinite where it was never reached; and how the groups are called. @typedef {{pairs: [number, number][], names: [string, string]}} Question */
/** `sign` and `rank` are the probabilities after Holm's correction. @typedef {Awaited<ReturnType<typeof engine.paired>> & {sign: number, rank: number}} Answer */

/** One answer a question, null for what has no pairs or is not known yet. @param {Question[]} questions @returns {(Answer | null)[]} */
export function usePaired(questions) {
  const [answers, setAnswers] = useState(/** @type {(Answer | null)[]} */ ([]));
  useEffect(() => {
    let here = true;
    const ask = async (/** @type {Question} */ { pairs, names }) =>
      pairs.length
        ? await engine.paired(
            pairs.map(([a]) => least(a)),
            pairs.map(([, b]) => least(b)),
            ...names,
          )
        : null;
    Promise.all(questions.map(ask)).then(
      (found) => here && setAnswers(corrected(found)),
      () => {},
    );
    return () => void (here = false);
  }, [JSON.stringify(questions.map(({ pairs, names }) => [pairs.map((pair) => pair.map(String)), names]))]);
  return questions.map((_, at) => answers[at] ?? null);
}

/** @param {(Awaited<ReturnType<typeof engine.paired>> | null)[]} found @returns {(Answer | null)[]} */
function corrected(found) {
  const known = found.filter((one) => one !== null);
  const [signs, ranks] = [holm(known.map(({ sign_p }) => sign_p)), holm(known.map(({ rank_p }) => rank_p))];
  let at = 0;
  return found.map((one) => one && { ...one, sign: signs[at], rank: ranks[at++] });
}
