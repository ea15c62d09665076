import { expect, test } from '@playwright/test';
import { styleOf } from '../../www/views/network/edges.js';
import { beside, edgeAt, layoutOf as networkLayout } from '../../www/views/network/layout.js';
import { labelsFor, layoutOf as treeLayout, nodeAt } from '../../www/views/tree/layout.js';
import { over, ready as open, scan } from './steps.js';

const ready = async (page, experiment = {}) => {
  await page.goto('about:blank');
  await open(page, `#${encodeURIComponent(JSON.stringify(experiment))}`);
};
const net = (layers, more = {}) => ({
  ...more,
  learner: { net: { layers: layers.map((units) => ({ dense: { units, activation: { tanh: {} } } })) } },
});
const unit = (page, layer, at) => page.locator(`[data-unit="${layer},${at}"]`);
const loss = (page) => page.locator('#train-loss').textContent();
const number = async (locator) => Number(await locator.inputValue());

test('a unit more on the drawing is a unit more in the model and in the address', async ({ page }) => {
  await ready(page, net([4, 3]));
  await expect(page.locator('#parameters')).toHaveText('31 parameters');
  await page.getByRole('button', { name: 'One unit more: Hidden layer 1' }).click();
  await expect(page.locator('#parameters')).toHaveText('37 parameters');
  await expect(page.getByRole('status')).toContainText('Restarted');
  await expect(page.locator('.drawing small').nth(0)).toHaveText(/=\s15$/);
  await expect.poll(() => decodeURIComponent(page.url())).toContain('"units":5');
  await page.getByRole('button', { name: 'One unit fewer: Hidden layer 2' }).click();
  await expect(page.locator('#parameters')).toHaveText('30 parameters');
});

test('layers are added where one clicks, like the last one, and removed', async ({ page }) => {
  await ready(page, net([4, 3]));
  await page.getByRole('button', { name: 'Add a layer here, as hidden layer 1' }).click();
  await expect(page.locator('#parameters')).toHaveText(`${3 * 3 + 4 * 4 + 3 * 5 + 4} parameters`);
  await page.locator('.heads .head').nth(2).hover();
  await page.getByRole('button', { name: 'Remove Hidden layer 2' }).click();
  await expect(page.locator('#parameters')).toHaveText(`${3 * 3 + 3 * 4 + 4} parameters`);
  for (let left = 0; left < 2; left++) {
    await page.locator('.heads .head').nth(1).hover();
    await page.getByRole('button', { name: 'Remove Hidden layer 1' }).click();
  }
  await expect(page.locator('#parameters')).toHaveText('3 parameters');
  await page.getByRole('button', { name: 'Add a layer here' }).click();
  await expect(page.locator('#parameters')).toHaveText(`${3 * 8 + 9} parameters`);
});

test('limits are named and hold', async ({ page }) => {
  await ready(page, net([1, 256]));
  const fewer = page.getByRole('button', { name: 'One unit fewer: Hidden layer 1' });
  await expect(fewer).toBeDisabled();
  await expect(fewer).toHaveAttribute('title', /at least 1/);
  const more = page.getByRole('button', { name: 'One unit more: Hidden layer 2' });
  await expect(more).toHaveAttribute('title', /at most 256/);
  await more.dispatchEvent('click');
  await ready(page, net(Array(20).fill(2)));
  await page.locator('button.head').nth(6).click();
  await expect(page.getByRole('button', { name: 'Add a layer after Hidden layer 7' })).toHaveAttribute('title', /at most 20/);
  await page.getByRole('button', { name: 'Remove Hidden layer 7' }).click();
  await expect(page.locator('button.head')).toHaveCount(19);
});

