/** What the page asks of a learner's family: nothing by its name. */
import { expect, test } from '@playwright/test';
import { restored, sectionIds, sectionOf } from '../../www/page/rail/sections.js';
import { en } from '../../www/i18n/words.js';
import { ready } from './steps.js';

const link = (/** @type {any} */ document) => `#${encodeURIComponent(JSON.stringify(document))}`;
const learner = (/** @type {import('@playwright/test').Page} */ page) =>
  page.evaluate(() => JSON.parse(decodeURIComponent(location.hash.slice(1)) || '{}').learner ?? {});

test('restoring the model restores the family that is there', async ({ page }) => {
  await ready(page, link({ learner: { tree: { max_depth: 3 } } }));
  await page.locator('.rail h2 button', { hasText: en.model }).first().click();
  await page.getByRole('button', { name: en.restoreSection.replace('{what}', en.model), exact: true }).click();
  await expect.poll(async () => (await learner(page)).tree?.max_depth).toBe(12);
  await expect(page.locator('.tree-drawing')).toBeVisible();
  await expect(page.locator('[data-panel="model"] h2')).toContainText('Decision tree');
  await expect(page.locator('.rail h2 button', { hasText: en.optimizer })).toHaveCount(0);
});

/** A schema with a family that the page has never heard of: some settings ask for a section, two are the model's whatever they are called. */
const root = {
  properties: {
    learner: {
      oneOf: [{ properties: { plain: { $ref: '#/$defs/Plain' } } }, { properties: { machine: { $ref: '#/$defs/Machine' } } }],
    },
  },
  $defs: {
    Plain: { properties: { k: { default: 5 } } },
    Machine: {
      properties: {
        c: { default: 1 },
        schedule: { default: 'constant' },
        kernel: { default: 'rbf', 'x-section': 'kernel' },
        optimizer: { default: { sgd: {} }, 'x-section': 'optimizer' },
      },
    },
  },
};

test('sections of a family come from its schema', () => {
  const draft = { stop: {}, learner: { machine: { c: 9, schedule: 'cosine', kernel: 'linear', optimizer: { adam: {} } } } };
  const defaults = { stop: {}, learner: { plain: { k: 5 } } };
  expect(sectionIds(root, draft)).toEqual(['data', 'prepare', 'augment', 'model', 'kernel', 'optimizer', 'stop']);
  expect(sectionIds(root, defaults)).toEqual(['data', 'prepare', 'augment', 'model', 'stop']);
  expect(sectionOf(root, 'learner.machine.kernel')).toBe('kernel');
  expect(sectionOf(root, 'race.runs[1].learner.machine.optimizer.adam.beta1')).toBe('optimizer');
  expect(sectionOf(root, 'learner.machine.schedule')).toBe('model');
  expect(sectionOf(root, 'learner.plain.k')).toBe('model');
  expect(sectionOf(root, 'learner')).toBe('model');
  // What stands in another section stays.
  const machine = draft.learner.machine;
  expect(restored(root, draft, defaults, 'model').learner).toEqual({ machine: { ...machine, c: 1, schedule: 'constant' } });
  expect(restored(root, draft, defaults, 'kernel').learner).toEqual({ machine: { ...machine, kernel: 'rbf' } });
  expect(restored(root, { ...defaults, learner: { plain: { k: 1 } } }, defaults, 'model').learner).toEqual({ plain: { k: 5 } });
});

/** Families that are no network: what their drawing says once they have learned, and a curve of their own. */
for (const [tag, data, said, own] of /** @type {const} */ ([
  ['k_means', { blobs: { classes: 3 } }, en.clusterSizes, 'Inertia'],
  ['k_nearest_neighbours', 'moons', '350', null],
  ['svm', 'moons', en.svmSays, 'Margin width'],
  ['svm', { blobs: { classes: 3 } }, en.svmSaysPairs, null],
  ['svm', { curve: {} }, en.svmSaysNumbers, null],
  ['gradient_boosting', 'moons', 'Gradient boosting', null],
  ['gan', 'moons', en.ganOnMap, null],
]))
  test(`${tag} on ${typeof data === 'string' ? data : Object.keys(data)[0]} is trained, drawn and measured like any other family`, async ({
    page,
  }) => {
    const errors = /** @type {string[]} */ ([]);
    page.on('pageerror', (error) => errors.push(error.message));
    await ready(page, link({ data, learner: { [tag]: {} }, stop: { max_updates: 60 } }));
    await page.keyboard.press('Space');
    await expect(page.locator('.status .verdict, .verdict').first()).toBeVisible({ timeout: 30_000 });
    await expect(page.locator('[data-panel="model"]')).toContainText(said);
    // What is said in the title's row is said whole.
    const note = page.locator('[data-panel="model"] .title small');
    for (const words of await note.all())
      expect(await words.evaluate((part) => part.scrollWidth - part.clientWidth)).toBeLessThanOrEqual(0);
    if (own) await expect(page.locator('[data-panel="chart"]')).toContainText(own);
    await expect(page.locator('[data-panel="map"] canvas').first()).toBeVisible();
    expect(errors).toEqual([]);
  });
