/** The state as the charts see it: paced, so that drawing never takes the frame from the rest of the page. */
import { effect } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import * as state from '../../state.js';

/**
 * Milliseconds between two drawings while training.
 *
 * Measured at full speed with 4,096 rows and 5 lanes, smoothed, in a software-rendered Chromium on two shared cores: one drawing of
 * everything takes about 4 ms of script, half of it uPlot (extremes 20 %, paths 30 %), a quarter the percentiles in `extent`, which is
 * why it looks at a sample; the smoothing is below what the profiler sees, because it goes on where it was. At 25 drawings a second that
 * is a tenth of the time; at 60 it was a quarter, for pictures that the eye does not tell apart.
 */
const PACE = 40;

const read = () => ({ columns: state.history.value, run: state.run.value });

/** @typedef {ReturnType<typeof read>} Snapshot */

/** The newest columns and frame, at most every `PACE` ms; the last state always comes. */
export function useSnapshot() {
  const [snapshot, set] = useState(read);
  useEffect(() => {
    let last = 0;
    let timer = 0;
    const flush = () => {
      timer = 0;
      last = performance.now();
      set({ columns: state.history.peek(), run: state.run.peek() });
    };
    const stop = effect(() => {
      read();
      if (timer) return;
      const wait = last + PACE - performance.now();
      if (wait > 0) timer = window.setTimeout(flush, wait);
      else flush();
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
  return snapshot;
}
