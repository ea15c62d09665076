/** A table that was just opened is seen with its columns: in the settings where they are there, else in the view of the data. */
import { effect, untracked } from '@preact/signals';
import { drawer, layout, present, raised, tab } from '../../layout.js';
import * as state from '../../state.js';
import { challenge, place } from '../lessons/open.js';
import { lookAtData } from './open.js';

effect(() => {
  if (!state.shown.value) return;
  untracked(() => {
    const taught = place.value !== null || challenge.value !== null;
    if (layout.value === 'phone') {
      tab.value = 'settings';
      // What is wrong and what helps stands below the button that opened it.
      raised.value = true;
    } else if (present.value || (layout.value === 'desk' ? taught : !drawer.value)) lookAtData('columns');
  });
});
