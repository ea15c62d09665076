import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { ahead, apart, extent, logTicks, nice, rowAt, settle, ticks } from '../../www/charts/ranges.js';
import { Smoother } from '../../www/charts/smooth.js';
import { en, zh } from '../../www/i18n/words.js';
import { arrange, describe } from '../../www/page/history/lanes.js';
import { LACKS, count, inTheme, painted, quiet, ready, scan, update } from './steps.js';

/** As the engine describes them. @type {any[]} */
const MEASURED = [
  { name: 'loss', low: null, high: null, of_rows: true, direction: 'down' },
  { name: 'accuracy', low: 0, high: 1, of_rows: true, direction: 'up' },
];

const LONG = '#{"stop":{"max_updates":100000000,"early_stopping":{"off":{}}}}';
const play = (page) => page.getByRole('button', { name: 'Play' }).click();
const ended = async (page) => {
  await play(page);
  await expect(page.getByRole('button', { name: en.again })).toBeVisible();
};
const options = (page) => page.getByRole('button', { name: en.chartOptions }).click();
const strip = (page) => page.getByRole('group', { name: en.chartKeys });
const reading = (page) => page.locator('.history .reading');
const at = async (page) => Number((await reading(page).textContent()).replace(/\D/g, ''));
/** The pixels of a lane's canvas, as one number. */
const drawn = (page, lane) =>
  page.locator(`.lane.${lane} canvas`).evaluate((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let sum = 0;
    for (let place = 0; place < data.length; place++) sum = (sum * 31 + data[place]) | 0;
    return sum;
  });

/** The definition, written without any state. */
const smoothed = (values, weight) => {
  let mean = 0;
  let count = 0;
  return values.map((value) => {
    if (value === null) return null;
    mean = weight * mean + (1 - weight) * value;
    return mean / (1 - weight ** ++count);
  });
};
/** One expectation for all rows: thousands of them would take minutes. */
const close = (actual, expected) => {
  const round = (value) => (value === null ? null : Number(value.toPrecision(10)));
  expect(actual.map(round)).toEqual(expected.map(round));
};

test('smoothing is exponential with bias correction and skips what is missing', () => {
  // By hand: 0.5·1/0.5 = 1; (0.25 + 0.5·3)/0.75 = 7/3.
  close(new Smoother().of([1, null, 3], 0.5), [1, null, 7 / 3]);
  close(new Smoother().of([5, 5, 5, 5], 0.99), [5, 5, 5, 5]);
  close(new Smoother().of([4, 8], 0), [4, 8]);
  close(new Smoother().of([], 0.9), []);
});

test('names at the ends of lines stand apart, in their order and within the lane', () => {
  expect(apart([50, 20], 10, 0, 100)).toEqual([50, 20]);
  expect(apart([50, 50], 10, 0, 100)).toEqual([45, 55]);
  expect(apart([0, 0, 0], 10, 0, 100)).toEqual([0, 10, 20]);
  expect(apart([100, 98], 10, 0, 100)).toEqual([100, 90]);
});

test('smoothing goes on where it was, however the rows come', () => {
  const smoother = new Smoother();
  const all = Array.from({ length: 400 }, (_, row) => (row % 7 === 3 ? null : Math.sin(row) + row / 100));
  for (let rows = 1; rows <= 400; rows += 7 + (rows % 5)) {
    // The last row may still change.
    const open = [...all.slice(0, rows - 1), -rows];
    close(smoother.of(open, 0.9), smoothed(open, 0.9));
    close(smoother.of(all.slice(0, rows), 0.9), smoothed(all.slice(0, rows), 0.9));
  }
  const before = smoother.work;
  smoother.of([...all, 1], 0.9);
  expect(smoother.work - before).toBeLessThan(10);
  // Merged in pairs, another run, another weight: everything anew.
  const merged = all.filter((_, row) => row % 2);
  close(smoother.of(merged, 0.9), smoothed(merged, 0.9));
  const other = merged.map((value) => (value === null ? null : value * 2));
  close(smoother.of(other, 0.9), smoothed(other, 0.9));
  close(smoother.of(other, 0.5), smoothed(other, 0.5));
});

