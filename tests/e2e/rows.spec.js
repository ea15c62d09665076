/** Rows that are images, sequences, tokens and series: seen one by one, against what the engine itself sent. */
import { expect, test } from '@playwright/test';
import { en, zh } from '../../www/i18n/words.js';
import { number } from '../../www/format.js';
import { borders, horizon, rowAt, timeOf, valuesOf } from '../../www/views/rows/series.js';
import { LACKS, listen, scan, update } from './steps.js';

const open = async (page, experiment) => {
  await page.addInitScript(listen);
  await page.goto(`./#${encodeURIComponent(JSON.stringify(experiment))}`);
  await expect(page.locator('#train-loss')).not.toHaveText('–');
};
/** Trains to a known end: the same weights every time. */
const train = async (page, updates, experiment) => {
  await open(page, { ...experiment, stop: { max_updates: updates } });
  await page.getByRole('button', { name: en.play, exact: true }).click();
  await expect(page.getByRole('button', { name: en.again })).toBeVisible();
};
/** What the engine says of the shown row that stands at `place` in the table. */
const told = (page, place) =>
  page.evaluate((place) => {
    const { points, run } = window.sent;
    const row = points.places.indexOf(place);
    const shares = [...run.predictions.slice(row * run.outputs, (row + 1) * run.outputs)];
    const names = points.titles.length ? points.titles.map(({ en }) => en) : points.classes;
    return {
      row,
      split: points.split[row],
      target: points.targets[row],
      name: names[points.targets[row]],
      said: names[shares.indexOf(Math.max(...shares))],
      shares,
    };
  }, place);
/** Wrong rows that are not of the test part, by their places in the table. */
const misses = (page) =>
  page.evaluate(() => {
    const { points, run } = window.sent;
    const said = (row) =>
      [...run.predictions.slice(row * run.outputs, (row + 1) * run.outputs)].reduce(
        (best, share, k, all) => (share > all[best] ? k : best),
        0,
      );
    return [...points.targets.keys()]
      .filter((row) => points.split[row] < 2 && said(row) !== points.targets[row])
      .map((row) => points.places[row]);
  });
/** The place in the table of the row that is large, from its heading. */
const chosen = async (page) => Number((await page.locator('#close b').first().textContent()).replace(/\D/g, '')) - 1;
const option = async (page, name, on) => {
  const box = page.locator(`#show-${name}`);
  if (!(await box.isVisible())) await page.getByRole('button', { name: en.showOptions }).click();
  await box.setChecked(on);
  await page.keyboard.press('Escape');
};
const gallery = (page) => page.getByRole('application', { name: en.galleryTitle });

test('images: one is large with its probabilities, a click and the keys choose another', async ({ page }) => {
  await train(page, 60, { data: { digits: {} } });
  await expect(page.locator('.panel.map h2')).toContainText('512 of 1,797 samples');
  const at = await update(page);
  const first = await chosen(page);
  const { name, said, shares, split } = await told(page, first);
  expect(split).toBe(1);
  await expect(page.locator('#close dd')).toHaveText([name, said]);
  await expect(page.locator('#close li b')).toHaveText(shares.map((share) => share.toFixed(2)));
  await gallery(page).click({ position: { x: 20, y: 20 } });
  await expect(page.locator('#close')).toContainText(`${en.trainRow} ${(await chosen(page)) + 1}`);
  await expect.poll(() => page.evaluate(() => window.sent.points.places[0])).toBe(await chosen(page));
  const places = await page.evaluate(() => [...window.sent.points.places].filter((_, row) => window.sent.points.split[row] < 2));
  const columns = async () => places.indexOf(await chosen(page));
  for (const [key, row] of [
    ['ArrowRight', 1],
    ['ArrowRight', 2],
    ['ArrowLeft', 1],
    ['Home', 0],
    ['End', places.length - 1],
    ['ArrowRight', places.length - 1],
    ['Home', 0],
  ]) {
    await page.keyboard.press(key);
    await expect.poll(columns).toBe(row);
  }
  await page.keyboard.press('ArrowDown');
  const wide = await columns();
  expect(wide).toBeGreaterThan(3);
  await page.keyboard.press('PageDown');
  await expect.poll(async () => ((await columns()) - wide) % wide).toBe(0);
  await page.keyboard.press('ArrowUp');
  // The page's own arrow key would have trained one update more.
  await expect.poll(() => update(page)).toBe(at);
  await expect(page.locator('.gallery [aria-live]')).toContainText(en.trueValue);
  expect(await scan(page, '.panel.map')).toEqual([]);
});

