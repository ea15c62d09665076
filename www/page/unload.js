/** Before the page is left: asks where something would be lost that a link or a moment of training does not bring back. */
import { engine } from '../engine.js';
import { kept } from '../kept.js';
import * as state from '../state.js';
import { studying } from './studies/open.js';

/** Seconds of training that nobody wants to wait for twice. */
const LONG = 20;

/** Whether a run has trained for long, a study is under way, or the experiment is of a file that only this page has: the browser did not keep it. */
export function loses() {
  const trained = state.runs.peek().some(({ seconds }) => seconds >= LONG);
  const told = JSON.stringify(state.entries.peek().map(({ experiment }) => experiment));
  const safe = new Set((kept.peek() ?? []).map(({ name, size }) => `${size} ${name}`));
  const lost = [...engine.files()].filter(([name, bytes]) => !safe.has(`${bytes.length} ${name}`));
  return trained || studying.peek() || lost.some(([name]) => told.includes(JSON.stringify(name)));
}

export const guard = () =>
  addEventListener('beforeunload', (event) => {
    if (loses()) event.preventDefault();
  });
