/** The page as a newcomer meets it: the first training is watched, hints come when they help, and the keys are listed. */
import { expect, test } from '@playwright/test';
import { en, zh } from '../../www/i18n/words.js';
import { makePace, rate } from '../../www/pace.js';
import { LACKS, newcomer, painted, ready, scan, update } from './steps.js';

test.use(newcomer);

const play = (/** @type {import('@playwright/test').Page} */ page) => page.getByRole('button', { name: en.play, exact: true }).click();
const speed = (/** @type {import('@playwright/test').Page} */ page) => page.getByRole('combobox', { name: en.speed, exact: true });

/** Seconds until so many updates were due, looked at so many times a second. @param {number} updates @param {number} frames @param {boolean} [moves] */
function lasts(updates, frames, moves = false) {
  const pace = makePace();
  pace.begin(0);
  let done = 0;
  let now = 0;
  while (done < updates) {
    now += 1000 / frames;
    done += pace.due(now, moves, done);
  }
  return now / 1000;
}

test.describe('the pace of who watches', () => {
  test('the usual run takes ten to fifteen seconds, however often a picture comes', () => {
    // It stops early at update 6,886.
    for (const frames of [144, 60, 20, 8]) {
      expect(lasts(6886, frames)).toBeGreaterThan(10);
      expect(lasts(6886, frames)).toBeLessThan(15);
    }
    // The boundary comes to be within the first 1,400.
    expect(lasts(1400, 60)).toBeGreaterThan(3);
  });

  test('it quickens, and a long run does not take for ever', () => {
    expect(rate(false, 6000)).toBeGreaterThan(rate(false, 100));
    expect(lasts(76_000, 60)).toBeLessThan(75);
    // A split is seen as one.
    expect(lasts(12, 60, true)).toBeCloseTo(2.75, 1);
  });

  test('time in which nobody looked makes no debts', () => {
    const pace = makePace();
    pace.begin(0);
    expect(pace.due(0, false, 0)).toBe(1);
    expect(pace.due(3_600_000, false, 1000)).toBeLessThanOrEqual(rate(false, 1000) * 0.25 + 1);
  });
});

test('the first Play is a show: not over at once, and stopped early at the same update as ever', async ({ page }) => {
  await ready(page);
  await expect(speed(page)).toHaveValue('show');
  // What is seen on the way, each update once, as the page shows it.
  await page.evaluate(() => {
    const counter = document.querySelector('#update');
    window.seen = new Set();
    new MutationObserver(() => window.seen.add(Number(counter.textContent.replaceAll(',', '')))).observe(counter, {
      characterData: true,
      childList: true,
      subtree: true,
    });
  });
  await play(page);
  await expect(page.locator('.status.ended')).toBeVisible();
  expect(await update(page)).toBe(6886);
  // What is due at most between two pictures: a quarter of a second's updates, 126 at 1,400, however slow the machine is. A run at full speed is there in a few.
  const seen = await page.evaluate(() => [...window.seen]);
  expect(seen.filter((at) => at > 0 && at < 1400).length).toBeGreaterThan(10);
  await expect(page.locator('.status .verdict')).toHaveText(en.ended_early_stopping.replace('{n}', '6,886'));
  await expect(page.locator('.status')).toContainText('100 evaluations without a lower validation loss. Its weights of update 5786');
});

test('full speed is one press away, goes back, and is remembered', async ({ page }) => {
  await ready(page);
  const fast = page.getByRole('button', { name: en.fullSpeed });
  await expect(fast).toHaveAttribute('aria-pressed', 'false');
  await play(page);
  await expect.poll(() => update(page)).toBeGreaterThan(20);
  await page.keyboard.press('s');
  await expect(fast).toHaveAttribute('aria-pressed', 'true');
  await expect(speed(page)).toHaveValue('max');
  await expect(page.locator('#update')).toHaveText('6,886');
  await page.reload();
  await expect(speed(page)).toHaveValue('max');
  await fast.click();
  await expect(speed(page)).toHaveValue('show');
  await speed(page).selectOption('ten');
  await fast.click();
  await page.reload();
  await expect(speed(page)).toHaveValue('max');
  await fast.click();
  await expect(speed(page)).toHaveValue('ten');
});

test('a tree that is watched grows split by split', async ({ page }) => {
  await ready(page, '#' + encodeURIComponent(JSON.stringify({ learner: { tree: {} } })));
  const begin = Date.now();
  await play(page);
  await expect(page.locator('.status.ended')).toBeVisible();
  const splits = await update(page);
  expect(splits).toBeGreaterThan(3);
  expect(Date.now() - begin).toBeGreaterThan((splits - 2) * 250);
});

const hint = (/** @type {import('@playwright/test').Page} */ page) => page.getByRole('complementary', { name: en.hint });
const short = (/** @type {object} */ more = {}) =>
  '#' + encodeURIComponent(JSON.stringify({ stop: { max_updates: 60, early_stopping: { off: {} } }, ...more }));

test('a hint comes when it helps, one a training, each once', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('speed', '"max"'));
  await ready(page, short());
  await expect(hint(page)).toHaveCount(0);
  await play(page);
  await expect(hint(page)).toContainText(en.hint_scrub);
  expect(await scan(page, '.metrics')).toEqual([]);
  // It goes when its matter is found.
  await page.locator('.lanes').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: en.backPresent })).toBeVisible();
  await expect(hint(page)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: en.again, exact: true }).click();
  await expect(hint(page)).toContainText(en.hint_landscape);
  await page.getByRole('button', { name: en.hintClose }).click();
  await expect(hint(page)).toHaveCount(0);
  // Not again, and no other in its place until training begins anew.
  await painted(page);
  await expect(hint(page)).toHaveCount(0);
  await page.reload();
  await play(page);
  await expect(hint(page)).toContainText(en.hint_challenges);
  await page.getByRole('button', { name: en.hintShow }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
});

