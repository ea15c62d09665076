/** The model, drawn by the kind of view that the engine sends. */
import { count } from '../format.js';
import { t } from '../i18n/index.js';
import * as state from '../state.js';
import { Network } from '../views/network.jsx';
import { Tree } from '../views/tree.jsx';

export function Model() {
  const run = state.run.value;
  if (!run) return <div class="panel model" />;
  const tree = run.view.kind === 'tree';
  const title = tree ? t('treeTitle') : t('networkTitle');
  const leaves = tree ? run.view.nodes.filter((/** @type {any} */ node) => !node.split).length : 0;
  return (
    <section class="panel model" aria-label={title}>
      <h2>{title} <small>{tree ? t('leaves', { n: count(leaves) }) : t('parameters', { n: count(run.parameters) })}</small></h2>
      {tree ? <Tree run={run} points={state.points.value} label={title} /> : <Network run={run} label={title} more={(n) => t('more', { n })} />}
    </section>
  );
}
