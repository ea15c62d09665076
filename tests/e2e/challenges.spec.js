/** Challenges: the rules hold, the board keeps who reached the target, a link replays it bit for bit. And the page's link as a QR code. */
import { expect, test } from '@playwright/test';
import { encode } from 'uqr';
import { challenges } from '../../www/challenges/index.js';
import { short } from '../../www/pack.js';
import { opened } from '../../www/url.js';
import { en } from '../../www/i18n/words.js';
import { enter, painted, ready, scan, update } from './steps.js';

test.skip(({ browserName }) => browserName === 'firefox', 'what challenges do is the same in both browsers');

const wine = challenges.find(({ id }) => id === 'wine');
const known = `?challenge=wine#${encodeURIComponent(JSON.stringify({ ...wine.given, ...wine.par.experiment }))}`;

/** @param {import('@playwright/test').Page} page */
const card = (page) => page.getByRole('region', { name: wine.title[0] });

/** @param {import('@playwright/test').Page} page */
const play = (page) => page.getByRole('button', { name: 'Play', exact: true }).click();

test('a run that reaches the target is entered, and its link replays it to the same update', async ({ page }) => {
  await ready(page, known);
  await expect(card(page).getByRole('status')).toContainText('Not there yet.');
  await play(page);
  await expect(card(page).getByRole('status')).toContainText(`Reached at update ${wine.par.updates}.`);
  await card(page).getByLabel('Name').fill('Ada');
  await page.keyboard.press('Enter');
  const board = page.getByRole('region', { name: 'Leaderboard of this browser' });
  await expect(board).toContainText(`${wine.par.updates} Ada`);
  await expect(board).toContainText('Scale');
  expect(await scan(page, '.side')).toEqual([]);

  // Elsewhere, then by the board's own link.
  await card(page).getByRole('button', { name: 'Reset the challenge' }).click();
  await expect(card(page).getByRole('status')).toContainText('Not there yet.');
  await board.getByRole('button', { name: 'Replay the run of Ada' }).click();
  await play(page);
  await expect(card(page).getByRole('status')).toContainText(`Replayed: ${wine.par.updates} updates, as on the board.`);
  const link = page.url();
  await page.goto('about:blank');
  await page.goto(link);
  await expect(card(page).getByRole('status')).toContainText('Not there yet.');
  await play(page);
  await expect(card(page).getByRole('status')).toContainText(`Replayed: ${wine.par.updates} updates, as on the board.`);
});

test('a run with other rows, or changed on its way, does not count and says why', async ({ page }) => {
  await ready(page, known);
  await page.getByRole('button', { name: 'New seed' }).click();
  await expect.poll(() => page.evaluate(() => decodeURIComponent(location.hash))).toContain('"seed"');
  await play(page);
  await expect(card(page).getByRole('status')).toContainText('the seed must stay as given');
  await expect(card(page).getByRole('button', { name: 'Enter on the board' })).toBeHidden();

  await page.goto('about:blank');
  await ready(page, known);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await page.getByRole('button', { name: /^Optimizer/ }).click();
  await enter(page, 'learner.net.optimizer.adam.learning_rate', '0.06');
  await play(page);
  await expect(card(page).getByRole('status')).toContainText('the learning rate was changed while it trained');
});

test('the link of a step, and of what one made of it, is a QR code of exactly that link', async ({ page }) => {
  await ready(page, '?lesson=trees&step=2');
  await expect(page.getByRole('region', { name: 'Bias and variance, with trees' })).toBeVisible();
  await page.getByRole('button', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  const code = dialog.getByRole('img', { name: 'QR code of the link' });
  // The modules of the drawing, read back from its path.
  const drawn = async () => {
    const [side, path] = await code.evaluate((svg) => [svg.viewBox.baseVal.width, svg.querySelector('path').getAttribute('d')]);
    const modules = Array.from({ length: side }, () => Array(side).fill(false));
    for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) modules[y].fill(true, Number(x), Number(x) + Number(length));
    return JSON.stringify(modules);
  };
  const expected = (/** @type {string} */ link) => JSON.stringify(encode(link, { ecc: 'L', boostEcc: true, border: 4 }).data);
  const step = page.url().replace(/#.*/, '');
  await expect(dialog.getByLabel('Link', { exact: true })).toHaveValue(step);
  await expect.poll(() => drawn()).toBe(expected(step));
  await dialog.getByText('The experiment as it is now').click();
  // The same link as in the address, packed.
  const { href, hash } = new URL(page.url());
  const packed = href.replace(hash, short(hash));
  expect(packed.length).toBeLessThan(href.length / 2);
  expect(await opened(new URL(packed).hash)).toBe(decodeURIComponent(hash.slice(1)));
  await expect(dialog.getByLabel('Link', { exact: true })).toHaveValue(packed);
  await expect.poll(() => drawn()).toBe(expected(packed));
  expect(await scan(page, 'dialog.share')).toEqual([]);
  // Too long a link is no code: a drawing of many points.
  await page.goto('about:blank');
  await ready(
    page,
    `#${encodeURIComponent(JSON.stringify({ data: { drawn: { points: Array.from({ length: 200 }, (_, at) => [Math.sin(at) * 3, Math.cos(at * 2) * 3, at % 2]) } } }))}`,
  );
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(dialog).toContainText('a QR code holds at most 2,953');
  await expect(code).toBeHidden();
});

test('on a phone a challenge stays begun behind another tab', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await page.goto('./?challenge=wine');
  await expect(card(page).getByRole('status')).toContainText('Not there yet.');
  await page.getByRole('button', { name: 'Step', exact: true }).tap();
  await expect.poll(() => update(page)).toBeGreaterThan(0);
  await page.getByRole('tab', { name: en.section, exact: true }).tap();
  await page.getByRole('button', { name: /^Optimizer/ }).tap();
  await enter(page, 'learner.net.optimizer.adam.learning_rate', '0.06');
  await page.getByRole('tab', { name: en.challenge, exact: true }).tap();
  await expect(card(page)).toBeVisible();
  await painted(page);
  await expect.poll(() => page.evaluate(() => decodeURIComponent(location.hash))).toContain('0.06');
  expect(await update(page)).toBeGreaterThan(0);
  await context.close();
});