test('hover and the keyboard show a unit with its weights; a pinned one stays while training', async ({ page }) => {
  await ready(page, net([3]));
  await unit(page, 1, 1).hover();
  const panel = page.locator('.inspector');
  await expect(panel).toContainText('Hidden layer 1, unit 2');
  await expect(panel.locator('.row')).toHaveCount(3);
  await page.mouse.move(5, 5);
  await expect(panel).toHaveCount(0);

  await unit(page, 0, 0).focus();
  await page.keyboard.press('ArrowRight');
  await expect(panel).toContainText('Hidden layer 1');
  await page.keyboard.press('ArrowRight');
  await expect(panel).toContainText('Output, unit 1');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Output, unit 1' });
  await expect(dialog.getByRole('spinbutton')).toHaveCount(4);
  const weights = await Promise.all([1, 2, 3].map((at) => number(dialog.getByRole('spinbutton').nth(at))));
  expect(weights.map(Math.abs)).toEqual(weights.map(Math.abs).sort((a, b) => b - a));
  const before = await number(dialog.getByRole('spinbutton').nth(1));
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(() => number(dialog.getByRole('spinbutton', { name: 'Bias' }))).not.toBe(0);
  expect(weights).toContain(before);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('a weight set by hand changes the loss and training goes on from it', async ({ page }) => {
  await ready(page, net([3]));
  await unit(page, 2, 0).click();
  const dialog = page.getByRole('dialog');
  const first = await loss(page);
  const weight = dialog.getByRole('spinbutton').nth(1);
  await over(weight, '2.5');
  await weight.press('Enter');
  await expect(page.locator('#train-loss')).not.toHaveText(first);
  await expect(weight).toHaveValue('2.5');
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(() => number(weight)).not.toBe(2.5);
  await expect.poll(async () => Math.abs((await number(weight)) - 2.5)).toBeLessThan(0.05);
  const bias = dialog.getByRole('spinbutton', { name: 'Bias' });
  await over(bias, '7');
  await bias.press('Escape');
  await expect.poll(() => number(bias)).toBeLessThan(1);
  await expect(dialog).toBeVisible();
});

test('an edge under the pointer tells its weight, and a click opens the unit that it goes to', async ({ page }) => {
  await ready(page, net([2]));
  const [from, to] = [await unit(page, 0, 1).boundingBox(), await unit(page, 1, 1).boundingBox()];
  const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2];
  const [ax, ay] = middle(from);
  const [bx, by] = middle(to);
  await page.mouse.move((ax + bx) / 2, (ay + by) / 2 + 40);
  await page.mouse.move((ax + bx) / 2, (ay + by) / 2);
  const note = page.locator('.drawing .note');
  await expect(note).toContainText('y → unit 2');
  const told = Number((await note.textContent()).split(': ').pop());
  await page.mouse.click((ax + bx) / 2, (ay + by) / 2);
  await expect(note).toHaveCount(0);
  const dialog = page.getByRole('dialog', { name: 'Hidden layer 1, unit 2' });
  const weights = await Promise.all(['x', 'y'].map((name) => number(dialog.getByRole('spinbutton', { name }))));
  expect(weights.some((weight) => Math.abs(weight - told) < 1e-3 * Math.abs(told))).toBe(true);
});

test('all weights of a wide layer are listed and the last of them can be set', async ({ page }) => {
  await ready(page, net([24]));
  await unit(page, 2, 0).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('spinbutton')).toHaveCount(25);
  const last = dialog.getByRole('spinbutton', { name: 'unit 24' });
  const old = await loss(page);
  await over(last, '-3');
  await last.press('Enter');
  await expect(page.locator('#train-loss')).not.toHaveText(old);
  await expect(last).toHaveValue('-3');
});

test('a panel stays in the window and off its unit, and the page has no access problems with it', async ({ page }) => {
  await ready(page, net([8, 8, 8]));
  for (const at of ['0,1', '1,0', '1,7', '3,7', '4,0']) {
    await unit(page, ...at.split(',')).click();
    const box = await page.locator('.inspector.pinned').boundingBox();
    const own = await unit(page, ...at.split(',')).boundingBox();
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(1366);
    expect(box.y + box.height).toBeLessThanOrEqual(768);
    const middle = own.x + own.width / 2;
    expect(box.x > middle || box.x + box.width < middle).toBe(true);
    if (at !== '4,0') await page.keyboard.press('Escape');
  }
  expect(await scan(page, '.model')).toEqual([]);
});

const tree = { learner: { tree: { max_depth: 3 } } };
/** A tree grown to its end. */
const grown = async (page) => {
  await ready(page, tree);
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(page.getByRole('button', { name: 'Restart' })).toBeVisible();
};
/** Pixels of the drawing in the accent colour. Runs in the page. */
function lit(canvas) {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let at = 0; at < data.length; at += 4)
    if (data[at] === 11 && data[at + 1] === 95 && data[at + 2] === 165 && data[at + 3] === 255) count++;
  return count;
}

test('a node of the tree tells its rows, its answer and the way to it, and its way is lit', async ({ page }) => {
  await grown(page);
  const drawing = page.locator('.tree-drawing');
  const readout = drawing.locator('.readout');
  const dark = await drawing.locator('canvas').first().evaluate(lit);
  await page.keyboard.press('Escape');
  await drawing.focus();
  await page.keyboard.press('ArrowUp');
  await expect(readout).toContainText('350 of 350 samples');
  await page.keyboard.press('ArrowDown');
  await expect(readout.locator('li')).toHaveCount(1);
  const yes = await readout.textContent();
  const question = await readout.locator('li').textContent();
  await page.keyboard.press('ArrowRight');
  await expect(readout.locator('li')).toHaveText(question.replace('≤', '>'));
  const no = await readout.textContent();
  const rows = (text) => Number(/^(\d+) of/.exec(text)[1]);
  expect(rows(yes) + rows(no)).toBe(350);
  await expect.poll(() => drawing.locator('canvas').first().evaluate(lit)).toBeGreaterThan(dark + 100);
  await page.keyboard.press('Escape');
  await expect(readout).toHaveCount(0);
  await expect(page.locator('#update')).not.toHaveText('0');
});

