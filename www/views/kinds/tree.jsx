/** A model of nodes that divide rows, as it grows. */
import { useMemo } from 'preact/hooks';
import { brief, count, number } from '../../format.js';
import { language, t } from '../../i18n/index.js';
import { Stage } from '../../parts/stage.jsx';
import { Tree } from '../tree/tree.jsx';

/** @typedef {import('../../boundary').NodeView} NodeView */

/** @param {import('./index.js').Given<'tree'>} props */
export default function TreeKind({ run, points, family, tools, node, onNode }) {
  const said = language.value;
  const words = useMemo(treeWords, [said]);
  const { nodes } = run.view;
  const leaves = nodes.filter((/** @type {NodeView} */ node) => !node.split).length;
  const depth = nodes.reduce((/** @type {number} */ most, /** @type {NodeView} */ node) => Math.max(most, node.depth), 0);
  return (
    <Stage
      id="model"
      head="title"
      title={family}
      note={`${t('leaves', { n: count(leaves) })} · ${t('treeDepth', { n: depth })}`}
      tools={tools}
    >
      <Tree run={run} points={points} label={t('treeHint')} words={words} node={node} onNode={onNode} />
    </Stage>
  );
}

/** A number of a node, in few digits. @param {number} value */
export const numeral = (value) => (Math.abs(value) >= 1000 ? number(value) : String(Number(value.toPrecision(3))));

/** @returns {import('../tree/tree.jsx').Words} */
export const treeWords = () => ({
  rows: (n, of) => t('nodeRows', { n: count(n), of: count(of) }),
  impurity: t('impurity'),
  value: t('nodeValue'),
  path: t('nodePath'),
  root: t('nodeRoot'),
  yes: t('answerYes'),
  no: t('answerNo'),
  number: numeral,
  percent: (share) => `${brief(share * 100)}%`,
});
