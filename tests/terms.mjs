/**
 * One thing has one name in each language, everywhere: in the schema's titles and descriptions, in what the engine says, on the page, in lessons, challenges,
 * presets, the glossary and the README. What is looked at is the sources, so that nothing has to be built. `node tests/terms.mjs`.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { all as terms } from '../www/glossary/terms.js';
import { words } from '../www/i18n/words.js';

/** @typedef {{place: string, en: string, zh: string, kind: 'title' | 'description' | 'message' | 'word' | 'term' | 'text'}} Said `place` is where it stands; a language may be empty */

const listed = (/** @type {string[]} */ ...patterns) =>
  execFileSync('git', ['ls-files', ...patterns])
    .toString()
    .split('\n')
    .filter(Boolean);
const read = (/** @type {string} */ path) => readFileSync(path, 'utf8');
const isChinese = (/** @type {string} */ text) => /\p{Script=Han}/u.test(text);

/** Doc comments of settings, `Title | 标题` and, behind an empty line, `Sentence. | 句子。`. @param {string} path @returns {Said[]} */
function documented(path) {
  const blocks = read(path).matchAll(/^[ \t]*\/\/\/ (.*(?:\n[ \t]*\/\/\/.*)*)/gm);
  return [...blocks].flatMap(([, block]) => {
    const lines = block.split('\n').map((line) => line.replace(/^[ \t]*\/\/\/ ?/, ''));
    return lines.flatMap((line, at) => {
      const [en, zh] = line.split(' | ');
      if (!zh || (!isChinese(zh) && at > 0)) return [];
      return [{ place: `${path}, “${en.slice(0, 30)}”`, en, zh, kind: at === 0 ? 'title' : 'description' }];
    });
  });
}