test('an x axis ends at a nice number ahead and grows in steps', () => {
  expect(ahead(3, 50)).toBe(50);
  expect(ahead(51, 50)).toBe(60);
  expect(ahead(60, 50)).toBe(60);
  expect(ahead(1001, 50)).toBe(1200);
  const ends = new Set();
  const wrong = [];
  for (let x = 1; x <= 100_000; x += 7) {
    const end = ahead(x, 1);
    if (end < x || end > 1.5 * x + 1) wrong.push([x, end]);
    ends.add(end);
  }
  expect(wrong).toEqual([]);
  expect(ends.size).toBeLessThan(60);
});

test('ticks are nice numbers inside of the range', () => {
  expect(ticks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticks(-0.3, 0.3, 3)).toEqual([-0.2, 0, 0.2]);
  expect(logTicks(0.001, 1, 4)).toEqual([0.001, 0.01, 0.1, 1]);
  expect(logTicks(0.1, 1, 9)).toEqual([0.1, 0.2, 0.5, 1]);
  for (const [low, high] of [
    [2e-6, 20],
    [3e-9, 4e7],
    [0.4, 0.7],
    [0.45, 0.49],
  ]) {
    for (const count of [1, 2, 5]) {
      const places = logTicks(low, high, count);
      expect(places.length, `${low} ${high} ${count}`).toBeGreaterThan(1);
      for (const place of places) expect(place >= low * 0.999 && place <= high * 1.001, `${place} in ${low} ${high}`).toBe(true);
    }
  }
});

test('spikes do not flatten the rest, unless they are asked for or are now', () => {
  const calm = Array.from({ length: 1000 }, (_, row) => 0.1 + 0.01 * Math.sin(row));
  const spiked = calm.map((value, row) => (row === 3 || row === 500 ? 80 : value));
  expect(extent([spiked])[1]).toBeLessThan(0.2);
  expect(extent([spiked], { full: true })[1]).toBe(80);
  expect(extent([[...calm, 80]])[1]).toBe(80);
  expect(extent([spiked.slice(0, 10)])[1]).toBe(80);
  expect(extent([[null, null]])).toBe(null);
  expect(extent([[0, -1, 0.01, 10]], { log: true })).toEqual([0.01, 10]);
  expect(extent([[0, 0]], { log: true })).toBe(null);
});

test('a y range is calm at the start, grows at once and shrinks late', () => {
  const share = { bounds: [0, 1], empty: [0, 1] };
  const amount = { zero: 'near', empty: [0, 1] };
  expect(nice(null, share, false)).toEqual([0, 1]);
  expect(nice([0.485, 0.493], share, false, true)).toEqual([0, 1]);
  expect(nice([0.74, 0.76], amount, false, true)[0]).toBe(0);
  expect(nice([0.97, 1], share, false)[1]).toBe(1);
  expect(nice([3, 3], amount, false)[1]).toBeGreaterThan(3);
  for (const seen of [
    [0.011, 0.012],
    [5, 5],
    [1e-9, 3],
  ]) {
    const [low, high] = nice(seen, amount, true);
    expect(low > 0 && low <= seen[0] && high >= seen[1]).toBe(true);
  }
  expect(settle(null, [0, 1], false)).toEqual([0, 1]);
  expect(settle([0, 1], [0, 2], false)).toEqual([0, 2]);
  const before = [0, 1];
  expect(settle(before, [0, 0.8], false)).toBe(before);
  expect(settle(before, [0, 0.5], false)).toEqual([0, 0.5]);
  expect(settle([0.001, 1], [0.01, 1], true)).toEqual([0.001, 1]);
  expect(settle([1e-6, 1], [0.1, 1], true)).toEqual([0.1, 1]);
});

test('rows are found by x, and lanes stand in columns that stay readable', () => {
  expect([-1, 0, 4, 5, 99].map((x) => rowAt([0, 5, 10], x))).toEqual([0, 0, 1, 1, 2]);
  const names = (lanes) => arrange(lanes).map((column) => column.map(({ name }) => name));
  const lanes = describe(MEASURED, true);
  expect(names(lanes)).toEqual([['loss', 'rate'], ['accuracy', 'gradient'], ['weight']]);
  expect(names(lanes.filter(({ on }) => on))).toEqual([['loss', 'rate'], ['accuracy']]);
  expect(describe(MEASURED, false).map(({ name }) => name)).toEqual(['loss', 'accuracy']);
});

