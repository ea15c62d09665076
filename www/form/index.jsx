/** Forms from the schema: one component a kind of schema, chosen here. Nothing below knows what an optimizer is. */
import { choices, fresh, resolve as resolveIn, tagOf } from '../experiment.js';
import { t, words } from '../i18n/index.js';
import { Button, ICONS } from '../parts/button.jsx';
import { change, defaults, draft, issues, schema } from '../state.js';

/** @typedef {{schema: any, value: any, path: (string | number)[], label?: string, live?: boolean}} FieldProps */

/** @param {any} part */
const resolve = (part) => resolveIn(schema.value, part);

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
  const changed = JSON.stringify(at(path, draft.value)) !== JSON.stringify(at(path, defaults.value) ?? part.default);
  const text = words(part, 'description');
  return (
    <div class={`field${changed ? ' changed' : ''}`}>
      <label for={id} title={text}>
        <span>{words(part, 'title') || path[path.length - 1]}</span>
        <small class={live ? 'badge live' : 'badge'} title={live ? t('liveHint') : t('restartsHint')}>{live ? t('live') : t('restarts')}</small>
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

/** One of a few words. @param {FieldProps & {options: {value: string, words: any}[]}} props */
function WordField({ schema: part, value, path, live, options }) {
  const chosen = options.find((option) => option.value === value);
  return (
    <Labelled schema={part} path={path} live={live}>
      <select id={dotted(path)} value={value} onChange={(event) => change(path, event.currentTarget.value)}>
        {options.map((option) => <option value={option.value}>{words(option.words, 'title') || option.value}</option>)}
      </select>
      <Hint text={words(chosen?.words, 'description')} />
    </Labelled>
  );
}

/** @param {{text: string}} props */
const Hint = ({ text }) => (text ? <p class="hint">{text}</p> : null);

/** One of several parts, each with settings of its own. @param {FieldProps & {options: [string, any][]}} props */
function ChoiceField({ schema: part, value, path, live, options }) {
  const tag = tagOf(value);
  const chosen = options.find(([name]) => name === tag)?.[1];
  const pick = (/** @type {string} */ next) => {
    const content = /** @type {[string, any]} */ (options.find(([name]) => name === next))[1];
    change(path, fresh(schema.value, next, content['x-defaults'] ?? content));
  };
  return (
    <>
      {options.length > 1 ? (
        <Labelled schema={part} path={path} live={live}>
          <select id={dotted(path)} value={tag} onChange={(event) => pick(event.currentTarget.value)}>
            {options.map(([name, content]) => <option value={name}>{words(resolve(content), 'title') || name}</option>)}
          </select>
          <Hint text={words(resolve(chosen), 'description')} />
        </Labelled>
      ) : <Hint text={words(resolve(chosen), 'description')} />}
      {chosen && typeof value === 'object' && <Field schema={chosen} value={value[tag]} path={[...path, tag]} live={live} />}
    </>
  );
}

/** What can be done with an entry of a list. @param {{name: 'up' | 'down' | 'duplicate' | 'remove', at: number, disabled?: boolean, action: () => void}} props */
const Tool = ({ name, at, disabled, action }) => <Button name={`${t(name)} ${at + 1}`} icon={ICONS[name]} action={action} disabled={disabled} />;

/** @param {FieldProps} props */
function ListField({ schema: part, value, path, live }) {
  const items = /** @type {any[]} */ (value ?? []);
  const item = resolve(part.items);
  const [option] = choices(item);
  const free = wordsOf(item).map((word) => word.value);
  const make = () => (option ? fresh(schema.value, ...option) : (free.find((word) => !items.includes(word)) ?? free[0]));
  const move = (/** @type {number} */ from, /** @type {number} */ to) => {
    const next = [...items];
    next.splice(to, 0, ...next.splice(from, 1));
    change(path, next);
  };
  return (
    <fieldset class="list" id={dotted(path)}>
      <legend title={words(part, 'description')}>{words(part, 'title')}</legend>
      <Problems path={path} />
      {!items.length && <p class="hint">{t('empty')} {words(part, 'description')}</p>}
      {items.map((entry, index) => (
        <div class="item" key={index}>
          <div class="tools">
            <b>{index + 1}</b>
            <Tool name="up" at={index} disabled={index === 0} action={() => move(index, index - 1)} />
            <Tool name="down" at={index} disabled={index === items.length - 1} action={() => move(index, index + 1)} />
            <Tool name="duplicate" at={index} action={() => change(path, items.toSpliced(index, 0, structuredClone(entry)))} />
            <Tool name="remove" at={index} action={() => change(path, items.toSpliced(index, 1))} />
          </div>
          <Field schema={part.items} value={entry} path={[...path, index]} live={live} />
        </div>
      ))}
      <button type="button" class="add" onClick={() => change(path, [...items, items.length && option ? structuredClone(items[items.length - 1]) : make()])}>+ {t('add')}</button>
    </fieldset>
  );
}

/** The words of a list of words, with their own titles. @param {any} part @returns {{value: string, words: any}[]} */
const wordsOf = (part) => part.enum?.map((/** @type {string} */ value) => ({ value, words: null }))
  ?? part.oneOf?.flatMap((/** @type {any} */ option) => (option.enum ?? (option.const ? [option.const] : [])).map((/** @type {string} */ value) => ({ value, words: option })))
  ?? [];

/** The field for any schema. @param {FieldProps} props @returns {any} */
export function Field({ schema: raw, value, path, live }) {
  const part = resolve(raw);
  const alive = live || Boolean(raw['x-live'] ?? part['x-live']);
  const props = { schema: part, value, path, live: alive };
  const options = choices(part);
  if (options.length) return <ChoiceField {...props} options={options} />;
  const listed = wordsOf(part);
  if (listed.length) return <WordField {...props} options={listed} />;
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
