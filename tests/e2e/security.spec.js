/** The page's own policy: nothing in it needs more than its own files and the engine's code. */
import { expect, test } from '@playwright/test';
import { existsSync, readFileSync } from 'node:fs';
import { en } from '../../www/i18n/words.js';
import { epochs, ready } from './steps.js';

const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'";

/** For `addInitScript`: notes what the policy forbade. */
function watch() {
  window.violations = [];
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, sample }) =>
    window.violations.push(`${effectiveDirective} ${blockedURI} ${sourceFile} ${sample}`),
  );
}

const violations = (/** @type {import('@playwright/test').Page} */ page) => page.evaluate(() => window.violations);

test('the page brings a strict policy with it, before anything is loaded', async ({ page }) => {
  const html = await (await page.request.get('./')).text();
  const [, content] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  expect(content?.replaceAll('&#39;', "'")).toBe(STRICT);
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script'));
  expect(html).not.toMatch(/<script(?![^>]*src=)|\sstyle="|\son\w+="/);
  const single = new URL('../../dist/descent.html', import.meta.url);
  if (existsSync(single))
    expect(readFileSync(single, 'utf8')).toContain("default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'");
});

test('what the policy forbids is noticed, so that its silence says something', async ({ page }) => {
  await page.addInitScript(watch);
  await ready(page);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.head.append(script);
    const link = document.createElement('div');
    link.setAttribute('style', 'color: red');
    document.body.append(link);
  });
  await expect
    .poll(async () => (await violations(page)).map((/** @type {string} */ one) => one.split(' ')[0]))
    .toEqual(['script-src-elem', 'style-src-attr']);
  expect(await page.evaluate(() => window.ran)).toBe(undefined);
});

test('training, every sheet, files and downloads need nothing more', async ({ page }) => {
  await page.addInitScript(watch);
  const problems = [];
  page.on('console', (message) => /Content.Security.Policy/i.test(message.text()) && problems.push(message.text()));
  await ready(page);
  await epochs(page, 2);
  for (const name of [en.surfaces, en.landscape, en.shareTitle, en.lessons, en.lookAtData]) {
    await page.getByRole('button', { name, exact: true }).click();
    await expect(page.locator('dialog:modal')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.locator('dialog:modal')).toHaveCount(0);
  }
  await page.getByRole('button', { name: en.studies }).click();
  const studies = page.locator('dialog.studies');
  await studies.getByLabel(en.studySeeds, { exact: true }).last().fill('3');
  await studies.getByLabel(en.studySeeds, { exact: true }).last().press('Enter');
  await studies.getByRole('button', { name: /^Start \d/ }).click();
  await expect(studies.locator('table')).toBeVisible();
  await page.keyboard.press('Escape');
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'rows.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(['a,b,c', ...Array.from({ length: 40 }, (_, at) => `${at},${at * at},${at % 2 ? 'yes' : 'no'}`)].join('\n')),
    });
  await expect(page.locator('[id="data.csv.path"]')).toHaveValue('rows.csv');
  await page.goto('./?lesson=trees&step=1');
  await expect(page.locator('.lesson h3')).toBeVisible();
  await page.goto('./?glossary');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goto('./?parts');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  expect(problems).toEqual([]);
});

for (const [what, hash] of Object.entries({
  images: '#{"data":"shapes","learner":{"net":{"layers":[{"conv2d":{}},{"flatten":{}}]}}}',
  series: '#{"data":"series"}',
  tree: '#{"learner":{"tree":{}}}',
  race: '#{"race":{"runs":[{},{"learner":{"tree":{}}}]}}',
}))
  test(`the policy holds for ${what}`, async ({ page }) => {
    await page.addInitScript(watch);
    await ready(page, hash);
    await epochs(page, 1);
    expect(await violations(page)).toEqual([]);
  });
