/** Points drawn on the map: brushes, eraser, hand, keys; each stroke a step of undo; the address replays them. */
import { expect, test } from '@playwright/test';
import { en } from '../../www/i18n/words.js';
import { erased, nearest, renumbered, strewn, traced } from '../../www/views/map/brush.js';
import { LACKS, listen, ready, scan, update } from './steps.js';

/** Eleven points of two classes, far from each other. */
const FEW = {
  data: {
    drawn: {
      points: [
        [-5, -5, 0],
        [-4, -5, 0],
        [-3, -5, 0],
        [-5, -4, 0],
        [-4, -4, 0],
        [5, 5, 1],
        [4, 5, 1],
        [3, 5, 1],
        [5, 4, 1],
        [4, 4, 1],
        [3, 4, 1],
      ],
    },
  },
};
const hash = (experiment) => `#${encodeURIComponent(JSON.stringify(experiment))}`;
const stated = async (page) => JSON.parse(decodeURIComponent(new URL(page.url()).hash.slice(1)) || '{}');
/** The points of the address, which is written once the engine has taken them. */
const points = async (page) => (await stated(page)).data?.drawn?.points ?? [];
const count = (page, n) => expect.poll(async () => (await points(page)).length).toBe(n);
const tool = (page, name) => page.locator('.brushes').getByRole('button', { name, exact: true }).click();
const brush = (page, n) => tool(page, en.drawBrush.replace('{n}', n));
const EDGE = 6.4;
/** The pixel of a place on the plane. */
const pixel = async (page, x, y) => {
  const box = await page.locator('.plane').boundingBox();
  return [box.x + ((x + EDGE) / (2 * EDGE)) * box.width, box.y + ((EDGE - y) / (2 * EDGE)) * box.height];
};
const drag = async (page, from, to) => {
  await page.mouse.move(...(await pixel(page, ...from)));
  await page.mouse.down();
  await page.mouse.move(...(await pixel(page, ...to)), { steps: 12 });
  await page.mouse.up();
};
const near = (points, x, y, far) => points.some(([px, py]) => Math.hypot(px - x, py - y) <= far);

test('what tools do to a list of points', () => {
  const list = [
    [0, 0, 0],
    [1, 0, 0],
    [2, 0, 2],
  ];
  expect(nearest(list, { x: 1.2, y: 0 }, 0.5)).toBe(1);
  expect(nearest(list, { x: 1.2, y: 3 }, 0.5)).toBe(-1);
  expect(renumbered(list)).toEqual([
    [0, 0, 0],
    [1, 0, 0],
    [2, 0, 1],
  ]);
  // Between two places of a quick eraser nothing is left out.
  expect(erased(list, { x: -1, y: 0.1 }, { x: 1.4, y: 0.1 }, 0.2)).toEqual([[2, 0, 2]]);
  expect(erased(list, { x: 5, y: 5 }, { x: 5, y: 5 }, 0.2)).toBe(list);
  const middle = () => 0.5;
  const whole = strewn({ x: 0, y: 0 }, { x: 10, y: 0 }, 0, 2, 1, middle);
  expect(whole.places.map(({ x }) => x)).toEqual([2, 4, 6, 8, 10]);
  // However many moves a stroke is made of, points lie equally far apart.
  let [walked, places] = [0, []];
  for (let x = 0; x < 10; x++) {
    const part = strewn({ x, y: 0 }, { x: x + 1, y: 0 }, walked, 2, 1, middle);
    walked = part.walked;
    places = places.concat(part.places);
  }
  expect(places.map(({ x }) => Math.round(x * 1e6) / 1e6)).toEqual([2, 4, 6, 8, 10]);
  expect(traced({ inputs: [1.234, 7, 0, -2], targets: [1, 0] }, 10)).toEqual([
    [1.23, 6, 1],
    [0, -2, 0],
  ]);
  expect(traced({ inputs: [100, 1, 300, 3], targets: [0, 1] }, 10)).toEqual([
    [-5.1, -5.1, 0],
    [5.1, 5.1, 1],
  ]);
});

