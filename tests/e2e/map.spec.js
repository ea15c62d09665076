/** The answer looked at closely: the map, the fit and the comparison with the truth, against what the engine itself sent. */
import { expect, test } from '@playwright/test';
import { en } from '../../www/i18n/words.js';
import { ticks } from '../../www/views/axes.js';
import { borders, contour } from '../../www/views/map/contour.js';
import { pan, zoom } from '../../www/views/map/range.js';
import { cellAt, countWrong, greatest, subtree, wrongRows } from '../../www/views/map/rows.js';
import { LACKS, listen, scan, update } from './steps.js';

const open = async (page, experiment = {}) => {
  await page.addInitScript(listen);
  await page.goto(`./#${encodeURIComponent(JSON.stringify(experiment))}`);
  await expect(page.locator('#train-loss')).not.toHaveText('–');
};
/** Trains to a known end: the same weights every time. */
const train = async (page, updates, experiment = {}) => {
  await open(page, { ...experiment, stop: { max_updates: updates } });
  await page.getByRole('button', { name: en.play, exact: true }).click();
  await expect(page.getByRole('button', { name: en.again })).toBeVisible();
  await expect
    .poll(() =>
      page.evaluate(
        () =>
          window.sent.run.map?.length === 160 * 160 * window.sent.run.outputs ||
          window.sent.run.map?.length === 160 * window.sent.run.outputs ||
          !window.sent.run.map,
      ),
    )
    .toBe(true);
};
const range = (page) => page.evaluate(() => [...window.sent.run.map_range]);
const picture = (page) => page.locator('.plane canvas').evaluate((canvas) => canvas.toDataURL());

/** Rows that do not lie on each other. */
const FEW = { data: { moons: { samples: 120, noise: 0.3 } } };

/** A row of a part that no other shown row lies near, with what the engine says of it; in pixels of the page. */
const lonely = (page, part, shown = [0, 1], margin = 12) =>
  page.evaluate(
    ([part, shown, margin]) => {
      const { points, run } = window.sent;
      const box = document.querySelector('.plane').getBoundingClientRect();
      const [x0, x1, y0, y1] = points.range;
      const at = (row) => ({
        x: ((points.inputs[2 * row] - x0) / (x1 - x0)) * box.width,
        y: ((y1 - points.inputs[2 * row + 1]) / (y1 - y0)) * box.height,
      });
      const rows = [...points.targets.keys()].filter((row) => shown.includes(points.split[row]) || points.split[row] === part);
      const row = rows.find(
        (row) =>
          points.split[row] === part &&
          rows.every((other) => other === row || Math.hypot(at(row).x - at(other).x, at(row).y - at(other).y) > margin),
      );
      const n = run.outputs;
      const shares = [...run.predictions.slice(row * n, row * n + n)];
      return {
        row,
        x: box.x + at(row).x,
        y: box.y + at(row).y,
        inputs: [points.inputs[2 * row], points.inputs[2 * row + 1]],
        target: points.classes[points.targets[row]],
        said: points.classes[shares.indexOf(Math.max(...shares))],
        shares,
      };
    },
    [part, shown, margin],
  );
const brief = (value) => Number(value.toFixed(4)).toString();
const option = async (page, name, on) => {
  const box = page.locator(`#show-${name}`);
  if (!(await box.isVisible())) await page.getByRole('button', { name: en.showOptions }).click();
  await box.setChecked(on);
  await page.keyboard.press('Escape');
};

test('hover names the row under the pointer with what the engine says of it', async ({ page }) => {
  await train(page, 60, FEW);
  for (const [part, title] of [
    [0, en.trainRow],
    [1, en.validationRow],
  ]) {
    const row = await lonely(page, part);
    await page.mouse.move(row.x + 3, row.y - 2);
    const lens = page.locator('.lens');
    await expect(lens).toContainText(title);
    const facts = await lens.locator('dd').allTextContents();
    expect(facts).toEqual([brief(row.inputs[0]), brief(row.inputs[1]), row.target, row.said]);
    await expect.poll(() => lens.locator('li b').allTextContents()).toEqual(row.shares.map((share) => share.toFixed(2)));
    await expect(lens.locator('em')).toHaveCount(row.said === row.target ? 0 : 1);
  }
  await page.mouse.move(5, 5);
  await expect(page.locator('.lens')).toHaveCount(0);
});

