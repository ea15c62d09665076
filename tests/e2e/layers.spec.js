/** Layers of every kind: what can be added, what they come to while they are edited, how they are drawn, what is told of each. */
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { en, zh } from '../../www/i18n/words.js';
import { layoutOf, walk } from '../../www/views/architecture/layout.js';
import { attentionSheet, outputSheet, placed, tensorSheet } from '../../www/views/architecture/sheets.js';
import { columnsOf, drawnOf } from '../../www/views/network/columns.js';
import { LACKS, enter, inTheme, ready as open, scan, update } from './steps.js';

const presets = JSON.parse(readFileSync(new URL('../../presets/networks.json', import.meta.url), 'utf8'));
const preset = (id) => presets.find((one) => one.id === id).experiment;

const ready = (page, experiment = {}) => open(page, `#${encodeURIComponent(JSON.stringify(experiment))}`);
const net = (layers, more = {}) => ({ ...more, learner: { net: { layers } } });
/** Opens the section of the model. */
const model = (page) => page.locator('.rail h2 button', { hasText: en.model }).click();
const notes = (page) => page.locator('.item small');
const total = (page, name) => page.locator('#totals div', { hasText: name }).locator('dd');
/** Adds a layer by its name in the palette. */
const add = async (page, name) => {
  await page.locator('[id="learner.net.layers-add"]').click();
  await page.locator('.palette:visible button', { has: page.getByText(name, { exact: true }) }).click();
};

test('shapes, parameters and totals follow every edit', async ({ page }) => {
  await ready(page, net([{ dense: { units: 4 } }, { dense: { units: 3 } }]));
  await model(page);
  await expect(notes(page)).toHaveText(['→ 4 · 12 params', '→ 3 · 15 params']);
  await expect(total(page, en.totalParameters)).toHaveText('31');
  await expect(total(page, en.totalWork)).toHaveText(String(2 * 4 + 4 * 3 + 3));
  await page.locator('.item .unfold').first().click();
  await enter(page, 'learner.net.layers[0].dense.units', '10');
  await expect(notes(page)).toHaveText(['→ 10 · 30 params', '→ 3 · 33 params']);
  await add(page, 'Dropout');
  await expect(notes(page)).toHaveText(['→ 10 · 30 params', '→ 10', '→ 3 · 33 params']);
  await expect(total(page, en.totalMemory)).toHaveText(/^\d.* kB$/);
});

test('where layers do not fit, the issue stands at the layer, and what comes before it is still known', async ({ page }) => {
  await ready(page, net([{ dense: { units: 4 } }]));
  await model(page);
  await add(page, 'LSTM');
  await expect(page.locator('.item').nth(1).locator('.problem')).toContainText('layer 2 (LSTM) needs a sequence');
  await expect(notes(page).first()).toHaveText('→ 4 · 12 params');
  await expect(total(page, en.totalParameters)).toHaveText('–');
  await page.keyboard.press('Control+z');
  await expect(total(page, en.totalParameters)).toHaveText('17');
});

test('within a residual block as well', async ({ page }) => {
  const block = (units) => ({ residual: { layers: [{ dense: { units: 6 } }, { dense: { units } }] } });
  await ready(page, net([{ dense: { units: 4 } }, block(4)]));
  await model(page);
  await expect(notes(page)).toHaveText(['→ 4 · 12 params', '→ 4 · 58 params']);
  await page.locator('.item .unfold').nth(1).click();
  await expect(notes(page)).toHaveText(['→ 4 · 12 params', '→ 4 · 58 params', '→ 6 · 30 params', '→ 4 · 28 params']);
  await page.locator('[id="learner.net.layers[1].residual.layers-add"]').click();
  await page.locator('.palette:visible button', { has: page.getByText('GRU', { exact: true }) }).click();
  await expect(page.locator('.item .item .problem')).toContainText('needs a sequence');
});