test('the present points become ones of one’s own, and a stroke adds to them', async ({ page }) => {
  await ready(page, hash({ data: { moons: { samples: 40 } } }));
  await page.locator('#draw').click();
  await count(page, 40);
  await expect(page.locator('.drawing [role=status]')).toHaveText('40 points');
  await drag(page, [-5, -5], [5, -5]);
  await expect.poll(async () => (await points(page)).length).toBeGreaterThan(48);
  const stroke = (await points(page)).slice(40);
  // One point each so many pixels, no more; of the brush that was taken up.
  const wide = (await page.locator('.plane').boundingBox()).width;
  const due = ((10 / (2 * EDGE)) * wide) / 14;
  expect(Math.abs(stroke.length - due)).toBeLessThan(3);
  expect(stroke.every(([x, y, of]) => of === 0 && Math.abs(y + 5) < 0.7 && Math.abs(x) < 5.7)).toBe(true);
  await page.getByRole('button', { name: en.undo }).click();
  await count(page, 40);
  await page.getByRole('button', { name: en.redo }).click();
  await count(page, 40 + stroke.length);
  expect(await scan(page, '.panel.map')).toEqual([]);
  // The address alone brings the same points and the same training.
  const address = page.url();
  const play = async () => {
    await page.getByRole('button', { name: en.step, exact: true }).click();
    await expect.poll(() => update(page)).toBe(1);
    return page.locator('#train-loss').textContent();
  };
  const loss = await play();
  await page.goto('about:blank');
  await page.goto(address);
  await expect(page.locator('#train-loss')).not.toHaveText('–');
  await expect.poll(async () => (await points(page)).slice(40)).toEqual(stroke);
  expect(await play()).toBe(loss);
});

test('a tap puts one point, a third brush makes a third class, strokes undo one by one', async ({ page }) => {
  await ready(page, hash(FEW));
  await expect(page.locator('.brushes').getByRole('button', { name: /Brush of class/ })).toHaveCount(3);
  await brush(page, 2);
  for (const x of [-1, 0, 1]) await page.mouse.click(...(await pixel(page, x, 0)));
  await count(page, 14);
  const added = (await points(page)).slice(11);
  for (const [at, [x, y, of]] of added.entries()) {
    expect(Math.abs(x - (at - 1)) + Math.abs(y)).toBeLessThan(0.1);
    expect(of).toBe(2);
  }
  await expect(page.locator('#drawn li')).toHaveCount(3);
  await expect(page.locator('.brushes').getByRole('button', { name: /Brush of class/ })).toHaveCount(4);
  for (const n of [13, 12, 11]) {
    await page.keyboard.press('ControlOrMeta+z');
    await count(page, n);
  }
});

test('an eraser takes away what it passes, a hand moves a point', async ({ page }) => {
  await ready(page, hash(FEW));
  await tool(page, en.drawMove);
  await drag(page, [3, 4], [0, 0]);
  await expect.poll(async () => near(await points(page), 0, 0, 0.1)).toBe(true);
  await expect.poll(async () => near(await points(page), 3, 4, 0.5)).toBe(false);
  await count(page, 11);
  // In the air nothing is taken up, and nothing changes.
  await drag(page, [-2, 2], [2, 2]);
  await tool(page, en.drawErase);
  await drag(page, [-1, 0], [1, 0]);
  await count(page, 10);
  await expect.poll(async () => near(await points(page), 0, 0, 1)).toBe(false);
});

test('too few points are named, shown, and drawn on', async ({ page }) => {
  await ready(page, hash(FEW));
  await tool(page, en.drawClear);
  const said = page.locator('.map .refused');
  await expect(said).toHaveText('at least 10 points are needed, got 0: draw more on the map');
  await expect(page.locator('.drawing [role=status]')).toHaveText('0 points');
  const empty = await page.locator('.plane canvas').evaluate((canvas) => canvas.toDataURL());
  await brush(page, 0);
  await drag(page, [-5, 3], [5, 3]);
  await expect(said).toContainText('draw points of a second class');
  await expect.poll(() => page.locator('.plane canvas').evaluate((canvas) => canvas.toDataURL())).not.toBe(empty);
  await brush(page, 1);
  await drag(page, [-5, -3], [5, -3]);
  await expect(said).toHaveCount(0);
  // Once there is a class that is gone, the others close ranks.
  await brush(page, 2);
  await drag(page, [-5, 0], [5, 0]);
  await expect.poll(async () => new Set((await points(page)).map(([, , of]) => of)).size).toBe(3);
  await tool(page, en.drawErase);
  for (const y of [-3.6, -3.3, -3, -2.7, -2.4]) await drag(page, [-6, y], [6, y]);
  await expect.poll(async () => [...new Set((await points(page)).map(([, , of]) => of))]).toEqual([0, 1]);
});

test('an address holds two thousand points, and no stroke goes beyond', async ({ page }) => {
  const many = Array.from({ length: 1995 }, (_, at) => [
    Math.round(-550 + (at % 100) * 11) / 100,
    Math.round(-500 + Math.floor(at / 100) * 50) / 100,
    at % 5,
  ]);
  await ready(page, hash({ data: { drawn: { points: many } } }));
  await expect(page.locator('.brushes').getByRole('button', { name: /Brush of class/ })).toHaveCount(5);
  await brush(page, 4);
  await drag(page, [-5, 5.8], [5, 5.8]);
  await count(page, 2000);
  await expect(page.locator('.drawing [role=status]')).toHaveText('2,000 points: full');
  await page.mouse.click(...(await pixel(page, 0, 5.6)));
  await tool(page, en.drawErase);
  await page.mouse.click(...(await pixel(page, -5.5, -5)));
  await expect.poll(async () => (await points(page)).length).toBeLessThan(2000);
  await expect.poll(async () => near(await points(page), -5.5, -5, 0.05)).toBe(false);
});

