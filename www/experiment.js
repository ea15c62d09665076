/** The experiment document by its schema: defaults, choices, and documents that say only what differs. Knows JSON and nothing else. */

/** @typedef {import('./boundary').Document} Document */
/** @typedef {import('./boundary').Schema} Schema */

/** @param {unknown} it */
const plain = (it) => it && typeof it === 'object' && !Array.isArray(it);

/** The definition that a part of the schema refers to, with the words of the place that refers to it. @param {Schema} root @param {Schema} part @returns {Schema} */
export function resolve(root, part) {
  if (!part?.$ref) return part;
  const { $ref, ...own } = part;
  return { ...resolve(root, root.$defs[$ref.split('/').pop()]), ...own };
}

/** A schema with every definition in the place that refers to it, for one that does not refer to itself. @param {Schema} root @param {Schema} [part] @returns {Schema} */
export function inlined(root, part = root) {
  if (Array.isArray(part)) return part.map((item) => inlined(root, item));
  if (!plain(part)) return part;
  const { $defs, ...whole } = resolve(root, part);
  return Object.fromEntries(Object.entries(whole).map(([key, value]) => [key, key === 'default' ? value : inlined(root, value)]));
}

const WORDS = ['title', 'description', 'x-title-zh', 'x-description-zh', 'x-term'];

/** The ways to choose, as [tag, schema of its settings, with the option's own words where it has some]; empty for what is no choice. @param {Schema} part @returns {[string, Schema][]} */
export const choices = (part) =>
  (part?.oneOf ?? [])
    .filter((/** @type {Schema} */ option) => option.properties)
    .map((/** @type {Schema} */ option) => {
      const [tag, content] = /** @type {[string, Schema]} */ (Object.entries(option.properties)[0]);
      return [tag, { ...content, ...Object.fromEntries(WORDS.filter((key) => option[key]).map((key) => [key, option[key]])) }];
    });

/** The tag of a choice. @param {Document} value */
export const tagOf = (value) => (typeof value === 'string' ? value : Object.keys(value ?? {})[0]);

/** Every property's default. @param {Schema} part */
export const defaultsOf = (part) =>
  Object.fromEntries(
    Object.entries(part?.properties ?? {}).map(([key, property]) => [key, structuredClone(/** @type {Schema} */ (property).default)]),
  );

/** A choice with its defaults filled in. @param {Schema} root @param {string} tag @param {Schema} part */
export const fresh = (root, tag, part) => ({ [tag]: defaultsOf(resolve(root, part)) });

/** What an entry of a list begins with, of whatever kind it is. @param {Schema} root @param {Schema} raw @returns {Document} */
export function blank(root, raw) {
  const part = resolve(root, raw);
  if (part?.default !== undefined) return structuredClone(part.default);
  if (part?.properties) return defaultsOf(part);
  const [option] = choices(part);
  if (option) return fresh(root, ...option);
  const word = part?.enum?.[0] ?? part?.oneOf?.[0]?.const ?? part?.oneOf?.[0]?.enum?.[0];
  if (word !== undefined) return word;
  const type = [part?.type].flat()[0];
  if (type === 'number' || type === 'integer') return Math.max(part.minimum ?? 0, 0);
  return /** @type {Record<string, Document>} */ ({ array: [], object: {}, boolean: false })[type] ?? '';
}

/** Lays a partial document over the defaults. Anything that is not an object is left to the engine to name. @param {Document} base @param {Document} over @returns {Document} */
export function overlay(base, over) {
  if (!plain(base) || !plain(over)) return over;
  const tagged = Object.keys(base).length === 1 && Object.keys(over).length === 1 && Object.keys(base)[0] !== Object.keys(over)[0];
  if (tagged) return over;
  // Made from entries: a key `__proto__` is one like any other, and is named by the engine.
  return Object.fromEntries([
    ...Object.entries(base),
    ...Object.entries(over).map(([key, value]) => [key, Object.hasOwn(base, key) ? overlay(base[key], value) : value]),
  ]);
}

/** Fills in the defaults of choices that a document leaves out. @param {Schema} root @param {Document} experiment */
export function complete(root, experiment) {
  /** @param {Schema} raw @param {Document} value @returns {Document} */
  const fill = (raw, value) => {
    const part = resolve(root, raw);
    // What the schema does not know has no defaults; the engine names it.
    if (!part) return value;
    if (Array.isArray(value)) return value.map((item) => fill(part.items, item));
    const options = choices(part);
    if (options.length) {
      const tag = tagOf(value);
      const option = options.find(([name]) => name === tag);
      return option ? { [tag]: fill(option[1], typeof value === 'string' ? {} : (value[tag] ?? {})) } : value;
    }
    if (!part?.properties || !plain(value)) return value;
    return Object.fromEntries(
      Object.entries(part.properties).map(([key, property]) => [
        key,
        fill(property, key in value ? value[key] : structuredClone(/** @type {Schema} */ (property).default)),
      ]),
    );
  };
  return fill(root, experiment);
}

/** The JSON type of a value. @param {Document} value */
const typeOf = (value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/**
 * What of a document a form can show, whole: whatever is of another kind than its place is as it is by default. Numbers beyond their bounds stay, because
 * a form shows what is wrong with them.
 * @param {Schema} root @param {Document} document
 */
export function fitted(root, document) {
  /** @param {Schema} raw @param {Document} value @param {Document} otherwise @returns {Document} */
  const fit = (raw, value, otherwise) => {
    const part = resolve(root, raw);
    const ways = part?.anyOf ?? (choices(part).length ? null : part?.oneOf);
    if (ways) {
      const way = ways.map((/** @type {Schema} */ one) => resolve(root, one)).find((/** @type {Schema} */ one) => suits(one, value));
      return way ? fit(way, value, otherwise) : otherwise;
    }
    if (!suits(part, value)) return otherwise;
    const options = choices(part);
    if (options.length) {
      const tag = tagOf(value);
      const option = options.find(([name]) => name === tag);
      if (!option) return value;
      const content = resolve(root, option[1]);
      const own = content?.properties ? defaultsOf(content) : undefined;
      const inner = fit(content, typeof value === 'string' ? {} : value[tag], own);
      return inner === undefined ? otherwise : { [tag]: inner };
    }
    if (Array.isArray(value)) return value.map((item) => fit(part.items, item, undefined)).filter((item) => item !== undefined);
    if (!part?.properties) return value;
    return Object.fromEntries(
      Object.entries(part.properties).map(([key, property]) => {
        const usual = structuredClone(/** @type {Schema} */ (property).default);
        return [key, Object.hasOwn(value, key) ? fit(property, value[key], usual) : usual];
      }),
    );
  };
  return complete(root, fit(root, document, defaultsOf(root)));
}

/** Whether a value is of the kind that a part of a schema describes. @param {Schema} part resolved @param {Document} value */
function suits(part, value) {
  const type = typeOf(value);
  if (part?.const !== undefined) return value === part.const;
  if (part?.enum) return part.enum.includes(value);
  const tags = (part?.oneOf ?? []).flatMap((/** @type {Schema} */ one) =>
    one.properties ? Object.keys(one.properties) : [one.const, ...(one.enum ?? [])],
  );
  if (tags.length) return (type === 'string' || (type === 'object' && Object.keys(value).length === 1)) && tags.includes(tagOf(value));
  if (part?.properties) return type === 'object';
  const types = [part?.type ?? []].flat().map((/** @type {string} */ name) => (name === 'integer' ? 'number' : name));
  if (types.length && !types.includes(type)) return false;
  return type !== 'array' || value.length <= (part?.maxItems ?? Infinity);
}
