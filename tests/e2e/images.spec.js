/** Images of one's own, by class: chosen, dropped, made small; broken ones named; against what the engine itself sent. */
import { expect, test } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import { en } from '../../www/i18n/words.js';
import { counted, labelled, prefix } from '../../www/page/images/gather.js';
import { LACKS, listen, ready, scan } from './steps.js';

/** A PNG whose pixel at (x, y) has these red, green and blue. */
function png(width, height, at) {
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = Array.from({ length: height }, (_, y) => [0, ...Array.from({ length: width }, (_, x) => at(x, y)).flat()]);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
const RED = () => [255, 0, 0];
/** Black above, white below, wider than high, with green at both sides that the middle square has not. */
const HALVES = (x, y) => (x < 8 || x >= 24 ? [0, 255, 0] : y < 8 ? [0, 0, 0] : [255, 255, 255]);
const file = (name, buffer) => ({ name, mimeType: 'image/png', buffer });
const some = (n) => [
  ...Array.from({ length: n }, (_, at) => file(`red_${at}.png`, png(16, 16, RED))),
  ...Array.from({ length: n }, (_, at) => file(`half ${at}.png`, png(32, 16, HALVES))),
];
const dialog = (page) => page.locator('dialog.images');
const files = (page) => dialog(page).locator('input[type=file]').nth(1);
const sent = (page) =>
  page.evaluate(() => ({ ...window.sent.points, inputs: [...window.sent.points.inputs], targets: [...window.sent.points.targets] }));

test('a class is the folder, or what a name begins with', () => {
  expect(['cat12.png', 'big_dog.JPG', 'a cat (3).png', '7.png', 'tree-01.jpeg', '猫3.png'].map(prefix)).toEqual([
    'cat',
    'big',
    'a',
    '7',
    'tree',
    '猫',
  ]);
  const of = (...paths) => counted(labelled(paths.map((path) => ({ path, file: null }))));
  expect(of('pets/cat/1.png', 'pets/dog/1.png', 'pets/cat/2.png', 'pets/cat/notes.txt', 'pets/dog/.hidden.png')).toEqual([
    ['cat', 2],
    ['dog', 1],
  ]);
  expect(of('pets/cat1.png', 'pets/dog1.png')).toEqual([
    ['cat', 1],
    ['dog', 1],
  ]);
  expect(of('cat1.png', 'dog2.png', 'cat3.png')).toEqual([
    ['cat', 2],
    ['dog', 1],
  ]);
});

test('single files: counted by class, made small, shown, learned from', async ({ page }) => {
  await page.addInitScript(listen);
  await ready(page);
  await page.locator('#images').click();
  await expect(page.locator('#images-use')).toBeDisabled();
  await files(page).setInputFiles(some(3));
  await expect(dialog(page).locator('.problem')).toHaveText('At least 10 images of two classes are needed, got 6 of 2.');
  await files(page).setInputFiles(some(8));
  await expect(dialog(page).locator('.classes li')).toHaveText(['half 8', 'red 8']);
  await page.locator('#images-side').selectOption('8');
  await dialog(page).getByText(en.imagesColour, { exact: true }).click();
  expect(await scan(page, 'dialog.images')).toEqual([]);
  await page.locator('#images-use').click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.locator('.panel.map h2')).toContainText(en.galleryTitle);
  const points = await sent(page);
  expect(points.shape).toEqual({ kind: 'image', channels: 3, height: 8, width: 8 });
  expect([points.rows, points.classes]).toEqual([16, ['half', 'red']]);
  const red = points.targets.indexOf(1) * 192;
  expect(points.inputs.slice(red, red + 192)).toEqual([...Array(64).fill(1), ...Array(128).fill(0)]);
  // Of the others the middle square: black above, white below, nothing of the green at the sides.
  const half = points.targets.indexOf(0) * 192;
  for (const channel of [0, 1, 2]) {
    const part = points.inputs.slice(half + 64 * channel, half + 64 * channel + 64);
    expect(
      part
        .slice(0, 24)
        .concat(part.slice(40))
        .map((value) => Math.round(value * 20) / 20),
    ).toEqual([...Array(24).fill(0), ...Array(24).fill(1)]);
  }
  await expect(page.locator('[id="data.csv.path"]')).toHaveValue('images-8.csv');
  await page.getByRole('button', { name: en.undo }).click();
  await expect(page.locator('[id=data]')).toHaveValue('spiral');
});

test('a folder with a folder a class, in grey; broken files are named and left out', async ({ page, browserName }, info) => {
  test.skip(browserName === 'firefox', LACKS.folders);
  await page.addInitScript(listen);
  await ready(page);
  const root = info.outputPath('pets');
  for (const [kind, at] of [
    ['cat', RED],
    ['dog', HALVES],
  ]) {
    mkdirSync(`${root}/${kind}`, { recursive: true });
    for (let n = 0; n < 6; n++) writeFileSync(`${root}/${kind}/${n}.png`, png(32, 16, at));
  }
  writeFileSync(`${root}/cat/broken.png`, 'no image');
  writeFileSync(`${root}/cat/readme.txt`, 'no image');
  await page.locator('#images').click();
  await dialog(page).locator('input[type=file]').first().setInputFiles(root);
  await expect(dialog(page).locator('.classes li')).toHaveText(['cat 7', 'dog 6']);
  await page.locator('#images-side').selectOption('12');
  await page.locator('#images-use').click();
  await expect(dialog(page).locator('.problem')).toContainText('Not images that this browser can read (1): pets/cat/broken.png.');
  await expect(dialog(page).locator('.classes li')).toHaveText(['cat 6', 'dog 6']);
  await page.locator('#images-use').click();
  await expect(dialog(page)).toHaveCount(0);
  await expect.poll(async () => (await sent(page)).rows).toBe(12);
  const points = await sent(page);
  expect(points.shape).toEqual({ kind: 'image', channels: 1, height: 12, width: 12 });
  expect(points.classes).toEqual(['cat', 'dog']);
  // Red is 0.299 of white.
  expect(points.inputs[points.targets.indexOf(0) * 144]).toBeCloseTo(76 / 255, 3);
  await expect(page.locator('[id="data.csv.path"]')).toHaveValue('pets-12.csv');
});

test('hundreds are dropped and read with progress, and the page stays alive', async ({ page }) => {
  await page.addInitScript(listen);
  await ready(page);
  const pictures = [png(96, 96, (x, y) => [x * 2, y * 2, 99]), png(96, 96, (x, y) => [y * 2, x * 2, 9])].map((buffer) => [...buffer]);
  await page.evaluate((pictures) => {
    const held = new DataTransfer();
    for (let n = 0; n < 400; n++)
      held.items.add(new File([new Uint8Array(pictures[n % 2])], `${['rising', 'falling'][n % 2]}${n}.png`, { type: 'image/png' }));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: held, cancelable: true }));
  }, pictures);
  await expect(dialog(page).locator('.classes li')).toHaveText(['falling 200', 'rising 200']);
  await page.locator('#images-side').selectOption('32');
  const most = await page.evaluate(async () => {
    document.querySelector('#images-use').click();
    let [frames, seen] = [0, 0];
    while (window.sent.points.rows !== 400) {
      await new Promise(requestAnimationFrame);
      frames++;
      seen = Math.max(seen, document.querySelector('dialog.images progress')?.value ?? 0);
    }
    return { frames, seen };
  });
  expect(most.seen).toBeGreaterThan(10);
  // The page drew while they were read.
  expect(most.frames).toBeGreaterThan(10);
  await expect(page.locator('.panel.map h2')).toContainText(en.galleryTitle);
});
