import { execSync } from 'node:child_process';
import { defineConfig } from '@playwright/test';

/** The system's Chromium where there is one, else Playwright's own. */
function chromium() {
  try {
    return execSync('command -v chromium', { shell: '/bin/sh' }).toString().trim();
  } catch {
    return undefined;
  }
}

const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const root = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'tests/e2e',
  timeout: 60_000,
  workers: 1,
  reporter: 'list',
  use: {
    baseURL: 'http://localhost:4179/',
    viewport: { width: 1366, height: 768 },
    launchOptions: { executablePath: chromium(), args: root ? [...quiet, '--no-sandbox'] : quiet },
  },
  webServer: { command: 'npx vite preview --port 4179 --strictPort', url: 'http://localhost:4179/', reuseExistingServer: false },
});
