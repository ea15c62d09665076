/** All layers in a table: what leaves them, what they cost, how their numbers are spread, what is wrong. */
import { Canvas } from '../canvas.jsx';
import { drawBars } from './histogram.jsx';
import './table.css';

/** @typedef {import('./architecture.jsx').Words} Words */
/**
 * @typedef {{layer: string, output: string, parameters: string, work: string, costs: string, time: string, forward: string, backward: string, sum: string, short: (n: number) => string, count: (n: number) => string, span: (milliseconds: number) => string,
 *   memory: string, rows: (n: number) => string, all: string, caption: string}} Columns what is written besides
 */

/** @param {{layers: import('./architecture.jsx').Layer[], diagnosis: import('../../boundary').Diagnosis[] | null, times: (import('../../boundary').Time | null)[], costs: import('../../boundary').Costs | null, memory: string, measuring: boolean, words: Words, columns: Columns, open: number[] | null, onOpen: (path: number[]) => void, onMeasure: () => void}} props */
export function Table({ layers, diagnosis, times, costs, memory, measuring, words, columns, open, onOpen, onMeasure }) {
  const timed = times.filter((time) => time !== null);
  const sums = {
    forward: timed.reduce((sum, { forward }) => sum + forward, 0),
    backward: timed.reduce((sum, { backward }) => sum + backward, 0),
  };
  return (
    <div class="layers-table" tabIndex={0} role="group" aria-label={columns.caption}>
      <table>
        <colgroup>
          <col />
          <col class="costs" />
          <col class="times" />
          <col class="spreads" />
          <col class="spreads" />
          <col class="spreads" />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">
              {columns.layer}
              <small>{columns.output}</small>
            </th>
            <th scope="col" class="right" title={columns.costs}>
              {columns.parameters}
              <small>{columns.work}</small>
            </th>
            <th scope="col" class="right" title={columns.time}>
              {columns.forward}
              <small>{columns.backward}</small>
            </th>
            <th scope="col">{words.weights}</th>
            <th scope="col">{words.gradients}</th>
            <th scope="col">{words.outputs}</th>
          </tr>
        </thead>
        {layers.slice(1).map((layer, index) => {
          const path = [index + 1];
          const found = diagnosis?.[index];
          const title = layer.name === 'activation' ? words.activation(layer.activation) : words.title(layer.name);
          const name = `${words.number(path)} ${title}`;
          return (
            <tbody key={index} class={found?.verdict ? 'ill' : ''}>
              <tr>
                <th scope="row">
                  <button type="button" data-path={String(path)} aria-expanded={String(open) === String(path)} onClick={() => onOpen(path)}>
                    {name}
                  </button>
                  <small>{words.shape(layer.shape)}</small>
                </th>
                <td>
                  {columns.count(layer.parameters)}
                  <small>{columns.short(layer.multiply_adds)}</small>
                </td>
                <td>
                  {times[index] ? columns.span(times[index].forward) : '–'}
                  <small>{times[index] ? columns.span(times[index].backward) : '–'}</small>
                </td>
                {
                  /** @type {const} */ ([
                    ['weights', words.weights],
                    ['gradients', words.gradients],
                    ['activations', words.outputs],
                  ]).map(([key, what]) => (
                    <td key={key} class="bars">
                      <Bars name={`${name}, ${what}`} of={found?.[key]} words={words} />
                    </td>
                  ))
                }
              </tr>
              {found?.verdict && (
                <tr class="verdict">
                  <td colSpan={6}>
                    <b>{words.fault(found.verdict.fault)}</b> {words.say(found.verdict.message)}
                  </td>
                </tr>
              )}
            </tbody>
          );
        })}
        <tfoot>
          <tr>
            <th scope="row">
              {columns.sum}
              <small title={columns.memory}>{memory}</small>
            </th>
            <td>
              {costs ? columns.count(costs.parameters) : '–'}
              <small>{costs ? columns.short(costs.multiply_adds) : '–'}</small>
            </td>
            <td>
              {timed.length ? columns.span(sums.forward) : '–'}
              <small>{timed.length ? columns.span(sums.backward) : '–'}</small>
            </td>
            <td colSpan={3} class="measure">
              <button type="button" disabled={measuring} onClick={onMeasure}>
                {measuring ? words.measuring : columns.all}
              </button>
              {timed.length > 0 && <small>{columns.rows(timed[0].rows)}</small>}
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** @param {{name: string, of: import('./histogram.jsx').Distribution | null | undefined, words: Words}} props */
function Bars({ name, of, words }) {
  if (!of)
    return (
      <span class="no" aria-hidden="true">
        –
      </span>
    );
  const said = `${name}: ${words.range(of.low, of.high)}, ${words.mean(of.mean, of.root_mean_square)}`;
  return (
    <span title={said}>
      <Canvas label={said} draw={(context, width, height, colours) => drawBars(context, width, height, colours, of)} />
    </span>
  );
}
