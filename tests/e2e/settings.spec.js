/** The rail: depths, help, resets, undo, lists, numbers; and the glossary. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { all } from '../../www/glossary/terms.js';
import { next, stops } from '../../www/form/steps.js';
import { en } from '../../www/i18n/words.js';
import { LACKS, enter, inTheme, ready, scan, update } from './steps.js';

const RATE = 'learner.net.optimizer.adam.learning_rate';
const heading = (page, name) => page.locator('.rail h2 button', { hasText: name });
const open = async (page, name) => {
  await heading(page, name).click();
  await expect(heading(page, name)).toHaveAttribute('aria-expanded', 'true');
};
const depth = (page, name) => page.locator('.depth label', { hasText: name }).click();
const steps = async (page, count) => {
  for (let at = 1; at <= count; at++) {
    await page.getByRole('button', { name: en.step, exact: true }).click();
    await expect.poll(() => update(page)).toBe(at);
  }
};
const undo = (page) => page.keyboard.press('Control+z');
const redo = (page) => page.keyboard.press('Control+Shift+z');

test('each depth shows more, and is kept', async ({ page }) => {
  await ready(page);
  await depth(page, en.starter);
  await expect(page.locator('.rail h2')).toHaveCount(3);
  await expect(page.locator('[id="data.spiral.noise"]')).toBeVisible();
  await expect(page.locator('[id="data.spiral.samples"]')).toHaveCount(0);
  await open(page, en.optimizer);
  await expect(page.locator('.rail .field')).toHaveCount(2);
  await depth(page, en.lab);
  await expect(page.locator('[id="learner.net.optimizer.adam.beta1"]')).toBeVisible();
  await page.reload();
  await expect(page.locator('.rail h2')).toHaveCount(7);
});

test('what was changed, or has a problem, is shown at every depth', async ({ page }) => {
  await ready(page, '#{"learner":{"net":{"optimizer":{"adam":{"beta1":0.5}},"batch_size":8}},"stop":{"target":{"reach":{}}}}');
  await depth(page, en.starter);
  await open(page, en.optimizer);
  await expect(page.locator('[id="learner.net.optimizer.adam.beta1"]')).toHaveValue('0.5');
  await expect(page.locator('[id="learner.net.optimizer.adam.beta2"]')).toHaveCount(0);
  await open(page, en.model);
  await expect(page.locator('[id="learner.net.batch_size"]')).toHaveValue('8');
  await expect(page.locator('[id="learner.net.l2"]')).toHaveCount(0);
  // The choice that was changed brings its settings along.
  await open(page, en.stop);
  await expect(page.locator('[id="stop.target.reach.value"]')).toBeVisible();
  await expect(page.locator('[id="stop.max_updates"]')).toHaveCount(0);
});

test('closed headings say what they hold', async ({ page }) => {
  await ready(
    page,
    '#{"learner":{"net":{"layers":[{"dense":{"units":8}},{"dense":{"units":4,"activation":{"relu":{}}}}]}},"data":{"moons":{"noise":0.3}}}',
  );
  await open(page, en.stop);
  await expect(heading(page, en.data)).toContainText('Moons · 500 · noise 0.3');
  await expect(heading(page, en.model)).toContainText('8 Tanh – 4 ReLU');
  await expect(heading(page, en.optimizer)).toContainText('Adam 0.01');
});

test('a section says once what a change does, and marks what is live among the rest', async ({ page }) => {
  await ready(page);
  await expect(page.locator('#section-note')).toHaveText(en.allRestart);
  await open(page, en.optimizer);
  await expect(page.locator('#section-note')).toHaveText(en.someLive);
  const badge = (id) => page.locator(`.field:has([id="${id}"]) .badge.live`);
  await expect(badge(RATE)).toHaveCount(1);
  await expect(badge('learner.net.optimizer')).toHaveCount(0);
  await expect(page.locator(`[id="${RATE}"]`)).toHaveAccessibleDescription(en.live);
  await expect(page.locator('[id="learner.net.optimizer"]')).toHaveAccessibleDescription(en.someLive);
  await open(page, en.schedule);
  await expect(page.locator('#section-note')).toHaveText(en.allLive);
  await expect(page.locator('.badge.live')).toHaveCount(0);
});

test('help explains a setting in its place and leads to the glossary', async ({ page }) => {
  await ready(page);
  await open(page, en.optimizer);
  await page.locator('.rail').getByRole('button', { name: 'What is “Learning rate”?' }).focus();
  await page.keyboard.press('Enter');
  const panel = page.locator('.popover:popover-open');
  await expect(panel).toContainText('From 1e-7 to 10; 0.01 by default.');
  const link = panel.getByRole('link');
  await expect(link).toHaveAttribute('href', '?glossary=learning-rate');
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
});

test('a field and a section go back to their defaults, and nothing else does', async ({ page }) => {
  await ready(page, '#{"data":{"spiral":{"noise":0.3,"samples":200}},"seed":7,"learner":{"net":{"batch_size":8}}}');
  await page.locator('.field:has([id="data.spiral.noise"]) .restore').click();
  await expect(page.locator('[id="data.spiral.noise"]')).toHaveValue('0.1');
  await expect(page.locator('[id="data.spiral.samples"]')).toHaveValue('200');
  await page.locator('.note button').click();
  await expect(page.locator('[id="data.spiral.samples"]')).toHaveValue('500');
  await expect(page.locator('[id="seed"]')).toHaveValue('0');
  await expect(page.locator('.note button')).toHaveCount(0);
  await expect.poll(() => decodeURIComponent(new URL(page.url()).hash)).toBe('#{"learner":{"net":{"batch_size":8}}}');
});

test('undo and redo: live changes stay live, others restart', async ({ page }) => {
  await ready(page);
  await open(page, en.optimizer);
  await steps(page, 3);
  await enter(page, RATE, '0.5');
  await page.locator('body').click({ position: { x: 2, y: 300 } });
  await undo(page);
  await expect(page.locator(`[id="${RATE}"]`)).toHaveValue('0.01');
  await expect.poll(() => update(page)).toBe(3);
  await redo(page);
  await expect(page.locator(`[id="${RATE}"]`)).toHaveValue('0.5');
  await expect.poll(() => update(page)).toBe(3);
  await page.locator('[id="learner.net.optimizer"]').selectOption('sgd');
  await expect.poll(() => update(page)).toBe(0);
  await undo(page);
  await expect(page.locator(`[id="${RATE}"]`)).toHaveValue('0.5');
  await page.keyboard.press('Control+z');
  await expect(page.locator(`[id="${RATE}"]`)).toHaveValue('0.01');
  // The beginning is the end of it.
  await undo(page);
  await expect(page.locator(`[id="${RATE}"]`)).toHaveValue('0.01');
  await page.keyboard.press('Control+y');
  await expect(page.locator(`[id="${RATE}"]`)).toHaveValue('0.5');
  // What is undone is seen where it stands.
  await open(page, en.stop);
  await undo(page);
  await expect(page.locator(`[id="${RATE}"]`)).toHaveValue('0.01');
});

test('a slider that is dragged is one step, and an opened link is one', async ({ page }) => {
  await ready(page);
  const slider = page.locator('.field:has([id="data.spiral.noise"]) input[type=range]');
  await slider.focus();
  for (let press = 0; press < 6; press++) await page.keyboard.press('ArrowRight');
  await expect(page.locator('[id="data.spiral.noise"]')).toHaveValue('0.13');
  await undo(page);
  await expect(page.locator('[id="data.spiral.noise"]')).toHaveValue('0.1');
  await page.evaluate(() => (location.hash = '#{"data":{"moons":{}}}'));
  await expect(page.locator('[id=data]')).toHaveValue('moons');
  await page.locator('body').click({ position: { x: 2, y: 300 } });
  await undo(page);
  await expect(page.locator('[id=data]')).toHaveValue('spiral');
});

test('typing keeps the undo of the browser', async ({ page }) => {
  await ready(page);
  await enter(page, 'data.spiral.samples', '200');
  const noise = page.locator('[id="data.spiral.noise"]');
  await noise.click();
  await page.keyboard.type('5');
  await undo(page);
  await expect(page.locator('[id="data.spiral.samples"]')).toHaveValue('200');
});

test('layers are added, moved, duplicated, copied, pasted and removed', async ({ page }) => {
  await ready(page);
  await open(page, en.model);
  const lines = page.locator('.item .what');
  await page.locator('.item .unfold').first().click();
  await enter(page, 'learner.net.layers[0].dense.units', '5');
  await expect(lines).toHaveText(['Dense · 5 · Tanh', 'Dense · 16 · Tanh']);
  await page.getByRole('button', { name: `${en.down} 1` }).click();
  await expect(lines).toHaveText(['Dense · 16 · Tanh', 'Dense · 5 · Tanh']);
  // The layer that was moved stays unfolded.
  await expect(page.locator('[id="learner.net.layers[1].dense.units"]')).toHaveValue('5');
  await page.getByRole('button', { name: `${en.copyEntry} 2` }).click();
  await page.getByRole('button', { name: en.pasteEntry }).click();
  await expect(lines).toHaveText(['Dense · 16 · Tanh', 'Dense · 5 · Tanh', 'Dense · 5 · Tanh']);
  await page.getByRole('button', { name: `${en.remove} 1` }).click();
  await page.locator('[id="learner.net.layers-add"]').click();
  await page
    .locator('.palette:visible')
    .getByRole('button', { name: /^Dense/ })
    .first()
    .click();
  await expect(lines).toHaveCount(3);
  await expect(heading(page, en.model)).toHaveAttribute('aria-expanded', 'true');
});

test('pasting what is no layer names the problem at the list', async ({ page, context, browserName }) => {
  test.skip(browserName === 'firefox', LACKS.clipboard);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await ready(page);
  await open(page, en.model);
  for (const text of ['hello <b>', '{"dense":{"unit":3}}', '{"jitter":{}}', '[1]']) {
    await page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await page.getByRole('button', { name: en.pasteEntry }).click();
    await expect(page.locator('.list .problem')).toContainText(text);
    await expect(page.locator('.item')).toHaveCount(2);
  }
  await page.evaluate(() => navigator.clipboard.writeText('{"dense":{"units":3}}'));
  await page.getByRole('button', { name: en.pasteEntry }).click();
  await expect(page.locator('.item .what').last()).toHaveText('Dense · 3 · Tanh');
  await expect(page.locator('.list .problem')).toHaveCount(0);
});

test('a problem inside a folded layer unfolds it', async ({ page }) => {
  await ready(page);
  await open(page, en.model);
  await page.locator('.item .unfold').first().click();
  await enter(page, 'learner.net.layers[0].dense.units', '0');
  await page.locator('.item .unfold').nth(1).click();
  await expect(page.locator('.field:has([id="learner.net.layers[0].dense.units"]) > .problem')).toContainText('between 1 and 256');
});

test('numbers: powers of ten are read, arrows step, what is out of range stays and is named', async ({ page }) => {
  await ready(page);
  await open(page, en.optimizer);
  const rate = page.locator(`[id="${RATE}"]`);
  await enter(page, RATE, '1e-3');
  await expect(rate).toHaveValue('0.001');
  await rate.focus();
  await page.keyboard.press('ArrowUp');
  await expect(rate).toHaveValue('0.0012');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(rate).toHaveValue('0.0008');
  await enter(page, RATE, '99');
  await expect(page.locator(`.field:has([id="${RATE}"]) .problem`)).toContainText('between 1e-7 and 10');
  await expect(rate).toHaveValue('99');
  await page.getByRole('button', { name: en.step, exact: true }).click();
  await expect.poll(() => update(page)).toBe(1);
});

test('sliders stop at round values, whole numbers stay whole', () => {
  const rate = stops({ type: 'number', minimum: 1e-7, maximum: 10, default: 0.01, 'x-scale': 'log' });
  expect(rate.slice(0, 3)).toEqual([1e-7, 1.2e-7, 1.5e-7]);
  for (const stop of rate) expect(Number(stop.toPrecision(2))).toBe(stop);
  const units = stops({ type: 'integer', minimum: 1, maximum: 256, default: 8, 'x-scale': 'log' });
  expect(units).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256]);
  expect(stops({ type: 'number', minimum: 0, maximum: 0.5, default: 0.1 }).slice(0, 4)).toEqual([0, 0.005, 0.01, 0.015]);
  const penalty = stops({ type: 'number', minimum: 0, maximum: 10, default: 0, 'x-scale': 'log' });
  expect(penalty.slice(0, 2)).toEqual([0, 1e-5]);
  expect(stops({ type: 'integer', minimum: 0, maximum: 4294967295, default: 0 })).toBeNull();
  expect(next(null, 0.95, 1, false)).toBe(0.96);
  expect(next(units, 256, 1, true)).toBe(256);
  expect(next(units, 17, -1, true)).toBe(16);
});

/** The schemas that go into the page's engine, by name (`xtask/src/build.rs`). @type {Record<string, any>} */
const schemas = Object.fromEntries(
  ['experiment', 'surface', 'jobs'].map((name) => [
    name,
    JSON.parse(readFileSync(new URL(`../../target/schemas/${name}.json`, import.meta.url), 'utf8')),
  ]),
);

