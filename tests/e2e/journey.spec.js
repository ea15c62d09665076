/** The main job by each way in: keyboard alone, fingers alone, the back row, the ear. */
import { expect, test } from '@playwright/test';
import { en, zh } from '../../www/i18n/words.js';
import { LACKS, accuracy, ready, scan, update } from './steps.js';

/** Presses Tab until the focus is on what `is` describes; the way there must show where it is. */
async function tabTo(page, name) {
  for (let count = 0; count < 80; count++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const at = document.activeElement;
      const style = getComputedStyle(at);
      return {
        name: at.getAttribute('aria-label') ?? at.textContent.trim(),
        id: at.id,
        seen: style.outlineStyle !== 'none' || at.matches('input[type=radio], input[type=file]'),
      };
    });
    if (focus.name) expect(focus.seen, `the focus on ${focus.name} shows`).toBe(true);
    if (focus.name === name || focus.id === name) return;
  }
  throw new Error(`Tab never reaches ${name}`);
}

test('by keyboard alone: train, pause, change the data, train again', async ({ page }) => {
  // A run that has ended by itself would be started anew, not paused.
  await ready(page, `#${encodeURIComponent(JSON.stringify({ stop: { max_updates: 100_000_000, early_stopping: { off: {} } } }))}`);
  await tabTo(page, en.play);
  await page.keyboard.press('Enter');
  await expect.poll(() => accuracy(page)).toBeGreaterThanOrEqual(0.95);
  await page.keyboard.press('Enter');
  await tabTo(page, 'data');
  await page.keyboard.press('m');
  await expect.poll(() => page.url()).toContain('moons');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('r');
  await expect.poll(() => update(page)).toBe(0);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => update(page)).toBe(1);
  await page.keyboard.press('e');
  await expect(page.locator('#epoch')).toHaveText('1');
  await page.keyboard.press(' ');
  await expect.poll(() => update(page)).toBeGreaterThan(100);
});

test('a run is told in words when it pauses', async ({ page }) => {
  await ready(page);
  await page.keyboard.press('e');
  await expect(page.locator('#summary')).toContainText('Epoch 1, update 11: validation loss');
  await expect(page.locator('#summary')).toContainText('best at update');
});

test('present mode hides the settings, enlarges the counters, and is left by the key that opened it', async ({ page }) => {
  await ready(page);
  await page.keyboard.press('p');
  await expect(page.locator('.rail')).toHaveCount(0);
  await expect.poll(() => page.locator('#update').evaluate((it) => parseFloat(getComputedStyle(it).fontSize))).toBeGreaterThanOrEqual(40);
  await page.keyboard.press(' ');
  await expect.poll(() => accuracy(page)).toBeGreaterThanOrEqual(0.95);
  expect(await scan(page)).toEqual([]);
  await page.keyboard.press('p');
  await expect(page.locator('.rail')).toBeVisible();
});

test("letters are heard wherever the focus is but in a field, and Space is the focused button's own", async ({ page }) => {
  await ready(page);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(page.locator('#update')).toHaveText('1');
  await page.keyboard.press('r');
  await expect(page.locator('#update')).toHaveText('0');
  await page.keyboard.press(' ');
  await expect(page.locator('#update')).toHaveText('1');
  await expect(page.getByRole('button', { name: en.play })).toBeVisible();
  await page.locator('[id="data.spiral.samples"]').focus();
  await page.keyboard.press('r');
  await expect(page.locator('#update')).toHaveText('1');
});

