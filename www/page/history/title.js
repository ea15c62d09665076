/** The experiment in a few words: its data and its model, as the form calls them. */
import { choices, resolve, tagOf } from '../../experiment.js';
import { words } from '../../i18n/index.js';
import * as state from '../../state.js';

/** The words of what is chosen. @param {'data' | 'learner'} what */
function chosen(what) {
  const schema = state.schema.value;
  const tag = tagOf(state.draft.value[what]);
  const option = choices(resolve(schema, schema.properties[what])).find(([name]) => name === tag);
  return (option && words(resolve(schema, option[1]), 'title')) || tag;
}

export const title = () => `${chosen('data')} · ${chosen('learner')}`;
