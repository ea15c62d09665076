/** A list: layers, augmentations, features, weights of classes. Entries are added, moved, duplicated, copied, pasted and removed. */
import { useContext, useState } from 'preact/hooks';
import { blank, choices, fresh } from '../experiment.js';
import { t, words } from '../i18n/index.js';
import { notice, schema } from '../state.js';
import { copy, entryOf, paste } from './clipboard.js';
import { change } from './document.js';
import { Entry, NumberEntry, TextEntry, WordEntry } from './item.jsx';
import { Head, Hint, Problems } from './labelled.jsx';
import { Notes } from './notes.js';
import { Palette } from './palette.jsx';
import { dotted, problemsAt, resolve } from './paths.js';
import { wordsOf } from './word.jsx';
import './list.css';

/** @typedef {import('../boundary').Schema} Schema */

/** @param {import('./index.jsx').ControlProps & {level: number}} props */
export function ListField({ part, value, path, live, changed, level }) {
  const items = /** @type {import('../boundary').Document[]} */ (value ?? []);
  const item = resolve(part.items);
  const options = choices(item);
  const free = wordsOf(item);
  const numeric = item.type === 'number' || item.type === 'integer';
  const textual = item.type === 'string' && !free.length;
  const notes = useContext(Notes);
  const [open, setOpen] = useState(-1);
  /** What was pasted and is no entry; empty for nothing that was copied. */
  const [refused, setRefused] = useState(/** @type {string | null} */ (null));
  const id = dotted(path);
  const full = items.length >= (part.maxItems ?? Infinity);

  /** @param {import('../boundary').Document[]} next @param {number} [unfolded] */
  const put = (next, unfolded = open) => {
    setRefused(null);
    setOpen(unfolded);
    change(path, next);
  };
  /** @param {number} from @param {number} to */
  const move = (from, to) => {
    const next = [...items];
    next.splice(to, 0, ...next.splice(from, 1));
    put(next, open === from ? to : open === to ? from : open);
  };
  /** @param {number} index @param {import('./item.jsx').Deed} deed */
  const act = (index, deed) => {
    if (deed === 'up' || deed === 'down') return move(index, deed === 'up' ? index - 1 : index + 1);
    if (deed === 'duplicate') return full || put(items.toSpliced(index, 0, structuredClone(items[index])), index + 1);
    if (deed === 'copyEntry') {
      notice.value = t('entryCopied', { what: `${words(item, 'title')} ${index + 1}` });
      return copy(items[index]);
    }
    put(items.toSpliced(index, 1), open === index ? -1 : open > index ? open - 1 : open);
    // What was under the finger is gone; the keyboard goes on from the list.
    document.getElementById(`${id}-add`)?.focus();
  };
  const add = () => {
    if (numeric) return put([...items, items.at(-1) ?? 1]);
    if (textual) return put([...items, items.at(-1) ?? '']);
    if (free.length) return put([...items, (free.find((word) => !items.includes(word.value)) ?? free[0]).value]);
    const last = items.at(-1);
    if (last !== undefined) return put([...items, structuredClone(last)], items.length);
    put([options.length ? fresh(schema.value, ...options[0]) : blank(schema.value, item)], 0);
  };
  /** Of several kinds the one that is chosen, behind the entry that is being worked on. */
  const place = open >= 0 && open < items.length ? open + 1 : items.length;
  /** @param {[string, Schema]} option */
  const addKind = (option) => put(items.toSpliced(place, 0, fresh(schema.value, ...option)), place);
  const insert = async () => {
    const text = await paste();
    const entry = entryOf(item, text);
    if (entry) put([...items, entry], items.length);
    else setRefused(text.length > 60 ? `${text.slice(0, 57)}…` : text);
  };

  return (
    <div class={`field list${changed ? ' changed' : ''}`} role="group" id={id} aria-labelledby={`${id}-name`}>
      <Head
        part={part}
        path={path}
        live={live}
        changed={changed}
        named={
          <b class="name" id={`${id}-name`}>
            {words(part, 'title')}
          </b>
        }
      />
      <Problems path={path} />
      {!items.length && (
        <p class="hint">
          {t('empty')} {words(part, 'description')}
        </p>
      )}
      {options.length === 1 && items.length > 0 && <Hint text={words(resolve(options[0][1]), 'description')} />}
      {items.length > 0 && (
        <ol>
          {items.map((entry, index) => {
            const at = {
              index,
              count: items.length,
              act: (/** @type {import('./item.jsx').Deed} */ deed) => act(index, deed),
              path: [...path, index],
              value: entry,
            };
            if (numeric)
              return <NumberEntry key={index} {...at} title={words(part, 'title')} set={(next) => change([...path, index], next)} />;
            if (textual)
              return <TextEntry key={index} {...at} title={words(part, 'title')} set={(next) => change([...path, index], next)} />;
            if (free.length)
              return (
                <WordEntry
                  key={index}
                  {...at}
                  title={words(item, 'title')}
                  options={free}
                  choose={(word) => change([...path, index], word)}
                />
              );
            // A problem inside is always in sight.
            const unfolded = open === index || problemsAt(at.path, true).length > 0;
            return (
              <Entry
                key={index}
                {...at}
                schema={part.items}
                live={live}
                level={level}
                open={unfolded}
                note={notes?.entry([...path, index])}
                unfold={(now) => setOpen(now ? index : -1)}
              />
            );
          })}
        </ol>
      )}
      <div class="ends">
        {options.length > 1 ? (
          <Palette
            id={`${id}-add`}
            options={options}
            sign={place < items.length ? t('addAfter', { n: place }) : t('add')}
            title={t('addWhat', { what: words(item, 'title') })}
            disabled={full}
            add={addKind}
          />
        ) : (
          <button type="button" class="add" id={`${id}-add`} disabled={full} onClick={add}>
            + {t('add')}
          </button>
        )}
        {(options.length > 0 || item.properties) && (
          <button type="button" class="add" disabled={full} onClick={insert}>
            {t('pasteEntry')}
          </button>
        )}
      </div>
      {notes?.end(path)}
      {refused !== null && (
        <p class="problem" role="alert">
          {t(refused ? 'notPasted' : 'nothingCopied', { what: words(item, 'title'), got: refused })}
        </p>
      )}
    </div>
  );
}
