import w2 from './w2.mjs';

/** The net of W2, trained, over a grid: what the page does for every picture it shows. */
export default {
  ...w2,
  name: 'W6',
  title: 'forward only: the trained net of W2 over a grid of 200×200',
  kind: 'map',
  side: 200,
  range: [-6, 6, -6, 6],
  /** Largest difference to our probabilities. */
  check: { epochs: 100, within: 1e-4 },
};
