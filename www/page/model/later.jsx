/** A component of a module that is fetched when it is shown first; until then its place is empty. */
import { useEffect, useState } from 'preact/hooks';

/** Modules that have come. @type {Map<() => Promise<any>, any>} */
const come = new Map();

/** @param {{load: () => Promise<any>, name: string} & Record<string, any>} props `name` is the component's in the module; the other props are its own */
export function Later({ load, name, ...props }) {
  const [, again] = useState(0);
  const module = come.get(load);
  useEffect(() => {
    let here = true;
    if (!module) load().then((found) => here && again(come.set(load, found).size));
    return () => void (here = false);
  }, [load, module]);
  const Part = module?.[name];
  return Part ? <Part {...props} /> : null;
}
