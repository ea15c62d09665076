import { execSync } from 'node:child_process';
import { defineConfig } from '@playwright/test';

/** @param {string} name of a program */
function path(name) {
  try {
    return execSync(`command -v ${name}`, { shell: '/bin/sh' }).toString().trim();
  } catch {
    return undefined;
  }
}

const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const root = process.getuid?.() === 0;
/** The system's browsers where there are some, else Playwright's own. */
const chromium = { executablePath: path('chromium'), args: root ? [...quiet, '--no-sandbox'] : quiet };
const firefox = path('firefox-esr') ?? path('firefox');

export default defineConfig({
  testDir: 'tests/e2e',
  timeout: 60_000,
  workers: 1,
  reporter: 'list',
  // Letters differ a little from one machine's fonts to another's: what is compared is the picture, not its hinting.
  expect: { toHaveScreenshot: { maxDiffPixelRatio: 0.02 } },
  snapshotPathTemplate: 'tests/e2e/pictures/{arg}{ext}',
  // The kept pictures were made with Debian's Chromium and fonts.
  ignoreSnapshots: !chromium.executablePath,
  use: {
    baseURL: 'http://localhost:4180/',
    viewport: { width: 1366, height: 768 },
    launchOptions: chromium,
  },
  projects: [
    { name: 'chromium', use: { browserName: 'chromium' } },
    // What only one browser can tell (pictures, offline files) is told by Chromium.
    { name: 'firefox', testIgnore: /(looks|palette|places)\.spec\.js/, use: { browserName: 'firefox', ...(firefox && { channel: 'moz-firefox' }), launchOptions: { executablePath: firefox } } },
  ],
  webServer: { command: 'npx vite preview --port 4180 --strictPort', url: 'http://localhost:4180/', reuseExistingServer: false },
});
