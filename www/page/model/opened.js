/** What of the layers is on screen, and with it what the engine is asked for. */
import { effect, signal } from '@preact/signals';
import * as state from '../../state.js';

/** The layer that is looked at closely: its number, and within a residual block the number there. */
export const opened = signal(/** @type {number[] | null} */ (null));

/** How the layers are shown: as blocks, as a table, or as units and edges, which need nothing of this. */
export const mode = signal(/** @type {'blocks' | 'table' | 'units'} */ ('units'));

/** Milliseconds between looks at how the layers are: now and then for the marks of the drawing, oftener where numbers are read. */
const OFTEN = { drawing: 2000, reading: 500 };

effect(() => {
  const [open, shown] = [opened.value, mode.value];
  state.looking.value = shown === 'blocks' || (shown === 'table' && open !== null);
  state.watching.value = shown === 'units' ? 0 : open || shown === 'table' ? OFTEN.reading : OFTEN.drawing;
  state.close.value = shown !== 'units' && open ? open[0] : null;
});
