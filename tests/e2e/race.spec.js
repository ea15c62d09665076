/** Races, looking back, early stopping's price, the learning rate's lane, the doctor, transfer: on real training. */
import { expect, test } from '@playwright/test';
import { en } from '../../www/i18n/words.js';
import { enter, ready, scan, painted } from './steps.js';

const hash = (/** @type {any} */ experiment) => `#${encodeURIComponent(JSON.stringify(experiment))}`;
const MOONS = { data: { moons: {} }, stop: { early_stopping: { off: {} }, max_updates: 600 } };

const chips = (/** @type {import('@playwright/test').Page} */ page) => page.locator('.race li');

/** Trains until everything has stopped or arrived. @param {import('@playwright/test').Page} page */
async function toTheEnd(page) {
  await page
    .getByRole('button', { name: 'Play', exact: true })
    .or(page.getByRole('button', { name: 'Restart', exact: true }))
    .first()
    .click();
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toHaveCount(0);
}

test('a copy with one thing changed races from the same start, and the link replays the race', async ({ page, context }) => {
  await ready(page, hash(MOONS));
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(chips(page)).toHaveCount(2);
  await expect(page.getByRole('textbox', { name: 'Value of the finish line' })).toHaveValue('0.95');
  await page.getByRole('button', { name: 'Optimizer', exact: false }).first().click();
  await enter(page, 'learner.net.optimizer.adam.learning_rate', '0.05');
  await expect(chips(page).nth(1)).toContainText('Adam 0.05');
  expect(await scan(page, '.history')).toEqual([]);
  await toTheEnd(page);
  await expect(page.getByRole('status').filter({ hasText: 'The race is over' })).toBeVisible();
  await page.getByRole('button', { name: 'Results' }).click();
  const rows = page.locator('.race-table tbody tr');
  await expect(rows).toHaveCount(2);
  const cells = await rows.nth(1).locator('td').allTextContents();
  // Updates and gradients are one each, a row of the batch at a time; the share saved is of the baseline's updates.
  const [base, own] = await Promise.all(
    [0, 1].map(async (at) => Number((await rows.nth(at).locator('td').first().textContent())?.replace(/,/g, ''))),
  );
  expect(base).toBeGreaterThan(0);
  expect(cells.at(-1)).toBe(`${1 - own / base < 0 ? '−' : ''}${Math.abs(Math.round((1 - own / base) * 100))} %`);
  await page.keyboard.press('Escape');

  const again = await context.newPage();
  await ready(again, new URL(page.url()).hash);
  await expect(chips(again)).toHaveCount(2);
  await toTheEnd(again);
  await again.getByRole('button', { name: 'Results' }).click();
  await page.getByRole('button', { name: 'Results' }).click();
  const counts = async (/** @type {import('@playwright/test').Page} */ of) =>
    Promise.all([0, 1].map(async (at) => (await of.locator('.race-table tbody tr').nth(at).locator('td').allTextContents()).slice(0, 4)));
  await expect.poll(() => counts(again)).toEqual(await counts(page));
});

test('another optimizer restarts the run alone, other data all of them, and bad links are named', async ({ page }) => {
  await ready(page, hash({ race: { runs: [MOONS, {}, {}], finish: { metric: 'rmse', value: 1 } } }));
  await expect(chips(page)).toHaveCount(3);
  await expect(page.getByRole('status').filter({ hasText: 'no such metric' })).toBeVisible();
  await chips(page).nth(1).locator('.pick').click();
  await page.locator('.rail h2 button', { hasText: 'Optimizer' }).click();
  await page.locator('[id="learner.net.optimizer"]').selectOption('sgd');
  await expect(chips(page).nth(1)).toContainText('Stochastic gradient descent');
  await page.locator('.rail h2 button', { hasText: 'Data' }).click();
  await page.locator('[id="data"]').selectOption('iris');
  await expect.poll(() => decodeURIComponent(new URL(page.url()).hash)).toContain('"iris"');
  await toTheEnd(page);
  await expect(page.locator('.alert')).toHaveCount(0);
  await expect(chips(page)).toHaveCount(3);
  await page.evaluate(() => (location.hash = '#{"race":{"runs":[]}}'));
  await expect(page.locator('.alerts')).toContainText('must be a list of 1 to 8 runs, has 0');
});