test('wrong rows are counted, outlined, gone to by keys, and shown alone', async ({ page }) => {
  await train(page, 120, { data: { shapes: {} } });
  const wrong = await misses(page);
  expect(wrong.length).toBeGreaterThan(2);
  const held = await page.evaluate(
    (wrong) => wrong.filter((place) => window.sent.points.split[window.sent.points.places.indexOf(place)] === 1).length,
    wrong,
  );
  await expect(page.locator('#wrong')).toHaveText(String(held));
  const picture = () => page.locator('.gallery canvas').evaluate((canvas) => canvas.toDataURL());
  const outlined = await picture();
  await option(page, 'rings', false);
  await expect.poll(picture).not.toBe(outlined);
  await option(page, 'rings', true);
  await expect.poll(picture).toBe(outlined);
  await gallery(page).focus();
  for (const [key, miss] of [
    ['n', 0],
    ['n', 1],
    ['p', 0],
    ['p', wrong.length - 1],
  ]) {
    await page.keyboard.press(key);
    await expect.poll(() => chosen(page)).toBe(wrong[miss]);
    await expect(page.locator('#close em')).toHaveText(en.wrongHere);
  }
  await option(page, 'misses', true);
  await gallery(page).focus();
  await page.keyboard.press('Home');
  for (const place of wrong.slice(0, 4)) {
    await expect.poll(() => chosen(page)).toBe(place);
    await page.keyboard.press('ArrowRight');
  }
  // A restart with the same rows keeps the one that is looked at.
  const kept = await chosen(page);
  await page.getByRole('button', { name: en.rewind }).click();
  await expect.poll(() => update(page)).toBe(0);
  await expect.poll(() => chosen(page)).toBe(kept);
});

test('test rows are hidden until they are asked for', async ({ page }) => {
  await open(page, { data: { signals: { samples: 100 } } });
  await gallery(page).focus();
  for (const key of ['Home', 'End']) {
    await page.keyboard.press(key);
    await expect(page.locator('#close')).not.toContainText(en.testRow);
  }
  await page.getByRole('button', { name: en.reveal, exact: true }).click();
  await option(page, 'test', true);
  await option(page, 'train', false);
  await option(page, 'validation', false);
  await expect(page.locator('#close')).toHaveCount(0);
  await gallery(page).focus();
  await page.keyboard.press('Home');
  await expect(page.locator('#close')).toContainText(en.testRow);
  await option(page, 'test', false);
  await expect(page.locator('.gallery')).toContainText(en.noRows);
});

test('classes that are words are named in the language of the page', async ({ page }) => {
  await open(page, { data: { shapes: { kinds: 2 } } });
  await expect(page.locator('.map .legend')).toContainText('square');
  await page.locator('#language').click();
  await expect(page.locator('.map .legend')).toContainText('方块');
  await expect(page.locator('.map h2')).toContainText(zh.galleryTitle);
  await expect(page.locator('.confusion thead')).toContainText('方块');
});

test('a series with its forecast: the window of the chosen row, its value ahead, no look at what is held out', async ({ page }) => {
  await train(page, 60, { data: { series: { horizon: 3 } } });
  const at = await update(page);
  const first = await chosen(page);
  expect(first).toBe(350);
  const fact = (row) => page.evaluate((row) => [window.sent.points.targets[row], window.sent.run.predictions[row]], row);
  const reads = async (row) => {
    const [target, said] = await fact(row);
    await expect(page.locator('#close dd')).toHaveText([target, said, said - target].map((value) => number(value)));
  };
  await reads(first);
  const plane = page.getByRole('application', { name: en.seriesTitle });
  await plane.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => chosen(page)).toBe(351);
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(() => chosen(page)).toBe(341);
  await reads(341);
  await expect(page.locator('.plane [aria-live]')).toContainText(`${en.trainRow} 342`);
  // As far as the last validation row and no further.
  for (let step = 0; step < 10; step++) await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => chosen(page)).toBe(424);
  await page.keyboard.press('n');
  const worst = await page.evaluate(() => {
    const { points, run } = window.sent;
    const rows = [...points.targets.keys()]
      .sort((a, b) => Math.abs(run.predictions[b] - points.targets[b]) - Math.abs(run.predictions[a] - points.targets[a]))
      .slice(0, 50);
    return rows.find((row) => points.split[row] < 2);
  });
  await expect.poll(() => chosen(page)).toBe(worst);
  await expect.poll(() => update(page)).toBe(at);
  await page.keyboard.press('0');
  await expect(page.getByRole('button', { name: en.showAll })).toBeDisabled();
  const box = await plane.boundingBox();
  await plane.click({ position: { x: box.width * 0.1, y: box.height * 0.8 } });
  const near = await chosen(page);
  // 526 values of which the first target is at 26, with one to spare at either end.
  expect(Math.abs(near + 26 - (0.1 * 527 - 1))).toBeLessThan(2);
  await page.getByRole('button', { name: en.reveal, exact: true }).click();
  const before = await plane.locator('canvas').evaluate((canvas) => canvas.toDataURL());
  await option(page, 'test', true);
  await expect.poll(() => plane.locator('canvas').evaluate((canvas) => canvas.toDataURL())).not.toBe(before);
  expect(await scan(page, '.panel.map')).toEqual([]);
});

