/** Weights: saved, chosen again, and what does not fit; layers that are frozen. */
import { expect, test } from '@playwright/test';
import { LACKS, enter, over, ready } from './steps.js';

/** An experiment that stops by itself after so many updates. */
const link = (/** @type {object} */ net, updates = 40) =>
  '#' + encodeURIComponent(JSON.stringify({ learner: { net }, stop: { max_updates: updates, early_stopping: { off: {} } } }));

const small = { layers: [{ dense: { units: 5, activation: { tanh: {} } } }] };

/** @param {import('@playwright/test').Page} page */
const loss = (page) => page.locator('#train-loss').textContent();

/** Trains to the end and saves the weights. @param {import('@playwright/test').Page} page */
async function saved(page) {
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(page.locator('#update')).toHaveText('40');
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save weights' }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe('weights.safetensors');
  return download.path();
}

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('depth', '"lab"'));
});

test('weights that were saved are chosen again and answer alike', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', LACKS.downloads);
  await ready(page, link(small));
  const path = await saved(page);
  const trained = await loss(page);
  await page.getByRole('button', { name: 'Model', exact: true }).click();
  await page.getByLabel('Initial weights', { exact: true }).selectOption({ label: 'Weights from a file' });
  await expect(page.getByText('is empty: choose a safetensors file')).toBeVisible();
  await page.getByLabel('Choose a .safetensors file').setInputFiles(path);
  await expect(page.locator('#update')).toHaveText('0');
  await expect(page.locator('#train-loss')).toHaveText(trained);
  await expect(page.locator('[id="learner.net.transfer.file.path"]')).toHaveValue(/.+/);
  // Only some tensors: a list of names.
  await page.getByLabel('Which', { exact: true }).selectOption({ label: 'Named tensors' });
  await page.getByRole('group', { name: 'Tensors', exact: true }).getByRole('button', { name: 'Add' }).click();
  await over(page.getByLabel('Tensors 2'), '5.weight');
  await expect(page.getByLabel('Tensors 2')).toHaveValue('5.weight');
  await page.getByLabel('Tensors 2').blur();
  await expect(page.getByText('the network has no tensor "5.weight", must be one of 0.weight, 0.bias, 2.weight, 2.bias')).toBeVisible();
});

test('dropped weights are taken, and everything that does not fit is said', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', LACKS.downloads);
  await ready(page, link(small));
  const path = await saved(page);
  const { readFileSync } = await import('node:fs');
  const bytes = readFileSync(path).toString('base64');
  await ready(page, link({ layers: [{ dense: { units: 7, activation: { tanh: {} } } }] }, 50));
  // The page was open already: its old run stands there until the new document is taken over.
  await expect(page.locator('#update')).toHaveText('0');
  const transfer = await page.evaluateHandle(async (bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0))], 'five.safetensors'));
    return data;
  }, bytes);
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await expect(page.getByText('0.weight is 5 × 2 in the file, and 7 × 2 in the network')).toBeVisible();
  await expect(page.getByText('the file holds 0.bias (5), 0.weight (5 × 2)')).toBeVisible();
  // The page goes on with the last experiment that ran.
  await expect(page.locator('#train-loss')).not.toHaveText('–');
});

test('layers are frozen by rules', async ({ page }) => {
  await ready(page, link({ ...small, tuning: [{ freeze: { first: 1, last: 1, until: { update: { updates: 20 } } } }] }));
  await page.getByRole('button', { name: 'Optimizer', exact: true }).click();
  const rules = page.getByRole('group', { name: 'Layer rules' });
  await expect(rules.getByRole('button', { name: 'Freeze · 1 · 1 · An update' })).toBeVisible();
  await rules.getByRole('button', { name: 'Freeze' }).click();
  await enter(page, 'learner.net.tuning[0].freeze.last', '3');
  await expect(page.getByText('must be at most 2, the output layer, got 3')).toBeVisible();
});