test('dragging back shows the model as it was, and a fork goes on from there', async ({ page }) => {
  await ready(page, hash(MOONS));
  await toTheEnd(page);
  const before = await page.locator('#validation-loss').textContent();
  const over = page.locator('.lane.loss .u-over');
  const box = /** @type {{x: number, y: number, width: number, height: number}} */ (await over.boundingBox());
  await page.mouse.move(box.x + 0.6 * box.width, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.3 * box.width, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(page.locator('.history .back')).toContainText('Checkpoint at update');
  await expect(page.locator('#validation-loss')).not.toHaveText(before ?? '');
  await page.locator('.history .lanes').press('Escape');
  await expect(page.locator('#validation-loss')).toHaveText(before ?? '');
  // By keys: to the start of the chart, and there.
  await page.locator('.history .lanes').press('Home');
  await page.locator('.history .lanes').press('Enter');
  await expect(page.locator('.history .back')).toContainText('update 0');
  await page.getByRole('button', { name: 'New run from here' }).click();
  await expect(chips(page)).toHaveCount(2);
  await expect(chips(page).nth(1)).toContainText('from update 0');
  await toTheEnd(page);
  // It went the same way.
  await expect(page.locator('#validation-loss')).toHaveText(before ?? '');
});

test('what if it had not stopped goes on beside it and says what stopping cost', async ({ page }) => {
  await ready(page, hash({ ...MOONS, stop: { max_updates: 2000, early_stopping: { patience: { patience: 4 } } } }));
  await toTheEnd(page);
  await page.getByRole('button', { name: 'What if it had not stopped?' }).click();
  await expect(chips(page)).toHaveCount(2);
  await expect(page.locator('.ghost')).toContainText(/Early stopping saved [\d,]+ updates so far\. Going on/);
});

test('a schedule is dragged in its lane, and a rate is found by the range test', async ({ page }) => {
  await ready(page, hash({ ...MOONS, learner: { net: { schedule: { cosine: { t_max: 400 } } } } }));
  const grip = page.getByRole('slider', { name: 'Total steps' });
  await grip.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => decodeURIComponent(new URL(page.url()).hash)).not.toContain('"t_max":400');
  await page.getByRole('slider', { name: 'Learning rate' }).last().press('ArrowUp');
  await expect.poll(() => decodeURIComponent(new URL(page.url()).hash)).toContain('learning_rate');
  await page.locator('.rail h2 button', { hasText: 'Optimizer' }).click();
  await page.getByRole('button', { name: 'Find a learning rate' }).click();
  const use = page.getByRole('button', { name: /^Use 0/ });
  await expect(use).toBeVisible();
  const rate = (await use.textContent())?.replace('Use ', '') ?? '';
  await use.click();
  await expect(page.locator('[id="learner.net.optimizer.adam.learning_rate"]')).toHaveValue(rate);
  expect(await scan(page, '.rail')).toEqual([]);
});

test('the doctor names divergence and its remedy trains', async ({ page }) => {
  await ready(
    page,
    hash({
      data: { curve: {} },
      learner: { net: { optimizer: { mini_batch: { learning_rate: 0.9 } }, layers: [{ dense: { units: 16, activation: { relu: {} } } }] } },
    }),
  );
  await toTheEnd(page);
  await expect(page.locator('.doctor')).toContainText('Training diverged at update');
  expect(await scan(page, '.metrics')).toEqual([]);
  await page.getByRole('button', { name: 'Start again with a tenth of the learning rate' }).click();
  await expect(page.locator('.doctor')).toHaveCount(0);
  await expect.poll(async () => Number((await page.locator('#update').textContent())?.replace(/,/g, ''))).toBeGreaterThan(20);
});

test('a race of which no run can go on does not say that Play trains on', async ({ page }) => {
  const slow = { learner: { net: { optimizer: { sgd: { learning_rate: 1e-6 } } } }, stop: { max_updates: 200 } };
  await ready(
    page,
    hash({ race: { runs: [{ data: { moons: {} }, learner: { tree: {} } }, slow], finish: { metric: 'accuracy', value: 0.9 } } }),
  );
  await toTheEnd(page);
  await expect(page.getByRole('button', { name: en.again, exact: true })).toBeVisible();
  const told = page.locator('.metrics .status');
  await expect(told).toContainText(en.raceDone);
  await expect(told).not.toContainText('Play');
});

