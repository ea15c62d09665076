/** Before a class: what is shown large, what runs and lines are called, and what is said of a past moment. Pictures of it are kept. */
import { expect, test } from '@playwright/test';
import { en, zh } from '../../www/i18n/words.js';
import { alike } from '../../www/charts/equal.js';
import { stack } from '../../www/page/history/lanes.js';
import { lessons } from '../../www/lessons/index.js';
import { inTheme, ready, scan, update } from './steps.js';

const SIZES = /** @type {const} */ ([
  ['laptop', 1366, 768],
  ['screen', 1920, 1080],
]);

const hash = (/** @type {any} */ experiment) => `#${encodeURIComponent(JSON.stringify(experiment))}`;
const MOONS = { data: { moons: {} }, stop: { early_stopping: { off: {} }, max_updates: 400 } };

/** For `addInitScript`: keeps what is written on canvases in `window.written`, with its colour, newest last; a page in a window of its own is not made full screen. */
function watch() {
  window.written = [];
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    window.written.push([String(text), this.fillStyle, this.font]);
    if (window.written.length > 4000) window.written.splice(0, 2000);
    return fillText.call(this, text, ...rest);
  };
  Element.prototype.requestFullscreen = () => Promise.reject(new Error('not here'));
}

/** Where an element is. @param {import('@playwright/test').Page} page @param {string} element */
async function boxOf(page, element) {
  const first = page.locator(element).first();
  await expect(first).toBeVisible();
  return /** @type {NonNullable<Awaited<ReturnType<typeof first.boundingBox>>>} */ (await first.boundingBox());
}

/** Opens a step, predicts, runs it as fast as it goes, and waits for the answer. @param {import('@playwright/test').Page} page @param {string} lesson @param {number} step @param {typeof en | typeof zh} [words] */
async function run(page, lesson, step, words = en) {
  await page.goto(`./?lesson=${lesson}&step=${step}`);
  const card = page.locator('.lesson');
  await card.getByRole('radio').nth(1).check();
  await page.getByLabel(words.speed, { exact: true }).selectOption('max');
  await card.getByRole('button', { name: words.lessonRun }).click();
  await expect(card.locator('.result')).toBeVisible();
}