test('lanes are chosen, and the choice stays', async ({ page }) => {
  await ready(page);
  const lanes = () => page.locator('.history figure').evaluateAll((all) => all.map((lane) => lane.className.replace('lane ', '')));
  await expect.poll(() => lanes()).toEqual(['loss', 'rate', 'accuracy']);
  await options(page);
  await page.getByLabel(en.gradientNorm, { exact: true }).check();
  await page.getByLabel(en.weightNorm, { exact: true }).check();
  await page.getByLabel(en.accuracy, { exact: true }).uncheck();
  await expect.poll(() => lanes()).toEqual(['loss', 'rate', 'gradient', 'weight']);
  await page.reload();
  await expect.poll(lanes).toEqual(['loss', 'rate', 'gradient', 'weight']);
  for (const lane of await lanes()) {
    const box = await page.locator(`.lane.${lane} canvas`).boundingBox();
    expect(box.width, lane).toBeGreaterThan(240);
    expect(box.height, lane).toBeGreaterThan(40);
  }
  const loss = await page.locator('.lane.loss .u-over').boundingBox();
  const rate = await page.locator('.lane.rate .u-over').boundingBox();
  expect([loss.x, loss.width]).toEqual([rate.x, rate.width]);
  expect(rate.y).toBeGreaterThan(loss.y + loss.height);
});

test('keys over the lanes do not step the run, elsewhere they do', async ({ page }) => {
  await page.addInitScript(count);
  await ready(page);
  await page.getByRole('button', { name: en.step, exact: true }).click();
  await expect.poll(() => update(page)).toBe(1);
  await strip(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect(reading(page)).not.toHaveText('');
  // Whatever the key asked for is answered.
  expect(await quiet(page)).toBe(true);
  await expect.poll(() => update(page)).toBe(1);
  await strip(page).blur();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => update(page)).toBe(2);
});

test('keys read the values in all lanes at once', async ({ page }) => {
  await ready(page);
  await ended(page);
  const last = await update(page);
  await strip(page).focus();
  await page.keyboard.press('End');
  await expect.poll(() => at(page)).toBe(last);
  await expect(page.locator('.lane.rate .value')).toHaveText('0.01000');
  await expect(page.locator('.lane.loss .value')).toHaveCount(2);
  await page.keyboard.press('Home');
  await expect.poll(() => at(page)).toBe(0);
  await page.keyboard.press('ArrowRight');
  const one = await at(page);
  expect(one).toBeGreaterThan(0);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => at(page)).toBe(10 * one);
  await expect(page.locator('.history [aria-live]')).toContainText(`update ${(10 * one).toLocaleString('en')}; Loss: train 0.`);
  await expect.poll(() => page.locator('.lane .cursor').evaluateAll((all) => all.every((line) => line.checkVisibility()))).toBe(true);
  await page.keyboard.press('Escape');
  await expect(reading(page)).toHaveText('');
  await expect.poll(() => page.locator('.lane .cursor').evaluateAll((all) => all.some((line) => line.checkVisibility()))).toBe(false);
  await expect.poll(() => update(page)).toBe(last);
});

test('the pointer reads the same row in every lane', async ({ page }) => {
  await ready(page);
  await ended(page);
  const box = await page.locator('.lane.accuracy .u-over').boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + 10);
  const under = await at(page);
  expect(under).toBeGreaterThan(0);
  await expect(page.locator('.lane.loss .value')).toHaveCount(2);
  await expect(page.locator('.lane.rate .value')).toHaveCount(1);
  const loss = await page.locator('.lane.loss .u-over').boundingBox();
  await page.mouse.move(loss.x + loss.width / 2, loss.y + 10);
  await expect.poll(async () => Math.abs((await at(page)) - under)).toBeLessThan(under / 20);
  await page.mouse.move(5, 5);
  await expect(reading(page)).toHaveText('');
});

test('a lane says in a sentence what it shows', async ({ page }) => {
  await ready(page);
  await ended(page);
  // The lanes are drawn a moment after the table beside them.
  await expect(async () => {
    const said = await page.locator('.lane.loss').getAttribute('aria-label');
    expect(said).toMatch(/^Loss: train [\d.e-]+, validation [\d.e-]+, best validation [\d.e-]+ at update [\d,]+$/);
    const best = /** @type {string} */ (await page.locator('.metrics tr', { hasText: '★' }).locator('td').textContent());
    expect(said.split(' ').pop()).toBe(best.split(' ').pop());
  }).toPass();
  await page.locator('#language').click();
  await expect(page.locator('.lane.loss')).toHaveAttribute('aria-label', /^损失：训练 .*最佳验证/);
});

