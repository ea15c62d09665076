/**
 * A document in few characters: deflated (RFC 1951) against words that documents are made of, and written in the letters of an address (base64url,
 * RFC 4648 §5). In front stands a check sum: of a link that was cut or mistyped deflate itself may make another document.
 */
import { Inflate, deflateSync, strFromU8, strToU8 } from 'fflate';
import { SIGN, decode } from './url.js';

/** Bytes that a link may unfold to. No experiment has so many; a few kilobytes could be made to unfold to gigabytes. */
export const MOST = 1 << 20;
/** Bytes that are unfolded at a time: at most some half a megabyte comes of them, before it is known whether that is too much. */
const SLICE = 512;

/** What documents have in common, the most frequent last. Links that were given away are read with it: it stays as it is to the letter. */
const COMMON = strToU8(
  '"augment":[],"tree":{"criterion":"class":"task":"classification","csv":{"path":"target":"columns":{"role":"drawn":{"points":[["noise":"samples":"spiral":{"moons":{"circles":{"race":{"runs":[{"from":{"update":,"before":{},"finish":{"metric":"accuracy","value":0.95},"way":[["set",["fork",["go_back",["restore_best",["add",["remove",["replace",["live",0,0,{"learner":{"net":{"optimizer":{"adam":{"learning_rate":0.0"sgd":{"momentum":"adamw":{"weight_decay":"schedule":{"cosine":{"t_max":"batch_size":"loss":{"regularisation":{"l2":"dropout":{"p":"layers":[{"dense":{"units":16,"activation":{"relu":{}}}},{"dense":{"units":8,"activation":{"tanh":{}}}}]"stop":{"max_updates":600,"early_stopping":{"off":{}},"patience":{"patience":"min_delta":"data":{"moons":{}},"seed":',
);

/** FNV-1a, folded to 24 bits: four letters. @param {Uint8Array} bytes */
function sum(bytes) {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  const short = (hash ^ (hash >>> 24)) & 0xffffff;
  return [short >>> 16, (short >>> 8) & 255, short & 255];
}

/** @param {Uint8Array} bytes */
const lettersOf = (bytes) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** @param {string} text of these letters alone: `atob` would pass over blanks */
const bytesOf = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

/** @param {string} text @returns {string} what stands in the address, its # included */
export function pack(text) {
  const bytes = strToU8(text);
  const small = deflateSync(bytes, { level: 9, dictionary: COMMON });
  const whole = new Uint8Array(3 + small.length);
  whole.set(sum(bytes));
  whole.set(small, 3);
  return SIGN + lettersOf(whole);
}

/** @param {Uint8Array} small */
function unfold(small) {
  /** @type {Uint8Array[]} */
  const pieces = [];
  let size = 0;
  const inflate = new Inflate({ dictionary: COMMON }, (piece) => {
    pieces.push(piece);
    size += piece.length;
    if (size > MOST) throw new RangeError('too much');
  });
  for (let at = 0; at < small.length; at += SLICE) inflate.push(small.subarray(at, at + SLICE), at + SLICE >= small.length);
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** @param {string} packed as it stands in the address @returns {string | null} null where it is cut, changed or too large */
export function unpack(packed) {
  if (!packed.startsWith(SIGN) || packed.length > 2 * MOST) return null;
  const letters = packed.slice(SIGN.length);
  if (!/^[\w-]{6,}$/.test(letters)) return null;
  try {
    const whole = bytesOf(letters);
    const bytes = unfold(whole.subarray(3));
    return sum(bytes).some((byte, at) => byte !== whole[at]) ? null : strFromU8(bytes);
  } catch {
    return null;
  }
}

/** A link as it is handed on: packed, where that is shorter. @param {string} hash */
export function short(hash) {
  if (!hash || hash.startsWith(SIGN)) return hash;
  const packed = pack(decode(hash));
  return packed.length < hash.length ? packed : hash;
}
