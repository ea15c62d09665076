/** Lessons: a step sets an experiment up, asks, runs and answers; links lead to steps; nothing is lost when one leaves. */
import { expect, test } from '@playwright/test';
import { en } from '../../www/i18n/words.js';
import { newcomer, ready, scan, update } from './steps.js';

test.skip(({ browserName }) => browserName === 'firefox', 'what lessons do is the same in both browsers');

/** @param {import('@playwright/test').Page} page */
const card = (page) => page.getByRole('region', { name: 'The learning rate' });

/** Predicts, runs as fast as it goes, and waits for the answer. @param {import('@playwright/test').Page} page @param {string} prediction */
async function predict(page, prediction) {
  await expect(card(page).getByRole('button', { name: 'Run it' })).toBeDisabled();
  await card(page).getByRole('radio', { name: prediction, exact: true }).check();
  await page.getByLabel('Speed').selectOption('max');
  await card(page).getByRole('button', { name: 'Run it' }).click();
  await expect(card(page).getByRole('status')).toContainText(/predicted/);
}

test('a lesson from its list to its end, by mouse and by keyboard, and its progress is kept', async ({ page }) => {
  await ready(page);
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  expect(await scan(page, 'dialog.lessons')).toEqual([]);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^The learning rate/ })
    .click();
  await expect(page).toHaveURL(/\?lesson=learning-rate&step=1/);
  await expect(card(page)).toContainText('Step 1 of 3');
  await predict(page, 'That of the larger rate');
  const [, small, large] = /is (\S+) with the first rate and (\S+) with/.exec(await card(page).getByRole('status').textContent()) ?? [];
  // The sentence says what the run measured.
  await expect(page.locator('#validation-loss')).toHaveText(new RegExp(`^${small.slice(0, -1)}`));
  expect(Number(large)).toBeLessThan(Number(small));
  expect(await scan(page, '.side')).toEqual([]);

  // The rest by keyboard alone.
  await card(page).getByRole('button', { name: 'Next' }).focus();
  await page.keyboard.press('Enter');
  await expect(card(page).getByRole('heading', { name: 'Too large' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(card(page).getByRole('radio').first()).toBeChecked();
  await page.keyboard.press('ArrowDown');
  await expect(card(page).getByRole('button', { name: 'Run it' })).toBeEnabled();
  await page.keyboard.press('Tab');
  await expect(card(page).getByRole('button', { name: 'Run it' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(card(page).getByRole('status')).toContainText('It came out otherwise than you predicted.');
  await expect(card(page).getByRole('status')).toContainText('What happened: The loss grows until it is no number any more');
  await card(page).getByRole('button', { name: 'Next' }).click();
  await predict(page, '1');
  await card(page).getByRole('button', { name: 'Finish' }).click();
  await expect(page).not.toHaveURL(/lesson=/);
  const line = page.getByRole('dialog').getByRole('button', { name: /^The learning rate/ });
  await expect(line).toContainText('3 of 3 steps done · 2 predicted rightly');
});

test('a link leads to a step; settings are hidden until they are asked for; leaving keeps the experiment', async ({ page }) => {
  await ready(page, '?lesson=early-stopping&step=2');
  const lesson = page.getByRole('region', { name: 'Early stopping' });
  await expect(lesson.getByRole('heading', { name: 'Stop in time' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Optimizer/ })).toBeHidden();
  await expect(lesson.locator('[id="stop.early_stopping"]')).toBeAttached();
  await lesson.getByLabel('Show all settings').check();
  await expect(page.getByRole('button', { name: /^Optimizer/ })).toBeVisible();
  await expect(page).toHaveURL(/#/);
  const kept = await page.evaluate(() => location.hash);
  await lesson.getByRole('button', { name: 'Leave the lesson (the experiment stays)' }).click();
  await expect(lesson).toBeHidden();
  await expect.poll(() => page.evaluate(() => [location.search, location.hash])).toEqual(['', kept]);
  // What a student made of a step is in its link, and stays.
  const own = encodeURIComponent(JSON.stringify({ learner: { net: { optimizer: { sgd: {} } } } }));
  await page.goto('about:blank');
  await ready(page, `?lesson=trees&step=1#${own}`);
  await expect(page.getByRole('region', { name: 'Bias and variance, with trees' })).toBeVisible();
  await expect.poll(() => page.evaluate(() => decodeURIComponent(location.hash))).toContain('sgd');
  await page.goto('about:blank');
  await ready(page, '?lesson=nothing');
  await expect(page.getByText('There is no lesson “nothing”.')).toBeVisible();
});

test('a step that begins with a source task trains that first', async ({ page }) => {
  await ready(page, '?lesson=transfer&step=1');
  const lesson = page.getByRole('region', { name: 'Transfer learning' });
  await expect(lesson.getByRole('button', { name: 'Run it' })).toBeVisible();
  await lesson.getByRole('radio').nth(1).check();
  await page.getByLabel('Speed').selectOption('max');
  await lesson.getByRole('button', { name: 'Run it' }).click();
  await expect(lesson.getByRole('status')).toContainText('As you predicted.');
});

test('on a phone a lesson is the first panel and does not cover the map; before a class it is large', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('./?lesson=learning-rate&step=2');
  await expect(page.getByRole('tab', { name: 'Lesson' })).toHaveAttribute('aria-selected', 'true');
  await expect(card(page).getByRole('radio')).toHaveCount(3);
  await expect(page.locator('.map')).toBeVisible();
  const [map, sheet] = [await page.locator('.map').boundingBox(), await page.locator('.sheet').boundingBox()];
  expect(map.y + map.height).toBeLessThanOrEqual(sheet.y);
  expect(sheet.height).toBeGreaterThan(300);
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await card(page)
    .getByRole('radio', { name: /^The loss grows/ })
    .check();
  await card(page).getByRole('button', { name: 'Run it' }).click();
  await expect(card(page).getByText('As you predicted.')).toBeInViewport();
  await expect.poll(() => update(page)).toBeLessThan(100);
  expect(await scan(page)).toEqual([]);

  await page.setViewportSize({ width: 1366, height: 768 });
  await page.keyboard.press('Escape');
  await page.locator('h1').click();
  await page.keyboard.press('p');
  await expect(page.locator('html[data-present]')).toBeAttached();
  await expect
    .poll(() =>
      card(page)
        .locator('p')
        .first()
        .evaluate((text) => parseFloat(getComputedStyle(text).fontSize)),
    )
    .toBeGreaterThanOrEqual(19);
  expect(await scan(page)).toEqual([]);
});

test('on a phone a step goes on behind another tab, where its runs stand by their names over a chart', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ ...newcomer, baseURL, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await page.goto('./?lesson=early-stopping&step=2');
  const lesson = page.getByRole('region', { name: 'Early stopping' });
  await lesson.getByRole('radio').nth(1).tap();
  await lesson.getByRole('button', { name: 'Run it' }).tap();
  const speed = await page.getByLabel(en.speed).inputValue();
  await expect.poll(() => update(page)).toBeGreaterThan(0);
  await page.getByRole('tab', { name: en.chartTab }).tap();
  await expect(page.locator('.race .who b')).toHaveText(['To the end', 'Patience 100']);
  await expect(page.getByLabel(en.speed)).toHaveValue(speed);
  const before = await update(page);
  await expect.poll(() => update(page)).toBeGreaterThan(before);
  const [chips, chart, tabs] = await Promise.all(
    ['.race ul', '.lane.loss .plot', '.tabs'].map(async (part) => (await page.locator(part).boundingBox()) ?? { y: NaN, height: NaN }),
  );
  expect(chips.y + chips.height).toBeLessThanOrEqual(chart.y);
  expect(chart.height).toBeGreaterThan(100);
  expect(chart.y + chart.height).toBeLessThanOrEqual(tabs.y);
  expect(await scan(page, '.history')).toEqual([]);
  // Its answer is there when one comes back, and another setting is a setting of the step.
  await expect.poll(() => update(page)).toBe(2000);
  await page.getByRole('tab', { name: 'Lesson' }).tap();
  await expect(lesson.getByText('As you predicted.')).toBeVisible();
  await expect(lesson.getByRole('radio').nth(1)).toBeChecked();
  expect(await update(page)).toBe(2000);
  await context.close();
});