/** What the engine says, but for its tests. @param {string} path @returns {Said[]} */
function messages(path) {
  const code = read(path).split(/#\[cfg\(test\)\]\s*mod \w+ \{/)[0];
  const plain = (/** @type {string} */ text) => text.replace(/\\\n\s*/g, '').replace(/\\"/g, '"');
  return [...code.matchAll(/message!\(\s*"((?:[^"\\]|\\[\s\S])*)"\s*,\s*"((?:[^"\\]|\\[\s\S])*)"/g)].map((found) => ({
    place: `${path}:${code.slice(0, found.index).split('\n').length}`,
    en: plain(found[1]),
    zh: plain(found[2]),
    kind: 'message',
  }));
}

/** Strings in a script, each by itself. @param {string} path @returns {Said[]} */
const strings = (path) =>
  [...read(path).matchAll(/'((?:[^'\\\n]|\\.)+)'|`([^`]+)`/g)].map(([, quoted, template]) => {
    const text = (quoted ?? template).replace(/\\'/g, "'");
    return { place: path, en: isChinese(text) ? '' : text, zh: isChinese(text) ? text : '', kind: 'text' };
  });

const rust = listed('src/*.rs').filter((path) => !/tests?\.rs$/.test(path));
/** @type {Said[]} */
const said = [
  ...rust.flatMap(documented),
  ...rust.flatMap(messages),
  ...Object.entries(words).map(([key, [en, zh]]) => /** @type {Said} */ ({ place: `words, ${key}`, en, zh, kind: 'word' })),
  ...terms.flatMap(({ id, name, text, where, formula }) => [
    /** @type {Said} */ ({ place: `glossary, ${id}`, en: name[0], zh: name[1], kind: 'term' }),
    ...[text, where, ...(Array.isArray(formula) ? [formula] : [])].map(
      ([en, zh]) => /** @type {Said} */ ({ place: `glossary, ${id}`, en, zh, kind: 'text' }),
    ),
  ]),
  ...listed('www/lessons/*.js', 'www/challenges/*.js').flatMap(strings),
  ...JSON.parse(read('presets/networks.json')).flatMap((/** @type {any} */ { id, name, about }) =>
    [name, about].map((pair) => ({ place: `presets, ${id}`, ...pair, kind: 'text' })),
  ),
  ...read('README.md')
    .split('\n')
    .map((en, at) => /** @type {Said} */ ({ place: `README.md:${at + 1}`, en, zh: '', kind: 'text' })),
];

/** What is not said, and what is said for it. A table of a file has rows; what a model learns from are samples. @type {[RegExp, string, RegExp?][]} */
const NOT_ENGLISH = [
  [/\b(training|train|validation|test|held-out|wrong) rows?\b/i, 'samples'],
  [/\brows? of (a|the|each|every) (batch|update)\b|\bbatch(es)? of (\S+ )?rows\b/i, 'samples'],
  [/\b(rows|samples) seen\b/i, 'samples seen', /^(?!.*\brows seen)/i],
  [/\btest part\b/i, 'test set'],
  [/\b(parts of the split|each part\b|in the parts\b)/i, 'splits'],
  [/\bmini-batch descent\b/i, 'mini-batch SGD'],
  [/\bplain descent\b/i, 'plain SGD'],
  [/\bdecoupled decay\b/i, 'decoupled weight decay'],
  [/\bclip the gradient\b/i, 'gradient clipping'],
  [/\bmiddle half\b/i, 'interquartile range (IQR)'],
  [/\bnever arrive[sd]\b|\bthere after \{/i, 'reached at, not reached'],
  [/^One update$|\ba frame\b/, 'Step, 1 update per frame'],
  [/\bgo to best\b|\bkeep best\b/i, 'best checkpoint, Restore best'],
  [/\breveal/i, 'evaluate on test set'],
  [/\bplay again\b/i, 'Restart'],
  [/^said →|^true ↓|^true \{|true → model/, 'actual, predicted'],
  [/\bfill gaps\b|\bfill in what is missing\b/i, 'impute missing values'],
  [/^take back$/i, 'undo'],
  [/^Peak$|\brising part\b/i, 'Max learning rate (×), Warm-up fraction'],
  [/^Knots$/i, 'Warp points'],
  [/\bmost of the way\b|\bthe way here\b/i, 'PC1, trajectory'],
  [/f − lowest|^Ground$|^Most (rows|updates|tries)$/, 'f − f*, Surface, Max'],
  [/^(Minimum|Maximum) (?!to)/, 'Min, Max'],
  [/\bstudies\b/i, 'experiments over seeds'],
  [/\bparameters in all\b|\bupdates in all\b/i, 'total parameters, total updates'],
  [/\bmultiply-adds? a row\b|\bmult-adds\b/i, 'MACs'],
  [/\bfewest rows\b/i, 'min samples per class'],
  [/\bdiverges since\b/i, 'diverged at'],
  [/\bby its cells\b|^\{n\} different$/i, 'auto-detected, unique'],
  [/\banswers?\b/i, 'predictions, outputs, targets', /none of the answers|\{answer\}|\brun (then|itself)\b|^answers$/i],
];

/** @type {[RegExp, string, RegExp?][]} */
const NOT_CHINESE = [
  [/(训练|验证|测试|留出)(的)?行(?!为)/, '样本'],
  [/数据行/, '样本', /表头/],
  [/各部分中|每个部分/, '各子集'],
  [/学习率计划|(?<!事先)计划(开始|结束)/, '学习率调度'],
  [/停滞时降低|遇平台期/, '平台期衰减'],
  [/提前停止/, '早停'],
  [/批量大小|(?<!小)批量|小批量(?! SGD)/, '批大小、批次、小批量 SGD'],
  [/(?<!门控循环)单元(?!格)/, '神经元'],
  [/随机失活/, 'Dropout'],
  [/播放/, '开始'],
  [/(?<!随机)种子/, '随机种子'],
  [/([一二两三四五每各两]个|第[一二三]个|\} ?个|所选的|添加|一次|单次|次)训练(?!样本|集|行|数据|图)/, '运行'],
  [/训练 \{\w+\} 次/, '运行 {n} 次'],
  [/揭示/, '评估测试集'],
  [/耐心(?!值)/, '耐心值'],
  [/回答/, '预测、输出', /再用运行|提问/],
  [/双曲正切|带泄漏/, 'Tanh、Leaky ReLU'],
  [/无需计划/, 'Schedule-Free AdamW（免学习率调度）'],
  [/曲面上的比赛/, '优化器赛跑（测试函数）'],
  [/自己画点/, '手绘数据点'],
  [/中间一半/, '四分位距（IQR）'],
  [/威尔科克森|瞎猜/, 'Wilcoxon、随机猜测'],
  [/次后最低|，而不是 \$\{\w+\} 次/, '在第 … 次更新时'],
  [/解耦衰减/, '解耦权重衰减'],
  [/重新布置|离开课程|离开挑战/, '重置本步、退出课程'],
  [/(^|“)增强(”|$| ›)/, '数据增强'],
  [/(^|“)停止(”|$| ›)/, '停止条件'],
  [/^每$/, '间隔'],
  [/从未到达/, '未到达'],
  [/(?<![一-龥])研究(?!者)|^研究/, '多次实验'],
];

/** @param {Said} what @param {'en' | 'zh'} language @param {[RegExp, string, RegExp?][]} rules */
const against = (what, language, rules) =>
  rules
    .filter(([wrong, , but]) => wrong.test(what[language]) && !but?.test(what[language]))
    .map(([wrong, right]) => `${what.place}: “${what[language].match(wrong)?.[0]}” is called ${right}: ${what[language]}`);

/** Nouns of things that are counted, in the form for several. */
const COUNTED =
  'rows|samples|runs|updates|evaluations|columns|classes|points|parameters|params|units|leaves|layers|seeds|checkpoints|terms|images|steps|values|gradients|epochs|characters|cells|places|tries|racers|folds|fields|MACs';

/** A count whose noun has no form for one. @param {Said} what */
function countless({ place, en, kind }) {
  const counts = kind === 'word' || kind === 'message' ? /\{(?!part\}|metric\}|[A-Z_]+\})\w+\}/ : null;
  const found =
    counts &&
    en.match(new RegExp(`(?<!\\bat most |\\bat least |\\bto |\\bthan |\\ball )${counts.source} (?:(?!over )[a-z]+ )?(?:${COUNTED})\\b`));
  return found ? [`${place}: “${found[0]}” may be of one: ${kind === 'word' ? '{n|row|rows}' : 'counted'} has its form: ${en}`] : [];
}

