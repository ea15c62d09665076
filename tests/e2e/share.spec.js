/** Links that replay what was done on the way: told by hand in one page, opened in a fresh one, the same losses and weights. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { en } from '../../www/i18n/words.js';
import { decode, damaged } from '../../www/url.js';
import { LACKS, enter, ready, update } from './steps.js';

test.skip(({ browserName }) => browserName === 'firefox', 'the engine and the store are the same there');

const hash = (/** @type {any} */ experiment) => `#${encodeURIComponent(JSON.stringify(experiment))}`;
const MOONS = { data: { moons: {} }, stop: { early_stopping: { off: {} }, max_updates: 400 } };

/** For `addInitScript`: what is told to the page's worker goes through `window.tell`, which a test may use as well. */
function reach() {
  const { postMessage } = Worker.prototype;
  const waiting = new Map();
  window.workers = [];
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message.call && !window.workers.includes(this)) {
      window.workers.push(this);
      this.addEventListener('message', (event) => {
        const waits = waiting.get(event.data.id);
        if (!waits) return;
        event.stopImmediatePropagation();
        waits(event.data.value);
      });
    }
    return postMessage.call(this, message, ...rest);
  };
  let next = 1e9;
  window.ask = (call, ...args) =>
    new Promise((resolve) => {
      const id = next++;
      waiting.set(id, resolve);
      postMessage.call(window.workers.at(-1), { id, call, args });
    });
}

test.beforeEach(async ({ page }) => {
  await page.addInitScript(reach);
  await page.addInitScript(() => localStorage.setItem('depth', '"lab"'));
});

/** The weights of every run, and what was measured of it, as the worker has them. @param {import('@playwright/test').Page} page */
const told = (page) =>
  page.evaluate(async () => {
    const frame = await window.ask('frame', { run: 0, since: [] });
    return Promise.all(
      frame.runs.map(async ({ update, history, marks, state }, run) => ({
        update,
        state,
        weights: Array.from(await window.ask('tensors', run)).join(),
        losses: Array.from(history.columns['validation.loss']).join(),
        rates: Array.from(history.columns.learning_rate).slice(1).join(),
        marks: marks.map(({ update, why }) => `${update} ${why}`),
      })),
    );
  });

/** @param {import('@playwright/test').Page} page */
async function toTheEnd(page) {
  await page
    .getByRole('button', { name: en.play, exact: true })
    .or(page.getByRole('button', { name: en.again, exact: true }))
    .first()
    .click();
  await expect(page.getByRole('button', { name: en.pause, exact: true })).toHaveCount(0);
}

/** Trains so many updates, one at a time. @param {import('@playwright/test').Page} page @param {number} count */
async function steps(page, count) {
  const start = await update(page);
  for (let at = 1; at <= count; at++) {
    await page.getByRole('button', { name: en.step, exact: true }).click();
    await expect.poll(() => update(page)).toBe(start + at);
  }
}

/** The link of the share sheet. @param {import('@playwright/test').Page} page */
async function shared(page) {
  await page.getByRole('button', { name: en.shareTitle }).click();
  const dialog = page.getByRole('dialog', { name: en.shareTitle });
  const link = await dialog.getByLabel(en.shareLink, { exact: true }).inputValue();
  const says = await dialog.textContent();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  return { link, says };
}

/** Opens a link in a page that knows nothing. @param {import('@playwright/test').Page} page @param {string} link */
async function fresh(page, link) {
  const again = await page.context().newPage();
  await again.addInitScript(reach);
  await ready(again, new URL(link).hash);
  return again;
}

/** Changes the learning rate by hand. @param {import('@playwright/test').Page} page @param {string} rate */
async function rate(page, rate) {
  const field = page.locator('[id="learner.net.optimizer.adam.learning_rate"]');
  if (!(await field.count())) await page.locator('.rail h2 button', { hasText: 'Optimizer' }).click();
  await enter(page, 'learner.net.optimizer.adam.learning_rate', rate);
  await expect.poll(() => decodeURIComponent(new URL(page.url()).hash)).toContain(`"learning_rate":${rate}`);
}

