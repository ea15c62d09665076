/** Layers that change numbers in their place (dropout, normalisation, an activation of its own): narrow bands that the edges pass on their way. */
import { fit } from './layout.js';
import { measure } from '../font.js';

/** Pixels of a band that can be read, of one that is only seen, and around each. */
const WIDE = 20;
const NARROW = 6;
const APART = 3;

/** @param {{layout: import('./layout.js').Layout, columns: import('./columns.js').Column[], name: (name: string, activation: string) => string}} props */
export function Bands({ layout, columns, name }) {
  const { gap, box, top, height } = layout;
  return columns.map(({ passed }, at) => {
    if (!passed.length || !layout.columns[at]) return null;
    const room = (gap - box - 8) / passed.length - APART;
    const wide = room >= WIDE ? WIDE : Math.max(2, Math.min(NARROW, room));
    const tall = height - top - 22;
    const start = layout.columns[at].centre + gap / 2 - (passed.length * (wide + APART) - APART) / 2;
    return passed.map((layer, index) => {
      const text = name(layer.name, layer.activation);
      return (
        <span
          class="band"
          key={`${at} ${index}`}
          role="img"
          aria-label={text}
          title={text}
          style={{ left: `${start + index * (wide + APART)}px`, top: `${top}px`, width: `${wide}px`, height: `${tall}px` }}
        >
          {wide === WIDE && <span aria-hidden="true">{fit(text, tall - 8, measure)}</span>}
        </span>
      );
    });
  });
}
