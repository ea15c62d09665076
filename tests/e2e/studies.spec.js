/** Studies: the same runs over several seeds, and an experiment without each of its techniques. */
import { expect, test } from '@playwright/test';
import { en } from '../../www/i18n/words.js';
import { cell } from '../../www/csv.js';
import { fitting } from '../../www/page/race/metrics.js';
import { describedBy } from '../../www/quantities.js';
import { holm } from '../../www/page/studies/holm.js';
import { enter, over, ready, scan } from './steps.js';

describedBy(() => [
  { name: 'accuracy', low: 0, direction: 'up' },
  { name: 'r2', low: null, direction: 'up' },
]);

/** @param {object} experiment */
const address = (experiment) => `#${encodeURIComponent(JSON.stringify(experiment))}`;

const MOONS = { data: { moons: { samples: 200 } }, stop: { max_updates: 120 } };

/** Opens the studies and asks for so many seeds. @param {import('@playwright/test').Page} page @param {number} seeds @param {'seeds' | 'ablation'} view @param {string} [line] */
async function open(page, seeds, view, line) {
  await page.getByRole('button', { name: en.studies }).click();
  const studies = page.getByRole('dialog', { name: en.studies });
  if (view === 'ablation') await studies.getByText(en.ablation, { exact: true }).first().click();
  await over(studies.getByLabel(en.studySeeds, { exact: true }).last(), String(seeds));
  await page.keyboard.press('Tab');
  if (line) {
    await over(studies.getByLabel(en.raceLineValue), line);
    await page.keyboard.press('Tab');
  }
  return studies;
}

test('runs of a race are compared seed by seed, with a verdict', async ({ page }) => {
  const slow = { ...MOONS, learner: { net: { optimizer: { mini_batch: { learning_rate: 0.01 } } } } };
  await ready(
    page,
    address({ race: { runs: [slow, { learner: { net: { optimizer: { adam: {} } } } }], finish: { metric: 'accuracy', value: 0.85 } } }),
  );
  const studies = await open(page, 6, 'seeds');
  await studies.getByRole('button', { name: 'Start 12 runs' }).click();
  await expect(studies.getByRole('status')).toHaveText('12 of 12 runs have ended');
  await expect(studies.locator('tbody tr')).toHaveCount(2);
  await expect(studies.locator('tbody tr').last()).toContainText('6 of 6');
  await expect(studies.locator('.said')).toContainText(/ is faster in 6 of 6 seeds.*p = 0\.031 \(sign test\)\.$/);
  // Each seed faint, and a median and a band for each run.
  await expect(studies.locator('.spread .each')).toHaveCount(12);
  await expect(studies.locator('.spread .median')).toHaveCount(2);
  // Values are read by keyboard too, and the page behind hears nothing of it.
  await studies.locator('.spread svg').focus();
  await page.keyboard.press('End');
  await expect(studies.locator('.spread figcaption')).toContainText(/Update \d+: ● 0\.\d+ ■ [01]/);
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('#update')).toHaveText('0');
  expect(await scan(page, 'dialog.studies')).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(studies).toBeHidden();
});

test('an experiment trains without each of its techniques, and runs that a crash took are tried again', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', 'one browser is enough for what the page does itself');
  await page.addInitScript(() => {
    const Real = window.Worker;
    window.crashed = false;
    window.Worker = class extends Real {
      postMessage(data) {
        super.postMessage(data);
        if (data.call !== 'begin_task' || window.crashed) return;
        window.crashed = true;
        super.postMessage({ id: -1, call: 'panic', args: ['a test'] });
      }
    };
  });
  await ready(page, address({ ...MOONS, learner: { net: { layers: [{ dense: {} }, { dropout: {} }], schedule: { cosine: {} } } } }));
  const studies = await open(page, 3, 'ablation', '0.8');
  await expect(studies.locator('.techniques .toggle')).toHaveText([
    /^Optimizer.*Adam/,
    /^Schedule/,
    /^Initialisation/,
    /^Dropout/,
    /^Early stopping/,
  ]);
  await studies.locator('.techniques .toggle', { hasText: 'Initialisation' }).click();
  await studies.getByRole('button', { name: 'Start 15 runs' }).click();
  await expect(studies.locator('.savings li')).toHaveCount(4);
  await expect(studies.getByRole('status')).toHaveText('15 of 15 runs have ended');
  expect(await page.evaluate(() => window.crashed)).toBe(true);
  await expect(studies.locator('.failures .problem')).toHaveCount(0);
  await expect(studies.locator('tbody tr')).toHaveCount(4);
  await expect(studies.locator('tbody tr', { hasText: 'Early stopping' })).toContainText('120');
  const file = page.waitForEvent('download');
  await studies.getByRole('button', { name: en.saveCsv }).click();
  const lines = (await (await (await file).createReadStream()).toArray()).join('').trim().split('\n');
  expect(lines[0]).toContain('run,seed,metric,line,arrived,update');
  expect(lines.length).toBe(16);
  expect(await scan(page, 'dialog.studies')).toEqual([]);
});

test('a study is paused, goes on and is given up; closing pauses it', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', 'one browser is enough for what the page does itself');
  await ready(page, address({ data: { moons: {} }, stop: { max_updates: 3000, early_stopping: { off: {} } } }));
  const studies = await open(page, 30, 'seeds');
  await studies.getByRole('button', { name: 'Start 30 runs' }).click();
  await expect(studies.getByRole('status')).toHaveText(/^[1-9]\d* of 30 runs have ended$/);
  await studies.getByRole('button', { name: en.pause, exact: true }).click();
  await expect(studies.getByRole('status')).toHaveText(/^Paused/);
  await studies.getByRole('button', { name: en.studyResume }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: en.studies }).click();
  await expect(studies.getByRole('status')).toHaveText(/^Paused/);
  await studies.getByRole('button', { name: en.cancel, exact: true }).click();
  await expect(studies.getByRole('status')).toHaveText(/^Cancelled: \d+ of 30 runs had ended$/);
  await expect(studies.locator('tbody tr')).toHaveCount(1);
});

