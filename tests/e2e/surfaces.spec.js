/** Races on surfaces, and the loss around a network's weights. */
import { expect, test } from '@playwright/test';
import { enter, epochs, ready, scan } from './steps.js';

/** @param {object} race */
const asked = (race) => `?surfaces=${encodeURIComponent(JSON.stringify(race))}`;

/** @param {import('@playwright/test').Page} page */
const sheet = (page) => page.getByRole('dialog', { name: 'Race on surfaces' });

/** The cells of a racer's row. @param {import('@playwright/test').Page} page @param {string} name */
const row = (page, name) => sheet(page).getByRole('row', { name });

test('a race is played, held, stepped and wound back, and says who is still running', async ({ page }) => {
  await ready(page, '?surfaces');
  const shown = sheet(page).getByRole('status', { name: 'Update shown' });
  await expect(shown).toHaveText('158');
  await sheet(page).getByRole('button', { name: 'To the start' }).click();
  await expect(row(page, 'Adam')).toContainText('running');
  await sheet(page).getByRole('button', { name: 'Step', exact: true }).click();
  await expect(shown).toHaveText('1');
  await sheet(page).getByLabel('Updates per second').selectOption('500');
  await sheet(page).getByRole('button', { name: 'Start the race' }).click();
  await expect(shown).toHaveText('158');
  await expect(row(page, 'Adam')).toContainText('72');
  await expect(page.locator('#update')).toHaveText('0');
});

test.describe('in one browser', () => {
  test.skip(({ browserName }) => browserName === 'firefox', 'what is drawn and asked is the same in both');

  test('optimizers race on a surface; the start moves by keys and mouse, and the race is in the address', async ({ page }) => {
    await ready(page);
    await page.getByRole('button', { name: 'Race on surfaces' }).click();
    await expect(row(page, 'Gradient descent')).toContainText('158');
    await expect(row(page, 'Momentum')).toContainText('84');
    await expect(row(page, 'Adam')).toContainText('72');
    expect(await scan(page, 'dialog.surfaces')).toEqual([]);
    const start = sheet(page).getByRole('button', { name: /^Start at/ });
    await start.focus();
    await page.keyboard.press('Shift+ArrowRight');
    await expect(start).toHaveAccessibleName(/^Start at -1.3, 0.8/);
    await expect.poll(() => page.url()).toContain(encodeURIComponent('"start":[-1.3,0.8]'));
    const box = await sheet(page).locator('.ground').boundingBox();
    await page.mouse.click(box.x + box.width * 0.75, box.y + box.height * 0.25);
    await expect(start).toHaveAccessibleName(/^Start at 1(\.0\d+)?, 1/);
    await sheet(page).getByRole('button', { name: 'Default start' }).click();
    await expect(row(page, 'Adam')).toContainText('72');
    await page.keyboard.press('Escape');
    await expect(sheet(page)).toBeHidden();
    expect(page.url()).not.toContain('surfaces');
  });

  test('another ground brings racers that suit it; racers are added, edited and removed, and problems stand at their fields', async ({
    page,
  }) => {
    await ready(page, '?surfaces');
    await expect(row(page, 'Adam')).toContainText('72');
    await page.locator('[id="surfaces.surface"]').selectOption('rosenbrock');
    await expect(row(page, 'Gradient descent · 0.001')).toContainText('not reached');
    await sheet(page).getByRole('button', { name: '+ Add a racer' }).click();
    await page.locator('[id="surfaces.racers[3].optimizer"]').selectOption('levenberg_marquardt');
    await expect(row(page, 'Levenberg')).toContainText(/\d/);
    await page.locator('[id="surfaces.surface"]').selectOption('saddle');
    await expect(sheet(page).getByRole('alert')).toContainText('sum of squares');
    await sheet(page).getByRole('button', { name: 'Remove this racer' }).click();
    await expect(sheet(page).getByRole('alert')).toHaveCount(0);
    await sheet(page)
      .getByRole('button', { name: /^Gradient descent/ })
      .click();
    await enter(page, 'surfaces.racers[0].optimizer.gradient_descent.learning_rate', '3');
    await expect(row(page, 'Gradient descent')).toContainText('diverged at');
  });

  test('a link that cannot be run is named, and the usual race is shown', async ({ page }) => {
    await ready(page, asked({ surface: 'hill' }));
    await expect(sheet(page).getByRole('alert')).toContainText('must be one of bowl');
    await expect(row(page, 'Adam')).toContainText('72');
  });

  test('the loss around the weights is drawn along the run and in random directions, with what it does not say', async ({ page }) => {
    await ready(page);
    await page.getByRole('button', { name: 'Loss landscape' }).click();
    const landscape = page.getByRole('dialog', { name: 'Loss landscape' });
    await expect(landscape.getByText(/have not moved yet/)).toBeVisible();
    await expect(landscape.getByText(/two random directions/)).toBeVisible();
    await page.keyboard.press('Escape');
    await epochs(page, 4);
    const loss = await page.locator('#train-loss').textContent();
    await page.getByRole('button', { name: 'Loss landscape' }).click();
    await expect(landscape.getByText(/31 × 31 losses/)).toBeVisible();
    await expect(landscape.getByText(`loss ${loss}.`)).toBeVisible();
    await expect(landscape.getByText(/The plane holds \d+(\.\d)?%/)).toBeVisible();
    expect(await scan(page, 'dialog.landscape')).toEqual([]);
    await page.locator('[id="landscape.directions"]').selectOption('random');
    await expect(landscape.getByText(/two random directions/)).toBeVisible();
    await landscape.getByRole('button', { name: /^Probe/ }).focus();
    const read = landscape.getByText(/^Loss at/);
    const before = await read.textContent();
    await page.keyboard.press('Shift+ArrowUp');
    await expect(read).not.toHaveText(String(before));
  });

  test('runs of a race lie on one plane', async ({ page }) => {
    const race = { runs: [{}, { learner: { net: { optimizer: { adam: { learning_rate: 0.03 } } } } }, { learner: { tree: {} } }] };
    await ready(page, `#${encodeURIComponent(JSON.stringify({ race }))}`);
    await expect(page.locator('.race li')).toHaveCount(3);
    await epochs(page, 3);
    await page.getByRole('button', { name: 'Loss landscape' }).click();
    const landscape = page.getByRole('dialog', { name: 'Loss landscape' });
    await expect(landscape.getByText(/Trajectories of the runs: \d+ checkpoints/)).toBeVisible();
    await expect(landscape.locator('.outcome dd').filter({ hasText: /, at update/ })).toHaveCount(2);
    expect(await scan(page, 'dialog.landscape')).toEqual([]);
  });

  test('a tree has no landscape, and the page says so', async ({ page }) => {
    await ready(page, `?landscape#${encodeURIComponent('{"learner":{"tree":{}}}')}`);
    await expect(page.getByRole('dialog', { name: 'Loss landscape' }).getByRole('alert')).toContainText('no weights');
  });
});
