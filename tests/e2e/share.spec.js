/** Links that replay what was done on the way: told by hand in one page, opened in a fresh one, the same losses and weights. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { en, zh } from '../../www/i18n/words.js';
import { pack } from '../../www/pack.js';
import { decode, opened } from '../../www/url.js';
import { enter, epochs, over, ready, scan, update } from './steps.js';

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
  const { way, learner } = JSON.parse(await opened(new URL(link).hash));
  expect(learner.net.optimizer.adam.learning_rate).toBe(0.02);
  expect(way).toEqual([['live', at, 0, { learner: { net: { optimizer: { adam: { learning_rate: 0.001 } } } } }]]);
  await toTheEnd(page);
  const [own] = await told(page);
  expect(own.marks).toEqual([`${at} rate`]);

  const again = await fresh(page, link);
  await expect(again.locator('.status.ahead')).toContainText('1 still to come');
  await toTheEnd(again);
  expect(await told(again)).toEqual([own]);
  await expect(again.locator('.status.ahead')).toHaveCount(0);
  // It can be read from the copy's address as well, and from the copy's copy.
  expect(JSON.parse(decode(new URL(again.url()).hash)).way).toEqual(way);
  // Rewound, it comes again: in steps, in epochs and at full speed.
  await again.getByRole('button', { name: en.rewind }).click();
  await expect(again.locator('.status.ahead')).toContainText('1 still to come');
  await expect.poll(() => update(again)).toBe(0);
  for (const button of [en.epochStep, en.step]) {
    await again.getByRole('button', { name: button, exact: true }).click();
    await expect.poll(() => update(again)).toBeGreaterThan(0);
  }
  await toTheEnd(again);
  expect(await told(again)).toEqual([own]);
});

test('changed while it trains, several times, and with a second run: the saved file ends with the same bits', async ({ page }) => {
  const race = { runs: [{ ...MOONS, stop: { early_stopping: { off: {} }, max_updates: 4000 } }, { learner: { net: { batch_size: 16 } } }] };
  await ready(page, hash({ race }));
  await page.locator('.rail h2 button', { hasText: 'Optimizer' }).click();
  await page.getByLabel(en.speed, { exact: true }).selectOption('ten');
  const field = page.locator('[id="learner.net.optimizer.adam.learning_rate"]');
  await expect(field).toBeVisible();
  await page.getByRole('button', { name: en.play, exact: true }).click();
  for (const value of ['0.03', '0.02', '0.005']) {
    const before = await update(page);
    await expect.poll(() => update(page)).toBeGreaterThan(before);
    await enter(page, 'learner.net.optimizer.adam.learning_rate', value);
  }
  await page.getByLabel(en.speed, { exact: true }).selectOption('max');
  await expect(page.getByRole('button', { name: en.pause, exact: true })).toHaveCount(0);
  const own = await told(page);
  expect(own.map(({ update }) => update)).toEqual([4000, 4000]);
  expect(own[0].marks.filter((mark) => mark.endsWith('rate')).length).toBeGreaterThan(2);
  await page.getByRole('button', { name: en.menu, exact: true }).click();
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: en.save, exact: true }).click();
  const text = readFileSync(await (await coming).path(), 'utf8');
  expect(JSON.parse(text).way.length).toBeGreaterThan(2);

  const again = await page.context().newPage();
  await again.addInitScript(reach);
  await ready(again);
  const transfer = await again.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'experiment.json', { type: 'application/json' }));
    return data;
  }, text);
  await again.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await expect(again.locator('.race li')).toHaveCount(2);
  await expect(again.locator('.status.ahead')).toContainText('still to come');
  await toTheEnd(again);
  expect(await told(again)).toEqual(own);
});

test('weights set, a fork, going back and the best put back are told again, and a crash of the copy changes nothing', async ({ page }) => {
  const layers = [{ dense: { units: 4, activation: { tanh: {} } } }];
  await ready(page, hash({ ...MOONS, learner: { net: { layers } }, stop: { ...MOONS.stop, max_updates: 300 } }));
  /** Looks back by keys, so many evaluations from the first on. */
  const back = async (/** @type {number} */ evaluations) => {
    await page.locator('.history .lanes').press('Home');
    for (let at = 0; at < evaluations; at++) await page.locator('.history .lanes').press('ArrowRight');
    await page.locator('.history .lanes').press('Enter');
    await expect(page.locator('.history .back')).toContainText('Checkpoint at update');
  };
  await epochs(page, 3);
  await steps(page, 2);
  await rate(page, '0.05');
  await epochs(page, 2);
  await page.locator('[data-unit="2,0"]').click();
  const weight = page.getByRole('dialog').getByRole('spinbutton').nth(1);
  await over(weight, '2.5');
  await weight.press('Enter');
  await expect(weight).toHaveValue('2.5');
  await page.keyboard.press('Escape');
  await epochs(page, 2);
  // From before the rate was changed: with the settings of then.
  await back(2);
  await page.getByRole('button', { name: en.backFork }).click();
  await expect(page.locator('.race li')).toHaveCount(2);
  await expect(page.locator('[id="learner.net.optimizer.adam.learning_rate"]')).toHaveValue('0.01');
  await epochs(page, 4);
  await page.locator('.race li').first().locator('.pick').click();
  await expect(page.locator('[id="learner.net.optimizer.adam.learning_rate"]')).toHaveValue('0.05');
  await page.keyboard.press('b');
  await steps(page, 1);
  await back(1);
  await page.getByRole('button', { name: en.backGo }).click();
  await expect(page.locator('.history .back')).toHaveCount(0);
  await expect(page.locator('[id="learner.net.optimizer.adam.learning_rate"]')).toHaveValue('0.01');
  await expect.poll(() => update(page)).toBe(11);
  // It comes level with the fork first.
  await page.getByRole('button', { name: en.step, exact: true }).click();
  await expect.poll(() => update(page)).toBeGreaterThan(60);
  await rate(page, '0.03');
  const { link } = await shared(page);
  await toTheEnd(page);
  const own = await told(page);
  const { race, way } = JSON.parse(await opened(new URL(link).hash));
  expect(race.runs).toHaveLength(1);
  expect(way.map(([call]) => call)).toEqual(['live', 'set', 'fork', 'restore_best', 'go_back', 'live']);
  expect(link.length).toBeLessThan(500);

  const again = await fresh(page, link);
  await toTheEnd(again);
  expect(await told(again)).toEqual(own);
  await expect(again.locator('.status.ahead')).toHaveCount(0);
  await expect(again.locator('[id="learner.net.optimizer.adam.learning_rate"]')).toHaveCount(0);
  // At its start there is one run again; on the way the engine fails.
  await again.getByRole('button', { name: en.rewind }).click();
  await expect(again.locator('.status.ahead')).toContainText('6 still to come');
  await expect(again.locator('.race li')).toHaveCount(0);
  await epochs(again, 4);
  await expect(again.locator('.status.ahead')).toContainText('5 still to come');
  await again.evaluate(() => window.workers.at(-1).postMessage({ id: 5e8, call: 'panic', args: ['a deliberate failure'] }));
  await expect(again.locator('.alert')).toContainText('a deliberate failure');
  await again.getByRole('button', { name: en.dismiss }).click();
  await toTheEnd(again);
  expect(await told(again)).toEqual(own);
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
  await expect(page.locator('.status.ahead')).toContainText('2 still to come, next at update 50');
  await steps(page, 2);
  await rate(page, '0.002');
  await expect(page.getByRole('alert')).toContainText(en.wayLeftOwn.replace('{n}', '2'));
  await page.getByRole('button', { name: en.dismiss }).click();
  await expect(page.locator('.status.ahead')).toHaveCount(0);
  await toTheEnd(page);
  const [own] = await told(page);
  expect(own.marks).toEqual(['2 rate']);
  expect(JSON.parse(decode(new URL(page.url()).hash)).way).toEqual([
    ['live', 2, 0, { learner: { net: { optimizer: { adam: { learning_rate: 0.002 } } } } }],
  ]);
});

