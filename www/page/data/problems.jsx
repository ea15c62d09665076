/** What is wrong with the rows, and what is worth a look, each with what helps. */
import { Remedy } from '../../form/remedy.jsx';
import { say } from '../../i18n/index.js';
import * as state from '../../state.js';

/** @typedef {import('../../engine.js').Issue} Issue */

/** Problems that are not listed twice. @param {Issue[]} issues */
const once = (issues) => issues.filter((issue, at) => issues.findIndex(({ message }) => message.en === issue.message.en) === at);

/** @param {{issues?: Issue[], only?: boolean}} props `issues` of the rows as they were looked at, beside the draft's own; with `only`, those and no others */
export function Problems({ issues = [], only = false }) {
  const own = only ? [] : state.issues.value;
  // Where both know a problem, the draft's knows of every run.
  const all = once([...own, ...issues]);
  if (!all.length) return null;
  return (
    <ul class="problems">
      {all.map((issue) => (
        <li key={issue.path + issue.message.en}>
          <span class="problem" role="alert">
            {say(issue.message)}
          </span>
          <Remedy issue={issue} />
        </li>
      ))}
    </ul>
  );
}

/** @param {{findings: import('../../boundary').Remark[]}} props */
export function Findings({ findings }) {
  if (!findings.length) return null;
  return (
    <ul class="findings">
      {findings.map(({ column, message, remedy }) => (
        <li key={column + message.en}>
          <span>{say(message)}</span>
          {remedy && <Remedy issue={{ path: '', message, remedy }} />}
        </li>
      ))}
    </ul>
  );
}