/** Drags over the loss to a share of its width. @param {import('@playwright/test').Page} page @param {number} share */
async function dragTo(page, share) {
  const box = await boxOf(page, '.lane.loss .u-over');
  await page.mouse.move(box.x + 0.6 * box.width, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + share * box.width, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(page.locator('.history .back')).toBeVisible();
}

/** Texts and controls of the charts that lie over each other. Runs in the page. */
function overlaps() {
  const history = /** @type {HTMLElement} */ (document.querySelector('.history'));
  const parts = [
    ...history.querySelectorAll('h2, .back span, .reading, button, select, input, .segments, figcaption b, .race .who, .race .how'),
  ]
    .filter((part) => part.checkVisibility() && part.textContent !== '' && !part.closest('[popover]') && !part.querySelector('.who'))
    .map((part) => /** @type {const} */ ([part.textContent, part.getBoundingClientRect(), part]));
  const found = [];
  const bounds = history.getBoundingClientRect();
  for (const [at, [text, a, part]] of parts.entries()) {
    if (a.right > bounds.right + 1 || a.left < bounds.left - 1) found.push(`outside: ${text}`);
    for (const [other, b, with_] of parts.slice(at + 1)) {
      if (part.contains(with_) || with_.contains(part)) continue;
      if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
        found.push(`“${text}” over “${other}”`);
    }
  }
  return found;
}

test('looking back in a race prints nothing over anything, and the counter is of the moment that is shown', async ({ page }) => {
  await page.addInitScript(watch);
  await ready(
    page,
    hash({
      race: {
        runs: [MOONS, { learner: { net: { optimizer: { adam: { learning_rate: 0.05 } } } } }],
        finish: { metric: 'accuracy', value: 2 },
      },
    }),
  );
  await page.getByLabel('Speed').selectOption('max');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.getByRole('button', { name: en.again })).toBeVisible();
  await expect.poll(() => update(page)).toBe(400);
  expect(await page.evaluate(overlaps)).toEqual([]);
  const epochs = Number(await page.locator('#epoch').textContent());
  for (const presented of [false, true]) {
    if (presented) await page.keyboard.press('p');
    for (const [, width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      await dragTo(page, 0.3);
      await expect.poll(() => page.evaluate(overlaps)).toEqual([]);
      await expect.poll(() => update(page)).toBeLessThan(200);
      const shown = await update(page);
      await expect(page.locator('.history .back')).toContainText(`update ${shown}`);
      await expect(page.locator('.metrics h2')).toContainText(`update ${shown}`);
      await expect(page.locator('.counters .of')).toHaveText('of 400');
      expect(Number(await page.locator('#epoch').textContent())).toBeCloseTo((shown / 400) * epochs, 0);
      expect(await page.evaluate((text) => window.written.some(([told]) => told === text), en.backHere.replace('{n}', String(shown)))).toBe(
        true,
      );
      await page.getByRole('button', { name: en.backPresent }).click();
      await expect(page.locator('.counters .of')).toHaveCount(0);
      await expect.poll(() => update(page)).toBe(400);
    }
  }
});

test('a cursor between checkpoints says which one it shows', async ({ page }) => {
  await ready(page, hash({ ...MOONS, stop: { early_stopping: { off: {} }, max_updates: 4000 } }));
  await page.getByLabel('Speed').selectOption('max');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.getByRole('button', { name: en.again })).toBeVisible();
  const lanes = page.locator('.history .lanes');
  await lanes.press('Home');
  await lanes.press('Enter');
  // The first moment is kept always: what is asked for is shown.
  await expect(page.locator('.history .back')).toContainText('Checkpoint at update 0');
  for (let row = 0; row < 40; row++) {
    await lanes.press('ArrowRight');
    const wanted = Number((await page.locator('.history .spoken').textContent())?.match(/update ([\d,]+)/)?.[1].replace(/,/g, ''));
    await lanes.press('Enter');
    await expect.poll(async () => (await page.locator('.history .back').textContent())?.replace(/,/g, '')).toContain(String(wanted));
    const [, shown, asked] =
      /Checkpoint at update ([\d,]+), the last before ([\d,]+)/.exec((await page.locator('.history .back').textContent()) ?? '') ?? [];
    if (!shown) continue;
    const [at, before] = [shown, asked].map((text) => Number(text.replace(/,/g, '')));
    expect(before).toBe(wanted);
    expect(at).toBeLessThan(wanted);
    expect(await update(page)).toBe(at);
    return;
  }
  throw new Error('every row of the history has a checkpoint: nothing was tried');
});

test('F and a button let any panel fill the stage, and F, Escape and the button show all of them again', async ({ page }) => {
  await ready(page);
  const panels = ['.panel.model', '.panel.map', '.panel.metrics', '.history'];
  const seen = async () =>
    (await Promise.all(panels.map(async (panel) => ((await page.locator(panel).isVisible()) ? panel : '')))).filter(Boolean);
  for (const panel of panels) {
    const before = await boxOf(page, panel);
    await page.mouse.move(before.x + before.width / 2, before.y + 12);
    await page.keyboard.press('f');
    await expect.poll(seen).toEqual([panel]);
    const large = await boxOf(page, panel);
    expect(large.width * large.height).toBeGreaterThan(2 * before.width * before.height);
    // The settings stay: what is large can be worked with.
    await expect(page.locator('.rail')).toBeVisible();
    expect(await scan(page, panel)).toEqual([]);
    await page.keyboard.press(panel === '.history' ? 'f' : 'Escape');
    await expect.poll(seen).toEqual(panels);
    await page.locator(panel).getByRole('button', { name: en.stageFill }).click();
    await expect.poll(seen).toEqual([panel]);
    await page.locator(panel).getByRole('button', { name: en.stageBack }).click();
    await expect.poll(seen).toEqual(panels);
  }
  // Escape closes what lies open first.
  await page.locator('.panel.map').getByRole('button', { name: en.stageFill }).click();
  await page.getByRole('button', { name: en.showOptions }).click();
  await page.keyboard.press('Escape');
  await expect(page.locator('.popover:popover-open')).toHaveCount(0);
  expect(await seen()).toEqual(['.panel.map']);
  await page.keyboard.press('Escape');
  await expect.poll(seen).toEqual(panels);
});

