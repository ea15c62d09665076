/**
 * Owns the engine. Requests are `{id, call, args}`; replies `{id, value}` or `{id, error}`. The only file that sees wasm.
 */
import init, { Session, schema, start } from './pkg/descent.js';
import wasm from './pkg/descent_bg.wasm?url';

/** @type {Promise<Session> | undefined} */
let ready;
/** What the panic hook printed last: the readable part of a trap. */
let panic = '';
const print = console.error;
console.error = (...parts) => {
  panic = String(parts[0]).split('\n\nStack')[0];
  print(...parts);
};

function begin() {
  ready ??= init({ module_or_path: wasm }).then(() => {
    start();
    return new Session();
  });
  return ready;
}

/** Buffers inside a reply, which can be handed over instead of copied. @param {any} value @param {Set<ArrayBuffer>} found */
function buffers(value, found) {
  if (ArrayBuffer.isView(value)) found.add(/** @type {ArrayBuffer} */ (value.buffer));
  else if (Array.isArray(value)) for (const item of value) typeof item === 'object' && buffers(item, found);
  else if (value && typeof value === 'object') for (const item of Object.values(value)) buffers(item, found);
  return found;
}

const own = {
  schema: () => schema(),
  /** Advances and draws in one trip. @param {Session} session @param {number} budget @param {number} most @param {object} request */
  pull: (session, budget, most, request) => {
    const done = session.advance(budget, most);
    return { done, frame: session.frame(request) };
  },
};

onmessage = async ({ data: { id, call, args } }) => {
  try {
    const session = await begin();
    const value = call in own ? /** @type {any} */ (own)[call](session, ...args) : /** @type {any} */ (session)[call](...args);
    postMessage({ id, value }, { transfer: [...buffers(value, new Set())] });
  } catch (error) {
    postMessage({ id, error: panic || String(error), fatal: error instanceof WebAssembly.RuntimeError });
    panic = '';
  }
};
