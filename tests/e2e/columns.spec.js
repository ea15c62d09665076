/** A table of one's own as people have it: with an id, dates, gaps, decimal commas and another encoding. It is put right, trained, compared and shared where it is seen, and is there after a reload. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { en, zh } from '../../www/i18n/words.js';
import { filesTold } from '../../www/named.js';
import { appliedTold, edited } from '../../www/remedies.js';
import { yielding } from '../../www/shelf.js';
import { count, enter, listen, quiet, ready, scan, update } from './steps.js';

const address = (/** @type {object} */ experiment) => `#${encodeURIComponent(JSON.stringify(experiment))}`;
const written = (/** @type {import('@playwright/test').Page} */ page) => page.evaluate(() => decodeURIComponent(location.hash));

/** As a spreadsheet in Germany saves it: Windows-1252, semicolons, decimal commas. @param {number} [count] */
function german(count = 120) {
  const number = (/** @type {number} */ value, /** @type {number} */ digits) => value.toFixed(digits).replace('.', ',');
  const rows = Array.from({ length: count }, (_, at) => {
    const [height, weight] = [Math.sin(at * 7) * 20 + 170, Math.cos(at * 3) * 15 + 70];
    return [
      1001 + at,
      `${String(1 + (at % 28)).padStart(2, '0')}.${String(1 + (at % 12)).padStart(2, '0')}.2021`,
      at % 10 === 3 ? '' : number(height, 2),
      at % 15 === 7 ? 'NA' : number(weight, 1),
      ['Köln', 'Zürich', 'Graz'][at % 3],
      height / 170 + weight / 70 > 2 ? 'süß' : 'öde',
    ].join(';');
  });
  return Buffer.from(`Nummer;Datum;Größe;Gewicht;Stadt;Qualität\r\n${rows.join('\r\n')}\r\n`, 'latin1');
}
const wine = (/** @type {string} */ name, count = 120) => ({ name, mimeType: 'text/csv', buffer: german(count) });
/** @param {string} name @param {string} text */
const plain = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const choose = (/** @type {import('@playwright/test').Page} */ page, file) => page.locator('.file input').setInputFiles(file);
const starter = (/** @type {import('@playwright/test').Page} */ page, language = 'en') =>
  page.addInitScript((language) => {
    localStorage.setItem('depth', '"starter"');
    localStorage.setItem('language', JSON.stringify(language));
  }, language);
const role = (/** @type {any} */ where, /** @type {string} */ name) => where.getByLabel(en.columnRoleOf.replace('{name}', name));
const type = (/** @type {any} */ where, /** @type {string} */ name) => where.getByLabel(en.columnType.replace('{name}', name));

