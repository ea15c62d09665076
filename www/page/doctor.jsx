/** What is wrong with the run while it trains, how that is known, and what may help: a button takes it over. */
import { say, t } from '../i18n/index.js';
import { Help } from '../parts/help.jsx';
import * as race from '../race.js';
import * as state from '../state.js';
import './doctor.css';

export function Doctor() {
  const findings = state.findings.value;
  const run = state.run.value;
  if (!run?.update || !findings?.length) return null;
  return (
    <section class="doctor" aria-label={t('doctor')}>
      <h3>
        {t('doctor')} <Help title={t('doctor')} text={t('doctorMeans')} term="doctor" />
      </h3>
      {findings.map((finding) => (
        <Finding key={finding.kind} finding={finding} />
      ))}
    </section>
  );
}

/** @param {{finding: import('../boundary').Finding}} props */
function Finding({ finding }) {
  return (
    <div class="finding">
      <p>{say(finding.what)}</p>
      {finding.remedies.map((remedy, at) => (
        <button key={at} type="button" class="wide" disabled={race.mending.value} onClick={() => race.remedy(remedy)}>
          {say(remedy.what)}
        </button>
      ))}
    </div>
  );
}
