/** Jobs: all folds of a cross-validation in the pool, shown by their own report. */
import { expect, test } from '@playwright/test';
import { en, zh } from '../../www/i18n/words.js';
import { over, ready, scan } from './steps.js';

/** @param {object} experiment */
const address = (experiment) => `#${encodeURIComponent(JSON.stringify(experiment))}`;

const IRIS = { data: { iris: {} }, stop: { max_updates: 200 } };

/** @param {import('@playwright/test').Page} page */
async function open(page) {
  await page.locator('.metrics').getByRole('button', { name: en.jobs }).click();
  return page.getByRole('dialog', { name: en.jobs });
}

/** How many folds are asked for. @param {import('@playwright/test').Locator} jobs */
const field = (jobs) => jobs.locator('[id="job.method.k_fold.folds"]');

/** The numbers of a row of a table, by its name. @param {import('@playwright/test').Locator} table @param {RegExp} name */
async function numbers(table, name) {
  const rows = await table
    .locator('tbody tr')
    .filter({ has: table.page().getByRole('rowheader', { name }) })
    .all();
  return await Promise.all(
    rows.map(async (row) => (await row.locator('td').allTextContents()).map((text) => Number.parseFloat(text.replaceAll(',', '')))),
  );
}

test('every fold is trained, and the report says each, their mean, and each class', async ({ page }) => {
  await ready(page, address(IRIS));
  const jobs = await open(page);
  await jobs.getByRole('button', { name: 'Start 5 runs' }).click();
  await expect(jobs.getByRole('status').first()).toHaveText('5 of 5 runs have ended');
  const [folds, classes] = await jobs.locator('table').all();
  const each = await numbers(folds, /^fold \d$/);
  const [[updates, loss, accuracy, f1]] = await numbers(folds, /^mean/);
  expect(each.length).toBe(5);
  const mean = (/** @type {number} */ at) => each.reduce((sum, row) => sum + row[at], 0) / 5;
  for (const [at, said] of [updates, loss, accuracy, f1].entries()) expect(said).toBeCloseTo(mean(at), at === 0 ? 0 : 3);
  // 150 flowers, of which 22 are for the test.
  const support = (await numbers(classes, /setosa|versicolor|virginica/)).map((row) => row[3]);
  expect(support.reduce((sum, one) => sum + one, 0)).toBe(128);
  await expect(jobs.locator('.strips')).toHaveCount(3);
  await expect(jobs.locator('.strips .mark')).toHaveCount(15);
  expect(await scan(page, 'dialog.jobs')).toEqual([]);
  // Once the settings are others, it says so.
  await over(field(jobs), '3');
  await page.keyboard.press('Tab');
  await expect(jobs.locator('.old')).toHaveText(en.jobsOld);
  await expect(jobs.getByRole('button', { name: 'Start 3 runs' })).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(jobs).toBeHidden();
});

test('runs that race are compared over the same folds, and a worker that is lost costs nothing', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', 'one browser is enough for what the page does itself');
  await page.addInitScript(() => {
    const Real = window.Worker;
    window.crashed = false;
    window.Worker = class extends Real {
      postMessage(data) {
        super.postMessage(data);
        if (data.call !== 'go_on' || window.crashed) return;
        window.crashed = true;
        super.postMessage({ id: -1, call: 'panic', args: ['a test'] });
      }
    };
  });
  await ready(page, address({ race: { runs: [IRIS, { ...IRIS, learner: { tree: {} } }] } }));
  const jobs = await open(page);
  await jobs.getByRole('button', { name: 'Start 10 runs' }).click();
  await expect(jobs.getByRole('status').first()).toHaveText('10 of 10 runs have ended');
  expect(await page.evaluate(() => window.crashed)).toBe(true);
  await expect(jobs.locator('.failures')).toHaveCount(0);
  const folds = jobs.locator('table').first();
  expect((await numbers(folds, /fold \d$/)).length).toBe(10);
  expect((await numbers(folds, /mean/)).length).toBe(2);
  const file = page.waitForEvent('download');
  await jobs.getByRole('button', { name: en.saveCsv }).click();
  const text = (await (await (await file).createReadStream()).toArray()).join('');
  expect(text.split('\n').filter((line) => /fold \d/.test(line)).length).toBe(10);
});

test('a job is paused, goes on and is given up; what is wrong is said at its field', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', 'one browser is enough for what the page does itself');
  await ready(page, address({ data: { moons: { samples: 40 } }, stop: { max_updates: 40000, early_stopping: { off: {} } } }));
  const jobs = await open(page);
  await over(field(jobs), '50');
  await page.keyboard.press('Tab');
  await expect(jobs.locator('.problem').first()).toContainText('at most 34');
  await expect(jobs.getByRole('button', { name: /^Start/ })).toBeDisabled();
  await over(field(jobs), '30');
  await page.keyboard.press('Tab');
  await jobs.getByRole('button', { name: 'Start 30 runs' }).click();
  await expect(jobs.getByRole('status').first()).toHaveText(/^[1-9]\d* of 30 runs have ended$/);
  await expect(jobs.locator('.controls')).toContainText(/about \d+ (second|minute)s? left/);
  await jobs.getByRole('button', { name: en.pause, exact: true }).click();
  await expect(jobs.getByRole('status').first()).toHaveText(/^Paused/);
  await jobs.getByRole('button', { name: en.jobsResume }).click();
  await page.keyboard.press('Escape');
  await page.locator('.metrics').getByRole('button', { name: en.jobs }).click();
  await expect(jobs.getByRole('status').first()).toHaveText(/^Paused/);
  await jobs.getByRole('button', { name: en.cancel, exact: true }).click();
  await expect(jobs.getByRole('status').first()).toHaveText(/^Cancelled: \d+ of 30 runs had ended$/);
  await expect(jobs.locator('table').first().locator('tbody tr.sum')).not.toHaveCount(0);
});

test('in Chinese, on a phone', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', 'one browser is enough for what the page does itself');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.addInitScript(() => localStorage.setItem('language', '"zh"'));
  await page.goto(`/?jobs${address(IRIS)}`);
  const jobs = page.getByRole('dialog', { name: zh.jobs });
  await jobs.getByRole('button', { name: '运行 5 次' }).click();
  await expect(jobs.getByRole('status').first()).toContainText('5 / 5');
  await expect(jobs.locator('table').first()).toContainText('均值');
  expect(await scan(page, 'dialog.jobs')).toEqual([]);
});
