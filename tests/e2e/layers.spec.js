/** Layers of every kind: what can be added, what they come to while they are edited. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { en } from '../../www/i18n/words.js';
import { enter, ready as open } from './steps.js';

const ready = (page, experiment = {}) => open(page, `#${encodeURIComponent(JSON.stringify(experiment))}`);
const net = (layers, more = {}) => ({ ...more, learner: { net: { layers } } });
/** Opens the section of the model. */
const model = (page) => page.locator('.rail h2 button', { hasText: en.model }).click();
const notes = (page) => page.locator('.item small');
const total = (page, name) => page.locator('#totals div', { hasText: name }).locator('dd');
/** Adds a layer by its name in the palette. */
const add = async (page, name) => {
  await page.locator('[id="learner.net.layers-add"]').click();
  await page.locator('.palette:visible button', { has: page.getByText(name, { exact: true }) }).click();
};

test('shapes, parameters and totals follow every edit', async ({ page }) => {
  await ready(page, net([{ dense: { units: 4 } }, { dense: { units: 3 } }]));
  await model(page);
  await expect(notes(page)).toHaveText(['→ 4 · 12 parameters', '→ 3 · 15 parameters']);
  await expect(total(page, en.totalParameters)).toHaveText('31');
  await expect(total(page, en.totalWork)).toHaveText(String(2 * 4 + 4 * 3 + 3));
  await page.locator('.item .unfold').first().click();
  await enter(page, 'learner.net.layers[0].dense.units', '10');
  await expect(notes(page)).toHaveText(['→ 10 · 30 parameters', '→ 3 · 33 parameters']);
  await add(page, 'Dropout');
  await expect(notes(page)).toHaveText(['→ 10 · 30 parameters', '→ 10 · nothing to learn', '→ 3 · 33 parameters']);
  await expect(total(page, en.totalMemory)).toHaveText(/^\d.* kB$/);
});

test('where layers do not fit, the issue stands at the layer, and what comes before it is still known', async ({ page }) => {
  await ready(page, net([{ dense: { units: 4 } }]));
  await model(page);
  await add(page, 'LSTM');
  await expect(page.locator('.item').nth(1).locator('.problem')).toContainText('layer 2 (lstm) needs a sequence');
  await expect(notes(page).first()).toHaveText('→ 4 · 12 parameters');
  await expect(total(page, en.totalParameters)).toHaveText('–');
  await page.keyboard.press('Control+z');
  await expect(total(page, en.totalParameters)).toHaveText('17');
});

test('the palette shows every kind in a group and says what it does, without access problems', async ({ page }) => {
  await ready(page);
  await model(page);
  const button = page.locator('[id="learner.net.layers-add"]');
  await button.focus();
  await page.keyboard.press('Enter');
  const palette = page.locator('.palette:visible');
  await expect(palette.locator('h3', { hasText: en.group_other })).toHaveCount(0);
  const lines = await palette.locator('button').evaluateAll((buttons) => buttons.map((one) => [...one.children].map((part) => part.textContent)));
  expect(lines.length).toBeGreaterThan(10);
  for (const [title, said] of lines) expect(title && said && said.length > 20, `${title}: ${said}`).toBe(true);
  const { violations } = await new AxeBuilder({ page }).include('.rail').analyze();
  expect(violations).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
});
