/** A panel in its place: what the first view has at once, the others as soon as they have come. */
import { Later } from '../parts/later.jsx';

/** @param {{panel: import('./panels.js').Panel, leave?: () => void, [more: string]: any}} props `leave` closes its place where nothing came; the others are the panel's own */
export function Shown({ panel: { part: Part, load }, leave, ...props }) {
  if (Part) return <Part {...props} />;
  return load ? <Later load={load} name="default" leave={leave} {...props} /> : null;
}