test('where no row is, the grid answers', async ({ page }) => {
  await train(page, 60);
  const place = await page.evaluate(() => {
    const { points, run } = window.sent;
    const box = document.querySelector('.plane').getBoundingClientRect();
    const [fx, fy] = [0.031, 0.031];
    const side = Math.sqrt(run.map.length / 2);
    const cell = Math.floor(fy * side) * side + Math.floor(fx * side);
    const [x0, x1] = points.range;
    return { x: box.x + fx * box.width, y: box.y + fy * box.height, across: x0 + fx * (x1 - x0), share: run.map[2 * cell + 1] };
  });
  await page.mouse.move(place.x, place.y);
  await expect(page.locator('.lens')).toContainText(en.placeHere);
  await expect(page.locator('.lens li b').last()).toHaveText(place.share.toFixed(2));
  await expect.poll(async () => Number(await page.locator('.lens dd').first().textContent())).toBeCloseTo(place.across, 1);
});

test('the words never lie on the point, nor out of the panel', async ({ page }) => {
  await train(page, 10, { data: { blobs: { classes: 8 } } });
  const panel = await page.locator('.panel.map').boundingBox();
  const box = await page.locator('.plane').boundingBox();
  for (const fx of [0.01, 0.3, 0.49, 0.51, 0.8, 0.99]) {
    for (const fy of [0.01, 0.5, 0.99]) {
      await page.mouse.move(box.x + fx * box.width, box.y + fy * box.height);
      const lens = await page.locator('.lens').boundingBox();
      const target = page.locator('.plane > .target');
      const spot = (await target.count())
        ? await target.boundingBox()
        : { x: box.x + fx * box.width, y: box.y + fy * box.height, width: 0, height: 0 };
      const middle = { x: spot.x + spot.width / 2, y: spot.y + spot.height / 2 };
      expect(middle.x < lens.x || middle.x > lens.x + lens.width, `${fx} ${fy}`).toBe(true);
      expect(lens.x).toBeGreaterThanOrEqual(panel.x);
      expect(lens.y).toBeGreaterThanOrEqual(panel.y);
      expect(lens.x + lens.width).toBeLessThanOrEqual(panel.x + panel.width);
      expect(lens.y + lens.height).toBeLessThanOrEqual(panel.y + panel.height);
    }
  }
});

test('as many rows are wrong as the confusion says, and they are ringed', async ({ page }) => {
  await train(page, 60);
  const cells = (await page.locator('.confusion td').allTextContents()).slice(-4).map(Number);
  const off = cells[1] + cells[2];
  expect(off).toBeGreaterThan(0);
  await expect(page.locator('#wrong')).toHaveText(String(off));
  await expect(page.locator('.tally')).toContainText(String(cells.reduce((sum, value) => sum + value)));
  await expect(page.locator('.plane p').first()).toContainText(`${off} of`);
  const ringed = await picture(page);
  await option(page, 'rings', false);
  await expect.poll(() => picture(page)).not.toBe(ringed);
  await option(page, 'rings', true);
  await expect.poll(() => picture(page)).toBe(ringed);
});

test('a hidden part has no marks; test rows are hidden until they are asked for', async ({ page }) => {
  await train(page, 20, FEW);
  /** Sum of a small square of pixels around a place. */
  const patch = (x, y) =>
    page.locator('.plane canvas').evaluate(
      (canvas, [x, y]) => {
        const box = canvas.getBoundingClientRect();
        const ratio = canvas.width / box.width;
        return [...canvas.getContext('2d').getImageData((x - box.x) * ratio - 4, (y - box.y) * ratio - 4, 9, 9).data].join();
      },
      [x, y],
    );
  const locked = await lonely(page, 2, [0, 1, 2]);
  await page.mouse.move(locked.x, locked.y);
  await expect(page.locator('.lens')).not.toContainText(en.testRow);
  const without = await patch(locked.x, locked.y);
  await page.getByRole('button', { name: en.reveal, exact: true }).click();
  await option(page, 'test', true);
  await expect.poll(() => patch(locked.x, locked.y)).not.toBe(without);
  await page.mouse.move(locked.x + 1, locked.y);
  await expect(page.locator('.lens')).toContainText(en.testRow);
  const seen = await lonely(page, 0, [0, 1, 2]);
  const marked = await patch(seen.x, seen.y);
  await option(page, 'train', false);
  await expect.poll(() => patch(seen.x, seen.y)).not.toBe(marked);
  await page.mouse.move(seen.x, seen.y);
  await expect(page.locator('.lens')).not.toContainText(en.trainRow);
  await page.reload();
  await expect(page.locator('.legend .off')).toHaveText([en.train, en.testLocked]);
});

