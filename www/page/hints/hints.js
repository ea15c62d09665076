/**
 * Hints: what only those find who know, told at the moment when it helps. One at a time, each once in this browser, none while a lesson or a challenge leads or a class
 * looks on. What was dismissed makes room for the next one only when training has begun anew.
 */
import { computed, effect, signal } from '@preact/signals';
import { layersOf } from '../../abilities.js';
import { tagOf } from '../../experiment.js';
import { partOf, settingsOf } from '../../family.js';
import { present } from '../../layout.js';
import * as race from '../../race.js';
import { speed, stored } from '../../settings.js';
import * as state from '../../state.js';
import { challenge, place } from '../lessons/open.js';
import { isOpen, show } from '../panels.js';

/** Whether hints are wanted. */
export const hinting = stored('hints', true);
/** Those that were given, the oldest first. */
const given = stored('hints.given', /** @type {string[]} */ ([]));

/** The settings of what learns. @returns {Record<string, import('../../boundary').Document>} */
const settings = () => (state.draft.value ? settingsOf(state.draft.value) : {});
/** What is usual in its place. @param {string} key */
const usual = (key) => partOf(state.schema.value, state.draft.value).properties[key]?.default;
/** A run has ended and is looked at as it is. */
const ended = () => !state.running.value && Boolean(state.run.value?.stop);
const section = (/** @type {string} */ id) => () => void (state.section.value = id);

/**
 * `when` is the moment, `done` that its matter was found without it or because of it, `show` opens it.
 * @typedef {{id: string, when: () => unknown, done: () => unknown, show?: () => void}} Hint
 */

/** The first of which the moment has come is given. @type {Hint[]} */
const HINTS = [
  {
    id: 'speed',
    when: () => state.running.value && speed.value === 'show' && (state.run.value?.update ?? 0) >= 300,
    done: () => speed.value === 'max',
  },
  {
    id: 'range',
    when: () => ended() && settings().optimizer && state.run.value?.stop?.reason === 'diverged',
    done: () => state.section.value === 'optimizer',
    show: section('optimizer'),
  },
  {
    id: 'studies',
    when: () => !state.running.value && state.runs.value.length > 1 && state.runs.value.every(({ arrival, stop }) => arrival || stop),
    done: () => isOpen('studies'),
    show: () => show('studies'),
  },
  { id: 'scrub', when: ended, done: () => race.back.value !== null },
  {
    id: 'schedule',
    when: () => !state.running.value && settings().schedule && tagOf(settings().schedule) !== 'constant',
    done: () => false,
  },
  {
    id: 'surfaces',
    when: () => ended() && settings().optimizer && tagOf(settings().optimizer) !== tagOf(usual('optimizer')),
    done: () => isOpen('surfaces'),
    show: () => show('surfaces'),
  },
  {
    id: 'transfer',
    when: () => ended() && settings().transfer && state.points.value?.shape.kind !== 'flat',
    done: () => Boolean(settings().transfer?.file),
    show: section('model'),
  },
  {
    id: 'landscape',
    when: () => ended() && layersOf(state.run.value),
    done: () => isOpen('landscape'),
    show: () => show('landscape'),
  },
  { id: 'challenges', when: ended, done: () => isOpen('lessons') || challenge.value !== null, show: () => show('lessons') },
];

/** The hint that is told. */
const told = signal(/** @type {Hint | null} */ (null));
/** One was told since training last began. */
let rested = true;

const quiet = computed(() => !hinting.value || present.value || place.value !== null || challenge.value !== null);

effect(() => {
  if (state.running.value) rested = true;
});

effect(() => {
  if (!state.draft.value || !state.run.value) return;
  const now = told.peek();
  if (now) {
    if (quiet.value || now.done() || !now.when()) told.value = null;
    return;
  }
  if (quiet.value || !rested) return;
  // What was found already needs no hint.
  const next = HINTS.find(({ id, when, done }) => !given.peek().includes(id) && when() && !done());
  if (!next) return;
  rested = false;
  given.value = [...given.peek(), next.id];
  told.value = next;
});

export const hint = computed(() => told.value);

export const dismiss = () => void (told.value = null);