test('a table with an id, dates, gaps, decimal commas and another encoding is loaded, trained, compared and shared, and is there after a reload', async ({
  page,
}) => {
  await page.addInitScript(listen);
  await starter(page);
  await ready(page);
  await choose(page, wine('wein.csv'));
  // The table is there directly, with what is wrong and what helps.
  const rail = page.locator('.rail');
  await expect(rail.locator('.owntable > .hint')).toHaveText('Windows-1252 · Semicolon · with a header');
  await expect(role(rail, 'Nummer').locator('option:checked')).toHaveText('Id (auto)');
  // What was chosen is read whole, in the narrow rail too.
  const cut = await rail.locator('.columntable select').evaluateAll((/** @type {HTMLSelectElement[]} */ selects) => {
    const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
    return selects.flatMap((select) => {
      const { font, letterSpacing, paddingLeft, paddingRight } = getComputedStyle(select);
      pen.font = font;
      pen.letterSpacing = letterSpacing;
      const text = select.selectedOptions[0].text;
      return pen.measureText(text).width > select.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) ? [text] : [];
    });
  });
  expect(cut).toEqual([]);
  await expect(type(rail, 'Datum').locator('option:checked')).toHaveText('Date (auto)');
  await expect(type(rail, 'Größe').locator('option:checked')).toHaveText('Number (auto)');
  await expect(role(rail, 'Qualität').locator('option:checked')).toHaveText('Target (auto)');
  await expect(rail.locator('.problems')).toContainText('Größe (12), Gewicht (8)');
  await expect(rail.locator('.findings')).toContainText('"Nummer" names the rows and is left out');
  await rail.locator('.problems .remedy').click();
  await expect(page.getByRole('status')).toContainText(en.restarted);
  await expect.poll(() => page.evaluate(() => window.sent.points.columns)).toEqual(['Datum', 'Größe', 'Gewicht', 'Stadt']);
  await expect(rail.locator('.problems')).toHaveCount(0);
  // Trained, then compared with another.
  await page.getByRole('button', { name: en.epochStep }).click();
  await expect.poll(() => update(page)).toBeGreaterThan(0);
  await page.getByRole('button', { name: en.raceCompare }).click();
  await expect(page.locator('.race li')).toHaveCount(2);
  await role(rail, 'Stadt').selectOption('ignore');
  // What runs of a race have in common changes for all.
  await expect.poll(() => page.evaluate(() => window.sent.points.columns)).toEqual(['Datum', 'Größe', 'Gewicht']);
  await expect(page.locator('.race li')).toHaveCount(2);
  await page.getByRole('button', { name: en.epochStep }).click();
  await expect.poll(() => update(page)).toBeGreaterThan(0);
  // Shared: the link says everything but the file.
  await page.getByRole('button', { name: en.shareTitle, exact: true }).click();
  const sheet = page.locator('dialog.share');
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Escape');
  const link = await written(page);
  expect(link).toContain('wein.csv');
  expect(link).toContain('"role":"ignore"');
  // Nothing is lost by leaving, so nothing is asked.
  await expect(rail.locator('.keeping')).toContainText('wein.csv');
  let asked = 0;
  page.on('dialog', (dialog) => {
    asked++;
    dialog.accept();
  });
  await page.reload();
  await expect(page.locator('#train-loss')).not.toHaveText('–');
  expect(asked).toBe(0);
  await expect(page.locator('.race li')).toHaveCount(2);
  await expect(page.getByRole('status')).toContainText(en.fileRestored.slice(6, 42));
  await expect.poll(() => page.evaluate(() => window.sent.points.columns)).toEqual(['Datum', 'Größe', 'Gewicht']);
  expect(await written(page)).toBe(link);
  await page.getByRole('button', { name: en.epochStep }).click();
  await expect.poll(() => update(page)).toBeGreaterThan(0);
  // Forgotten, it is asked for.
  await rail.getByRole('button', { name: en.fileForget }).click();
  await expect(rail.locator('.keeping')).toHaveCount(0);
  await page.reload();
  await expect(page.locator('.missing')).toContainText(en.missingFile.replace('{name}', 'wein.csv'));
  expect(await written(page)).toBe(link);
});

