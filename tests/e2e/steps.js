/** What every spec does: open the page, read it, type into it. */
import { expect } from '@playwright/test';

/** @param {import('@playwright/test').Page} page */
export const update = async (page) => Number((await page.locator('#update').textContent()).replaceAll(',', ''));

/** @param {import('@playwright/test').Page} page */
export const accuracy = async (page) => Number(await page.locator('#validation-accuracy').textContent());

/** Opens the experiment of the address and waits until it stands there. @param {import('@playwright/test').Page} page @param {string} [hash] */
export async function ready(page, hash = '') {
  await page.goto('./' + hash);
  await expect(page.locator('#train-loss')).not.toHaveText('–');
}

/** Types over what stands in a field, as a person does: Firefox reports no change of a value that was set. @param {import('@playwright/test').Page} page @param {string} id @param {string} text */
export async function enter(page, id, text) {
  await page.locator(`[id="${id}"]`).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
  await page.keyboard.press('Tab');
}
