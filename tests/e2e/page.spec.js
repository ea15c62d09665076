import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import en from '../../www/i18n/en.js';
import zh from '../../www/i18n/zh.js';

const update = async (page) => Number((await page.locator('#update').textContent()).replaceAll(',', ''));
const ready = async (page, hash = '') => {
  await page.goto('./' + hash);
  await expect(page.locator('#train-loss')).not.toHaveText('–');
};

test('the default experiment solves the spiral', async ({ page }) => {
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await ready(page);
  expect(await update(page)).toBe(0);
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(async () => Number(await page.locator('#validation-accuracy').textContent())).toBeGreaterThanOrEqual(0.95);
  expect(errors).toEqual([]);
});

test('pause stops, step does one update, rewind returns to the same start', async ({ page }) => {
  await ready(page);
  const first = await page.locator('#train-loss').textContent();
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('one');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => update(page)).toBeGreaterThan(5);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.waitForTimeout(200);
  const at = await update(page);
  await page.waitForTimeout(200);
  expect(await update(page)).toBe(at);
  await page.getByRole('button', { name: 'One update' }).click();
  await expect.poll(() => update(page)).toBe(at + 1);
  await page.getByRole('button', { name: 'Rewind' }).click();
  await expect.poll(() => update(page)).toBe(0);
  await expect(page.locator('#train-loss')).toHaveText(first);
});

test('the address holds the differences and replays them', async ({ page, context }) => {
  await ready(page);
  await page.locator('[id=data]').selectOption('moons');
  await expect.poll(() => page.url()).toContain('moons');
  await expect(page.getByRole('status')).toContainText('Restarted');
  const loss = await page.locator('#train-loss').textContent();
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.locator('#train-loss')).toHaveText(loss);
});

test('a broken address is named and the defaults stay', async ({ page }) => {
  for (const [hash, problem] of [
    ['#{"learner":{"net":{"batch_size":0}}}', 'learner.net.batch_size'],
    ['#{"nonsense":1}', 'nonsense'],
    ['#%%%', 'is not JSON'],
    ['#{"data":{"csv":{"path":"<img src=x onerror=alert(1)>"}}}', '<img src=x onerror=alert(1)>'],
  ]) {
    await page.goto('about:blank');
    await ready(page, hash);
    await expect(page.getByRole('alert').first()).toContainText(problem);
    await page.getByRole('button', { name: 'One update' }).click();
    await expect.poll(() => update(page)).toBe(1);
  }
});

test('a learning rate changes without a restart, a batch size with one', async ({ page }) => {
  await ready(page);
  for (let count = 0; count < 3; count++) await page.getByRole('button', { name: 'One update' }).click();
  await expect.poll(() => update(page)).toBe(3);
  await page.getByRole('button', { name: 'Optimizer' }).click();
  await page.locator('[id="learner.net.optimizer.adam.learning_rate"]').fill('0.002');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'One update' }).click();
  await expect.poll(() => update(page)).toBe(4);
  await page.getByRole('button', { name: 'Model' }).first().click();
  await page.locator('[id="learner.net.batch_size"]').fill('8');
  await page.keyboard.press('Tab');
  await expect.poll(() => update(page)).toBe(0);
  await expect(page.getByRole('status')).toContainText('Restarted');
});

test('a CSV is trained on, a broken one is named', async ({ page }) => {
  await ready(page);
  const rows = Array.from({ length: 60 }, (_, at) => `${Math.sin(at * 7)},${Math.cos(at * 3)},${Math.sin(at * 7) > 0 ? 'yes' : 'no'}`);
  await page.locator('input[type=file]').setInputFiles({ name: 'good.csv', mimeType: 'text/csv', buffer: Buffer.from(['a,b,c', ...rows].join('\n')) });
  await expect(page.getByRole('status')).toContainText('Restarted');
  await page.getByRole('button', { name: 'One update' }).click();
  await expect.poll(() => update(page)).toBe(1);
  await page.locator('input[type=file]').setInputFiles({ name: 'bad.csv', mimeType: 'text/csv', buffer: Buffer.from(['a,b,c', ...rows, '1,2'].join('\n')) });
  await expect(page.getByRole('alert').first()).toContainText('62');
  await page.getByRole('button', { name: 'One update' }).click();
  await expect.poll(() => update(page)).toBe(2);
});

test('a tree grows and is drawn', async ({ page }) => {
  await ready(page, '#{"learner":{"tree":{}},"data":{"moons":{}}}');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(page.getByRole('heading', { name: 'Decision tree' })).toContainText('leaves');
  await expect.poll(async () => Number(await page.locator('#train-accuracy').textContent())).toBeGreaterThan(0.95);
});

test('both languages have every string', async ({ page }) => {
  expect(Object.keys(zh)).toEqual(Object.keys(en));
  for (const words of [en, zh]) for (const text of Object.values(words)) expect(text).not.toBe('');
  await ready(page);
  await page.locator('#language').click();
  await expect(page.getByRole('button', { name: '开始' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.getByText('样本数')).toBeVisible();
});

for (const theme of ['light', 'dark']) {
  test(`accessibility and layout, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await ready(page);
    for (const section of ['Data', 'Model', 'Optimizer', 'Stop']) {
      const button = page.locator('.rail h2 button', { hasText: section });
      if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
    }
    const scrolls = await page.evaluate(() => document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth);
    expect(scrolls).toBe(false);
  });
}

test('the page answers while training at full speed', async ({ page }) => {
  await ready(page, '#{"stop":{"max_updates":100000000,"early_stopping":{"off":{}}}}');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => update(page)).toBeGreaterThan(100);
  const worst = await page.evaluate(async () => {
    const gaps = [];
    let last = performance.now();
    for (let count = 0; count < 60; count++) {
      await new Promise((done) => setTimeout(done, 4));
      gaps.push(performance.now() - last);
      last = performance.now();
    }
    return gaps.sort((a, b) => b - a)[6];
  });
  // Not a timing goal: a page that trains on its main thread would block for whole frames, again and again.
  expect(worst).toBeLessThan(500);
});
