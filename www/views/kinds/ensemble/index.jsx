/** A model that adds up trees: how far each of them goes, and the newest one as it divides the rows. */
import { useMemo } from 'preact/hooks';
import { count } from '../../../format.js';
import { language, t } from '../../../i18n/index.js';
import { Stage } from '../../../parts/stage.jsx';
import { Tree } from '../../tree/tree.jsx';
import { numeral, treeWords } from '../tree.jsx';
import './ensemble.css';

/** @typedef {import('../../../boundary').EnsembleMember} Member */

/** @param {import('../index.js').Given<'ensemble'>} props */
export default function Ensemble({ run, points, family, tools, node, onNode }) {
  const said = language.value;
  const words = useMemo(treeWords, [said]);
  const { members } = run.view;
  const newest = members.at(-1);
  // Leaves add numbers to scores, whatever the target is.
  const numbers = useMemo(() => ({ ...points, task: /** @type {const} */ ('regression') }), [points]);
  return (
    <Stage
      id="model"
      head="title"
      title={family}
      note={newest && `${t('ensembleTrees', { n: count(run.view.count) })} · ${t('ensembleRound', { n: count(newest.round) })}`}
      tools={tools}
    >
      <div class="ensemble">
        {newest && (
          <>
            <Steps members={members} />
            <p>{newest.class === null ? t('ensembleNewest') : t('ensembleNewestOf', { name: points.classes[newest.class] })}</p>
          </>
        )}
        <Tree run={run} points={numbers} label={t('ensembleHint')} words={words} node={node} onNode={onNode} />
      </div>
    </Stage>
  );
}

/** @param {{members: Member[]}} props */
function Steps({ members }) {
  const most = Math.max(...members.map(({ largest }) => largest), Number.MIN_VALUE);
  const least = Math.min(...members.map(({ largest }) => largest));
  return (
    <svg
      class="steps"
      viewBox={`0 0 ${members.length} 1`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('ensembleSteps', { least: numeral(least), most: numeral(most) })}
    >
      {members.map(({ member, largest }, at) => (
        <rect key={member} x={at + 0.1} y={1 - largest / most} width={0.8} height={largest / most} />
      ))}
    </svg>
  );
}