test('what went wrong is told first, then what was done, and the hint is about it', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('speed', '"max"'));
  const wild = { learner: { net: { optimizer: { gradient_descent: { learning_rate: 10 } }, loss: { mse: {} } } }, data: { curve: {} } };
  await ready(page, short({ ...wild, stop: {} }));
  await play(page);
  await expect(page.locator('.status .verdict')).toHaveText(/^Training diverged at update \d+$/);
  const at = /** @type {string} */ (await page.locator('.status .verdict').textContent()).match(/\d+/)?.[0];
  const text = /** @type {string} */ (await page.locator('.status').textContent());
  // What happened, how that is known, what was done.
  expect(text).toMatch(
    new RegExp(`^Training diverged at update ${at} \\S.* is no longer a finite number.*The best checkpoint, of update \\d+, is back\\.$`),
  );
  await expect(hint(page)).toContainText(en.hint_range);
  await page.getByRole('button', { name: en.hintShow }).click();
  await expect(page.getByRole('button', { name: en.rangeStart })).toBeVisible();
});

test('hints can be turned off, and a lesson has none', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('speed', '"max"'));
  await ready(page, short());
  await page.keyboard.press('?');
  await page.getByLabel(en.hintsOn).click();
  await page.keyboard.press('Escape');
  await play(page);
  await expect(page.locator('.status.ended')).toBeVisible();
  await painted(page);
  await expect(hint(page)).toHaveCount(0);
});

test('the sheet of keys lists them by panel in both languages', async ({ page }) => {
  await ready(page);
  for (const words of [en, zh]) {
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: words.keys, exact: true });
    await expect(sheet).toBeVisible();
    for (const title of [words.keysTraining, words.chart, words.keysMap, words.keysModel, words.surfaces])
      await expect(sheet.getByRole('region', { name: title, exact: true })).toBeVisible();
    const training = sheet.getByRole('region', { name: words.keysTraining, exact: true });
    for (const word of [words.keyPlay, words.step, words.epochStep, words.fullSpeed, words.rewind, words.restoreBest, words.present])
      await expect(training.getByText(word, { exact: true })).toBeVisible();
    expect(await scan(page, 'dialog')).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(sheet).toHaveCount(0);
    await page.locator('#language').click();
  }
});

test('every key that the page hears is in the sheet', async ({ page }) => {
  await ready(page);
  await page.keyboard.press('?');
  const training = page.getByRole('dialog').getByRole('region', { name: en.keysTraining, exact: true });
  await expect(training).toBeVisible();
  const listed = await training.locator('kbd').evaluateAll((all) => all.map((key) => key.dataset.key));
  // The page hears a key where it does not let the browser have it.
  await page.keyboard.press('Escape');
  const heard = await page.evaluate(() => {
    const all = [
      ' ',
      '?',
      '+',
      '-',
      ...'abcdefghijklmnopqrstuvwxyz0123456789',
      'ArrowLeft',
      'ArrowRight',
      'ArrowUp',
      'ArrowDown',
      'Home',
      'End',
      'Enter',
      'Delete',
    ];
    return all.filter((key) => !document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })));
  });
  expect(heard.sort()).toEqual(listed.sort());
});

test('on a phone the charts begin with a chart, hints fit, and full speed is in the bar', async ({ browser, baseURL }) => {
  test.skip(browser.browserType().name() === 'firefox', LACKS.touch);
  const context = await browser.newContext({ ...newcomer, baseURL, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await ready(page, short());
  await page.getByRole('button', { name: en.fullSpeed }).tap();
  await play(page);
  await expect(hint(page)).toContainText(en.hint_scrub);
  await page.getByRole('tab', { name: en.chartTab }).tap();
  const [chart, tabs] = await Promise.all([page.locator('.lane.loss .plot').boundingBox(), page.locator('.tabs').boundingBox()]);
  expect(chart.height).toBeGreaterThan(100);
  expect(chart.y + chart.height).toBeLessThanOrEqual(tabs.y);
  // Signs are no wider than a finger needs, and the bar holds all of them.
  for (const name of [en.menu, en.chartOptions, en.fullSpeed])
    expect((await page.getByRole('button', { name, exact: true }).boundingBox()).width).toBeLessThan(60);
  const bar = await page.locator('.transport').evaluate((bar) => bar.scrollWidth - bar.clientWidth);
  expect(bar).toBe(0);
  await context.close();
});

for (const [width, height] of [
  [1366, 768],
  [1280, 720],
  [1200, 800],
  [1024, 768],
  [720, 900],
])
  test(`the bar holds everything at ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await ready(page);
    for (const words of [en, zh]) {
      expect(await page.locator('header').evaluate((bar) => bar.scrollWidth - bar.clientWidth)).toBeLessThanOrEqual(0);
      // Neither over its margin: a button at the window's very edge looks cut.
      const [last, margin] = await page
        .locator('header')
        .evaluate((bar) => [
          Math.max(...[...bar.querySelectorAll('button')].map((button) => button.getBoundingClientRect().right)),
          bar.clientWidth - parseFloat(getComputedStyle(bar).paddingRight),
        ]);
      expect(last).toBeLessThanOrEqual(margin + 0.5);
      const share = page.getByRole('button', { name: words.shareTitle, exact: true });
      if (width >= 1340) await expect(share.getByText(words.shareTitle)).toBeVisible();
      await page.evaluate((next) => localStorage.setItem('language', JSON.stringify(next)), 'zh');
      await page.reload();
      await expect(page.locator('#train-loss')).not.toHaveText('–');
    }
  });