test('the palette shows every kind in a group and says what it does, without access problems', async ({ page }) => {
  await ready(page);
  await model(page);
  const button = page.locator('[id="learner.net.layers-add"]');
  await button.focus();
  await page.keyboard.press('Enter');
  const palette = page.locator('.palette:visible');
  await expect(palette.locator('h3', { hasText: en.group_other })).toHaveCount(0);
  const lines = await palette
    .locator('button')
    .evaluateAll((buttons) => buttons.map((one) => [...one.children].map((part) => part.textContent)));
  expect(lines.length).toBeGreaterThan(10);
  for (const [title, said] of lines) expect(title && said && said.length > 20, `${title}: ${said}`).toBe(true);
  expect(await scan(page, '.rail')).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
});

const block = (page, path) => page.locator(`.architecture [data-path="${path}"]`);
const play = (page) => page.getByRole('button', { name: /^Play/ }).click();
const step = async (page, count) => {
  for (let at = 0; at < count; at++) await page.getByRole('button', { name: en.step, exact: true }).click();
  await expect.poll(() => update(page)).toBe(count);
};
const axe = async (page) => {
  expect(await scan(page)).toEqual([]);
};
/** How many different colours a canvas holds in a box: a picture has many, an empty place one. Runs in the page. */
const colours = (canvas, { x, y, width, height }) => {
  const ratio = devicePixelRatio;
  const { data } = canvas.getContext('2d').getImageData(x * ratio, y * ratio, width * ratio, height * ratio);
  return new Set(new Uint32Array(data.buffer)).size;
};

test('layers that change numbers in their place are bands between columns of units', async ({ page }) => {
  await ready(
    page,
    net([
      { dense: { units: 5, activation: { linear: {} } } },
      { batch_norm: {} },
      { activation: {} },
      { dropout: {} },
      { dense: { units: 3 } },
    ]),
  );
  await expect(page.locator('.drawing .band')).toHaveCount(3);
  await expect(page.locator('.drawing .band').nth(1)).toHaveAccessibleName('ReLU');
  // Columns count layers as the form does, bands included.
  await expect(page.getByRole('button', { name: 'One unit more: Hidden layer 5' })).toBeVisible();
  await page.getByRole('button', { name: 'One unit more: Hidden layer 5' }).click();
  await expect.poll(() => decodeURIComponent(page.url())).toContain('"units":4');
  await page.getByRole('button', { name: 'Add a layer here, as hidden layer 5' }).click();
  await expect.poll(() => decodeURIComponent(page.url())).toMatch(/dropout.*dense.*dense/);
  await page.keyboard.press('Control+z');
  await page.locator('[data-unit="2,1"]').click();
  await expect(page.getByRole('dialog', { name: 'Hidden layer 5, unit 2' }).getByRole('spinbutton')).toHaveCount(6);
  await axe(page);
});

test('a network over images is drawn as blocks, which change while it trains', async ({ page }) => {
  await ready(page, preset('lenet'));
  await expect(page.locator('.architecture button.block')).toHaveCount(9);
  await expect(block(page, '1')).toHaveAccessibleName('1 Convolution, 6×8×8, 156 params');
  await expect(block(page, '8')).toHaveAccessibleName(/^8 Output, 10/);
  const canvas = page.locator('.architecture canvas').first();
  const boxes = await page
    .locator('.architecture button.block')
    .evaluateAll((all) => all.map((one) => ({ x: one.offsetLeft + 8, y: one.offsetTop + 2, width: one.offsetWidth - 16, height: 40 })));
  for (const [at, box] of boxes.entries())
    await expect.poll(() => canvas.evaluate(colours, box), { message: `block ${at}` }).toBeGreaterThan(2);
  const before = await canvas.evaluate((canvas) => canvas.toDataURL());
  await play(page);
  await expect.poll(() => update(page)).toBeGreaterThan(3);
  await expect.poll(() => canvas.evaluate((canvas) => canvas.toDataURL())).not.toBe(before);
  await page.getByRole('button', { name: 'Pause' }).click();
  // Another row, other pictures: the row is chosen among the answers.
  const input = () =>
    canvas.evaluate(
      (canvas, { x, y, width, height }) =>
        [
          ...canvas
            .getContext('2d')
            .getImageData(x * devicePixelRatio, y * devicePixelRatio, width * devicePixelRatio, height * devicePixelRatio).data,
        ].join(),
      boxes[0],
    );
  const shown = await input();
  await page.getByRole('application', { name: en.galleryTitle }).focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(input).not.toBe(shown);
});

