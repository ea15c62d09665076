/** What helps against problems: values that are set in the document, as the engine proposes them. Knows documents and nothing else. */

/** @typedef {import('./boundary').Document} Document */

/** @typedef {import('./engine.js').Issue} Issue */

/** Documents of runs that are not looked at, by their keys: changed, and not running yet. @type {Map<number, Document>} */
export const aside = new Map();

/** A document with values set; what stands in the way of a path (a choice that is a word) becomes an object. @param {Document} document @param {import('./boundary').Remedy} remedy @returns {Document} */
export function edited(document, { edits }) {
  const next = structuredClone(document);
  for (const [path, value] of edits) {
    const names = path.split('.');
    const last = /** @type {string} */ (names.pop());
    let place = next;
    for (const name of names) {
      if (place[name] === null || typeof place[name] !== 'object') place[name] = {};
      place = place[name];
    }
    place[last] = structuredClone(value);
  }
  return next;
}

/**
 * The draft with what helps against an issue. Runs that race have their rows in common, but not how they are prepared: what helps one run is done for all that
 * have the same problem, the others' documents kept `aside` until all begin together.
 * @param {Issue} issue @param {Issue[]} all @param {Document} draft @param {{key: number, experiment: Document}[]} entries @param {string[]} shared names of what runs have in common
 */
export function applied(issue, all, draft, entries, shared) {
  let next = draft;
  const alike = all.filter(({ message, remedy }) => remedy && message.en === issue.message.en);
  // A remark is no problem of the draft.
  if (!alike.length && issue.remedy) return edited(draft, issue.remedy);
  for (const { remedy, of } of alike) {
    if (!remedy) continue;
    if (of === undefined) {
      next = edited(next, remedy);
      continue;
    }
    const own = aside.get(of) ?? entries.find(({ key }) => key === of)?.experiment;
    if (!own) continue;
    aside.set(of, edited({ ...own, ...Object.fromEntries(shared.map((name) => [name, draft[name]])) }, remedy));
  }
  return next;
}

/**
 * A document as a link tells it, with what helps against an issue for every run that has it. Its first run says what runs have in common; the others are told by
 * what differs. @param {Document} told @param {Issue} issue @param {Issue[]} all @param {number} selected the run whose issues say no run @param {string[]} shared
 */
export function appliedTold(told, issue, all, selected, shared) {
  const next = structuredClone(told);
  const runs = next.race ? next.race.runs : [next];
  for (const { path, message, remedy } of all) {
    if (!remedy || message.en !== issue.message.en) continue;
    const named = /^race\.runs\[(\d+)\]/.exec(path);
    const own = named ? Number(named[1]) : Math.min(selected, runs.length - 1);
    for (const edit of remedy.edits) {
      const at = shared.includes(edit[0].split('.')[0]) ? 0 : own;
      const one = { title: remedy.title, edits: [edit] };
      const { from, ...rest } = runs[at];
      runs[at] = { ...edited(rest, one), ...(from && { from: { ...from, before: edited(from.before, one) } }) };
    }
  }
  return next.race ? next : runs[0];
}