/** A part of a schema: `Adam` is a definition, `Adam.beta1` one of its fields, `.seed` a field of the whole, `Norm=l2` a choice or a word. @param {any} root @param {string} place */
function partAt(root, place) {
  const [, definition, property, value] = /** @type {string[]} */ (/^(\w*)(?:\.(\w+))?(?:=(\w+))?$/.exec(place));
  const whole = definition ? root.$defs[definition] : root;
  const part = property ? whole.properties[property] : whole;
  return value ? part.oneOf.find((/** @type {any} */ option) => option.const === value || option.properties?.[value]) : part;
}

/** What every part of a schema says by a key, with its place. @param {any} part @param {string} key @param {string} place @returns {[place: string, said: any][]} */
const saying = (part, key, place) =>
  part && typeof part === 'object'
    ? Object.entries(part).flatMap(([name, value]) =>
        name === key ? [/** @type {[string, any]} */ ([place, value])] : saying(value, key, `${place}/${name}`),
      )
    : [];

test('help is found by the place in the schema, so that settings of one name have their own', () => {
  const { experiment, surface, jobs } = schemas;
  /** [schema, place, entry; null for none] */
  for (const [root, place, entry] of [
    [experiment, '.seed', 'seed'],
    [experiment, 'Adam', 'adam'],
    [experiment, 'Adam.learning_rate', 'learning-rate'],
    // A factor of outliers, of a schedule, of a rate.
    [experiment, 'Iqr.factor', 'outlier'],
    [experiment, 'ReduceOnPlateau.factor', 'plateau'],
    [experiment, 'Rate.factor', 'learning-rate'],
    // A step of a curve is no schedule, a column of text no character model.
    [experiment, 'Shape=step', null],
    [experiment, 'Step2', 'step-schedule'],
    [experiment, 'Norm=l2', 'row-norm'],
    [experiment, 'Net.l2', 'l2'],
    [experiment, 'Every=updates', 'update'],
    [experiment, 'Every=epochs', 'epoch'],
    [surface, 'Saddle', 'saddle-point'],
    [jobs, 'Directions=trajectory', 'trajectory'],
  ])
    expect(partAt(root, place)['x-term'] ?? null, place).toBe(entry);
});