test('a block tells what it is under the pointer, and opened its numbers, by mouse and by keyboard', async ({ page }) => {
  await ready(page, preset('lenet'));
  await block(page, '3').hover();
  const card = page.locator('.card');
  await expect(card).toContainText('3 Convolution');
  await expect(card).toContainText('880 parameters');
  await block(page, '3').click();
  const dialog = page.getByRole('dialog', { name: '3 Convolution' });
  await expect(dialog).toContainText('3.weight');
  await expect(dialog).toContainText(en.layerUntrained);
  // Exact numbers: filters by the keyboard, the output under the pointer.
  const numbers = dialog.locator('.numbers');
  await numbers.first().hover({ position: { x: 150, y: 60 } });
  await expect(dialog.locator('.told').first()).toHaveText(/^channel \d+, row \d, column \d: −?[\d.e+-]+$/);
  await numbers.nth(1).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(dialog.locator('.told').nth(1)).toHaveText(/^to 1, from 1, row 1, column 2: −?[\d.e+-]+$/);
  await step(page, 2);
  await expect(dialog).toContainText(en.layerHealthy);
  await expect(dialog.locator('.spread canvas')).toHaveCount(3);
  await dialog.getByRole('button', { name: en.measureTime }).click();
  await expect(dialog).toContainText(/Forward [\d.]+ .s, backward [\d.]+ .s for 32 samples/);
  await axe(page);
  await dialog.getByRole('button', { name: en.layerAfter }).click();
  await expect(page.getByRole('dialog', { name: '4 Average pooling' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('.card.pinned')).toHaveCount(0);
  await expect(block(page, '4')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: '5 Flatten' })).toBeVisible();
});

test('attention, hidden states and residual blocks are seen from inside', async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await ready(page, preset('transformer'));
  await expect(page.locator('.architecture button.loop')).toHaveCount(2);
  await block(page, '3,1').click();
  const dialog = page.getByRole('dialog', { name: '3.2 Self-attention' });
  await dialog.locator('.numbers').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(dialog.locator('.told').first()).toHaveText(/^head 1, step 2 attends, to step 1: 0\.\d+$/);
  await dialog.getByRole('button', { name: 'within Residual block' }).click();
  const whole = page.getByRole('dialog', { name: '3 Residual block' });
  await expect(whole.locator('.inner button')).toHaveCount(2);
  await whole.locator('.inner button').first().click();
  await expect(page.getByRole('dialog', { name: '3.1 Layer norm' })).toBeVisible();
  await axe(page);
});

test('the table lists all layers with costs, spreads and times, in both languages', async ({ page }) => {
  await ready(page, preset('gru'));
  await step(page, 3);
  await page.locator('.model').getByText(en.viewLayers, { exact: true }).click();
  const rows = page.locator('.layers-table tbody');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(0)).toContainText('1 GRU');
  await expect(rows.nth(0).locator('canvas')).toHaveCount(3);
  await page.getByRole('button', { name: en.measureAll }).click();
  await expect(page.locator('.layers-table tfoot')).toContainText(/[\d.]+ .s[\d.]+ .s/);
  for (let at = 0; at < 3; at++) await expect(rows.nth(at)).not.toContainText('–');
  await rows.nth(1).getByRole('button').click();
  await expect(page.getByRole('dialog', { name: '2 GRU' })).toContainText('1.weight_hh_l0');
  await page.keyboard.press('Escape');
  await axe(page);
  await page.locator('#language').click();
  await expect(page.locator('.layers-table thead')).toContainText(zh.tableLayer);
  await page.locator('.model').getByText(zh.viewDrawing, { exact: true }).click();
  await expect(page.locator('.architecture')).toBeVisible();
});

