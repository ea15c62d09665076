import { expect, test } from '@playwright/test';
import { en, twice, words, zh } from '../../www/i18n/words.js';
import { LACKS, count, enter, inTheme, listen, quiet, ready, scan, update } from './steps.js';

test('the default experiment solves the spiral', async ({ page }) => {
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await ready(page);
  await expect.poll(() => update(page)).toBe(0);
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(async () => Number(await page.locator('#validation-accuracy').textContent())).toBeGreaterThanOrEqual(0.95);
  expect(errors).toEqual([]);
});

test('pause stops, step does one update, rewind returns to the same start', async ({ page }) => {
  await page.addInitScript(count);
  await ready(page);
  const first = await page.locator('#train-loss').textContent();
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('one');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => update(page)).toBeGreaterThan(5);
  await page.getByRole('button', { name: 'Pause' }).click();
  expect(await quiet(page)).toBe(true);
  const at = await update(page);
  expect(await quiet(page)).toBe(true);
  await expect.poll(() => update(page)).toBe(at);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
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
    ['#{"learner":{"net":{"batch_size":0}}}', 'Batch size'],
    ['#{"nonsense":1}', 'nonsense'],
    ['#%%%', 'is not JSON'],
    ['#{"data":{"csv":{"path":"<img src=x onerror=alert(1)>"}}}', '<img src=x onerror=alert(1)>'],
  ]) {
    await page.goto('about:blank');
    await ready(page, hash);
    await expect(page.getByRole('alert').first()).toContainText(problem);
    // The form shows other samples than those that would be trained on.
    if (hash.includes('csv')) {
      await expect(page.getByRole('button', { name: 'Step', exact: true })).toBeDisabled();
      continue;
    }
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect.poll(() => update(page)).toBe(1);
  }
});

test('a learning rate changes without a restart, a batch size with one', async ({ page }) => {
  await ready(page);
  for (let count = 0; count < 3; count++) await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(() => update(page)).toBe(3);
  await page.getByRole('button', { name: 'Optimizer' }).click();
  await enter(page, 'learner.net.optimizer.adam.learning_rate', '0.002');
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(() => update(page)).toBe(4);
  await page.getByRole('button', { name: 'Model' }).first().click();
  await enter(page, 'learner.net.batch_size', '8');
  await expect.poll(() => update(page)).toBe(0);
  await expect(page.getByRole('status')).toContainText('Restarted');
});

test('a Chinese page has no English options left', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('language', '"zh"'));
  await ready(page, '#{"learner":{"tree":{}}}');
  await page.locator('.rail h2 button', { hasText: zh.model }).click();
  const options = await page.locator('.rail option').allTextContents();
  expect(options.length).toBeGreaterThan(3);
  for (const option of options) expect(option).toMatch(/[\u4e00-\u9fff]/);
});

test('problems stand at their fields, counted on a closed section, and the run before stays', async ({ page }) => {
  await ready(page);
  await enter(page, 'data.spiral.samples', '3');
  await expect(page.locator('.field:has([id="data.spiral.samples"]) .problem')).toContainText('3');
  await page.locator('.rail h2 button', { hasText: en.stop }).click();
  await expect(page.locator('.rail h2 button', { hasText: en.data }).locator('.count')).toHaveText('1');
  // It is not trained on rows that the form no longer shows; where the problem is another, it goes on.
  await expect(page.getByRole('button', { name: en.step, exact: true })).toBeDisabled();
  await page.locator('.rail h2 button', { hasText: en.data }).click();
  await enter(page, 'data.spiral.samples', '300');
  await page.locator('.rail h2 button', { hasText: en.stop }).click();
  await enter(page, 'stop.max_updates', '0');
  await expect(page.locator('.field:has([id="stop.max_updates"]) .problem')).toContainText('0');
  await page.getByRole('button', { name: en.step, exact: true }).click();
  await expect.poll(() => update(page)).toBe(1);
});

test('problems are in the language of the page, and follow it', async ({ page }) => {
  const alert = page.locator('.alerts .alert').filter({ has: page.locator('[title="learner.net.batch_size"]') });
  const problem = page.locator('.field:has([id="data.spiral.samples"]) .problem');
  const language = page.locator('#language');
  await page.addInitScript(() => localStorage.setItem('language', '"zh"'));
  await ready(page, '#{"learner":{"net":{"batch_size":0}}}');
  await expect(alert).toContainText('必须是 1 到 4096 之间的整数，实际为 0');
  await enter(page, 'data.spiral.samples', '3');
  await expect(problem).toHaveText('必须是 20 到 20000 之间的整数，实际为 3');
  await expect(page.getByRole('status')).toHaveText(zh.problems);
  await language.click();
  await expect(alert).toContainText('must be between 1 and 4096, got 0');
  await expect(problem).toHaveText('must be between 20 and 20000, got 3');
  await expect(page.getByRole('status')).toHaveText(en.problems);
  await language.click();
  await page.locator('input[type=file]').setInputFiles({ name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.from('') });
  await expect(page.locator('.rail .problem').first()).toHaveText('文件是空的：需要表头和至少 10 行数据');
  await language.click();
  await expect(page.locator('.rail .problem').first()).toHaveText('the file is empty: a header and at least 10 rows are needed');
});

