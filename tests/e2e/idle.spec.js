/** A page on which nothing trains asks the engine for nothing: whatever is looked at is asked for once. */
import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { en } from '../../www/i18n/words.js';
import { asked, count, epochs, quiet, ready } from './steps.js';

test.skip(({ browserName }) => browserName === 'firefox', 'what the page asks is the same in both browsers');

const presets = JSON.parse(readFileSync(new URL('../../presets/networks.json', import.meta.url), 'utf8'));
const link = (/** @type {object} */ experiment) => `#${encodeURIComponent(JSON.stringify(experiment))}`;

/** The page comes to rest, and stays there. @param {import('@playwright/test').Page} page @param {string} what */
async function rests(page, what) {
  expect(await quiet(page), `${what}: the page asks without end: ${JSON.stringify(await page.evaluate(() => window.asked))}`).toBe(true);
  const before = await asked(page);
  expect(await quiet(page), what).toBe(true);
  expect(await asked(page), what).toBe(before);
}

test.beforeEach(async ({ page }) => {
  await page.addInitScript(count);
});

for (const [what, experiment] of Object.entries({
  'the usual experiment': {},
  images: { data: 'digits' },
  series: { data: 'signals' },
  text: { data: { text: {} } },
  'one series': { data: 'series' },
  'many columns': { data: 'wine', prepare: { scale: 'standard' } },
  'a fit': { data: 'curve' },
  'a tree': { learner: { tree: {} } },
  'a race': { race: { runs: [{}, { learner: { net: { optimizer: { adam: { learning_rate: 0.03 } } } } }] } },
  blocks: presets.find((/** @type {any} */ { id }) => id === 'lenet').experiment,
})) {
  test(`at rest: ${what}`, async ({ page }) => {
    await ready(page, link(experiment));
    await rests(page, 'opened');
    await page.getByRole('button', { name: en.step, exact: true }).click();
    await expect(page.locator('#update')).toHaveText('1');
    await rests(page, 'after an update');
    await epochs(page, 1);
    await rests(page, 'after an epoch');
  });
}

test('at rest: the map zoomed, a unit looked at, layers as a table and one of them closely', async ({ page }) => {
  await ready(page);
  await page.getByRole('button', { name: en.zoomIn }).click();
  await rests(page, 'zoomed');
  await page.locator('[data-unit="1,1"]').click();
  await expect(page.locator('.inspector.pinned')).toBeVisible();
  await rests(page, 'a unit');
  await page.keyboard.press('Escape');
  await page.getByRole('radiogroup', { name: en.viewOf }).getByText(en.viewLayers, { exact: true }).click();
  await rests(page, 'layers');
  await page.getByRole('button', { name: en.step, exact: true }).click();
  await rests(page, 'layers after an update');
});

test('at rest: a layer of images closely', async ({ page }) => {
  await ready(page, link(presets.find((/** @type {any} */ { id }) => id === 'lenet').experiment));
  await page.locator('.architecture button.block').nth(1).click();
  await rests(page, 'a block');
});

test('at rest: every section of the settings', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('depth', '"lab"'));
  await ready(page, link({ augment: ['jitter'], learner: { net: { schedule: { one_cycle: {} } } } }));
  const sections = page.locator('.rail h2 button');
  for (let at = 0; at < (await sections.count()); at++) {
    await sections.nth(at).click();
    await rests(page, `section ${at}`);
  }
});

for (const [what, open] of Object.entries({
  data: async (page) => {
    await page.getByRole('button', { name: en.lookAtData }).click();
    const data = page.locator('dialog.data');
    await expect(data.locator('.view')).toBeVisible();
    for (const view of [en.viewColumns, en.viewRelated, en.viewParts]) {
      await data.getByText(view, { exact: true }).first().click();
      await rests(page, view);
    }
  },
  lessons: (page) => page.getByRole('button', { name: en.lessons, exact: true }).click(),
  landscape: async (page) => {
    await page.getByRole('button', { name: en.landscape }).click();
    await expect(page.locator('dialog.landscape').getByText(/31 × 31 losses/)).toBeVisible();
  },
  surfaces: (page) => page.getByRole('button', { name: en.surfaces }).click(),
  share: (page) => page.getByRole('button', { name: en.shareTitle }).click(),
  studies: async (page) => {
    await page.getByRole('button', { name: en.studies }).click();
    await page.locator('dialog.studies').getByText(en.ablation, { exact: true }).first().click();
  },
  images: (page) => page.locator('#images').click(),
})) {
  test(`at rest: the sheet of ${what}`, async ({ page }) => {
    await ready(page);
    await epochs(page, 2);
    await open(page);
    await expect(page.locator('dialog:modal')).toBeVisible();
    await rests(page, what);
    await page.keyboard.press('Escape');
    await expect(page.locator('dialog:modal')).toHaveCount(0);
    await rests(page, `${what}, closed`);
  });
}

test('at rest: a lesson, a challenge, a moment that is looked back to, and findings', async ({ page }) => {
  await ready(page, '?lesson=trees&step=1');
  await rests(page, 'a lesson');
  await ready(page, '?challenge=wine');
  await rests(page, 'a challenge');
  // A rate that is far too large: the doctor finds something.
  await ready(page, `./${link({ learner: { net: { optimizer: { sgd: { learning_rate: 30 } } } }, stop: { max_updates: 300 } })}`);
  await epochs(page, 3);
  await rests(page, 'findings');
  await page.getByRole('group', { name: en.chartKeys }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await rests(page, 'looking back');
});