test('what is wrong with a layer is named where it stands', async ({ page }) => {
  await ready(page, net(Array.from({ length: 10 }, () => ({ dense: { units: 8, activation: { sigmoid: {} } } }))));
  await step(page, 2);
  await page.locator('.model').getByText(en.viewLayers, { exact: true }).click();
  await expect(page.locator('.layers-table .verdict').first()).toContainText(en.fault_vanishing);
  await expect(page.locator('.layers-table .verdict').first()).toContainText('times smaller than the output layer');
  await expect(page.locator('.layers-table tbody').last()).not.toHaveClass(/ill/);
  // On blocks as a mark, spoken with the block.
  const deep = Array.from({ length: 10 }, () => ({ dense: { units: 8, activation: { sigmoid: {} } } }));
  await page.goto('about:blank');
  await ready(page, net(deep, { data: { digits: {} } }));
  await step(page, 2);
  await expect(block(page, '1')).toHaveAccessibleName(/The gradient vanishes\.$/);
});

for (const { id, rows, experiment } of presets) {
  test(`one click makes it: ${id}`, async ({ page }) => {
    await ready(page);
    await model(page);
    await page.locator('#presets').click();
    const choice = page.locator(`[data-preset="${id}"]`);
    const brings = !rows.includes('flat');
    await expect(choice.locator('small')).toHaveCount(brings ? 1 : 0);
    await choice.click();
    await expect(page.locator('#presets small')).not.toHaveText(en.presetNone);
    const data = brings ? Object.keys(experiment.data)[0] : 'spiral';
    if (brings) await expect.poll(() => decodeURIComponent(page.url())).toContain(`"${data}"`);
    await expect(page.locator('.rail .count')).toHaveCount(0);
    await step(page, 3);
    await expect(page.locator('.rail .problem')).toHaveCount(0);
    await page.keyboard.press('Control+z');
    await expect.poll(() => new URL(page.url()).hash).toBe('');
  });
}

test('on a phone blocks are touched, the card fits, nothing is cut off', async ({ browser, browserName }) => {
  test.skip(browserName === 'firefox', LACKS.touch);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await ready(page, preset('residual'));
  await page.locator('#tab-model').tap();
  await page.locator('.handle').tap();
  for (const button of await page.locator('.architecture button.block').all()) {
    const box = await button.boundingBox();
    expect(box.width).toBeGreaterThanOrEqual(44);
    expect(box.height).toBeGreaterThanOrEqual(44);
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(390);
  }
  await block(page, '4').tap();
  const box = await page.locator('.card.pinned').boundingBox();
  expect(box.x >= 0 && box.x + box.width <= 390 && box.y >= 0 && box.y + box.height <= 844).toBe(true);
  await page.locator('.card .inner button').first().tap();
  await expect(page.getByRole('dialog', { name: '4.1 Convolution' })).toBeVisible();
  await page.locator('.card').getByRole('button', { name: en.closeUnit }).tap();
  await page.locator('.model').getByText(en.viewLayers, { exact: true }).tap();
  await expect(page.locator('.layers-table tbody')).toHaveCount(9);
  await axe(page);
  await context.close();
});

test('blocks, table and card have no access problems in the dark and in Chinese', async ({ page }) => {
  await inTheme(page, 'dark');
  await ready(page, preset('lenet'));
  await step(page, 2);
  await page.locator('#language').click();
  await block(page, '1').click();
  await axe(page);
  await page.keyboard.press('Escape');
  await page.locator('.model').getByText(zh.viewLayers, { exact: true }).click();
  await expect(page.locator('.layers-table')).toBeVisible();
  await axe(page);
});

test('what is fetched when it is needed is in the one file too', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', 'what only one browser can tell is told by Chromium');
  await page.goto(
    `${pathToFileURL(fileURLToPath(new URL('../../dist/descent.html', import.meta.url))).href}#${encodeURIComponent(JSON.stringify(preset('lstm')))}`,
  );
  await expect(page.locator('.architecture button.block')).toHaveCount(3);
});