test('the wheel zooms about the pointer, dragging pans, home returns', async ({ page, browserName }) => {
  await train(page, 20);
  const home = await range(page);
  const box = await page.locator('.plane').boundingBox();
  // Firefox has no pointer between pixels.
  const [fx, fy] = [Math.round(box.x + 0.25 * box.width) - box.x, Math.round(box.y + 0.75 * box.height) - box.y].map(
    (at, axis) => at / (axis ? box.height : box.width),
  );
  await page.mouse.move(box.x + fx * box.width, box.y + fy * box.height);
  await page.mouse.wheel(0, -200);
  const span = (of) => of[1] - of[0];
  await expect.poll(async () => span(await range(page)) / span(home)).toBeLessThan(0.8);
  const near = await range(page);
  expect(near[0] + fx * span(near)).toBeCloseTo(home[0] + fx * span(home), 1);
  expect(near[3] - fy * (near[3] - near[2])).toBeCloseTo(home[3] - fy * (home[3] - home[2]), 1);
  await page.mouse.down();
  const by = Math.round(0.2 * box.width) / box.width;
  await page.mouse.move(box.x + (fx + by) * box.width, box.y + fy * box.height, { steps: 4 });
  await page.mouse.up();
  const pixel = span(near) / box.width;
  await expect.poll(async () => Math.abs((await range(page))[0] - (near[0] - by * span(near)))).toBeLessThan(1.5 * pixel);
  await page.getByRole('button', { name: en.showAll }).click();
  await expect.poll(() => range(page)).toEqual(home);
  await expect(page.getByRole('button', { name: en.showAll })).toBeDisabled();
  await page.getByRole('button', { name: en.zoomOut }).click();
  await expect.poll(async () => span(await range(page)) / span(home)).toBeCloseTo(1.5, 2);
  const plane = page.locator('.plane');
  // In a stock Firefox two clicks of Playwright stay two clicks.
  await (browserName === 'firefox' ? plane.dispatchEvent('dblclick') : plane.dblclick({ position: { x: 40, y: 40 } }));
  await expect.poll(() => range(page)).toEqual(home);
});

test('the view stays where it is while training, and another experiment opens whole', async ({ page }) => {
  await open(page, { stop: { max_updates: 100000000, early_stopping: { off: {} } } });
  await page.getByRole('button', { name: en.zoomIn }).click();
  await page.getByRole('button', { name: en.play, exact: true }).click();
  await expect.poll(() => update(page)).toBeGreaterThan(50);
  const home = await page.evaluate(() => [...window.sent.points.range]);
  const now = await range(page);
  expect((now[1] - now[0]) / (home[1] - home[0])).toBeCloseTo(1 / 1.5, 3);
  await page.locator('[id=data]').selectOption('moons');
  await expect(page.getByRole('button', { name: en.showAll })).toBeDisabled();
  await expect
    .poll(async () => (await range(page)).join() === (await page.evaluate(() => [...window.sent.points.range].join())))
    .toBe(true);
});

test('the keyboard does all that the pointer does, and says so', async ({ page }) => {
  await train(page, 60);
  const at = await update(page);
  const plane = page.getByRole('application', { name: en.mapTitle });
  await plane.focus();
  const said = page.locator('.plane [aria-live]');
  await expect(said).toHaveText('');
  const misses = await page.evaluate(() => {
    const { points, run } = window.sent;
    return [...points.targets.keys()]
      .filter((row) => points.split[row] < 2 && run.predictions[2 * row + 1] > run.predictions[2 * row] !== (points.targets[row] === 1))
      .map((row) => String(Number(points.inputs[2 * row].toFixed(4))));
  });
  expect(misses.length).toBeGreaterThan(2);
  for (const [key, miss] of [
    ['n', 0],
    ['PageDown', 1],
    ['n', 2],
    ['p', 1],
    ['PageUp', 0],
    ['p', misses.length - 1],
  ]) {
    await page.keyboard.press(key);
    await expect(page.locator('.lens dd').first()).toHaveText(misses[miss]);
    await expect(said).toContainText(en.wrongHere);
  }
  await page.keyboard.press('Escape');
  await expect(page.locator('.lens')).toHaveCount(0);
  // To the upper edge, where no rows are.
  for (let at = 0; at < 5; at++) await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('ArrowLeft');
  await expect(said).toContainText(en.placeHere);
  const left = async () => Number.parseFloat(await page.locator('.plane > .cross').evaluate((cross) => cross.style.left));
  const before = await left();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(async () => (await left()) - before).toBeCloseTo(12.5, 1);
  await expect.poll(() => update(page)).toBe(at);
  const home = await range(page);
  await page.keyboard.press('+');
  await expect.poll(async () => (await range(page))[0]).toBeGreaterThan(home[0]);
  await page.keyboard.press('0');
  await expect.poll(() => range(page)).toEqual(home);
  await page.getByRole('button', { name: en.showOptions }).click();
  expect(await scan(page, '.panel.map')).toEqual([]);
});