test('the view of the data says how a file was read and why, and all of it can be changed there, by the keyboard too', async ({ page }) => {
  await starter(page);
  await ready(page);
  await choose(page, wine('wein.csv'));
  await page.locator('.owntable .wide').click();
  const data = page.getByRole('dialog', { name: 'Data' });
  const how = data.locator('.howread');
  await expect(how.getByLabel('Encoding').locator('option:checked')).toHaveText('Windows-1252 (auto)');
  await expect(how).toContainText('100 % of the first rows have the same number of cells');
  await expect(how).toContainText('names stand over numbers or dates');
  const row = (/** @type {string} */ name) => data.locator('.columntable tr', { has: page.getByRole('rowheader', { name }) });
  await expect(row('Nummer')).toContainText('its name says so, and no value occurs twice');
  await expect(row('Größe').locator('td').nth(2).locator('option:checked')).toHaveText('1.234,5 (auto)');
  await expect(row('Datum').locator('td').nth(2).locator('option:checked').first()).toHaveText('DD/MM/YYYY (auto)');
  await expect(row('Gewicht').locator('code').first()).toHaveText('85,0');
  expect(await scan(page, 'dialog.data')).toEqual([]);
  // Steps of cleaning are offered that were tried.
  await expect(data.locator('.problems .remedy')).toHaveText('Impute missing values');
  await data.getByRole('button', { name: 'Drop incomplete rows' }).click();
  await expect(data.getByText(/Used: 100 rows/)).toBeVisible();
  // By the keyboard: a date becomes the parts of the calendar.
  const becomes = data.getByLabel(en.columnBecomesOf.replace('{name}', 'Datum'));
  await becomes.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => written(page)).toContain('"calendar":"parts"');
  // A mark that is a word: it is a gap no more, and the column no longer one of numbers throughout.
  await how
    .getByRole('button', { name: en.gapRemove.replace('{mark}', 'NA') })
    .first()
    .click();
  await expect(data.locator('.problems')).toContainText('"NA"');
  await data.getByRole('button', { name: 'Take "NA" as missing' }).click();
  await expect(data.locator('.problems')).toHaveCount(0);
  // Another encoding is tried and taken back.
  await how.getByLabel('Encoding').selectOption('macintosh');
  await expect(data.locator('.columntable')).toContainText('Grˆﬂe');
  await how.getByLabel('Encoding').selectOption('auto');
  await expect(data.getByRole('rowheader', { name: 'Größe' })).toBeVisible();
});

test('each problem has a button that puts it right, and remarks too', async ({ page }) => {
  await starter(page);
  await ready(page);
  const rail = page.locator('.rail');
  const rows = (/** @type {(at: number) => string} */ row, count = 40) => Array.from({ length: count }, (_, at) => row(at)).join('\n');
  // Two columns of one name.
  await choose(page, plain('twice.csv', `a,a,c\n${rows((at) => `${at * 1.5},${at % 7},${at % 2 ? 'x' : 'y'}`)}\n`));
  await rail.getByRole('button', { name: 'Number the names' }).first().click();
  await expect(page.getByRole('status')).toContainText(en.restarted);
  await expect(role(rail, 'a 2')).toBeVisible();
  // A quote that is never closed.
  await choose(
    page,
    plain('quote.csv', `a,b,c\n${rows((at) => `${at * 1.5},${at === 20 ? '"fig' : `w${at % 3}`},${at % 2 ? 'x' : 'y'}`)}\n`),
  );
  await expect(rail.locator('.problem').first()).toContainText('a quote opened in line 22 is never closed');
  await expect(role(rail, 'b')).toBeVisible();
  await rail.getByRole('button', { name: 'Take quotes as signs like others' }).first().click();
  await expect(page.getByRole('status')).toContainText(en.restarted);
  // Words that probably mean the same.
  await choose(
    page,
    plain('census.csv', `a,income\n${rows((at) => `${(at * 7) % 11},${at % 2 ? '>50K' : '<=50K'}${at % 5 ? '' : '.'}`)}\n`),
  );
  await expect(rail.locator('.findings')).toContainText('probably mean the same');
  await rail.locator('.findings .remedy').first().click();
  await expect(rail.locator('.findings li')).toHaveCount(1);
  await rail.locator('.findings .remedy').first().click();
  await expect(rail.locator('.findings')).toHaveCount(0);
  await expect(page.locator('.panel.map .legend')).toContainText('<=50K');
  await expect(page.locator('.panel.map .legend')).not.toContainText('<=50K.');
});

