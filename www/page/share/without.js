/** What a link cannot hold. */
import { count, short } from '../../format.js';
import { t } from '../../i18n/index.js';
import * as state from '../../state.js';
import { MOST } from '../../way.js';

/** Names that stand in a document. @param {import('../../boundary').Document} it @param {Set<string>} found */
function names(it, found) {
  if (typeof it === 'string') found.add(it);
  else if (it && typeof it === 'object') for (const value of Object.values(it)) names(value, found);
  return found;
}

/** What of the runs is not in their link, in words. @param {Iterable<string>} files that the user gave */
export function without(files) {
  const found = new Set();
  for (const { experiment, from } of state.entries.value) names([experiment, from?.before], found);
  names(state.draft.value, found);
  const given = [...files].filter((name) => found.has(name)).map((name) => t('shareWithoutFile', { name: short(name) }));
  const looked = state.runs.value.some(({ revealed }) => revealed.length > 0);
  const many = state.told.value.log.length > MOST;
  return [...given, ...(looked ? [t('shareWithoutLooks')] : []), ...(many ? [t('shareWithoutSteps', { most: count(MOST) })] : [])];
}