test('links of every earlier form open as they did, and one that was cut is named', async ({ page }) => {
  const runs = [MOONS, { learner: { net: { batch_size: 16 } } }];
  const from = { from: { update: 22, before: {} }, learner: { net: { optimizer: { adam: { learning_rate: 0.05 } } } } };
  const finish = { metric: 'accuracy', value: 0.9 };
  const forms = /** @type {[string, number, object][]} */ ([
    ['', 0, {}],
    ['#{"seed":13}', 0, { seed: 13 }],
    ['#%7B%22seed%22%3A13%7D', 0, { seed: 13 }],
    ['#{"data":"moons"}', 0, { data: { moons: {} } }],
    [hash({ race: { runs } }), 2, { race: { runs } }],
    [hash({ race: { runs: [...runs, from], finish } }), 3, { race: { runs: [...runs, from], finish } }],
    [pack(JSON.stringify({ race: { runs } })), 2, { race: { runs } }],
    [pack('{"seed":13}'), 0, { seed: 13 }],
  ]);
  for (const [link, chips, says] of forms) {
    await page.goto('about:blank');
    await ready(page, link);
    await expect(page.locator('.race li')).toHaveCount(chips);
    await expect(page.locator('.alert')).toHaveCount(0);
    const now = JSON.parse(decode(await page.evaluate(() => location.hash)));
    // What is left out is the default.
    expect(now, link).toMatchObject(says.data ? {} : says);
  }
  const cut = pack(JSON.stringify(MOONS)).slice(0, -3);
  await page.goto('about:blank');
  await ready(page, cut);
  await expect(page.locator('.alert')).toContainText(en.linkDamaged);
  for (const [way, says] of [
    [[['live', 5, 3, {}]], 'way[0]'],
    [{}, en.wayNoList.replace('{most}', '5000')],
  ]) {
    await page.goto('about:blank');
    await ready(page, hash({ ...MOONS, way }));
    await expect(page.locator('.alert')).toContainText(/** @type {string} */ (says));
  }
});

