/** The parts that the page is built from, by themselves. */
import { expect, test } from '@playwright/test';
import { en } from '../../www/i18n/words.js';
import { marks } from '../../www/views/map/marks.js';
import { scan } from './steps.js';

const colours = { ink: 'ink', paper: 'paper', classes: ['a', 'b', 'c', 'd', 'e'], low: [0, 0, 1], high: [0, 0, 2] };

/** What is traced of marks on a picture of 100 × 200 pixels over [0, 10] × [0, 20], each as its points and how it is drawn. @param {any[]} all @param {number} [classes] */
function traced(all, classes = 3) {
  /** @type {{points: number[][], colour: string, alpha: number, text?: string}[]} */
  const found = [];
  let points = /** @type {number[][]} */ ([]);
  const add = (/** @type {number[]} */ ...at) => void points.push(at.map((value) => Number(value.toFixed(3))));
  const context = new Proxy(/** @type {any} */ ({ globalAlpha: 1 }), {
    get(own, name) {
      if (name === 'beginPath') return () => (points = []);
      if (name === 'arc') return (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ r) => add(x, y, r);
      if (name === 'moveTo' || name === 'lineTo') return add;
      if (name === 'stroke' || name === 'fill') return () => found.push({ points, colour: own[`${name}Style`], alpha: own.globalAlpha });
      if (name === 'fillText')
        return (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y) =>
          found.push({ points: [[x, y]], colour: own.fillStyle, alpha: 1, text });
      return name in own ? own[name] : () => {};
    },
    set: (own, name, value) => ((own[name] = value), true),
  });
  marks(context, { range: [0, 10, 0, 20], width: 100, height: 200, colours: /** @type {any} */ (colours), classes }, all);
  return found;
}

test('marks lie where they are said to be, in raw coordinates of the plane', () => {
  // A pale rim, then the line itself.
  expect(traced([{ kind: 'ring', at: [5, 5], class: 1 }])).toEqual([
    { points: [[50, 150, 9]], colour: 'paper', alpha: 1 },
    { points: [[50, 150, 9]], colour: 'b', alpha: 1 },
  ]);
  const drawn = (/** @type {any} */ mark, classes = 3) => traced([mark], classes).at(-1);
  expect(drawn({ kind: 'line', at: [0, 0], to: [10, 20] })).toMatchObject({
    points: [
      [0, 200],
      [100, 0],
    ],
    colour: 'ink',
  });
  // The colours of two classes are the ends of the field, as the points' are.
  expect(drawn({ kind: 'line', at: [0, 0], to: [1, 1], class: 1 }, 2)?.colour).toBe('rgb(0,0,2)');
  const ellipse = drawn({
    kind: 'ellipse',
    at: [5, 10],
    axes: [
      [2, 0],
      [0, 4],
    ],
  });
  expect(ellipse?.points).toHaveLength(65);
  expect(ellipse?.points[0]).toEqual([70, 100]);
  expect(ellipse?.points[16]).toEqual([50, 60]);
  // Axes may be turned.
  expect(
    drawn({
      kind: 'ellipse',
      at: [5, 10],
      axes: [
        [1, 1],
        [0, 0],
      ],
    })?.points[0],
  ).toEqual([60, 90]);
  const arrow = drawn({ kind: 'arrow', at: [2, 10], to: [8, 10] })?.points;
  expect(arrow?.slice(0, 2)).toEqual([
    [20, 100],
    [80, 100],
  ]);
  expect(arrow?.[3][0]).toBeLessThan(80);
  expect(arrow?.[3][1]).not.toBe(100);
  // An arrow that goes nowhere has no head.
  expect(drawn({ kind: 'arrow', at: [2, 10], to: [2, 10] })?.points).toHaveLength(2);
  // Strength is how much is seen of it, and what counts for nothing is still there.
  expect(drawn({ kind: 'ring', at: [5, 5], strength: 0 })?.alpha).toBeCloseTo(0.3);
  expect(drawn({ kind: 'ring', at: [5, 5], strength: 7 })?.alpha).toBe(1);
  expect(drawn({ kind: 'ring', at: [5, 5], label: 'α = 0.3' })).toMatchObject({ text: 'α = 0.3' });
  // What is not known, or lies nowhere, is left out.
  expect(
    traced([
      { kind: 'cloud', at: [5, 5] },
      { kind: 'ring', at: [Number.NaN, 5] },
    ]),
  ).toEqual([]);
});

test('marks, a model without a picture, sheets and panels of the stage stand at ?parts', async ({ page }) => {
  await page.goto('./?parts');
  const canvas = page.locator('#marks canvas');
  await canvas.scrollIntoViewIfNeeded();
  const pixel = (/** @type {number} */ x, /** @type {number} */ y) =>
    canvas.evaluate(
      (own, [x, y]) => {
        const paper = /** @type {HTMLCanvasElement} */ (own);
        const context = /** @type {CanvasRenderingContext2D} */ (paper.getContext('2d'));
        return [
          ...context.getImageData(Math.round((x + 1) * 0.5 * paper.width), Math.round((1 - y) * 0.5 * paper.height), 1, 1).data,
        ].slice(0, 3);
      },
      [x, y],
    );
  const token = (/** @type {string} */ name) =>
    page.evaluate((name) => {
      const hex = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
      return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
    }, name);
  await expect.poll(() => pixel(-0.4, 0.3)).toEqual(await token('--class-0'));
  const ground = await token('--field-middle');
  expect(await pixel(0.9, -0.9)).toEqual(ground);
  // A ring is hollow.
  expect(await pixel(0.5, 0.8)).toEqual(ground);
  expect(await pixel(0.5 + 18 / 300, 0.8)).not.toEqual(ground);

  await expect(page.getByText(en.undrawn)).toBeVisible();
  await expect(page.locator('.undrawn dd')).toHaveText('0.01');

  const opener = page.locator('#open-sheet');
  await opener.click();
  const sheet = page.getByRole('dialog', { name: en.partsSheet, exact: true });
  await expect(sheet).toBeVisible();
  await expect(sheet.locator('h2')).toBeFocused();
  expect(await scan(page, 'dialog')).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(opener).toBeFocused();
  await opener.click();
  await sheet.getByRole('button', { name: en.closeUnit, exact: true }).click();
  await expect(sheet).toHaveCount(0);

  const stage = page.locator('[data-panel="example"]');
  await stage.getByRole('button', { name: en.stageFill, exact: true }).click();
  await expect(stage).toContainText(en.partsStageFilled);
  await stage.getByRole('button', { name: en.stageBack, exact: true }).click();
  await expect(stage).not.toContainText(en.partsStageFilled);
  expect(await scan(page)).toEqual([]);
});