test('one epoch trains to its end, and a stopped run plays again from the start', async ({ page }) => {
  await ready(page, '#{"stop":{"max_updates":50}}');
  await page.getByRole('button', { name: en.epochStep }).click();
  await expect(page.locator('#epoch')).toHaveText('1');
  const first = await update(page);
  await page.getByRole('button', { name: en.epochStep }).click();
  await expect.poll(() => update(page)).toBe(2 * first);
  await page.getByRole('button', { name: en.play, exact: true }).click();
  await expect.poll(() => update(page)).toBe(50);
  const loss = await page.locator('#train-loss').textContent();
  await page.getByRole('button', { name: en.again }).click();
  await expect(page.getByRole('button', { name: en.again })).toBeVisible();
  await expect.poll(() => update(page)).toBe(50);
  await expect(page.locator('#train-loss')).toHaveText(loss);
});

test('after a panic a fresh worker stands at the same update, live changes included', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', LACKS.workers);
  const panic = () => page.workers()[0].evaluate(() => self.onmessage({ data: { id: -1, call: 'panic', args: ['a deliberate failure'] } }));
  const train = async (count) => {
    const from = await update(page);
    for (let at = 1; at <= count; at++) {
      await page.getByRole('button', { name: en.step, exact: true }).click();
      await expect.poll(() => update(page)).toBe(from + at);
    }
  };
  const rate = async (value) => {
    await enter(page, 'learner.net.optimizer.adam.learning_rate', value);
  };
  const course = async (between) => {
    await ready(page, '#{"stop":{"evaluate_every":{"updates":{"every":1}}}}');
    await page.locator('.rail h2 button', { hasText: en.optimizer }).click();
    await train(3);
    await rate('0.1');
    await train(3);
    await between();
    await rate('0.02');
    await train(2);
    return page.locator('.metrics').locator('td').allTextContents();
  };
  const straight = await course(async () => {});
  await page.goto('about:blank');
  const recovered = await course(async () => {
    await panic();
    await expect(page.getByRole('alert')).toContainText('a deliberate failure');
    await expect(page.getByRole('alert')).toContainText('update 6');
    await expect.poll(() => update(page)).toBe(6);
    await page.getByRole('button', { name: en.dismiss }).click();
  });
  expect(recovered).toEqual(straight);
});

test('a panic during a long run replays in slices, and can be ended where it is', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', LACKS.workers);
  await page.addInitScript(listen);
  await ready(page, '#{"stop":{"max_updates":100000000,"early_stopping":{"off":{}}}}');
  await page.getByRole('button', { name: en.play, exact: true }).click();
  // Long enough on any machine for its replay to be stopped on the way: what counts is time that was spent training.
  await expect.poll(() => page.evaluate(() => window.sent.run.seconds), { timeout: 120_000 }).toBeGreaterThan(5);
  const goal = await update(page);
  await page.workers()[0].evaluate(() => self.onmessage({ data: { id: -1, call: 'panic', args: ['a deliberate failure'] } }));
  await expect.poll(() => page.getByRole('progressbar').evaluate((bar) => bar.value)).toBeGreaterThan(0);
  await page.getByRole('button', { name: en.stopHere }).click();
  await expect(page.getByRole('button', { name: en.dismiss })).toBeVisible();
  await expect.poll(() => update(page)).toBeLessThan(goal);
  const at = await update(page);
  expect(at).toBeGreaterThan(0);
  await page.getByRole('button', { name: en.step, exact: true }).click();
  await expect.poll(() => update(page)).toBe(at + 1);
});