test('the units of x, the axes and the smoothing change what is drawn', async ({ page }) => {
  await ready(page);
  await ended(page);
  // The lanes are drawn a moment after the run has ended: until the last of them is, they change.
  let before = '';
  await expect(async () => {
    const last = before;
    await painted(page);
    before = await drawn(page, 'loss');
    expect(before).toBe(last);
  }).toPass();
  const rate = await drawn(page, 'rate');
  await options(page);
  for (const change of [
    () => page.getByLabel(en.chartSmoothing).fill('0.9'),
    () => page.getByLabel(en.chartLogLoss).check(),
    () => page.getByLabel(en.chartGap).uncheck(),
  ]) {
    await change();
    await expect.poll(() => drawn(page, 'loss')).not.toBe(before);
    before = await drawn(page, 'loss');
    // The learning rate is what it is.
    await expect.poll(() => drawn(page, 'rate')).toBe(rate);
  }
  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: en.chartEpochs }).check();
  await expect.poll(() => drawn(page, 'rate')).not.toBe(rate);
  await strip(page).focus();
  await page.keyboard.press('End');
  await expect.poll(() => at(page)).toBe(Math.round(Number((await page.locator('#epoch').textContent()).replaceAll(',', ''))));
});

test('where an update takes several gradients, they are told and can be the x axis', async ({ page }) => {
  await ready(page);
  const gradients = page.getByRole('radio', { name: en.chartGradients });
  await expect(gradients).toHaveCount(0);
  await ready(page, `#${encodeURIComponent('{"learner":{"net":{"optimizer":{"lbfgs":{}}}},"stop":{"max_updates":20}}')}`);
  await ended(page);
  await expect(gradients).toBeVisible();
  const told = Number((await page.locator('#gradients').textContent()).replaceAll(',', ''));
  expect(told).toBeGreaterThan(await update(page));
  await gradients.check();
  await strip(page).focus();
  await page.keyboard.press('End');
  await expect.poll(() => at(page)).toBe(told);
  // Another run without line search: the axis counts updates again.
  await ready(page, '#{}');
  await expect(page.getByRole('radio', { name: en.updates })).toBeChecked();
});

test('the numbers are saved with full precision', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', LACKS.downloads);
  await ready(page);
  await ended(page);
  await page.getByRole('button', { name: en.chartSave }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: en.chartCsv }).click()]);
  expect(download.suggestedFilename()).toBe('descent-history.csv');
  const [head, ...rows] = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  expect(head.slice(0, 8)).toEqual([
    'update',
    'epoch',
    'rows',
    'gradient_evaluations',
    'learning_rate',
    'seconds',
    'gradient_norm',
    'weight_norm',
  ]);
  expect(head).toContain('validation.loss');
  for (const row of rows) expect(row).toHaveLength(head.length);
  expect(rows[0][0]).toBe('0');
  expect(Number(rows.at(-1)[0])).toBe(await update(page));
  expect(rows.some((row) => row[head.indexOf('train.loss')].length > 12)).toBe(true);
});

for (const theme of ['light', 'dark']) {
  test(`the picture holds every lane in the colours of the page, ${theme}`, async ({ page, browserName }) => {
    test.skip(browserName === 'firefox', LACKS.downloads);
    await inTheme(page, theme);
    await ready(page);
    await ended(page);
    await page.getByRole('button', { name: en.chartSave }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: en.chartPicture }).click()]);
    expect(download.suggestedFilename()).toBe('descent-history.png');
    const png = readFileSync(await download.path()).toString('base64');
    const { width, corner, colours } = await page.evaluate(async (data) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      const pixels = context.getImageData(0, 0, image.width, image.height).data;
      const hex = (from) => `#${[0, 1, 2].map((part) => pixels[from + part].toString(16).padStart(2, '0')).join('')}`;
      // In each third from left to right.
      const colours = [[], [], []];
      for (let from = 0; from < pixels.length; from += 4)
        colours[Math.floor((3 * ((from / 4) % image.width)) / image.width)].push(hex(from));
      return { width: image.width, corner: hex(0), colours: colours.map((third) => [...new Set(third)]) };
    }, png);
    // The build shortens #ffffff; a canvas writes it out.
    const token = (name) =>
      page.evaluate((token) => {
        const context = document.createElement('canvas').getContext('2d');
        context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(token);
        return context.fillStyle;
      }, name);
    expect(width).toBeGreaterThan(1000);
    expect(corner).toBe(await token('--paper'));
    expect(colours[0]).toContain(await token('--class-0'));
    expect(colours[2]).toContain(await token('--class-1'));
  });
}