test('a region of a tree is marked while the pointer is on it', async ({ page }) => {
  await train(page, 6, { learner: { tree: {} }, data: { moons: {} } });
  const plain = await picture(page);
  const box = await page.locator('.plane').boundingBox();
  await page.mouse.move(box.x + 6, box.y + box.height / 2);
  await expect(page.locator('.lens')).toContainText(en.nodeHere);
  await expect.poll(() => picture(page)).not.toBe(plain);
  await page.mouse.move(5, 5);
  await expect.poll(() => picture(page)).toBe(plain);
});

test('a fit says its value over the pointer and zooms across only', async ({ page }) => {
  await train(page, 200, { data: { curve: {} } });
  const box = await page.locator('.plane').boundingBox();
  // Firefox has no pointer between pixels.
  const fx = (Math.round(box.x + 0.42 * box.width) - box.x) / box.width;
  const value = await page.evaluate((fx) => window.sent.run.map[Math.floor(fx * window.sent.run.map.length)], fx);
  await page.mouse.move(box.x + fx * box.width, box.y + 6);
  await expect(page.locator('.lens dd').last()).toHaveText(brief(value));
  const home = await range(page);
  await page.mouse.wheel(0, -200);
  await expect.poll(async () => (await range(page))[0]).toBeGreaterThan(home[0]);
  await expect.poll(async () => (await range(page)).slice(2)).toEqual(home.slice(2));
  await page.getByRole('application', { name: en.curveTitle }).focus();
  await page.keyboard.press('n');
  const worst = await page.evaluate(() => {
    const { points, run } = window.sent;
    return [...points.targets.keys()]
      .filter((row) => points.split[row] < 2)
      .map((row) => run.predictions[row] - points.targets[row])
      .sort((a, b) => Math.abs(b) - Math.abs(a))[0];
  });
  await expect(page.locator('.lens dd').last()).toHaveText(brief(worst));
});

test('more columns than a map has: each row by what the model says of it', async ({ page }) => {
  await open(page);
  const number = (at, by) => (Math.sin(at * by) * 3).toFixed(3);
  const rows = Array.from({ length: 90 }, (_, at) => [
    number(at, 7),
    number(at, 3),
    number(at, 5),
    Math.sin(at * 7) + Math.sin(at * 3) > 0 ? 'yes' : 'no',
  ]);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'wide.csv', mimeType: 'text/csv', buffer: Buffer.from(['a,b,c,d', ...rows].join('\n')) });
  await page.getByLabel(en.planeWay).selectOption('rows');
  await expect(page.locator('.panel.map h2')).toContainText(en.truthTitle);
  await page.getByRole('button', { name: en.epochStep }).click();
  await expect(page.getByRole('button', { name: en.play, exact: true })).toBeVisible();
  await page.getByRole('application').focus();
  await page.keyboard.press('n');
  const [facts, wrong] = [await page.locator('.lens dd').allTextContents(), Number(await page.locator('#wrong').textContent())];
  expect(wrong).toBeGreaterThanOrEqual(0);
  expect(facts.slice(-2).sort()).toEqual(['no', 'yes']);
});

test('a finger taps to look, scrolls the page past the map, and moves the map once it is zoomed', async ({
  browser,
  baseURL,
  browserName,
}) => {
  test.skip(browserName === 'firefox', LACKS.touch);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, baseURL });
  const page = await context.newPage();
  await train(page, 30);
  const row = await lonely(page, 0, [0, 1], 6);
  await page.touchscreen.tap(row.x, row.y);
  await expect(page.locator('.lens dd').first()).toHaveText(brief(row.inputs[0]));
  const action = () => page.locator('.plane').evaluate((plane) => getComputedStyle(plane).touchAction);
  await expect.poll(() => action()).toBe('pan-y');
  await page.getByRole('button', { name: en.showOptions }).tap();
  await page.getByRole('button', { name: en.zoomIn }).tap();
  await page.getByRole('heading', { name: en.mapTitle }).tap();
  await expect.poll(action).toBe('none');
  await expect(page.locator('.lens')).toHaveCount(0);
  await context.close();
});

/** Notes what a contour draws. */
function pen() {
  const places = [];
  const counts = { lines: 0, closed: 0 };
  return {
    places,
    counts,
    moveTo: (x, y) => {
      counts.lines++;
      places.push([x, y]);
    },
    lineTo: (x, y) => places.push([x, y]),
    quadraticCurveTo: (_cx, _cy, x, y) => places.push([x, y]),
    closePath: () => counts.closed++,
  };
}

