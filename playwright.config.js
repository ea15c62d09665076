import { execSync } from 'node:child_process';
import { defineConfig } from '@playwright/test';
import { settled } from './tests/e2e/steps.js';

/** @param {string} name of a program */
function path(name) {
  try {
    return execSync(`command -v ${name}`, { shell: '/bin/sh' }).toString().trim();
  } catch {
    return undefined;
  }
}

const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Checkouts that are tested at the same time on one machine each have a port of their own. */
const address = `http://localhost:${process.env.DESCENT_PORT ?? 4179}/`;
const root = process.getuid?.() === 0;
/** The system's browsers where there are some, else Playwright's own. */
const chromium = { executablePath: path('chromium-headless-shell') ?? path('chromium'), args: root ? [...quiet, '--no-sandbox'] : quiet };
const esr = path('firefox-esr');
const firefox = esr ?? path('firefox');

/** With all other tests in half an hour: not in a second browser, not at every size, not all that can fail, not what stands on sheets of its own, nor a test that is tagged as long. `cargo xtask test page` runs everything. */
const short = Boolean(process.env.DESCENT_SHORT);

export default defineConfig({
  testDir: 'tests/e2e',
  // A busy machine is slow, and nothing here asks how quick it is.
  timeout: 180_000,
  grepInvert: short ? /@long/ : undefined,
  workers: 4,
  reporter: 'list',
  // Letters differ a little from one machine's fonts to another's: what is compared is the picture, not its hinting.
  expect: { timeout: 60_000, toHaveScreenshot: { maxDiffPixelRatio: 0.02 } },
  snapshotPathTemplate: 'tests/e2e/pictures/{projectName}/{arg}{ext}',
  use: {
    baseURL: address,
    viewport: { width: 1366, height: 768 },
    storageState: settled(address),
    launchOptions: chromium,
  },
  // The kept pictures were made with Debian's browsers and fonts: each browser's are compared where Debian's is found.
  projects: [
    {
      name: 'chromium',
      ignoreSnapshots: !chromium.executablePath,
      testIgnore: short
        ? /(augment|challenges|class|draw|history|idle|images|layers|lessons|looks|robust|rows|settings|share|studies|surfaces|transfer)\.spec\.js/
        : [],
      use: { browserName: 'chromium' },
    },
    // What browsers do each in their way: drawing, pointers, storage, files, workers, policies. Which settings there are and what they do is told by Chromium alone.
    {
      name: 'firefox',
      ignoreSnapshots: !esr,
      testMatch: /(columns|draw|files|history|images|journey|looks|map|page|robust|security|show)\.spec\.js/,
      testIgnore: short ? /./ : [],
      use: { browserName: 'firefox', ...(firefox && { channel: 'moz-firefox' }), launchOptions: { executablePath: firefox } },
    },
  ],
  webServer: { command: `npx vite preview --port ${new URL(address).port} --strictPort`, url: address, reuseExistingServer: false },
});
