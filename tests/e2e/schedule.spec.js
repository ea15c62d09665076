/** The planned learning rate, drawn in the form before anything trains; lists of numbers. */
import { expect, test } from '@playwright/test';
import { en, zh } from '../../www/i18n/words.js';
import { enter, inTheme, painted, ready, scan, update } from './steps.js';

const SCHEDULE = 'learner.net.schedule';
const picture = (page) => page.locator('.rates canvas');
const open = (page, name = en.schedule) => page.locator('.rail h2 button', { hasText: name }).click();
const address = (net, rest = {}) => `#${JSON.stringify({ learner: { net }, ...rest })}`;
/** The whole picture as text: what differs in it was drawn anew. */
const pixels = (page) => picture(page).evaluate((canvas) => canvas.toDataURL());
/** Columns of pixels in which the curve's colour reaches the upper half of the picture. */
const above = (page) =>
  picture(page).evaluate((canvas) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
    const colour = getComputedStyle(document.documentElement).getPropertyValue('--accent').trim();
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
    const inked = (x) =>
      Array.from({ length: height >> 1 }, (_, y) => 4 * (y * width + x)).some(
        (at) => Math.abs(data[at] - r) + Math.abs(data[at + 1] - g) + Math.abs(data[at + 2] - b) < 40,
      );
    return Array.from({ length: width }, (_, x) => x).filter(inked).length;
  });

test('the schedule is drawn before training and follows its fields', async ({ page }) => {
  await ready(page, address({ schedule: { one_cycle: { total_steps: 1000 } } }));
  await open(page);
  await expect(picture(page)).toHaveAttribute(
    'aria-label',
    'Learning rate as scheduled: begins at 4.0e-4, highest 0.01, lowest 4.0e-8, and is 4.0e-8 after 1,123 updates.',
  );
  await painted(page);
  const before = await pixels(page);
  await enter(page, `${SCHEDULE}.one_cycle.max_factor`, '3');
  await expect(picture(page)).toHaveAttribute('aria-label', /highest 0\.03/);
  await expect.poll(() => pixels(page)).not.toBe(before);
  await page.locator(`[id="${SCHEDULE}"]`).selectOption('cosine');
  await expect(picture(page)).toHaveAttribute('aria-label', /begins at 0\.01, highest 0\.01, lowest 0, and is 0 after 2,250 updates/);
  // A warm-up stands before it: the picture grows by its length, and begins with its first rate.
  await enter(page, 'learner.net.warmup.updates', '100');
  await expect(picture(page)).toHaveAttribute('aria-label', /begins at 0\.0033, highest 0\.01, lowest 0, and is 0 after 2,362 updates/);
  // A constant rate is high in every column of the plot, a fall in some of them.
  await painted(page);
  const falling = await above(page);
  await page.locator(`[id="${SCHEDULE}"]`).selectOption('constant');
  await expect(picture(page)).toHaveAttribute('aria-label', /after 450 updates/);
  await expect.poll(() => above(page)).toBeGreaterThan(falling * 1.3);
});

test('a slider draws while it moves', async ({ page }) => {
  await ready(page, address({ schedule: { step: { step_size: 100 } } }));
  await open(page);
  await expect(picture(page)).toHaveAttribute('aria-label', /after 450 updates/);
  await page.locator(`.field:has([id="${SCHEDULE}.step.step_size"]) input[type="range"]`).focus();
  await page.keyboard.press('ArrowRight');
  await expect(picture(page)).toHaveAttribute('aria-label', /after 540 updates/);
});

test('the present update is marked, and the picture reaches it', async ({ page }) => {
  await ready(page, address({ schedule: { cosine: { t_max: 40 } } }, { stop: { max_updates: 150, early_stopping: { off: {} } } }));
  await open(page);
  await expect(page.locator('.rates .now')).toHaveText('update 0: 0.01');
  await painted(page);
  const before = await pixels(page);
  await page.getByRole('button', { name: en.step, exact: true }).click();
  await expect.poll(() => update(page)).toBe(1);
  await expect(page.locator('.rates .now')).toHaveText('update 1: 0.01');
  await expect.poll(() => pixels(page)).not.toBe(before);
  await expect(picture(page)).toHaveAttribute('aria-label', /after 45 updates/);
  await page.getByRole('button', { name: en.play, exact: true }).click();
  await expect.poll(() => update(page)).toBe(150);
  await expect(page.locator('.rates .now')).toHaveText('update 150: 0');
  await expect(picture(page)).toHaveAttribute('aria-label', /after 150 updates/);
  // The best model comes back with its place in the plan.
  await page.getByRole('button', { name: en.restoreBest }).click();
  await expect(page.locator('.rates .now')).not.toHaveText('update 150: 0');
});

test('a schedule that listens says so, and a document with problems keeps the last picture', async ({ page }) => {
  await ready(page, address({ schedule: { reduce_on_plateau: {} } }));
  await open(page);
  await expect(page.locator('.rates')).toContainText(en.plannedListens);
  await page.locator(`[id="${SCHEDULE}"]`).selectOption('cosine');
  await expect(page.locator('.rates')).not.toContainText(en.plannedListens);
  await expect(picture(page)).toHaveAttribute('aria-label', /after 2,250 updates/);
  await enter(page, `${SCHEDULE}.cosine.t_max`, '0');
  await expect(page.locator('.rail .problem')).toHaveCount(1);
  await expect(picture(page)).toHaveAttribute('aria-label', /after 2,250 updates/);
  // What trains is not this draft.
  await expect(page.locator('.rates .now')).toHaveCount(0);
});

for (const theme of /** @type {const} */ (['light', 'dark'])) {
  test(`it can be used by everyone on a phone, in Chinese, ${theme}`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await inTheme(page, theme);
    await page.addInitScript(() => localStorage.setItem('language', '"zh"'));
    await ready(page, address({ schedule: { reduce_on_plateau: {} }, warmup: { updates: 50 } }));
    await page.getByRole('tab', { name: zh.section }).click();
    await open(page, zh.schedule);
    await page.locator('.rates').scrollIntoViewIfNeeded();
    await expect(page.locator('.rates')).toContainText(zh.planned);
    await expect(page.locator('.rates')).toContainText(zh.plannedListens);
    await expect(picture(page)).toHaveAttribute('aria-label', /从 0\.0033 开始，最高 0\.01/);
    const box = await picture(page).boundingBox();
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(390);
    expect(await scan(page, '.rail')).toEqual([]);
  });
}

test('a list of numbers has a field for each, and says what is wrong where it is', async ({ page }) => {
  const weights = 'learner.net.class_weights.given.weights';
  await ready(page, '#{"data":{"blobs":{}}}');
  await open(page, en.model);
  await page.locator('[id="learner.net.class_weights"]').selectOption('given');
  await expect(page.locator('.rail .problem')).toContainText('must have');
  for (const entries of [3, 4]) {
    await page.locator(`[id="${weights}-add"]`).click();
    await expect(page.locator(`[id^="${weights}["]`)).toHaveCount(entries);
  }
  await expect(page.locator('.rail .problem')).toHaveCount(0);
  await enter(page, `${weights}[1]`, '2.5');
  await expect(page.locator('.rail .problem')).toHaveCount(0);
  await enter(page, `${weights}[0]`, '-1');
  await expect(page.locator(`li:has([id="${weights}[0]"]) .problem`)).toContainText('must be between 0.001 and 1000');
  await page.keyboard.press('Control+z');
  await expect(page.locator('.rail .problem')).toHaveCount(0);
});
