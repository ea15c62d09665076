/** The tree as it grows, to be pointed at and walked over: a node tells its rows, its answer and the questions that lead to it. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Canvas } from '../canvas.jsx';
import { measure } from '../font.js';
import { drawEdges, drawLabels, drawNodes } from './draw.js';
import { cornerFor, labelsFor, layoutOf, nodeAt, pathTo, walk } from './layout.js';
import { Readout } from './readout.jsx';
import './tree.css';

/** @typedef {import('../../state.js').Points} Points */
/** @typedef {import('../kinds/index.js').RunOf<'tree' | 'ensemble'>} Run */

/**
 * Everything that is written.
 * @typedef {{rows: (n: number, of: number) => string, impurity: string, value: string, path: string, root: string, yes: string, no: string, number: (value: number) => string, percent: (share: number) => string}} Words
 */

/** Pixels around a node that count as it. */
const REACH = { mouse: 16, touch: 26, pen: 20 };

/** @param {{run: Run, points: Points, label: string, words: Words, node: number | null, onNode: (node: number | null) => void}} props */
export function Tree({ run, points, label, words, node, onNode }) {
  const nodes = /** @type {import('./layout.js').Node[]} */ (run.view.nodes);
  const root = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [[width, height], setSize] = useState([0, 0]);
  const [pinned, setPinned] = useState(/** @type {number | null} */ (null));
  useEffect(() => {
    const box = /** @type {HTMLDivElement} */ (root.current);
    const observer = new ResizeObserver(() => setSize([box.clientWidth, box.clientHeight]));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  useEffect(() => () => onNode(null), []);

  const shape = `${width} ${height} ${nodes.map(({ split }) => split?.left ?? '').join()}`;
  const layout = useMemo(() => layoutOf(nodes, Math.max(1, width), Math.max(1, height)), [shape]);
  const shown = node !== null && node < nodes.length ? node : null;
  const path = shown === null ? [] : pathTo(layout, shown);
  const classes = points.task === 'regression' ? 0 : points.classes.length;
  const question = (/** @type {number} */ at) => {
    const { split } = nodes[at];
    return split ? `${run.features[split.feature]} ≤ ${words.number(split.threshold)}` : '';
  };
  const labels = useMemo(() => labelsFor(layout, nodes, question, [words.yes, words.no], measure), [layout, words, String(run.features)]);
  const under = (/** @type {PointerEvent | MouseEvent} */ event) =>
    nodeAt(
      layout,
      event.offsetX,
      event.offsetY,
      REACH[/** @type {keyof typeof REACH} */ (/** @type {PointerEvent} */ (event).pointerType)] ?? REACH.mouse,
    );

  return (
    <div
      class="drawing tree-drawing"
      ref={root}
      tabIndex={0}
      role="application"
      aria-label={label}
      aria-describedby="tree-node"
      onPointerMove={(event) => {
        if (event.pointerType !== 'mouse') return;
        const at = under(event) ?? pinned;
        if (at !== node) onNode(at);
      }}
      onPointerLeave={(event) => event.pointerType === 'mouse' && node !== pinned && onNode(pinned)}
      onClick={(event) => {
        const at = under(event);
        setPinned(at === pinned ? null : at);
        onNode(at === pinned ? null : at);
      }}
      onFocus={(event) => {
        if (node === null && nodes.length && event.currentTarget.matches(':focus-visible')) onNode(0);
      }}
      onBlur={() => onNode(pinned)}
      onKeyDown={(event) => {
        if (!nodes.length) return;
        const next = walk(layout, nodes, shown ?? 0, event.key);
        if (event.key === 'Escape') {
          setPinned(null);
          onNode(null);
        } else if (event.key === 'Enter') setPinned(shown === pinned ? null : shown);
        else if (next !== null) onNode(next);
        else return;
        // The arrows are a shortcut of the page elsewhere.
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {width > 0 && (
        <Canvas
          label={label}
          draw={(context, _width, _height, colours) => {
            if (!nodes.length) return;
            drawEdges(context, layout, nodes, colours, path);
            drawNodes(context, layout, nodes, colours, classes, path);
            drawLabels(context, labels, colours);
          }}
        />
      )}
      {shown !== null && (
        <Readout
          node={nodes[shown]}
          all={nodes[0].rows}
          points={points}
          words={words}
          corner={cornerFor(layout, shown)}
          steps={path.slice(1).map((at, step) => {
            const from = path[step];
            const yes = nodes[from].split?.left === at;
            return yes ? question(from) : question(from).replace('≤', '>');
          })}
        />
      )}
    </div>
  );
}