test('the entries of the glossary are whole, and every help leads to one', () => {
  const ids = all.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(45);
  for (const { id, name, text, where, formula, see = [] } of all) {
    for (const pair of [name, text, where, ...(Array.isArray(formula) ? [formula] : [])]) {
      expect(pair, id).toHaveLength(2);
      for (const part of pair) expect(part.trim(), id).not.toBe('');
    }
    for (const part of [text[1], where[1]]) expect(part, id).toMatch(/[\u4e00-\u9fff]/);
    expect(ids, id).toEqual(expect.arrayContaining(see));
    expect(see, id).not.toContain(id);
  }
  for (const [name, schema] of Object.entries(schemas)) {
    const said = saying(schema, 'x-term', name);
    expect(said, name).not.toEqual([]);
    expect(said.filter(([, term]) => !ids.includes(term))).toEqual([]);
  }
});

test('the glossary finds, links and speaks both languages', async ({ page }) => {
  // Looking for access problems of a hundred entries takes Firefox a while.
  test.slow();
  await page.goto('./?glossary=adam');
  await expect(page.locator('article.current h3')).toContainText('Adam');
  await expect(page.locator('#adam')).toBeInViewport();
  await page.getByRole('searchbox').fill('moment');
  await expect(page.locator('article')).not.toHaveCount(all.length);
  await expect(page.locator('#momentum')).toBeVisible();
  await page.locator('#momentum').getByRole('link', { name: 'Stochastic' }).click();
  await expect(page.locator('#sgd')).toBeInViewport();
  await page.getByRole('searchbox').fill('nonsense <b>');
  await expect(page.getByText('nonsense <b>')).toBeVisible();
  await page.getByRole('searchbox').fill('');
  await page.locator('#language').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('术语表');
  await expect(page).toHaveTitle(/术语表/);
  expect(await scan(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.getByRole('link', { name: '回到演示场' }).click();
  await expect(page.locator('#train-loss')).toBeVisible();
});

for (const theme of ['light', 'dark']) {
  test(`the rail is accessible at every depth, ${theme}`, async ({ page }) => {
    await inTheme(page, theme);
    await ready(
      page,
      '#{"augment":[{"jitter":{"std":0.2}}],"prepare":{"features":["x","y","x_squared"]},"learner":{"net":{"batch_size":8}}}',
    );
    await depth(page, en.lab);
    for (const name of [en.prepare, en.augment, en.model]) {
      await open(page, name);
      if (name !== en.prepare) await page.locator('.item .unfold').first().click();
      expect(await scan(page, '.rail')).toEqual([]);
    }
  });
}