test('long histories stream at a pace that drawing can keep, and end with the last state', async ({ page }) => {
  await page.addInitScript(() => {
    localStorage.setItem('history.lanes', '{"gradient":true,"weight":true}');
    localStorage.setItem('history.smoothing', '0.9');
  });
  await ready(page, LONG);
  await play(page);
  await expect.poll(() => update(page)).toBeGreaterThan(3000);
  // The lanes are paced: frames come that draw none. On a machine that draws slower than the pace there are none to spare.
  const [frames, drawings] = await page.evaluate(async () => {
    const { clearRect } = CanvasRenderingContext2D.prototype;
    const drawn = [];
    CanvasRenderingContext2D.prototype.clearRect = function clear(...box) {
      if (this.canvas.closest?.('.lane.loss')) drawn.push(performance.now());
      return clearRect.apply(this, box);
    };
    let frames = 0;
    while (drawn.length < 30) {
      await new Promise(requestAnimationFrame);
      frames++;
    }
    CanvasRenderingContext2D.prototype.clearRect = clearRect;
    return [frames, drawn];
  });
  expect(frames).toBeGreaterThan(0);
  // Two drawings lie a pace apart, however slow the machine is; a resize may draw once more.
  const gaps = drawings.slice(1).map((at, index) => at - drawings[index]);
  expect(gaps.filter((gap) => gap >= 45).length).toBeGreaterThanOrEqual(gaps.length - 2);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: en.pause }).click();
  await expect(page.getByRole('button', { name: en.play, exact: true })).toBeVisible();
  // The last state is drawn.
  await strip(page).focus();
  await page.keyboard.press('End');
  await expect.poll(() => at(page)).toBeLessThanOrEqual(await update(page));
  await expect.poll(() => at(page)).toBeGreaterThan((await update(page)) - 200);
});

test('on a phone the lanes are stacked and a finger drags along', async ({ browser, browserName }) => {
  test.skip(browserName === 'firefox', LACKS.touch);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await ready(page);
  await ended(page);
  await page.getByRole('tab', { name: en.chartTab }).tap();
  const boxes = await page.locator('.history figure').evaluateAll((all) => all.map((lane) => lane.getBoundingClientRect().toJSON()));
  expect(boxes).toHaveLength(3);
  for (const [index, box] of boxes.entries()) {
    expect(box.height).toBe(150);
    expect(box.left).toBeGreaterThanOrEqual(0);
    expect(box.right).toBeLessThanOrEqual(390);
    if (index) expect(box.top).toBeGreaterThanOrEqual(boxes[index - 1].bottom);
  }
  const over = page.locator('.lane.accuracy .u-over');
  await over.scrollIntoViewIfNeeded();
  await over.tap({ position: { x: 60, y: 40 } });
  const first = await at(page);
  expect(first).toBeGreaterThan(0);
  await over.tap({ position: { x: 110, y: 40 } });
  await expect.poll(() => at(page)).toBeGreaterThan(first);
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await context.close();
});

for (const theme of ['light', 'dark']) {
  test(`options and lanes are accessible, ${theme}`, async ({ page }) => {
    await inTheme(page, theme);
    await ready(page);
    await ended(page);
    await options(page);
    expect(await scan(page, '.history')).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: en.chartOptions })).toBeFocused();
  });
}

test('Chinese fits into the bar', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('language', '"zh"'));
  await ready(page);
  await expect(page.getByRole('radiogroup', { name: zh.chartAxis })).toBeVisible();
  const bar = await page.locator('.history .bar').boundingBox();
  expect(bar.height).toBeLessThan(40);
});
