/** A component of a module that is fetched when it is shown first; until then its place is empty. One that cannot be fetched says so, and can be tried again. */
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n/index.js';

/** Modules that have come. @type {Map<() => Promise<any>, any>} */
const come = new Map();

/** @param {{load: () => Promise<any>, name: string, leave?: () => void, wait?: any} & Record<string, any>} props `name` is the component's in the module, `leave` closes its place where nothing came, `wait` stands there until then; the other props are its own */
export function Later({ load, name, leave, wait = null, ...props }) {
  const [tries, again] = useState(0);
  const [away, setAway] = useState(false);
  const module = come.get(load);
  useEffect(() => {
    let here = true;
    if (!module) {
      load().then(
        (found) => {
          come.set(load, found);
          if (!here) return;
          setAway(false);
          again(tries + 1);
        },
        () => here && setAway(true),
      );
    }
    return () => void (here = false);
  }, [load, module, tries]);
  const Part = module?.[name];
  if (Part) return <Part {...props} />;
  if (!away) return wait;
  return (
    <div class={leave ? 'alert part-away' : 'part-away'} role="alert">
      <p>{t('partAway')}</p>
      <p class="ways">
        <button
          type="button"
          onClick={() => {
            setAway(false);
            again(tries + 1);
          }}
        >
          {t('retry')}
        </button>
        <button type="button" onClick={() => location.reload()}>
          {t('reload')}
        </button>
        {leave && (
          <button type="button" onClick={leave}>
            {t('dismiss')}
          </button>
        )}
      </p>
    </div>
  );
}
