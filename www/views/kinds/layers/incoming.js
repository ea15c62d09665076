/** The numbers that come into the unit that is looked at. A frame carries those between drawn units; of wider layers the rest is asked for. */
import { useEffect, useRef, useState } from 'preact/hooks';

/** Milliseconds between questions while training. */
const PAUSE = 250;

/** One tensor of a safetensors file. @param {Uint8Array} file @param {string} name @returns {Float32Array | null} */
export function tensorOf(file, name) {
  if (file.length < 8) return null;
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const entry = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)))[name];
  // Copied, because a view of floats must begin at a multiple of four.
  return entry ? new Float32Array(file.slice(8 + length + entry.data_offsets[0], 8 + length + entry.data_offsets[1]).buffer) : null;
}

/** @param {Pick<import('../index.js').Given<'layers'>, 'run' | 'unit' | 'running' | 'tensors' | 'set'>} given @returns {import('../../network/network.jsx').Incoming} */
export function useIncoming({ run, unit, running, tensors: fetched, set }) {
  const layers = run.view.layers;
  const layer = unit && unit[0] > 0 ? layers?.[unit[0]] : null;
  const known = unit && layer ? layers[unit[0] - 1].shown : 0;
  const name = layer && layer.fan_in > known ? layer.tensors[0] : '';
  const [asked, setAsked] = useState({ name: '', values: /** @type {Float32Array | null} */ (null) });
  const newest = useRef(run);
  newest.current = run;
  const moving = useRef(running);
  moving.current = running;
  const asking = useRef(false);
  const last = useRef(0);

  useEffect(() => {
    if (!name || asking.current || (asked.name === name && moving.current && performance.now() - last.current < PAUSE)) return;
    const ask = async () => {
      const from = newest.current;
      const values = tensorOf(await fetched(), name);
      last.current = performance.now();
      setAsked({ name, values });
      if (newest.current !== from && !moving.current) await ask();
    };
    asking.current = true;
    ask()
      .catch(() => {})
      .finally(() => (asking.current = false));
  }, [run, name]);

  if (!unit || !layer || unit[1] >= layer.shown) return null;
  const { fan_in: fanIn, tensors } = layer;
  const whole = name && asked.name === name && asked.values && asked.values.length === fanIn * layer.units ? asked.values : null;
  const weights = whole ? whole.slice(unit[1] * fanIn, (unit[1] + 1) * fanIn) : layer.weights.slice(unit[1] * known, (unit[1] + 1) * known);
  return {
    weights,
    bias: layer.biases[unit[1]],
    fanIn,
    set: (what, from, value) => set(tensors[what === 'weight' ? 0 : 1], what === 'weight' ? unit[1] * fanIn + from : unit[1], value),
  };
}