test.describe('on a phone, by touch alone', () => {
  test.skip(({ browserName }) => browserName === 'firefox', LACKS.touch);
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('train, look at every panel, change a setting, choose the language', async ({ page }) => {
    await ready(page);
    await page.getByRole('button', { name: en.play }).tap();
    await expect.poll(() => accuracy(page)).toBeGreaterThanOrEqual(0.95);
    await page.getByRole('tab', { name: en.model }).tap();
    await expect(page.locator('.model canvas').first()).toBeVisible();
    await page.getByRole('tab', { name: en.chartTab }).tap();
    await expect(page.locator('.history .lane').first()).toBeVisible();
    await page.getByRole('tab', { name: en.section }).tap();
    await page.getByRole('button', { name: en.raise }).tap();
    await expect(page.locator('.square')).toHaveCount(0);
    await page.locator('[id=data]').selectOption('moons');
    await page.getByRole('button', { name: en.lower }).tap();
    await expect(page.locator('.square canvas').first()).toBeVisible();
    await page.getByRole('button', { name: en.menu }).tap();
    await page.locator('#language').tap();
    await expect(page.getByRole('tab', { name: zh.chartTab })).toBeVisible();
    await expect
      .poll(() =>
        page.evaluate(() => document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth),
      )
      .toBe(true);
  });

  test('every target is large enough for a finger', async ({ page }) => {
    await ready(page);
    const small = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('button, select, input:not([type=file]), [role=tab]')]
          .filter((it) => it.checkVisibility() && !it.closest('.toggle, .segments, label'))
          .map((it) => {
            const { width, height } = it.getBoundingClientRect();
            const { width: wide, height: high } = ((style) => ({
              width: parseFloat(style.width) || 0,
              height: parseFloat(style.height) || 0,
            }))(getComputedStyle(it, '::after'));
            return [it.getAttribute('aria-label') ?? it.textContent, Math.max(width, wide), Math.max(height, high), it.type];
          })
          .filter(([, width, height, type]) => type !== 'range' && type !== 'checkbox' && (width < 43.5 || height < 43.5))
          .map(([name, width, height]) => `${name}: ${width} × ${height}`),
      );
    /** What a panel is there to show; only then its targets are looked at. */
    const shown = {
      [en.metrics]: '.metrics',
      [en.model]: '.model .enlarge',
      [en.chartTab]: '.history .lane canvas',
      [en.section]: '.rail',
    };
    for (const [tab, what] of Object.entries(shown)) {
      await page.getByRole('tab', { name: tab }).tap();
      await expect(page.locator(what).first()).toBeVisible();
      await expect.poll(small).toEqual([]);
    }
    // The network's units have their room in the raised panel.
    await page.getByRole('tab', { name: en.model }).tap();
    await page.locator('.model .enlarge').tap();
    await expect(page.locator('.model button.unit')).toHaveCount(19);
    await expect.poll(small).toEqual([]);
    await page.locator('.model button.unit').nth(4).tap();
    await expect(page.locator('.inspector')).toBeVisible();
  });
});

test('on a tablet the network stays within its panel, and its headings off its units', async ({ browser, browserName, baseURL }) => {
  test.skip(browserName === 'firefox', LACKS.touch);
  for (const viewport of [
    { width: 820, height: 1180 },
    { width: 1024, height: 768 },
  ]) {
    const context = await browser.newContext({ baseURL, viewport, hasTouch: true, isMobile: true });
    const page = await context.newPage();
    await ready(page);
    await expect(page.locator('.model button.unit')).toHaveCount(19);
    const place = (what) =>
      page.locator(what).evaluateAll((all) => ({
        top: Math.min(...all.map((it) => it.getBoundingClientRect().top)),
        bottom: Math.max(...all.map((it) => it.getBoundingClientRect().bottom)),
      }));
    await expect.poll(async () => (await place('.model .drawing')).bottom).toBeLessThanOrEqual((await place('.panel.model')).bottom);
    await expect.poll(async () => (await place('.heads .head > *')).bottom).toBeLessThanOrEqual((await place('.model button.unit')).top);
    await context.close();
  }
});

test('the parts stand on a page of their own, in both languages', async ({ page }) => {
  await page.goto('./?parts');
  await expect(page.getByRole('heading', { name: en.partsTitle })).toBeVisible();
  expect(await scan(page)).toEqual([]);
  await page.getByText('中文').click();
  await expect(page.getByRole('heading', { name: zh.partsTitle })).toBeVisible();
});
