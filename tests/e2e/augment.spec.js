/** The preview of augmentations: training rows as they are beside what becomes of them. */
import { expect, test } from '@playwright/test';
import { en, zh } from '../../www/i18n/words.js';
import { LACKS, enter, inTheme, ready, scan, update } from './steps.js';

const preview = (page) => page.locator('.augmented');
const open = (page, name = en.augment) => page.locator('.rail h2 button', { hasText: name }).click();
const address = (experiment) => `#${encodeURIComponent(JSON.stringify(experiment))}`;
/** In a page of its own, so that nothing of the experiment before is left. */
async function fresh(page, experiment) {
  await page.goto('about:blank');
  await ready(page, address(experiment));
  await open(page);
}
/** The pictures as text: what differs in them was drawn anew. */
const pixels = (page) =>
  preview(page)
    .locator('canvas')
    .evaluateAll((all) => all.map((canvas) => canvas.toDataURL()));
/** Whether the two halves of the first picture differ. */
const halves = (page) =>
  preview(page)
    .locator('canvas')
    .first()
    .evaluate((canvas) => {
      const context = canvas.getContext('2d');
      const size = canvas.height;
      const part = (left) => [...context.getImageData(left, 0, size, size).data].join();
      return part(0) !== part(canvas.width - size);
    });

test('points are shown where they were and where they went, before anything trains', async ({ page }) => {
  await fresh(page, { data: 'moons' });
  await expect(preview(page)).toHaveCount(0);
  // Chosen from all kinds, by keyboard.
  await page.locator('[id="augment-add"]').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Jitter/ }).press('Enter');
  const picture = preview(page).locator('canvas');
  await expect(picture).toHaveAttribute(
    'aria-label',
    '80 training samples: faint as they are, solid as the model sees them; x to the right, y upwards.',
  );
  const first = await pixels(page);
  // Settings that are typed are shown as they are typed.
  await enter(page, 'augment[0].jitter.std', '0.8');
  await expect.poll(() => pixels(page)).not.toEqual(first);
  const wide = await pixels(page);
  await preview(page).getByRole('button', { name: en.augmentedAgain }).press('Enter');
  await expect.poll(() => pixels(page)).not.toEqual(wide);
  await expect.poll(() => update(page)).toBe(0);
});

test('images stand beside what becomes of them, with the share of each class', async ({ page }) => {
  await fresh(page, { data: 'shapes', augment: [{ horizontal_flip: { probability: 0 } }] });
  await expect(preview(page).locator('li')).toHaveCount(6);
  await expect(preview(page).locator('li').first()).toHaveText(/^(circle|square|triangle|rhombus)$/);
  await expect.poll(() => halves(page)).toBe(false);
  await fresh(page, { data: 'shapes', augment: ['rotate', 'cutmix'] });
  await expect(preview(page).locator('li')).toHaveCount(6);
  const words = await preview(page).locator('li').allTextContents();
  const mixed = words.map((text) => text.match(/^(\d+)% \w+, (\d+)% \w+$/)).filter(Boolean);
  expect(mixed.length).toBeGreaterThan(2);
  for (const [, first, second] of mixed) expect(Number(first) + Number(second)).toBe(100);
  await expect.poll(() => halves(page)).toBe(true);
  await preview(page).getByRole('button', { name: en.augmentedAgain }).click();
  await expect.poll(() => preview(page).locator('li').allTextContents()).not.toEqual(words);
});

test('series, made-up rows and numbers have their drawings too', async ({ page }) => {
  await fresh(page, { data: 'signals', augment: ['time_warp', 'scaling'] });
  await expect(preview(page).locator('li')).toHaveCount(4);
  await fresh(page, { data: 'breast_cancer', augment: ['smote'] });
  await expect(preview(page).locator('canvas')).toHaveAttribute('aria-label', /80 more, hollow, are synthetic\.$/);
  await expect(preview(page)).toContainText(en.augmentedMade);
  await fresh(page, { data: 'curve', augment: ['mixup'] });
  await expect(preview(page).locator('canvas')).toHaveAttribute('aria-label', /x to the right, target upwards/);
});

test('what suits no rows is said where it stands, and the preview waits', async ({ page }) => {
  await fresh(page, { data: 'moons', augment: ['jitter'] });
  await expect(preview(page).locator('canvas')).toHaveCount(1);
  await page.locator('[id="augment-add"]').click();
  await page.getByRole('button', { name: /^Cutout/ }).click();
  await expect(page.locator('.problem', { hasText: '“Cutout” needs images and gets 2 numbers in a row' }).first()).toBeVisible();
  await expect(preview(page)).toContainText(en.augmentedLater);
  await expect(preview(page).locator('canvas')).toHaveCount(0);
});

test('it says what to look for, and shades the gap', async ({ page }) => {
  await fresh(page, { data: 'moons', augment: ['jitter'] });
  await expect(preview(page)).toContainText(en.augmentedGap);
  const toggle = preview(page).getByLabel(en.chartGap);
  await expect(toggle).toBeChecked();
  await toggle.uncheck();
  await page.getByRole('button', { name: en.chartOptions }).click();
  await expect(page.getByRole('checkbox', { name: en.chartGap }).last()).not.toBeChecked();
});

test('nothing is asked while the section is closed', async ({ page }) => {
  await page.addInitScript(() => {
    const Real = window.Worker;
    window.asked = [];
    window.Worker = class extends Real {
      postMessage(message, ...rest) {
        window.asked.push(message.call);
        super.postMessage(message, ...rest);
      }
    };
  });
  await ready(page, address({ data: 'moons', augment: ['jitter'] }));
  await page.getByRole('button', { name: en.step, exact: true }).click();
  await expect.poll(() => update(page)).toBe(1);
  await expect.poll(() => page.evaluate(() => window.asked)).not.toContain('augmented');
  await open(page);
  await expect.poll(() => page.evaluate(() => window.asked.filter((call) => call === 'augmented').length)).toBe(1);
});

for (const [theme, name, words] of [
  ['light', 'points', en],
  ['dark', 'images', zh],
]) {
  test(`${name} pass axe in ${theme}`, async ({ page }) => {
    await inTheme(page, theme);
    await page.addInitScript((language) => localStorage.setItem('language', JSON.stringify(language)), words === zh ? 'zh' : 'en');
    await ready(
      page,
      address(name === 'points' ? { data: 'breast_cancer', augment: ['smote'] } : { data: 'shapes', augment: ['rotate', 'mixup'] }),
    );
    await open(page, words.augment);
    await expect(preview(page).locator('canvas').first()).toBeVisible();
    expect(await scan(page, '.augmented')).toEqual([]);
  });
}

test('a finger finds the button on a phone', async ({ browser, browserName }) => {
  test.skip(browserName === 'firefox', LACKS.touch);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await ready(page, address({ data: 'shapes', augment: ['rotate'] }));
  await page.getByRole('tab', { name: en.section }).tap();
  await page.locator('h2 button', { hasText: en.augment }).tap();
  const button = preview(page).getByRole('button', { name: en.augmentedAgain });
  const box = await button.boundingBox();
  expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
  const before = await pixels(page);
  await button.tap();
  await expect.poll(() => pixels(page)).not.toEqual(before);
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await context.close();
});
