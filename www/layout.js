/** The form of the page by the room there is: a desk shows everything, a tablet folds the settings away, a phone shows one panel at a time. */
import { computed, signal } from '@preact/signals';

/** @param {string} query */
function matches(query) {
  const media = matchMedia(query);
  const found = signal(media.matches);
  media.addEventListener('change', () => (found.value = media.matches));
  return found;
}

const narrow = matches('(max-width: 700px), (max-height: 480px) and (max-width: 950px)');
const middling = matches('(max-width: 1180px)');

/** 'phone', 'tablet' or 'desk'. */
export const layout = computed(() => (narrow.value ? 'phone' : middling.value ? 'tablet' : 'desk'));

/** There is room for what elsewhere is cut short. */
export const roomy = matches('(min-width: 1181px) and (min-height: 900px)');

/** The panel that a phone shows below the map, by its id. */
export const tab = signal('metrics');
/** A phone's panel covers the map as well. */
export const raised = signal(false);
/** A tablet's settings are unfolded. */
export const drawer = signal(false);
/** Large and without settings, for the back row. */
export const present = signal(false);

/** Into present mode and out of it; full screen where the browser lets it. */
export function togglePresent() {
  present.value = !present.value;
  if (present.value) document.documentElement.requestFullscreen?.().catch(() => {});
  else if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
}
document.addEventListener('fullscreenchange', () => {
  if (!document.fullscreenElement) present.value = false;
});