const strict = (/** @type {string} */ text) => text.replace(/'/g, '’').trim();
const labels = said.filter(({ kind }) => ['title', 'word', 'term'].includes(kind));
/** The Chinese of an English label. @param {string} label */
const chineseOf = (label) => labels.filter(({ en }) => strict(en) === strict(label)).map(({ zh }) => zh);

/** What stands in quotation marks in a message is what the form or the page calls it, in both languages. @param {Said} what */
function quoted({ place, en, zh }) {
  const inside = (/** @type {string} */ text) => [...text.matchAll(/“([^”{}]+)”/g)].map(([, label]) => label);
  return inside(en).flatMap((label) => {
    const there = chineseOf(label);
    if (!there.length) return [`${place}: nothing is called “${label}”`];
    return there.some((name) => zh.includes(`“${name}”`)) ? [] : [`${place}: “${label}” is “${there.join('”, “')}” in Chinese: ${zh}`];
  });
}

/** The tag of a choice or of a field, which who fills in a form has never seen. @param {Said} what */
const tags = ({ place, en }) =>
  (en.replace(/\{[^}]*\}/g, '').match(/\b[a-z]+(?:_[a-z0-9]+)+\b/g) ?? []).map((tag) => `${place}: ${tag} is no title: ${en}`);

/** Steps of a way through the form, as “Model › Loss › Huber”, are what they are called there. @param {Said} what @param {'en' | 'zh'} language */
function ways({ place, ...texts }, language) {
  const text = strict(texts[language]);
  const known = labels.map((label) => strict(label[language])).filter(Boolean);
  const general = {
    en: ['a layer', 'a convolution or pooling layer', 'a convolution', 'a cross-entropy'],
    zh: ['某一层', '卷积层或池化层', '某种交叉熵'],
  };
  const names = new Set([...known, ...general[language]]);
  return text
    .split(' › ')
    .slice(0, -1)
    .flatMap((before, at, parts) => {
      const after = text.split(' › ')[at + 1];
      const ends = [...names].some((name) => before.endsWith(name));
      const begins = [...names].some((name) => after.startsWith(name));
      return [
        ...(ends ? [] : [`${place}: nothing is called “${before}”`]),
        ...(begins || at < parts.length - 1 ? [] : [`${place}: nothing is called “${after}”`]),
      ];
    });
}

/** English labels that name several things, of which each has a word of its own in Chinese. */
const SEVERAL = new Set(
  'charts, constant, convolution, drawing, features, finish, layers, samples, share, step, steps, test, validation, your own'.split(', '),
);
const bare = (/** @type {string} */ text) => text.replace(/（[^）]*）/g, '').trim();
/** A label is the same word wherever it stands. */
function twofold() {
  /** @type {Map<string, Map<string, string>>} */
  const known = new Map();
  for (const { en, zh, place } of labels.filter(({ en }) => !en.includes('{') && en.split(' ').length <= 4)) {
    const name = strict(en).toLowerCase();
    if (!known.has(name)) known.set(name, new Map());
    known.get(name)?.set(bare(zh), place);
  }
  const idle = [...SEVERAL].filter((name) => (known.get(name)?.size ?? 0) < 2);
  return [
    ...[...known]
      .filter(([name, names]) => names.size > 1 && !SEVERAL.has(name))
      .map(([name, names]) => `“${name}” is ${[...names].map(([zh, place]) => `“${zh}” (${place})`).join(' and ')}`),
    ...idle.map((name) => `“${name}” has one name: take it off the list of those with several`),
  ];
}

/** Lessons and challenges speak of what is learned from, and of no tables. @param {Said} what */
const lessonly = ({ place, en }) =>
  /^www.(lessons|challenges)/.test(place) && /\brows?\b/.test(en.replace(/\$\{[^}]*\}|\bin a row\b/g, ''))
    ? [`${place}: rows are called samples: ${en}`]
    : [];

const problems = [
  ...said.flatMap(lessonly),
  ...said.flatMap((what) => [...against(what, 'en', NOT_ENGLISH), ...against(what, 'zh', NOT_CHINESE), ...countless(what)]),
  ...said.filter(({ kind }) => kind === 'message').flatMap((what) => [...quoted(what), ...tags(what)]),
  ...said.filter(({ place }) => place.startsWith('glossary')).flatMap((what) => [...ways(what, 'en'), ...ways(what, 'zh')]),
  ...twofold(),
];
problems.forEach((problem) => console.error(problem));
console.log(`${said.length} texts, ${labels.length} labels, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
