/** What helps against a problem, at the press of a button: the engine offers it only where it does. */
import { remedy } from '../documents.js';
import { say } from '../i18n/index.js';

/** @param {{issue: import('../engine.js').Issue}} props */
export const Remedy = ({ issue }) =>
  issue.remedy ? (
    <button type="button" class="remedy" onClick={() => remedy(issue)}>
      {say(issue.remedy.title)}
    </button>
  ) : null;
