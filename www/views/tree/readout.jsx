/** What a node of the tree knows: its rows, how mixed they are, what it answers, and the way to it. */
import { Mark } from '../legend.jsx';

/** @typedef {import('../../state.js').Points} Points */

/** @typedef {import('./layout.js').Node} Node */

/** Classes that are listed; of more, the likeliest. */
const LISTED = 5;

/** @param {{node: Node, all: number, points: Points, words: import('./tree.jsx').Words, steps: string[], corner: {right: boolean, low: boolean}}} props `corner` is where it stands */
export function Readout({ node, all, points, words, steps, corner: { right, low } }) {
  const numbers = points.task === 'regression';
  const sum = node.value.reduce((total, value) => total + value, 0) || 1;
  const classes = node.value.map((_, at) => at);
  const order = classes.length <= LISTED ? classes : classes.sort((a, b) => node.value[b] - node.value[a]).slice(0, LISTED);
  return (
    <div class={`readout${right ? ' right' : ''}${low ? ' low' : ''}`} id="tree-node" aria-live="polite">
      <p>
        <b>{words.rows(node.rows, all)}</b>
      </p>
      <dl>
        <div>
          <dt>{words.impurity}</dt>
          <dd>{words.number(node.impurity)}</dd>
        </div>
        {numbers ? (
          <div>
            <dt>{words.value}</dt>
            <dd>{words.number(node.value[0])}</dd>
          </div>
        ) : (
          order.map((at) => (
            <div key={at}>
              <dt>
                <Mark shape={at} classes={points.classes.length} />
                {points.classes[at]}
              </dt>
              <dd>{words.percent(node.value[at] / sum)}</dd>
            </div>
          ))
        )}
      </dl>
      <p class="way">{steps.length ? words.path : words.root}</p>
      {steps.length > 0 && (
        <ol>
          {steps.map((step) => (
            <li>{step}</li>
          ))}
        </ol>
      )}
    </div>
  );
}