test('by keys: the crosshair goes, Enter puts, Delete erases, digits choose', async ({ page }) => {
  await ready(page, hash(FEW));
  await page.locator('.plane').focus();
  await page.keyboard.press('2');
  await expect(page.locator('.brushes [aria-pressed=true]')).toHaveAccessibleName(en.drawBrush.replace('{n}', 1));
  await page.keyboard.press('Enter');
  await count(page, 12);
  for (let step = 0; step < 2; step++) await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('1');
  await page.keyboard.press('Space');
  await count(page, 13);
  const [first, second] = (await points(page)).slice(11);
  expect(first).toEqual([0, 0, 1]);
  expect(second).toEqual([-3.2, 0, 0]);
  // Space is the brush's here: nothing trains.
  await expect.poll(() => update(page)).toBe(0);
  await page.keyboard.press('Delete');
  await count(page, 12);
  await expect.poll(async () => near(await points(page), -3.2, 0, 0.1)).toBe(false);
  await tool(page, en.drawMove);
  await page.locator('.plane').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('Enter');
  await expect.poll(async () => near(await points(page), 0, 1.6, 0.01)).toBe(true);
  await count(page, 12);
  // Without a tool in hand the keys are what they were.
  await tool(page, en.drawLook);
  await page.locator('.plane').focus();
  await page.keyboard.press('+');
  await expect(page.locator('.plane')).toHaveClass(/moved/);
});

test('the wheel zooms while a brush is held, and strokes land where they are seen', async ({ page }) => {
  await ready(page, hash(FEW));
  await brush(page, 0);
  const [x, y] = await pixel(page, 0, 0);
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, -400);
  await expect(page.locator('.plane')).toHaveClass(/moved/);
  await page.mouse.click(x, y);
  await count(page, 12);
  const [px, py] = (await points(page)).at(-1);
  expect(Math.hypot(px, py)).toBeLessThan(0.1);
});

test('while it trains, drawing restarts and goes on', async ({ page }) => {
  await page.addInitScript(listen);
  await ready(page, hash({ ...FEW, stop: { max_updates: 1000000, early_stopping: { off: {} } } }));
  await page.getByRole('button', { name: en.play, exact: true }).click();
  await expect.poll(() => update(page)).toBeGreaterThan(20);
  await brush(page, 1);
  await page.mouse.click(...(await pixel(page, 0, -3)));
  await count(page, 12);
  await expect(page.getByRole('button', { name: en.pause })).toBeVisible();
  await expect.poll(() => page.evaluate(() => window.sent.points.targets.length)).toBe(12);
});

test.describe('by touch', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test('a finger draws while a brush is held, and scrolls otherwise', async ({ page, browserName }) => {
    test.skip(browserName === 'firefox', LACKS.touch);
    await ready(page, hash(FEW));
    const plane = page.locator('.plane');
    await expect(plane).toHaveCSS('touch-action', 'pan-y');
    await brush(page, 1);
    await expect(plane).toHaveCSS('touch-action', 'none');
    await page.touchscreen.tap(...(await pixel(page, 0, 0)));
    await count(page, 12);
    const session = await page.context().newCDPSession(page);
    const touch = async (type, ...at) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: at.map(([x, y], id) => ({ x, y, id })) });
    const from = await pixel(page, -4, 2);
    await touch('touchStart', from);
    for (let step = 1; step <= 10; step++) await touch('touchMove', [from[0] + 18 * step, from[1]]);
    await touch('touchEnd');
    await expect.poll(async () => (await points(page)).length).toBeGreaterThan(20);
    const drawn = (await points(page)).length;
    // A second finger is no brush: what the first began is let go.
    await touch('touchStart', from);
    await touch('touchStart', from, [from[0] + 60, from[1] + 60]);
    await touch('touchMove', [from[0] - 20, from[1] - 20], [from[0] + 90, from[1] + 90]);
    await touch('touchEnd');
    await expect(plane).toHaveClass(/moved/);
    await expect.poll(async () => (await points(page)).length).toBe(drawn);
    for (const button of await page.locator('.brushes button').all())
      await expect.poll(async () => (await button.boundingBox()).height).toBeGreaterThanOrEqual(44);
  });
});
