/** What every spec does: open the page, read it, type into it. */
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { en, zh } from '../../www/i18n/words.js';

/** What Playwright cannot do in a Firefox that it did not build. */
export const LACKS = {
  folders: 'it does not choose folders in it',
  workers: 'it does not reach into its workers',
  touch: 'it does not drive it by touch',
  downloads: 'it is not told of its downloads',
  clipboard: 'it asks the user before a page reads the clipboard',
};

/** Shows the page in a theme: as the system's, and in a Firefox that Playwright did not build, whose system it does not set, as the page's own. @param {import('@playwright/test').Page} page @param {'light' | 'dark'} theme */
export async function inTheme(page, theme) {
  await page.emulateMedia({ colorScheme: theme });
  if (page.context().browser().browserType().name() === 'firefox')
    await page.addInitScript((theme) => localStorage.setItem('theme', JSON.stringify(theme)), theme);
}

/**
 * What the browser has kept of a user who has been here before, and trains at full speed: what is tested is what comes of training, not how it is watched, and a hint would stand
 * in the way. Every page of a test begins with it (`playwright.config.js`); `show.spec.js` sees the page as a newcomer does. @param {string} address
 */
export const settled = (address) => ({
  cookies: [],
  origins: [
    {
      origin: new URL(address).origin,
      localStorage: Object.entries({ speed: 'max', hints: false }).map(([name, value]) => ({ name, value: JSON.stringify(value) })),
    },
  ],
});

/** For `test.use`: a browser that was never here. */
export const newcomer = { storageState: { cookies: [], origins: [] } };

/** @param {import('@playwright/test').Page} page */
export const update = async (page) => Number((await page.locator('#update').textContent()).replaceAll(',', ''));

/** @param {import('@playwright/test').Page} page */
export const accuracy = async (page) => Number(await page.locator('#validation-accuracy').textContent());

/** Opens the experiment of the address and waits until it stands there. @param {import('@playwright/test').Page} page @param {string} [hash] */
export async function ready(page, hash = '') {
  await page.goto('./' + hash);
  await expect(page.locator('#train-loss')).not.toHaveText('–');
}

/** Types over what stands in a field, as a person does: Firefox reports no change of a value that was set. @param {import('@playwright/test').Locator} field @param {string} text */
export async function over(field, text) {
  await field.focus();
  await field.press('ControlOrMeta+a');
  await field.pressSequentially(text);
}

/** The same in the field of a setting, and leaves it. @param {import('@playwright/test').Page} page @param {string} id @param {string} text */
export async function enter(page, id, text) {
  await over(page.locator(`[id="${id}"]`), text);
  await page.keyboard.press('Tab');
}

/** For `addInitScript`: keeps the engine's newest replies in `window.sent`, from the worker itself. */
export function listen() {
  const Real = window.Worker;
  window.sent = {};
  window.Worker = class extends Real {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data: { value } }) => {
        if (value?.targets) window.sent.points = value;
        const run = (value?.frame ?? value)?.runs?.[0];
        if (run) window.sent.run = run;
      });
    }
  };
}

/**
 * For `addInitScript`: counts what is asked of workers in `window.asked`, by call, and in `window.unanswered` how much is not answered yet. It sees what the page
 * sends, and the page knows nothing of it.
 */
export function count() {
  window.asked = {};
  const open = new Map();
  Object.defineProperty(window, 'unanswered', { get: () => [...open.values()].reduce((sum, requests) => sum + requests.size, 0) });
  const { postMessage, terminate } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message.call) {
      window.asked[message.call] = (window.asked[message.call] ?? 0) + 1;
      if (!open.has(this)) {
        open.set(this, new Set());
        this.addEventListener('message', ({ data }) => !('progress' in data) && open.get(this)?.delete(data.id));
      }
      open.get(this).add(message.id);
    }
    return postMessage.call(this, message, ...rest);
  };
  Worker.prototype.terminate = function () {
    open.delete(this);
    return terminate.call(this);
  };
}

/** What was asked of the engine until nothing was open any more. With `count`. @param {import('@playwright/test').Page} page */
export const asked = (page) => page.evaluate(() => Object.values(window.asked).reduce((sum, times) => sum + times, 0));

/** Waits until the page has asked for nothing more for some frames, and everything is answered; false where it goes on asking. With `count`. @param {import('@playwright/test').Page} page */
export const quiet = (page) =>
  page.evaluate(async () => {
    const all = () => Object.values(window.asked).reduce((sum, times) => sum + times, 0);
    const frame = () => new Promise(requestAnimationFrame);
    let before = -1;
    for (let still = 0, frames = 0; still < 30; frames++) {
      if (frames > 1500) return false;
      still = window.unanswered === 0 && all() === before ? still + 1 : 0;
      before = all();
      await frame();
    }
    return true;
  });

/** Waits until what was rendered is painted: effects that draw run behind a displayed frame. @param {import('@playwright/test').Page} page */
export const painted = (page) =>
  page.evaluate(async () => {
    for (let round = 0; round < 2; round++) {
      await new Promise(requestAnimationFrame);
      await new Promise((done) => setTimeout(done));
    }
  });

/**
 * What axe finds wrong with the page, or with the part of it that matches. What it reads is the same document in both browsers, and Firefox takes four times
 * as long: there it scans only where `everywhere` is asked for, which is the page as a whole in its main states.
 * @param {import('@playwright/test').Page} page @param {string} [within] @param {boolean} [everywhere]
 */
export async function scan(page, within, everywhere = false) {
  if (!everywhere && page.context().browser()?.browserType().name() === 'firefox') return [];
  // Nothing here has frames, for which the usual mode opens a page of its own: without it, and without telling all that is right, a scan takes a third of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await (within ? axe.include(within) : axe).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

/** Trains so many epochs, one after the other: whoever asks before the page is there, or before the last one is over, is not heard. @param {import('@playwright/test').Page} page @param {number} count @param {typeof en | typeof zh} [words] */
export async function epochs(page, count, words = en) {
  const update = page.locator('#update');
  await expect(update).toHaveText(/\d/);
  for (let epoch = 0; epoch < count; epoch++) {
    const before = await update.textContent();
    await page.getByRole('button', { name: words.epochStep }).click();
    await expect(update).not.toHaveText(String(before));
    await expect(page.getByRole('button', { name: words.play, exact: true })).toBeVisible();
  }
}
