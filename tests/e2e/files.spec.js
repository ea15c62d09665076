/** Files of the user's own: encodings, texts, large tables. */
import { expect, test } from '@playwright/test';
import { en } from '../../www/i18n/words.js';
import { enter, listen, ready } from './steps.js';

/** 身高,体重,种类 with twelve rows of 苹果 and 梨, as a Chinese spreadsheet saves it. */
const HEADER = [0xc9, 0xed, 0xb8, 0xdf, 0x2c, 0xcc, 0xe5, 0xd6, 0xd8, 0x2c, 0xd6, 0xd6, 0xc0, 0xe0, 0x0a];
const CLASSES = [
  [0xc6, 0xbb, 0xb9, 0xfb],
  [0xc0, 0xe6],
];
const TABLE = Buffer.from([
  ...HEADER,
  ...Array.from({ length: 12 }, (_, row) => [...Buffer.from(`${row},${row * row},`), ...CLASSES[row % 2], 0x0a]).flat(),
]);
const choose = (page, name, buffer) => page.locator('.file input').setInputFiles({ name, mimeType: 'text/csv', buffer });

test('tables in other encodings are read, and that is said', async ({ page }) => {
  await page.addInitScript(listen);
  await ready(page);
  await choose(page, 'fruit.csv', TABLE);
  await expect(page.locator('.status')).toContainText('fruit.csv is not UTF-8; it was read as gb18030.');
  await expect(page.locator('.panel.map .legend')).toContainText('苹果');
  await expect.poll(() => page.evaluate(() => window.sent.points.columns)).toEqual(['身高', '体重']);
  // As a spreadsheet in Germany saves it: Größe;Sorte in Windows-1252.
  const rows = Array.from({ length: 12 }, (_, row) => `${row * row},5;s\xfc\xdf${row % 2}\n`).join('');
  await choose(page, 'german.csv', Buffer.from(`Gr\xf6\xdfe;Sorte\n${rows}`, 'latin1'));
  await expect(page.locator('.status')).toContainText('german.csv is not UTF-8; it was read as windows-1252.');
  await expect.poll(() => page.evaluate(() => window.sent.points.columns)).toEqual(['Größe']);
  await expect(page.locator('.panel.map .legend')).toContainText('süß1');
  // Nearly UTF-8: the engine names the place.
  const sound = Array.from({ length: 12 }, (_, row) => `${row},身高,种类${row % 2}\n`).join('');
  await choose(page, 'broken.csv', Buffer.concat([Buffer.from(`a,b,c\n${sound}1,`), Buffer.from([0xff]), Buffer.from(',种类0\n')]));
  await expect(page.locator('.problem').first()).toContainText('1 row is not UTF-8: row 13 (line 14), column "b"');
});

test('a text of one’s own is learned from, character by character', async ({ page }) => {
  await page.addInitScript(listen);
  await ready(page, `#${encodeURIComponent(JSON.stringify({ data: { text: {} } }))}`);
  await expect(page.locator('.panel.map h2')).toContainText('of 5,000 samples');
  await page.locator('[id="data.text.passage"]').selectOption('file');
  await expect(page.locator('.field:has([id="data.text.passage.file.path"]) .problem')).toHaveText('is empty: choose a text file');
  const words = 'the cat sat on the mat and the rat sat on the hat. ';
  await page
    .locator('.field:has([id="data.text.passage.file.path"]) input[type=file]')
    .setInputFiles({ name: 'own.txt', mimeType: 'text/plain', buffer: Buffer.from(words.repeat(8)) });
  await expect.poll(() => page.evaluate(() => window.sent.points.rows)).toBe(8 * words.length - 1 - 12);
  await expect.poll(() => page.evaluate(() => window.sent.points.symbols.join(''))).toBe('.acdehmnorst␣');
  // Where the rows are text, a text that is dropped is the next passage.
  await page.evaluate(() => {
    const held = new DataTransfer();
    held.items.add(new File(['一二三四五六七八九十。'.repeat(5)], 'dropped.txt', { type: 'text/plain' }));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: held, cancelable: true }));
  });
  await expect.poll(() => page.evaluate(() => window.sent.points.symbols.join(''))).toBe('。一七三九二五八六十四');
  await expect(page.locator('[id="data.text.passage.file.path"]')).toHaveValue('dropped.txt');
  // The passage in Chinese is fetched when it is chosen.
  await page.locator('[id="data.text.passage"]').selectOption('chinese');
  await expect.poll(() => page.evaluate(() => window.sent.points.symbols.includes('道'))).toBe(true);
});