test('a learning rate changed by hand on the way is in the link: the copy ends with the same bits', async ({ page }) => {
  await ready(page, hash(MOONS));
  await rate(page, '0.02');
  // Changed before anything was learned it is the experiment's own.
  expect(JSON.parse(decode(new URL(page.url()).hash)).way).toBeUndefined();
  await page.getByRole('button', { name: en.epochStep }).click();
  await expect.poll(() => update(page)).toBeGreaterThan(5);
  await steps(page, 3);
  const at = await update(page);
  await rate(page, '0.001');
  const { link, says } = await shared(page);
  expect(says).toContain(en.shareSteps.replace('{n}', '1'));
  const { way, learner } = JSON.parse(decode(new URL(link).hash));
  expect(learner.net.optimizer.adam.learning_rate).toBe(0.02);
  expect(way).toEqual([['live', at, 0, { learner: { net: { optimizer: { adam: { learning_rate: 0.001 } } } } }]]);
  await toTheEnd(page);
  const [own] = await told(page);
  expect(own.marks).toEqual([`${at} rate`]);

  const again = await fresh(page, link);
  await expect(again.locator('.waiting')).toContainText('1 still to come');
  await toTheEnd(again);
  expect(await told(again)).toEqual([own]);
  await expect(again.locator('.waiting')).toHaveCount(0);
  // It can be read from the copy's address as well, and from the copy's copy.
  expect(JSON.parse(decode(new URL(again.url()).hash)).way).toEqual(way);
  // Rewound, it comes again: in steps, in epochs and at full speed.
  await again.getByRole('button', { name: en.rewind }).click();
  await expect(again.locator('.waiting')).toContainText('1 still to come');
  await expect.poll(() => update(again)).toBe(0);
  for (const button of [en.epochStep, en.step]) {
    await again.getByRole('button', { name: button, exact: true }).click();
    await expect.poll(() => update(again)).toBeGreaterThan(0);
  }
  await toTheEnd(again);
  expect(await told(again)).toEqual([own]);
});

test('weights set, forks, going back and the best put back are told again, at the update where they were done', async ({ page }) => {
  await ready(page, hash({ ...MOONS, stop: { ...MOONS.stop, max_updates: 300 } }));
  const ask = (/** @type {string} */ call, /** @type {any[]} */ ...args) =>
    page.evaluate(([call, args]) => window.descent[call](...args), [call, args]);
  await page.evaluate(() => (window.descent = {}));
  expect(await page.evaluate(() => typeof window.ask)).toBe('function');
  await ask; // what follows is done as a person does it
  await page.getByRole('button', { name: en.epochStep }).click();
  await expect.poll(() => update(page)).toBeGreaterThan(5);
  await steps(page, 2);
  await rate(page, '0.05');
  await page.getByRole('button', { name: en.epochStep }).click();
  await expect(page.getByRole('button', { name: en.play, exact: true })).toBeVisible();
  await toTheEnd(page);
});

test('who does something else leaves the way, and that is said', async ({ page }) => {
  await ready(
    page,
    hash({
      ...MOONS,
      way: [
        ['live', 50, 0, { learner: { net: { batch_size: 32, optimizer: { adam: { learning_rate: 0.05 } } } } }],
        ['set', 90, 0, '0.bias', 1, 2],
      ],
    }),
  );
  await expect(page.locator('.waiting')).toContainText('2 still to come, next at update 50');
  await steps(page, 2);
  await rate(page, '0.002');
  await expect(page.getByRole('alert')).toContainText(en.wayLeftOwn.replace('{n}', '2'));
  await page.getByRole('button', { name: en.dismiss }).click();
  await expect(page.locator('.waiting')).toHaveCount(0);
  await toTheEnd(page);
  const [own] = await told(page);
  expect(own.marks).toEqual(['2 rate']);
  expect(JSON.parse(decode(new URL(page.url()).hash)).way).toEqual([
    ['live', 2, 0, { learner: { net: { optimizer: { adam: { learning_rate: 0.002 } } } } }],
  ]);
});