test('the layers are drawn with what they make of the chosen row', async ({ page }) => {
  await open(page, { data: { digits: {} }, learner: { net: { layers: [{ conv2d: {} }, 'flatten'] } } });
  const seen = () => page.evaluate(() => window.sent.run.seen?.row);
  await expect.poll(seen).toBe(await chosen(page));
  await gallery(page).focus();
  await page.keyboard.press('End');
  // One of some rows: its place among them is not its place in the table.
  await expect.poll(() => chosen(page)).toBeGreaterThan(512);
  await expect.poll(seen).toBe(await chosen(page));
});

test('symbols that a layer takes for amounts are said to be', async ({ page }) => {
  await open(page, { data: { tokens: {} } });
  await expect(page.locator('.map .why')).toHaveText(en.asAmounts);
  await page.goto('about:blank');
  await open(page, { data: { tokens: {} }, learner: { net: { layers: [{ embedding: {} }, 'flatten'] } } });
  await expect(page.locator('#close')).toBeVisible();
  await expect(page.locator('.map .why')).toHaveCount(0);
});

test('a data set that cannot be fetched is named, and what was there stays', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', LACKS.workers);
  await page.route('**/digits*.bin', (route) => route.abort());
  await open(page, {});
  await page.locator('[id=data]').selectOption('digits');
  await expect(page.locator('.problem')).toContainText('could not be loaded');
  await expect(page.getByRole('button', { name: en.step, exact: true })).toBeDisabled();
  await expect(page.locator('#train-loss')).toHaveText(/\d/);
  await page.unroute('**/digits*.bin');
  await page.locator('[id=data]').selectOption('circle');
  await page.locator('[id=data]').selectOption('digits');
  await expect(page.locator('.panel.map h2')).toContainText(en.galleryTitle);
  await expect(page.locator('.problem')).toHaveCount(0);
});

test('tables that ship are fetched when they are chosen', async ({ page }) => {
  await open(page, {});
  for (const [name, columns, last] of [
    ['iris', 4, 'virginica'],
    ['wine', 13, 'class 2'],
    ['breast_cancer', 30, 'benign'],
    ['diabetes', 10, null],
  ]) {
    await page.locator('[id=data]').selectOption(name);
    await expect(page.getByLabel(en.planeAcross, { exact: true }).locator('option')).toHaveCount(columns);
    if (last) await expect(page.locator('.panel.map')).toContainText(last);
  }
});

test('data sources stand in groups, the first of them first', async ({ page }) => {
  await open(page, {});
  const groups = page.locator('[id=data] optgroup');
  await expect
    .poll(() => groups.evaluateAll((all) => all.map((group) => group.label)))
    .toEqual([en.group_points, en.group_numbers, en.group_table, en.group_image, en.group_sequence, en.group_own]);
  await expect(page.locator('[id=data] option').first()).toHaveAttribute('value', 'spiral');
});

test('a finger chooses and scrolls', async ({ browser, baseURL, browserName }) => {
  test.skip(browserName === 'firefox', LACKS.touch);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, baseURL });
  const page = await context.newPage();
  await open(page, { data: { digits: {} } });
  const box = await gallery(page).boundingBox();
  await page.touchscreen.tap(box.x + 20, box.y + 20);
  await expect.poll(() => chosen(page)).toBe(await page.evaluate(() => window.sent.points.places[0]));
  // The likeliest classes, the true one among them: no line is cut.
  const list = await page.locator('#close ul').boundingBox();
  for (const line of await page.locator('#close li').all()) {
    const at = await line.boundingBox();
    expect(at.y + at.height).toBeLessThanOrEqual(list.y + list.height + 1);
  }
  await expect.poll(() => gallery(page).evaluate((element) => getComputedStyle(element).touchAction)).toBe('pan-y');
  await context.close();
});

test('a series from its windows', () => {
  const values = Array.from({ length: 12 }, (_, at) => at * at);
  const rows = 8;
  const points = {
    inputs: Array.from({ length: rows }, (_, row) => values.slice(row, row + 3)).flat(),
    targets: Array.from({ length: rows }, (_, row) => values[row + 4]),
    split: [0, 0, 0, 0, 0, 1, 1, 2],
    places: Array.from({ length: rows }, (_, row) => row),
    shape: { steps: 3 },
    target: 't+2',
  };
  expect(horizon(points)).toBe(2);
  expect([0, 7].map((row) => timeOf(points, row))).toEqual([4, 11]);
  expect([...valuesOf(points, () => true)]).toEqual(values);
  // The last row is locked: what it alone knows is not there.
  expect([...valuesOf(points, (row) => row < 7)].slice(9)).toEqual([81, 100, NaN]);
  expect(borders(points)).toEqual([
    [8.5, 0, 1],
    [10.5, 1, 2],
  ]);
  expect(borders({ ...points, split: [0, 1, 0, 1, 0, 1, 2, 0] })).toBe(null);
  expect(rowAt(points, 10.9, (row) => row < 7)).toBe(6);
  expect(rowAt(points, 0, () => false)).toBe(null);
});
