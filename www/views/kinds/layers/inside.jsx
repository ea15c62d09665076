/** The architecture drawing and the table of layers. Fetched when one of them is opened. */

import { useMemo, useRef } from 'preact/hooks';
import { bytes } from '../../../format.js';
import { language, t } from '../../../i18n/index.js';
import { Architecture, layerAt, seenAt } from '../../architecture/architecture.jsx';
import { Card } from '../../architecture/card.jsx';
import { Table } from '../../architecture/table.jsx';
import { insideWords, tableWords } from './inside-words.js';

/** @typedef {import('../../../state.js').Points} Points */
/** @typedef {import('../index.js').RunOf<'layers'>} Run */
/** @typedef {import('../../../boundary').Schema} Schema */

/** The layers and what they make of the row; the input as what its rows are: dense layers see an image as plain numbers. @param {Run} run @param {Points} points */
function useLayers(run, points) {
  const { layers } = run.view;
  const shape =
    points?.shape && points.shape.kind !== 'flat' && layers[0].shape.kind === 'flat' && run.features.length === points.columns.length
      ? points.shape
      : null;
  /** @template {{shape: import('../../../boundary').Shape}} T @param {T[]} all @returns {T[]} */
  const as = (all) => (shape ? [{ ...all[0], shape }, ...all.slice(1)] : all);
  return {
    layers: useMemo(() => as(layers), [layers, shape]),
    seen: useMemo(() => run.seen?.layers && as(run.seen.layers), [run.seen, shape]),
  };
}

/** @param {Schema} schema @param {string[]} ends names of the outputs */
function useWords(schema, ends) {
  const said = language.value;
  return useMemo(() => insideWords(schema, ends), [said, schema, ends.join()]);
}

/** @typedef {import('../index.js').Given<'layers'> & {ends: string[], path: number[] | null, open: (path: number[] | null) => void}} Props `ends` names the outputs, `path` is the layer that is looked at closely */

/** @param {Props} props */
export function ArchitectureView({ run, points, schema, ends, path, open, health, measure }) {
  const words = useWords(schema, ends);
  const { layers, seen } = useLayers(run, points);
  return (
    <Architecture
      layers={layers}
      seen={seen}
      {...health}
      symbols={points?.symbols ?? []}
      label={t('architecture')}
      words={words}
      open={path && layerAt(layers, path) ? path : null}
      onOpen={open}
      onMeasure={(layer) => measure([layer])}
    />
  );
}

/** @param {Props} props */
export function LayersView({ run, points, schema, ends, path, open, health, measure }) {
  const words = useWords(schema, ends);
  const { layers, seen } = useLayers(run, points);
  const root = useRef(/** @type {HTMLDivElement | null} */ (null));
  const { costs } = run;
  const { diagnosis, times, measuring } = health;
  const shown = path && layerAt(layers, path) ? path : null;
  const all = layers.map((_, at) => at).slice(1);
  return (
    <div class="layers-view" ref={root}>
      <Table
        layers={layers}
        diagnosis={diagnosis}
        times={times}
        costs={costs}
        memory={costs ? bytes(costs.parameter_bytes + costs.gradient_bytes + costs.optimizer_bytes + costs.activation_bytes) : ''}
        measuring={measuring}
        words={words}
        columns={tableWords()}
        open={shown}
        onOpen={open}
        onMeasure={() => measure(all)}
      />
      {shown && (
        <Card
          layer={layerAt(layers, shown)}
          path={shown}
          seen={seenAt(seen, shown)}
          diagnosis={shown.length === 1 ? diagnosis?.[shown[0] - 1] : undefined}
          time={shown.length === 1 ? times[shown[0] - 1] : null}
          measuring={measuring}
          symbols={points?.symbols ?? []}
          words={words}
          root={root}
          pinned
          within={shown.length > 1 ? words.title(layers[shown[0]].name) : ''}
          last={shown[0] === layers.length - 1}
          onWalk={(by) => open([Math.max(1, Math.min(layers.length - 1, shown[0] + by))])}
          onOpen={open}
          onMeasure={() => measure(shown.slice(0, 1))}
          onClose={() => {
            open(null);
            /** @type {HTMLElement | null | undefined} */ (root.current?.querySelector(`[data-path="${shown}"]`))?.focus();
          }}
        />
      )}
    </div>
  );
}
