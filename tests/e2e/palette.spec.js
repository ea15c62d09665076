/** The colours as they are seen: with each kind of colour blindness, on a washed-out projector, against their ground. No page is needed. */
import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';

const css = readFileSync(new URL('../../www/styles/tokens.css', import.meta.url), 'utf8');

/** Tokens of a theme's block: the light one is `:root`, the dark one is chosen by the attribute. @param {RegExp} block */
const tokens = (block) =>
  Object.fromEntries([...css.match(block)[1].matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]));
const THEMES = { light: tokens(/:root \{([^}]*)\}/), dark: tokens(/:root\[data-theme='dark'\] \{([^}]*)\}/) };

const linear = (hex) =>
  [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
const times = (matrix, vector) => matrix.map((row) => row.reduce((sum, value, at) => sum + value * vector[at], 0));

/** Machado, Oliveira & Fernandes 2009, severity 1, in linear RGB. */
const SIGHTS = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** OKLab (Ottosson 2020): distances are close to what the eye sees. */
function oklab(rgb) {
  const lms = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb.map((value) => Math.max(0, value)),
  );
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    lms.map(Math.cbrt),
  );
}

const distance = (a, b) => Math.hypot(...oklab(a).map((value, at) => value - oklab(b)[at]));
const luminance = (rgb) => times([[0.2126, 0.7152, 0.0722]], rgb)[0];
const contrast = (a, b) => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};
/** A lit room adds a grey veil to what a projector shows. */
const washed = (rgb) => rgb.map((value) => 0.7 * value + 0.15);

/** Least distances: just below those of the palette as it was chosen, so that no later one is worse. Shapes double every colour. */
const [APART, APART_WASHED] = [0.08, 0.028];

for (const [theme, colours] of Object.entries(THEMES)) {
  const classes = [0, 1, 2, 3, 4].map((at) => linear(colours[`class-${at}`]));
  const field = ['field-low', 'field-middle', 'field-high'].map((name) => linear(colours[name]));

  for (const [sight, matrix] of Object.entries(SIGHTS)) {
    test(`classes and the field's ends stay apart, ${theme}, ${sight}`, () => {
      for (const set of [classes, field]) {
        for (const [at, a] of set.entries()) {
          for (const b of set.slice(at + 1)) {
            expect(distance(times(matrix, a), times(matrix, b))).toBeGreaterThan(APART);
            expect(distance(washed(times(matrix, a)), washed(times(matrix, b)))).toBeGreaterThan(APART_WASHED);
          }
        }
      }
    });
  }

  test(`text and lines stand out from their ground, ${theme}`, () => {
    const paper = linear(colours.paper);
    for (const name of ['ink', 'muted', 'accent', 'problem']) expect(contrast(linear(colours[name]), paper), name).toBeGreaterThan(4.5);
    expect(contrast(linear(colours['on-accent']), linear(colours.accent))).toBeGreaterThan(4.5);
    for (const [at, colour] of classes.entries()) expect(contrast(colour, paper), `class ${at}`).toBeGreaterThan(3);
  });
}