test('the panel that a step names is the largest before a class, and a screen of more pixels shows all of it larger', async ({ page }) => {
  await page.addInitScript(watch);
  const named = { chart: '.history', map: '.panel.map', model: '.panel.model' };
  const steps = lessons.flatMap(({ id, steps }) => steps.map(({ stage }, at) => ({ id, step: at + 1, stage })));
  expect(steps).toHaveLength(39);
  for (const stage of /** @type {const} */ (['chart', 'map', 'model'])) {
    const { id, step } = /** @type {typeof steps[0]} */ (steps.find((other) => other.stage === stage));
    await page.goto(`./?lesson=${id}&step=${step}`);
    await expect(page.locator('.lesson').getByRole('radio').first()).toBeVisible();
    await page.locator('h1').click();
    await page.keyboard.press('p');
    const measured = [];
    for (const [, width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      await expect.poll(async () => (await boxOf(page, named[stage])).width).toBeGreaterThan(0.44 * width);
      const areas = await Promise.all(
        Object.values(named).map(async (panel) => {
          const box = await boxOf(page, panel);
          return box.width * box.height;
        }),
      );
      expect(Math.max(...areas)).toBe(areas[Object.keys(named).indexOf(stage)]);
      const sizes = await page.evaluate(() =>
        ['.lesson p', '.lesson h3', '#update', '.history figcaption', '.history h2'].map((part) =>
          parseFloat(getComputedStyle(/** @type {Element} */ (document.querySelector(part))).fontSize),
        ),
      );
      measured.push(sizes);
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(16);
      expect(await page.evaluate(overlaps)).toEqual([]);
    }
    for (const [at, size] of measured[1].entries()) expect(size / measured[0][at]).toBeCloseTo(1080 / 768, 1);
    expect(await scan(page)).toEqual([]);
  }
});

test('runs are called what they are, lines by name at their ends in their colours, and equal lines are told as equal', async ({ page }) => {
  await page.addInitScript(watch);
  const adam = { adam: { learning_rate: 0.05 } };
  await ready(page, hash({ race: { runs: [MOONS, { learner: { net: { optimizer: adam } } }, {}] } }));
  const chips = page.locator('.race .who');
  await expect(chips.nth(0).locator('b')).toHaveText('Adam 0.01');
  await expect(chips.nth(0).locator('.base')).toHaveText(en.raceBase);
  await expect(chips.nth(1)).toHaveText('■Adam 0.05');
  await expect(chips.nth(2)).toContainText(en.raceSame);
  await page.locator('h1').click();
  await page.keyboard.press('f');
  await page.getByLabel('Speed').selectOption('max');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.getByRole('button', { name: en.again })).toBeVisible();
  const colours = await chips.locator('i').evaluateAll((marks) => marks.map((mark) => getComputedStyle(mark).color));
  const hex = (/** @type {string} */ colour) =>
    `#${(colour.match(/\d+/g) ?? []).map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`;
  const said = () =>
    page.evaluate(() => window.written.slice(-400).map(([text, colour, font]) => [text, colour, /^(600|bold)/.test(font)]));
  await expect.poll(said).toContainEqual(['● Adam 0.01', hex(colours[0]), true]);
  await expect.poll(said).toContainEqual(['■ Adam 0.05', hex(colours[1]), true]);
  await expect.poll(said).toContainEqual(['▲', hex(colours[2]), true]);
  await expect.poll(async () => (await said()).map(([text]) => text).join('|')).toContain('● Adam 0.01| = |▲');

  // A step's runs are called as the lesson speaks of them, until they are other runs.
  await run(page, 'early-stopping', 2);
  await expect(chips.locator('b')).toHaveText(['To the end', 'Patience 100']);
  await page.locator('.race .pick').nth(1).click();
  const patience = page.locator('[id="stop.early_stopping.patience.patience"]');
  await patience.fill('7');
  await page.keyboard.press('Tab');
  await expect(chips.nth(1).locator('b')).toHaveText('Patience 7');
});