test('a CSV is trained on, a broken one is named', async ({ page }) => {
  await ready(page);
  const rows = Array.from({ length: 60 }, (_, at) => `${Math.sin(at * 7)},${Math.cos(at * 3)},${Math.sin(at * 7) > 0 ? 'yes' : 'no'}`);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'good.csv', mimeType: 'text/csv', buffer: Buffer.from(['a,b,c', ...rows].join('\n')) });
  await expect(page.getByRole('status')).toContainText('Restarted');
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(() => update(page)).toBe(1);
  // Under the same name: what runs must not notice.
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'good.csv', mimeType: 'text/csv', buffer: Buffer.from(['a,b,c', ...rows, '1,2'].join('\n')) });
  await expect(page.getByRole('alert').first()).toContainText('62');
  const step = page.getByRole('button', { name: 'Step', exact: true });
  await expect(step).toBeDisabled();
  expect(await update(page)).toBe(1);
  // Whole again it goes on.
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'good.csv', mimeType: 'text/csv', buffer: Buffer.from(['a,b,c', ...rows].join('\n')) });
  await expect(step).toBeEnabled();
  await page.getByRole('button', { name: 'Rewind' }).click();
  await expect.poll(() => update(page)).toBe(0);
  await step.click();
  await expect.poll(() => update(page)).toBe(1);
});

test('files that cannot be trained on say why where the file is chosen', async ({ page }) => {
  await ready(page);
  const line = (at) => `${at},${at * at},${at % 2 ? 'yes' : 'no'}`;
  const rows = Array.from({ length: 40 }, (_, at) => line(at));
  for (const [name, content, problem] of [
    ['empty.csv', '', 'is empty'],
    // Nearly UTF-8; what is another encoding throughout is read as that (`files.spec.js`).
    [
      'broken.csv',
      Buffer.concat([
        Buffer.from(['a,b,c', ...rows.map((row) => row.replace(/\w+$/, '种类$&')), '1,2,种'].join('\n')),
        Buffer.from([0xff]),
      ]),
      'not UTF-8',
    ],
    ['one.csv', ['a,b,c', ...rows.map((row) => row.replace('no', 'yes'))].join('\n'), 'class'],
    ['words.csv', ['a,b,c', ...rows, 'x,2,yes'].join('\n'), 'column "a"'],
    ['evil<img src=x onerror=alert(1)>.csv', 'a', 'rows'],
  ]) {
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
    await expect(page.locator('.rail .problem').first()).toContainText(problem);
    await expect(page.locator('[id="data.csv.path"]')).toHaveValue(name);
  }
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from('{"seed":') });
  await expect(page.getByRole('alert').filter({ hasText: en.rejected })).toContainText('JSON');
});

test('a tree grows and is drawn', async ({ page }) => {
  await ready(page, '#{"learner":{"tree":{}},"data":{"moons":{}}}');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(page.getByRole('heading', { name: 'Decision tree' })).toContainText('leaves');
  await expect.poll(async () => Number(await page.locator('#train-accuracy').textContent())).toBeGreaterThan(0.95);
});

test('both languages have every string', async ({ page }) => {
  expect(twice).toEqual([]);
  const placeholders = (text) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [key, pair] of Object.entries(words)) {
    expect(pair, key).toHaveLength(2);
    for (const text of pair) expect(text, key).not.toBe('');
    expect(placeholders(pair[1]), key).toEqual(placeholders(pair[0]));
  }
  await ready(page);
  await page.locator('#language').click();
  await expect(page.getByRole('button', { name: '开始' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.locator('.rail label', { hasText: '样本数' })).toBeVisible();
});

for (const theme of ['light', 'dark']) {
  test(`accessibility and layout, ${theme}`, { tag: theme === 'dark' ? '@long' : [] }, async ({ page }) => {
    await inTheme(page, theme);
    await ready(page);
    for (const section of ['Data', 'Model', 'Optimizer', 'Stop']) {
      const button = page.locator('.rail h2 button', { hasText: section });
      if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
      expect(await scan(page, undefined, true)).toEqual([]);
    }
    const scrolls = await page.evaluate(
      () => document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth,
    );
    expect(scrolls).toBe(false);
  });
}

test('the page answers while training at full speed', async ({ page }) => {
  await page.addInitScript(count);
  await ready(page, '#{"stop":{"max_updates":100000000,"early_stopping":{"off":{}}}}');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => update(page)).toBeGreaterThan(100);
  // While the engine is at work the page has its turns: one that trains on its own thread has none, however quick the machine is. Meanwhile updates are told.
  await page.evaluate(async () => {
    const { port1, port2 } = new MessageChannel();
    const seen = new Set();
    for (let turns = 0; turns < 200 || seen.size < 10; turns += window.unanswered > 0 ? 1 : 0) {
      await new Promise((done) => {
        port1.onmessage = done;
        port2.postMessage(0);
      });
      seen.add(document.querySelector('#update').textContent);
    }
  });
  await page.locator('#language').click();
  await expect(page.getByRole('button', { name: zh.pause, exact: true })).toBeVisible();
});
