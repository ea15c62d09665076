/** How the history is looked at, kept in this browser. */
import { stored } from '../../settings.js';

/** Lanes that the user switched on or off, by name; the others follow their defaults. */
export const chosen = stored('history.lanes', /** @type {Record<string, boolean>} */ ({}));

/** What the x axis can count: columns of the history. */
const UNITS = /** @type {const} */ (['update', 'epoch', 'rows', 'gradient_evaluations', 'seconds']);
/** @typedef {typeof UNITS[number]} Unit */
export const unit = stored('history.x', /** @type {Unit} */ ('update'), UNITS);

export const logLoss = stored('history.logLoss', false);
export const logNorms = stored('history.logNorms', true);
export const gap = stored('history.gap', true);
/** Spikes are in range too. */
export const full = stored('history.full', false);

/** The largest weight of the past in the smoothing. */
export const SMOOTHEST = 0.99;
const weight = stored('history.smoothing', 0);

/** The weight of the past, whatever was stored. */
export const smoothing = {
  get value() {
    return Math.max(0, Math.min(SMOOTHEST, weight.value));
  },
  set value(next) {
    weight.value = next;
  },
};
