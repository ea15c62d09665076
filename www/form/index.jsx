/** Forms from the schema: one component a kind of schema, chosen here. Nothing below knows what an optimizer is. */
import { t, words } from '../i18n/index.js';
import { change, defaults, draft, fresh, issues, schema } from '../state.js';

/** @typedef {{schema: any, value: any, path: (string | number)[], label?: string, live?: boolean}} FieldProps */

/** @param {any} part @returns {any} the definition, with the words of the place that refers to it */
function resolve(part) {
  if (!part?.$ref) return part;
  const { $ref, ...own } = part;
  return { ...resolve(schema.value.$defs[$ref.split('/').pop()]), ...own };
}

/** @param {(string | number)[]} path */
const dotted = (path) => path.reduce((/** @type {string} */ text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${key}` : String(key)), '');

/** @param {(string | number)[]} path @param {any} from */
const at = (path, from) => path.reduce((value, key) => value?.[key], from);

/** @param {{path: (string | number)[]}} props */
function Problems({ path }) {
  const here = issues.value.filter((issue) => issue.path === dotted(path));
  return here.map((issue) => <p class="problem" role="alert">{issue.message}</p>);
}

/** @param {{schema: any, path: (string | number)[], live?: boolean, children: any}} props */
function Labelled({ schema: part, path, live, children }) {
  const id = dotted(path);
  const changed = JSON.stringify(at(path, draft.value)) !== JSON.stringify(at(path, defaults.value));
  const text = words(part, 'description');
  return (
    <div class={`field${changed ? ' changed' : ''}`}>
      <label for={id} title={text}>
        <span>{words(part, 'title') || path[path.length - 1]}</span>
        <small class={live ? 'badge live' : 'badge'}>{live ? t('live') : t('restarts')}</small>
      </label>
      {children}
      <Problems path={path} />
    </div>
  );
}

/** @param {FieldProps} props */
function NumberField({ schema: part, value, path, live }) {
  const id = dotted(path);
  const { minimum: low = -1e9, maximum: high = 1e9 } = part;
  const whole = part.type === 'integer';
  const log = part['x-scale'] === 'log' && low > 0;
  const slider = high - low <= 1e6 || log;
  const to = (/** @type {number} */ it) => (log ? Math.log(it / low) / Math.log(high / low) : (it - low) / (high - low));
  const from = (/** @type {number} */ it) => {
    const raw = log ? low * (high / low) ** it : low + it * (high - low);
    return whole ? Math.round(raw) : Number(raw.toPrecision(3));
  };
  const set = (/** @type {string} */ text) => text !== '' && change(path, Number(text));
  return (
    <Labelled schema={part} path={path} live={live}>
      <div class="number">
        {slider && (
          <input type="range" min="0" max="1" step="0.001" aria-label={words(part, 'title')} value={to(Math.min(high, Math.max(low, value)))}
            onInput={(event) => change(path, from(Number(event.currentTarget.value)))} />
        )}
        <input id={id} type="number" step="any" inputMode="decimal" value={value} onChange={(event) => set(event.currentTarget.value)} />
      </div>
    </Labelled>
  );
}

/** @param {FieldProps} props */
function BooleanField({ schema: part, value, path, live }) {
  return (
    <Labelled schema={part} path={path} live={live}>
      <input id={dotted(path)} type="checkbox" checked={value} onChange={(event) => change(path, event.currentTarget.checked)} />
    </Labelled>
  );
}

/** @param {FieldProps} props */
function TextField({ schema: part, value, path, live }) {
  return (
    <Labelled schema={part} path={path} live={live}>
      <input id={dotted(path)} type="text" value={value} onChange={(event) => change(path, event.currentTarget.value)} />
    </Labelled>
  );
}

/** @param {FieldProps & {options: string[]}} props */
function WordField({ schema: part, value, path, live, options }) {
  return (
    <Labelled schema={part} path={path} live={live}>
      <select id={dotted(path)} value={value} onChange={(event) => change(path, event.currentTarget.value)}>
        {options.map((option) => <option value={option}>{option.replaceAll('_', ' ')}</option>)}
      </select>
    </Labelled>
  );
}

/** @param {FieldProps & {options: any[]}} props */
function ChoiceField({ schema: part, value, path, live, options }) {
  const tag = typeof value === 'string' ? value : Object.keys(value ?? {})[0];
  const content = (/** @type {any} */ option) => Object.entries(option.properties)[0];
  const chosen = options.find((option) => content(option)[0] === tag);
  const pick = (/** @type {string} */ next) => {
    const option = options.find((option) => content(option)[0] === next);
    change(path, fresh(content(option)[1], next));
  };
  return (
    <>
      {options.length > 1 && (
        <Labelled schema={part} path={path} live={live}>
          <select id={dotted(path)} value={tag} onChange={(event) => pick(event.currentTarget.value)}>
            {options.map((option) => <option value={content(option)[0]}>{words(resolve(content(option)[1]), 'title') || content(option)[0]}</option>)}
          </select>
        </Labelled>
      )}
      {chosen && <p class="hint">{words(resolve(content(chosen)[1]), 'description')}</p>}
      {chosen && typeof value === 'object' && <Field schema={content(chosen)[1]} value={value[tag]} path={[...path, tag]} live={live} />}
    </>
  );
}

/** @param {FieldProps} props */
function ListField({ schema: part, value, path, live }) {
  const items = /** @type {any[]} */ (value ?? []);
  const item = resolve(part.items);
  const option = item.oneOf?.find((/** @type {any} */ it) => it.properties);
  const word = option ? undefined : wordsOf(item);
  const make = () => (option ? fresh(Object.values(option.properties)[0], Object.keys(option.properties)[0]) : (word?.find((it) => !items.includes(it)) ?? word?.[0]));
  const move = (/** @type {number} */ from, /** @type {number} */ to) => {
    const next = [...items];
    next.splice(to, 0, ...next.splice(from, 1));
    change(path, next);
  };
  return (
    <fieldset class="list">
      <legend title={words(part, 'description')}>{words(part, 'title')}</legend>
      <Problems path={path} />
      {!items.length && <p class="hint">{t('empty')} {words(part, 'description')}</p>}
      {items.map((entry, index) => (
        <div class="item" key={index}>
          <div class="tools">
            <b>{index + 1}</b>
            <button type="button" aria-label={`${t('up')} ${index + 1}`} title={t('up')} disabled={index === 0} onClick={() => move(index, index - 1)}>↑</button>
            <button type="button" aria-label={`${t('down')} ${index + 1}`} title={t('down')} disabled={index === items.length - 1} onClick={() => move(index, index + 1)}>↓</button>
            <button type="button" aria-label={`${t('duplicate')} ${index + 1}`} title={t('duplicate')} onClick={() => change(path, items.toSpliced(index, 0, structuredClone(entry)))}>⧉</button>
            <button type="button" aria-label={`${t('remove')} ${index + 1}`} title={t('remove')} onClick={() => change(path, items.toSpliced(index, 1))}>✕</button>
          </div>
          <Field schema={part.items} value={entry} path={[...path, index]} live={live} />
        </div>
      ))}
      <button type="button" class="add" onClick={() => change(path, [...items, items.length && option ? structuredClone(items[items.length - 1]) : make()])}>+ {t('add')}</button>
    </fieldset>
  );
}

/** @param {any} part @returns {string[] | undefined} */
function wordsOf(part) {
  if (part.enum) return part.enum;
  const listed = part.oneOf?.flatMap((/** @type {any} */ option) => option.enum ?? (option.const ? [option.const] : []));
  return listed?.length ? listed : undefined;
}

/** The field for any schema. @param {FieldProps} props @returns {any} */
export function Field({ schema: raw, value, path, live }) {
  const part = resolve(raw);
  const alive = live || Boolean(raw['x-live'] ?? part['x-live']);
  const props = { schema: part, value, path, live: alive };
  const options = part.oneOf?.filter((/** @type {any} */ option) => option.properties);
  if (options?.length) return <ChoiceField {...props} options={options} />;
  const listed = wordsOf(part);
  if (listed) return <WordField {...props} options={listed} />;
  const kind = Array.isArray(part.type) ? part.type[0] : part.type;
  if (kind === 'object') return <Fields schema={part} value={value} path={path} live={alive} />;
  if (kind === 'array') return <ListField {...props} />;
  if (kind === 'number' || kind === 'integer') return <NumberField {...props} />;
  if (kind === 'boolean') return <BooleanField {...props} />;
  return <TextField {...props} />;
}

/** All fields of an object, or those named. @param {{schema: any, value: any, path: (string | number)[], live?: boolean, only?: (key: string) => boolean}} props */
export function Fields({ schema: raw, value, path, live, only = () => true }) {
  const part = resolve(raw);
  const entries = Object.entries(part.properties ?? {}).filter(([key]) => only(key));
  return entries.map(([key, property]) => <Field key={key} schema={property} value={value?.[key]} path={[...path, key]} live={live} />);
}
