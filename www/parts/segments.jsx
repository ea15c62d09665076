/** One of a few, all in sight: a row of radio buttons. */
import './segments.css';

/** @template {string} T @param {{label: string, options: readonly [T, string][], value: T, choose: (value: T) => void}} props */
export function Segments({ label, options, value, choose }) {
  return (
    <div class="segments" role="radiogroup" aria-label={label}>
      {options.map(([option, text]) => (
        <label key={option} class={option === value ? 'chosen' : ''}>
          <input type="radio" name={label} value={option} checked={option === value} onChange={() => choose(option)} />
          {text}
        </label>
      ))}
    </div>
  );
}