test('no table is a dead end: rows that do not fit, a target of one class, no rows at all', async ({ page }) => {
  await page.addInitScript(listen);
  await starter(page);
  await ready(page);
  const rail = page.locator('.rail');
  const press = (/** @type {string} */ name) => rail.getByRole('button', { name }).first().click();
  const columns = () => page.evaluate(() => window.sent.points?.columns);
  const body = Array.from({ length: 40 }, (_, at) => `${at * 1.5},${at % 7},${at % 2 ? 'x' : 'y'}`).join('\n');
  await choose(page, plain('ragged.csv', `a,b,c\n1,2\n${body}\n1,2,x,4\n`));
  await expect(rail.locator('.problem').first()).toContainText('2 rows do not have 3 fields as the header: row 1 (line 2) has 2');
  await press('Leave these rows out');
  await expect.poll(columns).toEqual(['a', 'b']);
  await expect(rail.locator('.problem')).toHaveCount(0);
  await expect(rail.locator('.findings')).toContainText('2 rows are left out that do not have 3 fields as the header');
  // A link says what was chosen, and nothing that is as it always is.
  expect(await written(page)).toContain('"csv":{"path":"ragged.csv","ragged":"skip"}');
  await page.reload();
  await expect.poll(columns).toEqual(['a', 'b']);
  await choose(page, plain('one.csv', `a,b,c\n${body.replaceAll('y', 'x')}\n`));
  await expect(rail.locator('.problem').first()).toContainText('the column "c" has the same class "x" in every row');
  await press('Predict "b" instead');
  await expect.poll(() => page.evaluate(() => window.sent.points.target)).toBe('b');
  await expect(rail.locator('.problem')).toHaveCount(0);
  // One column: there is nothing to predict it by, but it has clusters, which another model finds.
  await choose(page, plain('alone.csv', `a\n${Array.from({ length: 40 }, (_, at) => `${(at % 4) * 10 + at / 7}`).join('\n')}\n`));
  await press('Find clusters of "a"');
  await press('Find clusters with k-means');
  await expect.poll(columns).toEqual(['a']);
  await expect(rail.locator('.problem')).toHaveCount(0);
  await choose(page, plain('none.csv', 'a,b,c\n'));
  await expect(rail.locator('.problem').first()).toContainText('at least 10 are needed');
  await expect(rail.locator('.findings')).toHaveCount(0);
  await press('Use a sample data set');
  await expect.poll(columns).toEqual(['x', 'y']);
  await expect(rail.locator('.problem')).toHaveCount(0);
  expect(await written(page)).toContain('"moons"');
});

test('while new rows have problems the old ones are not trained on', async ({ page }) => {
  await page.addInitScript(count);
  await ready(page);
  await page.getByRole('button', { name: en.play, exact: true }).click();
  await expect.poll(() => update(page)).toBeGreaterThan(5);
  await choose(page, wine('wein.csv'));
  await expect(page.locator('.rail .problems')).toBeVisible();
  const at = await update(page);
  await page.locator('body').click({ position: { x: 5, y: 300 } });
  await page.keyboard.press('Space');
  // What was asked for is answered, and nothing more is asked.
  expect(await quiet(page)).toBe(true);
  expect(await update(page)).toBe(at);
  await page.locator('.rail .problems .remedy').click();
  await expect.poll(() => update(page)).toBe(0);
});

