/** Numbers of studies in words. */
import { count } from '../../format.js';
import { t } from '../../i18n/index.js';

/** NaN is what the engine knows as never. @param {number} updates */
export const least = (updates) => (Number.isFinite(updates) ? updates : NaN);

/** A number of updates, without end for runs that never arrived. @param {number} updates */
export const most = (updates) => (Number.isFinite(updates) ? count(Math.round(updates)) : t('studyNever'));

/** A probability as it is written. @param {number} value */
export const p = (value) => (value < 0.001 ? '< 0.001' : Number(value.toFixed(value < 0.2 ? 3 : 2)).toString());
