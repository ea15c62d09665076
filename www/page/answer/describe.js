/** The picture in words: for those who do not see it, and for what is under the pointer. */
import { nodesOf } from '../../abilities.js';
import { areShares, isJudged, namesOf, saidOf, saysNumbers } from '../../answers.js';
import { count, number } from '../../format.js';
import { t } from '../../i18n/index.js';
import { layout, present, roomy } from '../../layout.js';
import { PARTS } from '../../views/marks.js';
import { cellAt, greatest } from '../../views/map/rows.js';
import { short } from '../../views/rows/short.js';
import { judge, tally } from './judged.js';
import { drawing } from './drawing.js';
import { kindOf, onMap } from './kind.js';

/** @typedef {import('../../state.js').Points} Points */
/** @typedef {import('../../state.js').Run} Run */

/** @typedef {import('../../i18n/index.js').Key} Key */

/** What is to be seen, in a sentence or two. @param {Run} run @param {Points} points */
export function summary(run, points) {
  const name = judge.value ? 'validation' : 'train';
  const part = t(name);
  const { value } = tally;
  const rows = count(value?.rows ?? 0);
  const numbers = points.task === 'regression';
  const measured = run.measured[name];
  const kind = kindOf(points);
  const said = !isJudged(run, points)
    ? t(saidOf(run), { n: run.outputs, loss: number(measured.loss), part })
    : numbers
      ? t('sayError', { part, value: number(measured.rmse), error: number(value?.error), rows })
      : t('sayAccuracy', { part, value: number(measured.accuracy), wrong: count(value?.wrong ?? 0), rows });
  const { columns } = onMap(points);
  const [x, y] = columns;
  return [said[0].toUpperCase() + said.slice(1), kind === 'plane' && columns.length === 2 && t('sayMap', { x, y }), keysOf(points)]
    .filter(Boolean)
    .join(' ');
}

/** What the keyboard does. @param {Points} points */
export function keysOf(points) {
  const kind = kindOf(points);
  return [
    t(kind === 'gallery' ? 'sayKeysRows' : points.task === 'regression' ? 'sayKeysNumbers' : 'sayKeys'),
    drawing.value && t('sayDraw'),
    (kind === 'plane' || kind === 'series') && t('sayZoom'),
  ]
    .filter(Boolean)
    .join(' ');
}

/**
 * What is known of a row or a place.
 * @typedef {object} Told
 * @property {string} title
 * @property {[string, string][]} facts names and values
 * @property {{name: string, share: number, at: number, right: boolean}[]} shares probabilities of classes
 * @property {boolean} wrong
 */

/** Beyond this many classes only the likeliest are listed, and the true one. */
const LISTED = 6;
/** Columns of a row that are listed where the map shows two of many. */
const WHOLE = 32;
/** The same where a row has a place of its own: as many as fit there, of longer names one below the other. */
const OWN = {
  roomy: { short: 12, long: 8 },
  usual: { short: 10, long: 4 },
  phone: { short: LISTED, long: 4 },
  present: { short: LISTED, long: 3 },
};

/** @param {Points} points */
function fitting({ classes }) {
  const room = OWN[roomy.value ? 'roomy' : present.value ? 'present' : layout.value === 'phone' ? 'phone' : 'usual'];
  return short(classes) ? room.short : room.long;
}

/** @param {Run} run @param {Points} points @param {ArrayLike<number>} values @param {number} at @param {number} target the true class, −1 where there is none @param {number} [most] */
function sharesOf(run, points, values, at, target, most = LISTED) {
  if (!areShares(run)) return [];
  const { outputs } = run;
  const all = namesOf(run, points).map((/** @type {string} */ name, /** @type {number} */ k) => ({
    name,
    share: values[at * outputs + k],
    at: k,
    right: k === target && isJudged(run, points),
  }));
  if (all.length <= most) return all;
  const ordered = [...all].sort((/** @type {{share: number}} */ a, /** @type {{share: number}} */ b) => b.share - a.share);
  const first = ordered.slice(0, most);
  const apart = ordered.slice(most).find((/** @type {{right: boolean}} */ { right }) => right);
  return apart ? [...first.slice(0, -1), apart] : first;
}

/** @param {Run} run @param {Points} points @param {number} row @returns {Told} */
export function ofRow(run, points, row) {
  const { columns, inputs, targets, split } = points;
  const { outputs, predictions } = run;
  const width = columns.length;
  const part = PARTS[split[row]];
  const target = targets[row];
  const [numbers, judged] = [saysNumbers(run), isJudged(run, points)];
  const known = predictions?.length === targets.length * outputs;
  // Rows that are seen as what they are need no list of their numbers.
  const kind = kindOf(points);
  const single = kind === 'gallery' || kind === 'series';
  const listed = single ? 0 : points.plane ? WHOLE : LISTED;
  const title = single ? t('numbered', { row: t(`${part}Row`), n: count(points.places[row] + 1) }) : t(`${part}Row`);
  const facts = /** @type {[string, string][]} */ (
    columns.slice(0, listed).map((/** @type {string} */ name, /** @type {number} */ at) => [name, number(inputs[row * width + at])])
  );
  if (listed && width > listed) facts.push(['', t('more', { n: width - listed })]);
  if (points.task !== 'clustering') facts.push([t('trueValue'), points.task === 'regression' ? number(target) : points.classes[target]]);
  if (!known) return { title, facts, shares: [], wrong: false };
  const best = greatest(predictions, outputs, row);
  facts.push([t('saidValue'), numbers ? number(predictions[row]) : namesOf(run, points)[best]]);
  if (numbers) facts.push([t('errorValue'), number(predictions[row] - target)]);
  return {
    title,
    facts,
    shares: numbers ? [] : sharesOf(run, points, predictions, row, target, single ? fitting(points) : LISTED),
    wrong: judged && !numbers && best !== target,
  };
}

/** @param {Run} run @param {Points} points @param {number} x @param {number | null} y @returns {Told} */
export function ofPlace(run, points, x, y) {
  const { map, outputs, leaves } = run;
  const nodes = nodesOf(run);
  const at = cellAt(run, x, y);
  const facts = /** @type {[string, string][]} */ ([[points.columns[0], number(x)]]);
  if (y !== null) facts.push([points.columns[1], number(y)]);
  if (!map || at < 0) return { title: t('outsideMap'), facts, shares: [], wrong: false };
  const numbers = saysNumbers(run);
  facts.push([t('saidValue'), numbers ? number(map[at]) : namesOf(run, points)[greatest(map, outputs, at)]]);
  if (leaves && nodes?.[leaves[at]]) facts.push([t('nodeHere'), t('leafRows', { n: count(nodes[leaves[at]].rows) })]);
  return { title: t('placeHere'), facts, shares: numbers ? [] : sharesOf(run, points, map, at, -1), wrong: false };
}

/** @param {Told} told */
export const spoken = ({ title, facts, shares, wrong }) =>
  `${[wrong ? `${title}, ${t('wrongHere')}` : title, ...facts.map(([name, value]) => `${name} ${value}`), ...shares.map(({ name, share }) => `${t('probabilityOf', { name })} ${share.toFixed(2)}`)].join('; ')}.`;