test('choosing a file again keeps what the document says, and a race', async ({ page }) => {
  await page.addInitScript(listen);
  const csv = { path: 'wein.csv', target: 'Gewicht', columns: [{ column: 'Stadt', role: 'ignore' }] };
  const experiment = {
    data: { csv },
    prepare: { clean: [{ impute: {} }, { labels: {} }], scale: 'standard' },
    learner: { net: { batch_size: 16 } },
  };
  await ready(page);
  await page.goto(`./${address({ race: { runs: [experiment, { learner: { net: { batch_size: 8 } } }] } })}`);
  const missing = page.locator('.missing');
  await expect(missing).toContainText(en.missingFile.replace('{name}', 'wein.csv'));
  // Another name is asked about.
  await choose(page, wine('wein (1).csv'));
  await expect(missing).toContainText(en.missingAsk.replace('{file}', 'wein (1).csv').replace('{name}', 'wein.csv'));
  await missing.getByRole('button', { name: en.missingYes }).click();
  await expect(page.locator('.race li')).toHaveCount(2);
  await expect(missing).toHaveCount(0);
  await expect(page.getByRole('status')).toContainText(en.fileStandsIn.replace('{file}', 'wein (1).csv').replace('{name}', 'wein.csv'));
  await expect.poll(() => page.evaluate(() => window.sent.points.columns)).toEqual(['Datum', 'Größe', 'Qualität']);
  await expect.poll(() => page.evaluate(() => window.sent.points.target)).toBe('Gewicht');
  const before = await page.evaluate(() => window.sent.points.rows);
  const link = await written(page);
  // The same name again, with more rows: all runs have them, and the document is the same.
  await choose(page, wine('wein.csv', 240));
  await expect.poll(() => page.evaluate(() => window.sent.points.rows)).toBeGreaterThan(before);
  await expect(page.locator('.race li')).toHaveCount(2);
  expect(await written(page)).toBe(link);
  // A table without gaps' remedy in either run: one press mends both.
  await page.goto(`./${address({ race: { runs: [{ data: { csv: { path: 'holes.csv' } } }, { learner: { net: { batch_size: 8 } } }] } })}`);
  await choose(
    page,
    plain(
      'holes.csv',
      `a,b,c\n${Array.from({ length: 40 }, (_, at) => `${at},${at % 9 ? at % 7 : ''},${at % 2 ? 'x' : 'y'}`).join('\n')}\n`,
    ),
  );
  await expect(page.locator('.alert')).toContainText('values are missing in b (5)');
  await expect(page.locator('.alert .remedy')).toHaveCount(2);
  await page.locator('.alert .remedy').first().click();
  await expect(page.locator('.alert')).toHaveCount(0);
  await expect(page.locator('.race li')).toHaveCount(2);
  // The same where a table is opened into a race: what helps one run helps the other.
  await page.goto(`./${address({ race: { runs: [{}, { learner: { net: { batch_size: 8 } } }] } })}`);
  await expect.poll(() => page.evaluate(() => window.sent.points.columns)).toEqual(['x', 'y']);
  await choose(page, wine('gaps.csv'));
  await page.locator('.rail .problems .remedy').click();
  await expect.poll(() => page.evaluate(() => window.sent.points.columns)).toEqual(['Datum', 'Größe', 'Gewicht', 'Stadt']);
  await expect(page.locator('.rail .problems')).toHaveCount(0);
  await expect(page.locator('.race li')).toHaveCount(2);
  await choose(page, plain('ungapped.csv', 'a,b,c\n'));
  await expect(page.locator('.rail .problem').first()).toContainText('the file has a header but no rows');
  await expect(page.locator('.race li')).toHaveCount(2);
});

test('a link whose file is missing goes on with what it says once the file is opened', async ({ page }) => {
  await page.addInitScript(listen);
  await starter(page);
  const told = address({
    data: { csv: { path: 'wein.csv', target: 'Stadt' } },
    prepare: { clean: [{ impute: {} }] },
    learner: { tree: { max_depth: 3 } },
  });
  await page.goto(`./${told}`);
  const missing = page.locator('.missing');
  await expect(missing).toContainText(en.missingFile.replace('{name}', 'wein.csv'));
  await expect(page.locator('.alert')).toHaveCount(1);
  expect(await scan(page, '.missing')).toEqual([]);
  const link = await written(page);
  await missing.getByLabel(en.missingOpen.replace('{name}', 'wein.csv')).setInputFiles(wine('wein.csv'));
  await expect(missing).toHaveCount(0);
  await expect.poll(() => page.evaluate(() => window.sent.points?.target)).toBe('Stadt');
  await expect(page.getByRole('heading', { name: 'Decision tree' })).toBeVisible();
  for (const part of ['"target":"Stadt"', '"impute"', '"max_depth":3']) expect(await written(page)).toContain(part);
  // Going on without shows what runs.
  await page.goto('./?');
  await page.goto(`./${address({ data: { csv: { path: 'never.csv' } } })}`);
  await missing.getByRole('button', { name: en.missingWithout }).click();
  await expect(missing).toHaveCount(0);
  await expect(page.locator('.alert')).toHaveCount(0);
  expect(link).toContain('wein.csv');
});