test('Holm’s correction is that of R', () => {
  const close = (/** @type {number[]} */ found, /** @type {number[]} */ expected) =>
    found.forEach((value, at) => {
      expect(value).toBeCloseTo(expected[at], 12);
    });
  // p.adjust(p, "holm") of R.
  close(holm([0.01, 0.02, 0.03, 0.04, 0.05]), [0.05, 0.08, 0.09, 0.09, 0.09]);
  close(holm([0.03, 0.005, 0.04, 0.01]), [0.06, 0.02, 0.06, 0.03]);
  close(holm([0.9, 0.5, 1]), [1, 1, 1]);
  close(holm([0.031]), [0.031]);
  expect(holm([])).toEqual([]);
});

test('a finish line is one that the run has crossed', () => {
  for (const [metric, seen, line] of /** @type {[string, (number | null)[], number | undefined][]} */ ([
    // 95 % of the way to the best, rounded down.
    ['accuracy', [0.5, 0.66, 0.72, 0.7], 0.7],
    ['accuracy', [0.49, 0.98, 0.9867], 0.96],
    // Nothing was learned: what there is.
    ['accuracy', [0.5, 0.4, 0.45], 0.5],
    // A model that knows nothing has an R² of 0; before that it is only worse.
    ['r2', [-31, 0.2, 0.6], 0.57],
    ['r2', [-3, -2, -1.234], -1.3],
    ['loss', [0.7, null, 0.5, 0.1], 0.4],
    ['loss', [0.7, 0.5, 0.0123], 0.36],
    ['rmse', [1234, 900, 500], 870],
    // Too little is known.
    ['loss', [0.7, 0.5], undefined],
    ['loss', [0.7, null, null, 0.5], undefined],
  ])) {
    const found = fitting(metric, seen);
    expect(found, `${metric} ${seen}`).toBe(line);
    const known = /** @type {number[]} */ (seen.filter((value) => value !== null));
    if (found !== undefined)
      expect(known.some((value) => (['accuracy', 'r2'].includes(metric) ? value >= found : value <= found))).toBe(true);
  }
});

test('all pairs of three runs are in one table, corrected, and what is old is marked', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', 'one browser is enough for what the page does itself');
  const slow = { ...MOONS, learner: { net: { optimizer: { mini_batch: { learning_rate: 0.01 } } } } };
  const runs = [
    slow,
    { learner: { net: { optimizer: { adam: {} } } } },
    { learner: { net: { optimizer: { mini_batch: { learning_rate: 0.02 } } } } },
  ];
  await ready(page, address({ race: { runs, finish: { metric: 'accuracy', value: 0.85 } } }));
  const studies = await open(page, 6, 'seeds');
  await studies.getByRole('button', { name: 'Start 18 runs' }).click();
  await expect(studies.getByRole('status').first()).toHaveText('18 of 18 runs have ended');
  const pairs = studies.locator('table.pairs tbody tr');
  await expect(pairs).toHaveCount(3);
  const cells = await pairs.evaluateAll((rows) =>
    rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent.trim())),
  );
  // Six of six is 2 / 64 by chance, which three comparisons take over the level: 0.094.
  const signs = cells.map((row) => row[1]);
  expect(signs[0]).toBe('0.031');
  const told = holm(signs.map((sign) => (sign === '0.031' ? 2 / 64 : Number(sign))));
  for (const [at, row] of cells.entries()) expect(Number(row[2])).toBeCloseTo(told[at], 2);
  expect(cells[0].at(-1)).toBe(en.seedsNone);
  await expect(studies.locator('.said')).toHaveCount(0);
  await expect(studies.locator('.old')).toHaveCount(0);
  expect(await scan(page, 'dialog.studies')).toEqual([]);
  await over(studies.getByLabel(en.raceLineValue), '0.9');
  await page.keyboard.press('Tab');
  await expect(studies.locator('.old')).toHaveText(
    en.studyOldLine.replace('{metric} {value}', `${en.accuracy} 0.85`).replace('{now}', `${en.accuracy} 0.9`),
  );
  await over(studies.getByLabel(en.raceLineValue), '0.85');
  await page.keyboard.press('Tab');
  await expect(studies.locator('.old')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await enter(page, 'data.moons.noise', '0.2');
  await expect(page.locator('.status')).toHaveText(en.restarted);
  await page.getByRole('button', { name: en.studies }).click();
  await expect(studies.locator('.old')).toContainText(en.studyOld);
});

test('names that a spreadsheet would run leave as texts, numbers as numbers', () => {
  for (const [value, written] of [
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['+a', "'+a"],
    ['-a', "'-a"],
    ['@a', "'@a"],
    ['\ta', "'\ta"],
    ['\ra', `"'\ra"`],
    ['-', "'-"],
    ['-1.5', '-1.5'],
    ['+2e3', '+2e3'],
    [-1.5, '-1.5'],
    ['a,b', '"a,b"'],
    ['a=b', 'a=b'],
    ['', ''],
    [null, ''],
    [undefined, ''],
  ])
    expect(cell(/** @type {any} */ (value))).toBe(written);
});