test('fifty megabytes of numbers do not stop the page', async ({ page }) => {
  await page.addInitScript(listen);
  await ready(page);
  const pauses = await page.evaluate(async () => {
    const line = `${Array.from({ length: 10 }, (_, at) => (at * 0.123456).toFixed(6)).join(',')},a\n${Array.from({ length: 10 }, (_, at) => (at * 0.654321).toFixed(6)).join(',')},b\n`;
    const part = new TextEncoder().encode(line.repeat(5000));
    const parts = [`${Array.from({ length: 10 }, (_, at) => `c${at}`).join(',')},kind\n`];
    for (let size = 0; size < 50e6; size += part.length) parts.push(part);
    const held = new DataTransfer();
    held.items.add(new File(parts, 'large.csv', { type: 'text/csv' }));
    const before = window.sent.points;
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: held, cancelable: true }));
    let [frames, told] = [0, ''];
    const shares = [];
    while (window.sent.points === before) {
      await new Promise(requestAnimationFrame);
      frames++;
      told ||= document.querySelector('.status')?.textContent.includes('large.csv') ? document.querySelector('.status').textContent : '';
      const share = document.querySelector('.progress progress')?.value;
      if (share !== undefined && share !== shares.at(-1)) shares.push(share);
    }
    return { frames, told, shares, rows: window.sent.points.rows };
  });
  expect(pauses.told.trim()).toBe(en.reading.replace('{name}', 'large.csv'));
  expect(pauses.rows).toBeGreaterThan(500_000);
  // The page drew while the file was read: a thread that stands still draws a frame or two.
  expect(pauses.frames).toBeGreaterThan(20);
  // How far it is was seen on the way, and never went back.
  expect(pauses.shares.length).toBeGreaterThan(5);
  expect(pauses.shares).toEqual(pauses.shares.toSorted((before, after) => before - after));
  await expect(page.locator('.progress')).toHaveCount(0);
  // And they are learned from.
  await expect(page.locator('.map h2')).toContainText(pauses.rows.toLocaleString('en'));
  await page.getByRole('button', { name: en.step, exact: true }).click();
  await expect(page.locator('#update')).toHaveText('1');
});

test('the reading of a large file is cancelled, and everything is as it was', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', 'one browser is enough for what the page does itself');
  await ready(page);
  await enter(page, 'data.spiral.samples', '300');
  await page.getByRole('button', { name: en.step }).click();
  await expect(page.locator('#update')).toHaveText('1');
  const before = page.url();
  await page.evaluate(() => {
    const part = new TextEncoder().encode('0.123456,0.654321,above\n1.5,2.5,below\n'.repeat(50_000));
    const held = new DataTransfer();
    held.items.add(new File(['a,b,kind\n', ...Array.from({ length: 30 }, () => part)], 'large.csv', { type: 'text/csv' }));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: held, cancelable: true }));
  });
  await page.locator('.progress button').click();
  await expect(page.locator('.status')).toHaveText(en.readingCancelled.replace('{name}', 'large.csv'));
  await expect(page.locator('.alert')).toHaveCount(0);
  // The experiment stands where it stood, and what is undone is the change before.
  await expect(page.locator('#update')).toHaveText('1');
  expect(page.url()).toBe(before);
  await page.getByRole('button', { name: en.undo }).click();
  await expect(page.locator('[id="data.spiral.samples"]')).toHaveValue('500');
});
