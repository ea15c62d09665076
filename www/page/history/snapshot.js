/** The state as the charts see it: paced, so that drawing never takes the frame from the rest of the page. */
import { effect } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import * as state from '../../state.js';

/** Milliseconds between two drawings while training. */
const PACE = 40;

const read = () => ({ columns: state.history.value, run: state.run.value });

/** @typedef {ReturnType<typeof read>} Snapshot */

/** The newest columns and frame, at most every `PACE` ms; the last state always comes. */
export function useSnapshot() {
  const [snapshot, set] = useState(read);
  useEffect(() => {
    let last = 0;
    let timer = 0;
    const stop = effect(() => {
      const now = read();
      // A frame of the same model, as the pointer moves over the map, changes no line.
      if (timer) return;
      const wait = last + PACE - performance.now();
      const flush = () => {
        timer = 0;
        last = performance.now();
        set((before) => {
          const next = { columns: state.history.peek(), run: state.run.peek() };
          return before.columns === next.columns && before.run === next.run ? before : next;
        });
      };
      if (wait <= 0 && now) flush();
      else timer = window.setTimeout(flush, wait);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
  return snapshot;
}
