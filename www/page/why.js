/** Why there is no engine, in words. */
import { both } from '../i18n/index.js';

/** @param {import('../launch.js').Unreachable} error */
export const why = ({ reason, detail }) =>
  reason === 'simd' ? both('simd') : reason === 'other' ? both('engineOther', { what: detail }) : both('engineAway');
