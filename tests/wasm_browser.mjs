/**
 * The tests as wasm in Chromium where no chromedriver is to be had: the test runner serves its page, Playwright's library opens it.
 * Prints what the page prints and fails as it fails.
 */
import { spawn } from 'node:child_process';
import { chromium } from '@playwright/test';
import config from '../playwright.config.js';

const PATIENCE = 900_000;

const server = spawn('cargo', ['test', '--target', 'wasm32-unknown-unknown', '--test', 'wasm_browser'], {
  env: { ...process.env, NO_HEADLESS: '1', WASM_BINDGEN_TEST_ADDRESS: '127.0.0.1:0' },
  stdio: ['ignore', 'pipe', 'inherit'],
  // A group of its own: cargo's children must end with it.
  detached: true,
});
process.on('exit', () => {
  try {
    process.kill(-server.pid);
  } catch {
    // It has ended by itself.
  }
});

const address = await new Promise((ready, fail) => {
  let text = '';
  server.stdout.on('data', (part) => {
    text += part;
    const found = text.match(/http:\/\/[\d.]+:\d+/);
    if (found) ready(found[0]);
  });
  server.on('exit', (code) => fail(new Error(`the test server ended with ${code}\n${text}`)));
});
const browser = await chromium.launch(config.use.launchOptions);
const page = await browser.newPage();
page.on('pageerror', (error) => console.error(error.message));
await page.goto(address);
const output = page.locator('#output');
const done = await page
  .waitForFunction(() => /test result: (\w+)/.exec(document.getElementById('output')?.textContent ?? '')?.[1], null, { timeout: PATIENCE })
  .then((found) => found.jsonValue(), String);
console.log(await output.textContent());
await browser.close();
if (done !== 'ok') console.error(`not ok: ${done}`);
process.exit(done === 'ok' ? 0 : 1);