test('a file that is dropped while the engine loads is read when it is there', async ({ page }) => {
  let release = () => {};
  const held = new Promise((done) => (release = /** @type {any} */ (done)));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('./');
  await expect(page.getByRole('status')).toHaveText(en.loading);
  await page.evaluate(
    (text) => {
      const bag = new DataTransfer();
      bag.items.add(new File([text], 'early.csv', { type: 'text/csv' }));
      window.dispatchEvent(new DragEvent('drop', { dataTransfer: bag, cancelable: true }));
    },
    `a,b,c\n${Array.from({ length: 40 }, (_, at) => `${at * 1.5},${at % 7},${at % 2 ? 'x' : 'y'}`).join('\n')}\n`,
  );
  await expect(page.getByRole('status')).toHaveText(en.fileWaits.replace('{name}', 'early.csv'));
  release();
  await expect.poll(() => written(page)).toContain('early.csv');
  await expect(page.locator('.columntable')).toBeVisible();
});

test('where the browser keeps no file or has no room, that is said, and leaving is asked about', async ({ page, browserName }) => {
  await page.addInitScript(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (value, key) {
      if (String(key).startsWith('bytes ')) throw new DOMException('full', 'QuotaExceededError');
      return put.call(this, value, key);
    };
  });
  await ready(page);
  await choose(
    page,
    plain('big.csv', `a,b,c\n${Array.from({ length: 40 }, (_, at) => `${at * 1.5},${at % 7},${at % 2 ? 'x' : 'y'}`).join('\n')}\n`),
  );
  await expect(page.locator('.rail .keeping')).toHaveText(en.fileKeepFull.replace('{name}', 'big.csv'));
  // Playwright sees no such question of a Firefox that it did not build.
  if (browserName === 'firefox') return;
  let asked = 0;
  page.on('dialog', (dialog) => {
    asked++;
    dialog.accept();
  });
  await page.reload();
  await expect.poll(() => asked).toBe(1);
});

test('on a phone the columns are put right by touch, in Chinese', async ({ browser, browserName }) => {
  test.skip(browserName === 'firefox', 'it does not drive it by touch');
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await starter(page, 'zh');
  await ready(page);
  await page.locator('#tab-settings').tap();
  await choose(page, wine('wein.csv'));
  // What is wrong and its remedy are in sight without a search.
  await expect(page.locator('.owntable .problems .remedy')).toBeInViewport({ ratio: 1 });
  await page.locator('.owntable .problems .remedy').tap();
  await expect(page.locator('.owntable .problems')).toHaveCount(0);
  const of = (/** @type {string} */ name) => page.locator('.rail').getByLabel(zh.columnRoleOf.replace('{name}', name));
  await expect(of('Nummer').locator('option:checked')).toHaveText('标识（自动）');
  const box = await of('Stadt').boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(44);
  await of('Stadt').selectOption('target');
  await expect.poll(() => written(page)).toContain('"target":"Stadt"');
  await page.locator('.owntable .wide').tap();
  const data = page.locator('dialog.data');
  await expect(data.getByText(zh.howRead)).toBeVisible();
  // Nothing stands beyond the edge.
  expect(await data.locator('.view').evaluate((view) => view.scrollWidth <= view.clientWidth)).toBe(true);
  await context.close();
});

