/** The built page wherever it may lie: in any folder of a server, and as one file opened from disk, without a network. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { en } from '../../www/i18n/words.js';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.bin': 'application/octet-stream',
};

/** Trains one update from `url` and lists what was asked of other places than `home`. */
async function trains(page, url, home) {
  const strangers = [];
  page.on('request', (request) => /^(data|blob):/.test(request.url()) || request.url().startsWith(home) || strangers.push(request.url()));
  await page.goto(url);
  await page.getByRole('button', { name: en.step, exact: true }).click();
  await expect(page.locator('#update')).toHaveText('1');
  // A data set that lies beside the page.
  await page.locator('[id=data]').selectOption('digits');
  await expect(page.locator('#update')).toHaveText('0');
  await page.getByRole('button', { name: en.step, exact: true }).click();
  await expect(page.locator('#update')).toHaveText('1');
  await expect(page.locator('.problem')).toHaveCount(0);
  expect(strangers).toEqual([]);
}

test('under a sub-path of a plain server', async ({ page }) => {
  const prefix = '/some/class/2026';
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    const file = join(DIST, path.startsWith(prefix) ? path.slice(prefix.length).replace(/\/$/, '/index.html') : 'nowhere');
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] }).end(readFileSync(file));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const home = `http://127.0.0.1:${server.address().port}${prefix}/`;
  try {
    await trains(page, home, home);
  } finally {
    server.close();
  }
});

test('as one file from disk, offline', async ({ page, context }) => {
  await context.setOffline(true);
  const url = pathToFileURL(join(DIST, 'descent.html')).href;
  await trains(page, url, url);
});
