/** Lists of plain objects in a form, and a Play that waits while the rows of the form have problems. */
import { expect, test } from '@playwright/test';
import { en } from '../../www/i18n/words.js';
import { enter, ready } from './steps.js';

/** The schema with the columns of a file shown as a list: the page has a table for them, but a form shows whatever a schema holds. */
function showColumns() {
  const Real = window.Worker;
  window.Worker = class extends Real {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => {
        if (typeof data.value !== 'string' || !data.value.includes('"Csv"')) return;
        const schema = JSON.parse(data.value);
        delete schema.$defs.Csv.properties.columns['x-form'];
        data.value = JSON.stringify(schema);
      });
    }
  };
}

test('an entry of plain fields is added, named by what it says, copied and removed', async ({ page }) => {
  const failed = /** @type {string[]} */ ([]);
  page.on('pageerror', (error) => failed.push(String(error)));
  await page.addInitScript(showColumns);
  await page.addInitScript(() => localStorage.setItem('depth', '"lab"'));
  await ready(page);
  const coming = page.waitForEvent('filechooser');
  await page.locator('label.file').click();
  const rows = Array.from({ length: 60 }, (_, at) => `${at % 7},${at % 5},${at % 2 ? 'yes' : 'no'}`);
  await (await coming).setFiles({ name: 'small.csv', mimeType: 'text/csv', buffer: Buffer.from(`a,b,c\n${rows.join('\n')}\n`) });
  const list = page.locator('[id="data.csv.columns"]');
  await expect(list).toBeVisible();
  await list.getByRole('button', { name: `+ ${en.add}` }).click();
  await enter(page, 'data.csv.columns[0].column', 'a');
  await page.locator('[id="data.csv.columns[0].role"]').selectOption('ignore');
  const first = list.locator('.item').first();
  await expect(first.locator('.what').first()).toHaveText(/^a · \S/);
  await expect(page.locator('.status')).toHaveText(en.restarted);
  // A list of such entries within one.
  const inner = page.locator('[id="data.csv.columns[0].same"]');
  await inner.getByRole('button', { name: `+ ${en.add}` }).click();
  await expect(inner.locator('.item')).toHaveCount(1);
  await inner.getByRole('button', { name: `${en.remove} 1` }).click();
  await expect(inner.locator('.item')).toHaveCount(0);
  await first.getByRole('button', { name: `${en.duplicate} 1` }).click();
  await expect(list.locator('> ol > .item')).toHaveCount(2);
  await list.getByRole('button', { name: `${en.remove} 2` }).click();
  await expect(list.locator('> ol > .item')).toHaveCount(1);
  await list.getByRole('button', { name: `${en.remove} 1` }).click();
  await expect(list.locator('> ol > .item')).toHaveCount(0);
  expect(failed).toEqual([]);
});

test('old rows are not trained on while the new ones have problems', async ({ page }) => {
  await ready(page);
  const play = page.getByRole('button', { name: en.play, exact: true });
  await enter(page, 'data.spiral.noise', '9');
  await expect(play).toBeDisabled();
  await expect(play).toHaveAttribute('title', en.playUnfit);
  for (const name of [en.step, en.epochStep]) await expect(page.getByRole('button', { name, exact: true })).toBeDisabled();
  await page.locator('h1').click();
  await page.keyboard.press('Space');
  await expect(page.locator('.status')).toHaveText(/The new samples have problems/);
  await page.keyboard.press('e');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('#update')).toHaveText('0');
  await enter(page, 'data.spiral.noise', '0.2');
  await expect(play).toBeEnabled();
  // A problem elsewhere leaves the rows as they are.
  await page.getByRole('button', { name: /^Stop/ }).click();
  await enter(page, 'stop.max_updates', '0');
  await expect(page.locator('.problem').first()).toBeVisible();
  await expect(play).toBeEnabled();
});