test('a list of entries that have nothing to choose among is a form like others', async ({ page }) => {
  const errors = /** @type {string[]} */ ([]);
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto('./?parts');
  const list = page.locator('[id="parts.pairs"]');
  await expect(list.locator('.what')).toHaveText('>50K. · >50K');
  await list.locator('[id="parts.pairs-add"]').click();
  await expect(list.locator('.what')).toHaveCount(2);
  await enter(page, 'parts.pairs[1].word', '50k');
  await expect(list.locator('.what').nth(1)).toHaveText('50k · >50K');
  await list.getByRole('button', { name: `${en.remove} 1` }).click();
  await expect(list.locator('.what')).toHaveText('50k · >50K');
  expect(errors).toEqual([]);
});

test('the largest and oldest files give way, and no more of them than must', () => {
  const kept = (/** @type {string} */ name, /** @type {number} */ size, /** @type {number} */ opened) => ({ name, size, opened });
  const names = (/** @type {{name: string}[]} */ files) => files.map(({ name }) => name);
  const all = [kept('new and large', 60, 900), kept('old and small', 10, 0), kept('old and large', 30, 100)];
  // Weights at 1,000: 6,000, 10,000 and 27,000.
  for (const [more, most, out] of /** @type {[number, number, string[]][]} */ ([
    [0, 100, []],
    [1, 100, ['old and large']],
    [31, 100, ['old and large', 'old and small']],
    [100, 100, ['old and large', 'old and small', 'new and large']],
  ])) {
    const found = yielding(all, more, most, 1000);
    expect(names(found.out)).toEqual(out);
    expect(names([...found.out, ...found.next])).toEqual(['old and large', 'old and small', 'new and large']);
  }
});

test('files are found wherever a document names them, and remedies set values wherever they are told', () => {
  const root = JSON.parse(readFileSync(new URL('../../target/schemas/experiment.json', import.meta.url), 'utf8'));
  const names = (/** @type {any} */ told) => filesTold(root, told).map(({ name }) => name);
  expect(names({})).toEqual([]);
  expect(names({ data: { csv: { path: 'a.csv' } }, learner: { net: { transfer: { file: { path: 'w.safetensors' } } } } })).toEqual([
    'a.csv',
    'w.safetensors',
  ]);
  expect(names({ data: { text: { passage: { file: { path: 't.txt' } } } } })).toEqual(['t.txt']);
  const before = { data: { csv: { path: 'b.csv' } } };
  expect(names({ race: { runs: [{ data: { csv: { path: 'a.csv' } } }, { from: { update: 3, before } }] } })).toEqual(['a.csv', 'b.csv']);
  // What is no document names none.
  for (const told of [null, 5, [], 'csv', { data: 'csv' }, { data: { csv: { path: 7 } } }, { race: { runs: 3 } }])
    expect(names(told)).toEqual([]);

  const title = { en: 'Do it', zh: '执行' };
  const remedy = {
    title,
    edits: /** @type {[string, any][]} */ ([
      ['data.csv.task', 'auto'],
      ['prepare.clean', [{ impute: {} }]],
    ]),
  };
  expect(edited({ data: 'csv' }, remedy)).toEqual({ data: { csv: { task: 'auto' } }, prepare: { clean: [{ impute: {} }] } });
  const message = { en: 'is wrong', zh: '有误' };
  const issue = (/** @type {string} */ path) => ({ path, message, remedy });
  const all = [
    issue('data.csv.task'),
    issue('race.runs[1].data.csv.task'),
    { path: 'race.runs[1].seed', message: { en: 'other', zh: '其他' }, remedy },
  ];
  const told = { race: { runs: [{ data: { csv: { path: 'a' } } }, { from: { update: 3, before: {} } }], finish: null } };
  // The rows are the first run's, how they are prepared is each run's own, and what a fork was before is mended too.
  expect(appliedTold(told, all[0], all, 0, ['data'])).toEqual({
    race: {
      runs: [
        { data: { csv: { path: 'a', task: 'auto' } }, prepare: { clean: [{ impute: {} }] } },
        { prepare: { clean: [{ impute: {} }] }, from: { update: 3, before: { prepare: { clean: [{ impute: {} }] } } } },
      ],
      finish: null,
    },
  });
});
