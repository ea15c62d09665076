/** The state as the charts see it: paced, so that drawing never takes the frame from the rest of the page. */
import { effect } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import * as state from '../../state.js';

/**
 * Milliseconds between two drawings while training.
 *
 * Profiled at full speed with thousands of rows and 5 lanes, smoothed, in a Chromium that rasterises in software on two shared cores: one
 * drawing of everything takes about 9 ms, half of it uPlot's strokes and fills, an eighth its extremes, an eighth the percentiles in
 * `extent` (which is why it looks at a sample). The smoothing is 0.5 %, because it goes on where it was. Drawn with every frame that
 * is a quarter of the time and costs the rest of the page a fifth of its frames, for pictures that the eye does not tell apart.
 */
const PACE = 50;

const read = () => ({ histories: state.histories.value, runs: state.runs.value, of: /** @type {number} */ (state.frame.value?.of ?? 0) });

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
      set({ histories: state.histories.peek(), runs: state.runs.peek(), of: state.frame.peek()?.of ?? 0 });
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