test('of two proposals pressed at once the first is taken, and the second does not take it back', async ({ page }) => {
  const dense = { dense: { units: 4, activation: { relu: {} } } };
  await ready(
    page,
    hash({
      learner: { net: { optimizer: { adam: { learning_rate: 0.5 } }, layers: [dense, dense] } },
      stop: { early_stopping: { off: {} }, max_updates: 3000 },
    }),
  );
  await toTheEnd(page);
  const proposed = page.locator('.doctor .wide');
  await expect(proposed.filter({ hasText: 'twice as many units' })).toBeVisible();
  await proposed.evaluateAll((buttons) => {
    /** @type {HTMLElement} */ for (const said of ['twice as many units', 'one more layer'])
      buttons.find((button) => button.textContent?.includes(said)).click();
  });
  const told = () => page.evaluate(() => JSON.parse(decodeURIComponent(location.hash.slice(1))).learner.net.layers);
  await expect.poll(async () => (await told()).map((/** @type {any} */ layer) => layer.dense?.units)).toEqual([8, 8]);
  await toTheEnd(page);
  expect((await told()).map((/** @type {any} */ layer) => layer.dense?.units)).toEqual([8, 8]);
});

test('weights of one task begin another, and ways to go on race', { tag: '@long' }, async ({ page }) => {
  await ready(page);
  await page.locator('.rail h2 button', { hasText: 'Model' }).click();
  await page.getByRole('button', { name: 'Try: noisy shapes after clean ones' }).click();
  await expect(chips(page)).toHaveCount(5);
  await toTheEnd(page);
  const updates = async (/** @type {number} */ at) =>
    Number(
      (await chips(page).nth(at).locator('.at').allTextContents())
        .join('')
        .match(/at ([\d,]+)/)?.[1]
        .replace(/,/g, '') ?? Infinity,
    );
  await expect.poll(() => updates(3)).toBeLessThan(await updates(0));
});

test('on a phone a finger drags the past into view, and nothing moves under it', { tag: '@long' }, async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await ready(page);
  await page.getByRole('button', { name: 'Play' }).tap();
  await expect(page.getByRole('button', { name: en.again })).toBeVisible();
  const last = Number((await page.locator('#update').textContent()).replace(/\D/g, ''));
  await page.getByRole('tab', { name: en.chartTab }).tap();
  await page.getByRole('button', { name: en.raise }).tap();
  const lane = page.locator('.lane.loss .u-over');
  // Where it is raised to.
  await expect(lane).toBeVisible();
  await painted(page);
  const box = await lane.boundingBox();
  const devtools = await context.newCDPSession(page);
  const touch = (type, x) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y: box.y + 40 }] });
  await touch('touchStart', box.x + 0.6 * box.width);
  for (let step = 0; step < 10; step++) await touch('touchMove', box.x + (0.6 - 0.04 * step) * box.width);
  await expect(page.locator('.history .back')).toBeVisible();
  await expect.poll(async () => (await lane.boundingBox()).y).toBe(box.y);
  await touch('touchEnd');
  const acts = page.locator('.history .back button');
  for (const act of await acts.all())
    await expect.poll(() => act.evaluate((button) => button.scrollWidth <= button.clientWidth)).toBe(true);
  // A tap that follows a drag at once counts as its second half.
  const metrics = page.getByRole('tab', { name: en.metrics });
  await expect(async () => {
    await metrics.tap();
    await expect(metrics).toHaveAttribute('aria-selected', 'true', { timeout: 500 });
  }).toPass();
  const seen = () =>
    page
      .locator('.metrics')
      .textContent()
      .then((text) => Number(/at update ([\d,]+)/.exec(text)?.[1].replace(/\D/g, '')));
  await expect.poll(() => seen()).toBeGreaterThan(0);
  await expect.poll(() => seen()).toBeLessThan(last);
  // The counter is of what is shown.
  expect(Number((await page.locator('#update').textContent()).replace(/\D/g, ''))).toBe(await seen());
  await page.getByRole('tab', { name: en.chartTab }).tap();
  await acts.last().tap();
  await expect(page.locator('.history .back')).toHaveCount(0);
  await context.close();
});