test('which lines lie on one another is told by their numbers', () => {
  const whole = [5, 4, 3, 2, 1, 0];
  const early = [5, 4, 3, 2, null, null];
  const other = [5, 3, null, 1, null, 2];
  const table = [
    [
      'the same to the end',
      [whole, [...whole]],
      [
        { same: [0, 1], until: null },
        { same: [], until: null },
      ],
    ],
    [
      'one ends where the other goes on',
      [whole, early],
      [
        { same: [0], until: null },
        { same: [1], until: 0 },
      ],
    ],
    [
      'they part',
      [whole, other],
      [
        { same: [0], until: null },
        { same: [1], until: null },
      ],
    ],
    [
      'alike at the start only, evaluated at other rows',
      [
        [5, 4, null, 3, null],
        [5, null, 6, null, 7],
      ],
      [
        { same: [0], until: null },
        { same: [1], until: null },
      ],
    ],
    [
      'nothing trained yet',
      [[5], [5]],
      [
        { same: [0, 1], until: null },
        { same: [], until: null },
      ],
    ],
    [
      'without numbers',
      [
        [null, null],
        [null, null],
      ],
      [
        { same: [0], until: null },
        { same: [1], until: null },
      ],
    ],
  ];
  for (const [what, lines, found] of table) expect(alike(/** @type {any} */ (lines)), String(what)).toEqual(found);
});

test('below one another stands first what the class races for', () => {
  const lanes = [
    ['loss', 'loss'],
    ['accuracy', 'metric'],
    ['rate', 'rate'],
    ['gradient', 'norm'],
  ].map(([name, sort]) => ({ name, sort }));
  const names = (/** @type {Parameters<typeof stack>} */ ...of) => stack(...of).map(({ name }) => name);
  expect(names(lanes, undefined, true, true)).toEqual(['loss', 'accuracy', 'rate']);
  expect(names(lanes, 'accuracy', true, true)).toEqual(['accuracy', 'loss', 'rate']);
  expect(names(lanes, undefined, true, false)).toEqual(['loss', 'accuracy', 'gradient']);
  expect(names(lanes, 'accuracy', false, true)).toEqual(['accuracy']);
  expect(names([], undefined, true, true)).toEqual([]);
});

for (const [size, width, height] of SIZES) {
  for (const [theme, language, words] of /** @type {const} */ ([
    ['light', 'en', en],
    ['dark', 'zh', zh],
  ])) {
    test(`early stopping before a class, looking back, on a ${size}: ${theme}, ${language}`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await inTheme(page, theme);
      await page.addInitScript(watch);
      await page.addInitScript((language) => localStorage.setItem('language', JSON.stringify(language)), language);
      await run(page, 'early-stopping', 2, words);
      await page.locator('h1').click();
      await page.keyboard.press('p');
      const plot = '.lane.loss .u-over';
      await expect.poll(async () => (await boxOf(page, plot)).height).toBeGreaterThan(0.42 * height);
      expect((await boxOf(page, plot)).width).toBeGreaterThan(0.27 * width);
      await page.mouse.move(0, 0);
      await expect(page).toHaveScreenshot(`class-${size}-${theme}-${language}.png`);
      await dragTo(page, 0.3);
      await page.mouse.move(0, 0);
      await expect.poll(() => page.evaluate(overlaps)).toEqual([]);
      await expect(page).toHaveScreenshot(`class-back-${size}-${theme}-${language}.png`);
    });
  }
}
