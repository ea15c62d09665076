/** Real data: seen, cleaned, its parts compared; maps of many columns; the locked test part. */
import { expect, test } from '@playwright/test';
import { enter, ready, scan } from './steps.js';

/** @param {object} experiment */
const address = (experiment) => `#${encodeURIComponent(JSON.stringify(experiment))}`;

const HOLED = {
  data: { diabetes: {} },
  prepare: {
    damage: ['holes', { duplicates: { share: 0.2 } }],
    clean: ['drop_duplicates', 'impute'],
    scale: 'standard',
    target: 'standard',
  },
};

test('what arrived, what is missing and what each step of cleaning did is shown, and a step can be taken back', async ({ page }) => {
  await ready(page, address(HOLED));
  await page.getByRole('button', { name: 'Look at the data' }).click();
  const data = page.getByRole('dialog', { name: 'Data' });
  await expect(data.getByText(/10 input columns; \d+ rows lack a value/)).toBeVisible();
  await expect(data.getByText(/Drop duplicates: \d+ rows left out/)).toBeVisible();
  await expect(data.getByText(/Impute missing values: \d+ values changed in \d+ rows/)).toBeVisible();
  await expect(data.getByRole('columnheader', { name: 'bmi' })).toBeVisible();
  await expect(data.locator('td.missing').first()).toHaveText('?');
  for (const [view, inside] of [
    ['Columns', /quartiles/],
    ['Correlations', /Pearson/],
    ['Splits', /No shift: no column|samples differ from the training samples/],
  ]) {
    await data.getByText(view, { exact: true }).first().click();
    await expect(data.getByText(inside).first()).toBeVisible();
    expect(await scan(page, 'dialog.data')).toEqual([]);
  }
  await data.getByRole('button', { name: 'Undo: Impute missing values' }).click();
  await expect(data.getByText('Not usable yet: see the problems under Prepare.').first()).toBeVisible();
  await expect(data.getByText(/values are missing in/)).toBeVisible();
  await data.getByRole('button', { name: 'Drop incomplete rows' }).click();
  await expect(data.getByText(/Drop incomplete rows: \d+ rows left out/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(data).toBeHidden();
});

test('a map of many columns shows two of them, principal components, or rows one by one', async ({ page }) => {
  await ready(page, address({ data: { wine: {} }, prepare: { scale: 'standard' } }));
  const way = page.getByLabel('How samples are shown');
  const across = page.getByLabel('Across', { exact: true });
  await expect(across).toHaveValue('11');
  const map = page.locator('.map .square');
  const before = await map.screenshot();
  await across.selectOption('alcohol');
  await expect.poll(async () => (await map.screenshot()).equals(before)).toBe(false);
  await way.selectOption('components');
  await expect(page.getByText(/% of the variance/)).toBeVisible();
  await way.selectOption('rows');
  await expect(page.getByText(/13 input columns: each sample lies at/)).toBeVisible();
  await way.selectOption('columns');
  await expect(across).toBeVisible();
});

test('the test part stays locked until it is looked at, and looks are counted', async ({ page }) => {
  await ready(page);
  const row = page.getByRole('row', { name: /Test set/ });
  await page.getByRole('button', { name: 'What is shown' }).click();
  await expect(page.locator('#show-test')).toBeDisabled();
  await page.keyboard.press('Escape');
  await row.getByRole('button', { name: 'Evaluate on test set' }).click();
  await expect(row).toContainText('at update 0');
  await expect(row).toContainText('Evaluated once.');
  await expect(page.locator('#test-accuracy')).toHaveText(/^[01]\.\d{4}$/);
  await page.getByRole('button', { name: 'What is shown' }).click();
  await expect(page.locator('#show-test')).toBeEnabled();
  await page.keyboard.press('Escape');
  // The same rows under another model are not new ones.
  await ready(page, address({ learner: { tree: {} } }));
  await expect(row).toContainText('Evaluated once.');
  await row.getByRole('button', { name: 'Evaluate again' }).click();
  await expect(row).toContainText('Evaluated 2 times: no longer a test.');
});

test('a table with words and gaps is taken in, and the type of a column can be changed where it is seen', async ({ page }) => {
  await ready(page);
  const rows = Array.from(
    { length: 40 },
    (_, at) => `${at % 7},${at % 5 ? ['red', 'green', '<b>blue</b>'][at % 3] : ''},${at % 2},${at % 7 > 3 ? 'yes' : 'no'}`,
  );
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.from(`size,colour,code,bought\n${rows.join('\n')}\n`) });
  await expect(page.getByText(/values are missing in colour \(8\)/).first()).toBeAttached();
  await page.getByRole('button', { name: 'Look at the data' }).click();
  const data = page.getByRole('dialog', { name: 'Data' });
  await expect(data.getByRole('cell', { name: '<b>blue</b>' }).first()).toBeVisible();
  await data.getByText('Columns', { exact: true }).click();
  await data.getByLabel('Type of code').selectOption('word');
  await data.getByLabel('Role of colour').selectOption('ignore');
  await expect(data.getByText(/2 input columns; no value is missing\. Used: 40 rows\./)).toBeVisible();
  await expect.poll(() => page.evaluate(() => decodeURIComponent(location.hash))).toContain('"role":"ignore"');
});

test('folds choose who validates, and a fold that is not there is named', async ({ page }) => {
  await ready(page, address({ split: { method: { k_fold: { folds: 4, fold: 2 } } } }));
  await page.getByText('Lab', { exact: true }).click();
  const fold = 'split.method.k_fold.fold';
  await expect(page.locator(`[id="${fold}"]`)).toHaveValue('2');
  await enter(page, fold, '5');
  await expect(page.getByText('must be at most 4, the number of folds, got 5')).toBeVisible();
  await enter(page, fold, '4');
  await expect(page.getByText('must be at most 4, the number of folds, got 5')).toBeHidden();
});

test('a table that is pasted is read, and its task follows from its target', async ({ page }) => {
  await ready(page);
  const lines = Array.from({ length: 60 }, (_, at) => `${at}\t${(Math.sin(at) * 10).toFixed(3)}`);
  await page.evaluate(
    (text) => {
      // No browser lets a page make what only a person's paste holds.
      const event = new Event('paste', { bubbles: true, cancelable: true });
      Object.defineProperty(event, 'clipboardData', { value: { getData: () => text } });
      document.body.dispatchEvent(event);
    },
    `x\ty\n${lines.join('\n')}\n`,
  );
  await expect(page.locator('#train-r2')).toBeVisible();
  await expect(page.locator('.panel.map h2')).toContainText('Fit');
  await expect.poll(() => page.evaluate(() => decodeURIComponent(location.hash))).toContain('pasted.csv');
});