test('pointing at a node shows it, a click keeps it, access is without problems', async ({ page }) => {
  await grown(page);
  const drawing = page.locator('.tree-drawing');
  const readout = drawing.locator('.readout');
  const box = await drawing.boundingBox();
  // The root is the only node of its height.
  let at = null;
  for (let x = 10; x < box.width && at === null; x += 12) {
    await page.mouse.move(box.x + x, box.y + 18);
    if (await readout.count()) at = x;
  }
  expect(at).not.toBeNull();
  await expect(readout).toContainText('350 of 350 samples');
  await page.mouse.move(5, 5);
  await expect(readout).toHaveCount(0);
  await page.mouse.click(box.x + at, box.y + 18);
  await page.mouse.move(5, 5);
  await expect(readout).toContainText('350 of 350 samples');
  expect(await scan(page, '.model')).toEqual([]);
});

test('what is drawn where is pure: faded edges, panels beside, nodes under the pointer, labels over nothing', () => {
  expect(styleOf(0.005)).toBe(-1);
  expect(styleOf(NaN)).toBe(-1);
  expect(styleOf(1)).not.toBe(styleOf(-1));
  const measure = (text) => 7 * text.length;
  for (const [width, height] of [
    [320, 380],
    [404, 430],
    [660, 640],
  ]) {
    for (const count of [0, 1, 3, 20]) {
      const shown = [2, ...Array(count).fill(8), 3];
      const layout = networkLayout({
        shown,
        units: shown.map((units) => units * 8),
        names: ['x', 'a feature with a very long name'],
        ends: ['a', 'b', 'c'],
        width,
        height,
        coarse: false,
        measure,
      });
      for (const { units } of layout.columns) {
        for (const { left, top } of units) {
          expect(left).toBeGreaterThanOrEqual(0);
          expect(left + layout.box).toBeLessThanOrEqual(width);
          expect(top).toBeGreaterThanOrEqual(layout.top - 1);
          expect(top + layout.box).toBeLessThanOrEqual(height);
        }
        for (let unit = 1; unit < units.length; unit++) expect(units[unit].top - units[unit - 1].top).toBeGreaterThanOrEqual(layout.box);
      }
    }
  }
  const two = networkLayout({ shown: [2, 2], units: [2, 2], names: [], ends: [], width: 300, height: 300, coarse: false, measure });
  const [a, b] = two.columns;
  const spot = (column, at) => column.units[at].top + two.box / 2;
  expect(edgeAt(two, 20, (a.centre + b.centre) / 2, (spot(a, 0) + spot(b, 0)) / 2, () => true)).toEqual([1, 0, 0]);
  expect(edgeAt(two, 20, a.centre + 22, spot(a, 1), () => true)?.[2]).toBe(1);
  expect(edgeAt(two, 20, (a.centre + b.centre) / 2, spot(a, 0), () => false)).toBe(null);
  expect(edgeAt(two, 20, a.centre, spot(a, 0), () => true)).toBe(null);
  const of = { left: 300, top: 300, right: 340, bottom: 340 };
  for (const [width, height] of [
    [390, 844],
    [1366, 768],
    [640, 480],
  ]) {
    const place = beside(of, { width: 264, height: 420 }, { left: 0, top: 0, right: width, bottom: height }, { width, height });
    const [right, bottom] = [place.left + 264, place.top + Math.min(420, place.most)];
    expect(place.left >= 340 || right <= 300 || place.top >= 340 || bottom <= 300).toBe(true);
    expect(place.left >= 0 && place.top >= 0 && right <= width && bottom <= height).toBe(true);
  }
  const leaf = (depth) => ({ depth, rows: 5, impurity: 0, value: [1], split: null });
  const nodes = [
    { ...leaf(0), rows: 15, split: { feature: 0, threshold: 1, left: 1, right: 2 } },
    leaf(1),
    { ...leaf(1), rows: 10, split: { feature: 0, threshold: 2, left: 3, right: 4 } },
    leaf(2),
    leaf(2),
  ];
  const layout = treeLayout(nodes, 300, 200);
  nodes.forEach((_, at) => expect(nodeAt(layout, layout.x[at] + 3, layout.y[at] - 3, 16)).toBe(at));
  expect(nodeAt(layout, 0, 199, 16)).toBe(null);
  expect(labelsFor(layout, nodes, () => 'x ≤ 1', ['yes', 'no'], measure).map(({ text }) => text)).toEqual(['x ≤ 1', 'yes', 'no', 'x ≤ 1']);
  expect(labelsFor(treeLayout(nodes, 300, 64), nodes, () => 'a question far too long', ['yes', 'no'], measure).length).toBeLessThan(4);
});