test('where blocks stand and where numbers lie is pure', () => {
  const node = (thin = false, inside = []) => ({ thin, inside });
  const many = Array.from({ length: 22 }, (_, at) => node(at % 5 === 3));
  const loops = [node(), node(false, [node(), node(true), node()]), node(true), node(false, [node(), node()]), node()];
  for (const nodes of [many, loops, [node(), node()]]) {
    for (const [width, height] of [
      [390, 430],
      [340, 560],
      [540, 640],
      [1000, 600],
    ]) {
      const layout = layoutOf({ nodes, width, height, text: 15, third: 70, coarse: false });
      expect(layout.height, `${nodes.length} in ${width} × ${height}`).toBe(height);
      const boxes = layout.blocks;
      for (const [at, { left, top, width: wide, height: high }] of boxes.entries()) {
        expect(left >= 0 && left + wide <= width && top >= 0 && top + high <= height).toBe(true);
        for (const other of boxes.slice(at + 1))
          expect(
            left + wide <= other.left || other.left + other.width <= left || top + high <= other.top || other.top + other.height <= top,
          ).toBe(true);
      }
      expect(walk(layout, 0, 'ArrowRight')).toBe(1);
      expect(walk(layout, 0, 'End')).toBe(boxes.length - 1);
      expect(walk(layout, 0, 'a')).toBe(null);
    }
  }
  expect(layoutOf({ nodes: loops, width: 1000, height: 600, text: 15, third: 70, coarse: false }).loops).toHaveLength(2);

  const image = outputSheet({ kind: 'image', channels: 3, height: 2, width: 2 }, 1);
  expect([image.wide, image.high]).toEqual([5, 5]);
  expect(image.index.filter((at) => at >= 0).sort((a, b) => a - b)).toEqual(Int32Array.from({ length: 12 }, (_, at) => at));
  expect(image.place(11)).toEqual([
    ['channel', 2],
    ['row', 1],
    ['column', 1],
  ]);
  const steps = outputSheet({ kind: 'sequence', steps: 4, features: 3 }, 1);
  expect([steps.wide, steps.high, steps.index[1], steps.index[4]]).toEqual([4, 3, 3, 1]);
  const units = outputSheet({ kind: 'flat', units: 40 }, 1);
  expect(units.wide * units.high).toBeGreaterThanOrEqual(40);
  expect(placed(outputSheet({ kind: 'flat', units: 1 }, 1), 100, 100).height).toBeLessThan(30);
  expect(attentionSheet({ heads: 2, steps: 3 }, 2).place(17)).toEqual([
    ['head', 1],
    ['asks', 2],
    ['asked', 2],
  ]);
  expect(tensorSheet([4, 2, 3, 3], 2).place(71)).toEqual([
    ['output', 3],
    ['input', 1],
    ['row', 2],
    ['column', 2],
  ]);
  const tall = tensorSheet([64, 2], 2);
  expect([tall.wide, tall.high, tall.index[64]]).toEqual([64, 2, 1]);

  const layers = [
    { shown: 2, fan_in: 0 },
    { shown: 3, fan_in: 2 },
    { shown: 3, fan_in: 0, name: 'dropout', activation: '' },
    { shown: 1, fan_in: 3 },
  ];
  const columns = columnsOf(layers);
  expect(columns.map(({ at, passed }) => [at, passed.length])).toEqual([
    [0, 0],
    [1, 1],
    [3, 0],
  ]);
  const drawn = drawnOf(
    { view: { layers }, neurons: Float32Array.from([0, 0, 1, 1, 10, 10, 11, 11, 12, 12, 20, 20, 21, 21, 22, 22, 30, 30]) },
    columns,
  );
  expect([...drawn.neurons]).toEqual([0, 0, 1, 1, 10, 10, 11, 11, 12, 12, 30, 30]);
});