test('what the engine does not take, and a run that stops before, ends the way and is said', async ({ page }) => {
  const stop = { early_stopping: { off: {} }, max_updates: 40 };
  await ready(
    page,
    hash({
      ...MOONS,
      stop,
      way: [
        ['set', 20, 0, 'no.such', 0, 1],
        ['restore_best', 30, 0],
      ],
    }),
  );
  await toTheEnd(page);
  await expect(page.getByRole('alert')).toContainText(en.wayLeftUnfit.replace('{n}', '2'));
  await expect.poll(() => update(page)).toBeGreaterThan(19);
  await page.goto('about:blank');
  await ready(page, hash({ ...MOONS, stop, way: [['restore_best', 50, 0]] }));
  await toTheEnd(page);
  await expect(page.getByRole('alert')).toContainText('steps left out: 1');
  await expect.poll(() => update(page)).toBe(40);
});

test('what no link can hold is named where it is shared, in both languages', async ({ page }) => {
  await ready(page);
  const rows = ['x,y,kind', ...Array.from({ length: 60 }, (_, at) => `${at % 7},${at % 5},${at % 7 > 3 ? 'a' : 'b'}`)].join('\n');
  const transfer = await page.evaluateHandle((rows) => {
    const data = new DataTransfer();
    data.items.add(new File([rows], 'class of 2026.csv', { type: 'text/csv' }));
    return data;
  }, rows);
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await expect.poll(() => decodeURIComponent(new URL(page.url()).hash)).toContain('class of 2026.csv');
  await page.getByRole('button', { name: en.reveal, exact: true }).click();
  await expect(page.getByRole('button', { name: en.revealAgain })).toBeVisible();
  const { says } = await shared(page);
  expect(says).toContain(en.shareWithoutFile.replace('{name}', 'class of 2026.csv'));
  expect(says).toContain(en.shareWithoutLooks);
  await page.locator('#language').click();
  await page.getByRole('button', { name: zh.shareTitle }).click();
  await expect(page.getByRole('dialog')).toContainText(zh.shareWithoutFile.replace('{name}', 'class of 2026.csv'));
  expect(await scan(page, 'dialog.share')).toEqual([]);
});
