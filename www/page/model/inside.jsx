/** The architecture drawing and the table of layers, connected to the store. Fetched when one of them is opened. */
import { useEffect, useMemo } from 'preact/hooks';
import { language, t } from '../../i18n/index.js';
import * as state from '../../state.js';
import { Architecture } from '../../views/architecture/architecture.jsx';
import { insideWords } from './inside-words.js';
import { opened } from './opened.js';

/** Milliseconds between looks at how the layers are: now and then for the marks of the drawing, oftener where numbers are read. */
const OFTEN = { drawing: 2000, reading: 500 };

/** @param {{run: any, ends: string[]}} props `ends` names the outputs */
export function ArchitectureView({ run, ends }) {
  const said = language.value;
  const schema = state.schema.value;
  const words = useMemo(() => insideWords(schema, ends), [said, schema, ends.join()]);
  const points = state.points.value;
  const open = opened.value;
  useEffect(() => {
    state.looking.value = true;
    return () => {
      state.looking.value = false;
      state.watching.value = 0;
      opened.value = null;
      state.close.value = null;
    };
  }, []);
  useEffect(() => {
    state.watching.value = open ? OFTEN.reading : OFTEN.drawing;
    state.close.value = open ? open[0] : null;
  }, [open]);
  // Dense layers see an image as plain numbers; here it is shown as what it is.
  const asRows = points?.shape && points.shape.kind !== 'flat' && run.view.layers[0].shape.kind === 'flat' && run.features.length === points.columns.length ? points.shape : null;
  const layers = useMemo(() => (asRows ? [{ ...run.view.layers[0], shape: asRows }, ...run.view.layers.slice(1)] : run.view.layers), [run, asRows]);
  const seen = run.seen?.layers;
  const made = useMemo(() => (asRows && seen ? [{ ...seen[0], shape: asRows }, ...seen.slice(1)] : seen), [seen, asRows]);
  return (
    <Architecture layers={layers} seen={made} diagnosis={state.diagnosis.value} times={state.times.value} measuring={state.measuring.value} symbols={points?.symbols ?? []} label={t('architecture')} words={words}
      open={open && open[0] < layers.length ? open : null} onOpen={(path) => (opened.value = path)} onMeasure={(layer) => state.measureLayers([layer])} />
  );
}