test('a circle is one closed line, a slope one line from edge to edge', () => {
  const side = 40;
  const cells = (value) => Float32Array.from({ length: side * side }, (_, at) => value((at % side) + 0.5, Math.floor(at / side) + 0.5));
  const round = pen();
  contour(
    cells((x, y) => Math.hypot(x - 20, y - 20) - 12),
    side,
    0,
    round,
  );
  expect(round.counts).toEqual({ lines: 1, closed: 1 });
  for (const [x, y] of round.places) expect(Math.abs(Math.hypot(x - 20, y - 20) - 12)).toBeLessThan(0.05);
  const straight = pen();
  contour(
    cells((x, y) => x + 0.5 * y - 25),
    side,
    0,
    straight,
  );
  expect(straight.counts).toEqual({ lines: 1, closed: 0 });
  const ends = [straight.places[0], straight.places.at(-1)].map(([, y]) => y).sort((a, b) => a - b);
  expect(ends).toEqual([0, side]);
  const nothing = pen();
  contour(
    cells(() => Number.NaN),
    side,
    0,
    nothing,
  );
  expect(nothing.places).toEqual([]);
});

test('three classes meet in one point', () => {
  const side = 30;
  const map = new Float32Array(side * side * 3);
  const best = new Uint8Array(side * side);
  for (let at = 0; at < side * side; at++) {
    const [x, y] = [(at % side) - 14.7, Math.floor(at / side) - 14.2];
    const scores = [x, -x / 2 + y, -x / 2 - y].map(Math.exp);
    const sum = scores[0] + scores[1] + scores[2];
    scores.forEach((score, k) => (map[3 * at + k] = score / sum));
    best[at] = greatest(map, 3, at);
  }
  const drawn = pen();
  borders(map, 3, best, side, drawn);
  expect(drawn.counts.closed).toBe(0);
  expect(drawn.counts.lines).toBe(6);
  // Crossings lie between two centres, so that one of their numbers is a half.
  const middle = drawn.places.filter(
    ([x, y], _, all) => x % 1 !== 0.5 && y % 1 !== 0.5 && all.filter(([a, b]) => a === x && b === y).length === 3,
  );
  expect(middle).toHaveLength(3);
  expect(Math.hypot(middle[0][0] - 15.2, middle[0][1] - 14.7)).toBeLessThan(1);
});

test('round numbers, views, rows and nodes', () => {
  for (const [low, high, most, wanted] of [
    [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [-6.5, 6.5, 6, [-5, 0, 5]],
    [0.031, 0.049, 4, [0.035, 0.04, 0.045]],
    [0, 0, 4, []],
    [0, Number.NaN, 4, []],
    [950, 1160, 3, [1000, 1100]],
  ])
    expect(ticks(low, high, most)).toEqual(wanted);
  const home = [-2, 2, -1, 1];
  const near = zoom(home, home, 0.5, 0.25, 0.25);
  expect(near).toEqual([-1.5, 0.5, -0.25, 0.75]);
  expect(zoom(near, home, 2, 0.25, 0.25)).toEqual(home);
  expect(zoom(home, home, 1e-9, 0.5, 0.5)[1]).toBeCloseTo(2 / 64);
  expect(pan(home, home, 0.25, -0.5)).toEqual([-3, 1, -2, 0]);
  expect(pan(home, home, -1000, 0)[0]).toBeLessThan(20);
  const points = { targets: [0, 1, 1], split: [0, 1, 1], task: 'classification', classes: ['a', 'b'] };
  const wrong = wrongRows(points, [0.2, 0.8, 0.3, 0.7, 0.9, 0.1], 2);
  expect([...wrong]).toEqual([1, 0, 1]);
  expect(countWrong(points, wrong, 1)).toEqual({ rows: 2, wrong: 1 });
  expect(wrongRows(points, [0.2, 0.8], 2)).toBe(null);
  const split = (left, right) => ({ split: { left, right } });
  expect([...subtree([split(1, 2), { split: null }, split(3, 4), { split: null }, { split: null }], 2)]).toEqual([0, 0, 1, 1, 1]);
  expect([...subtree([], 3)]).toEqual([]);
  const run = { map: new Float32Array(32), map_range: [0, 4, 0, 4], outputs: 2 };
  expect([cellAt(run, 0.5, 3.5), cellAt(run, 3.5, 0.5), cellAt(run, -0.1, 1), cellAt(run, 3.9, null)]).toEqual([0, 15, -1, 15]);
});
