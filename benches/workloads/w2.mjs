import { layers, split, stop } from './common.mjs';

export default {
  name: 'W2',
  title: '2→32→32→3 ReLU, softmax cross-entropy, Adam, batch 32, 1,024 points of a spiral with three arms',
  kind: 'train',
  experiment: {
    seed: 1,
    data: { arms: { samples: 1024, noise: 0.15, arms: 3 } },
    split,
    learner: {
      net: {
        layers: layers('relu', 32, 32),
        loss: { softmax_cross_entropy: {} },
        optimizer: { adam: { learning_rate: 0.001 } },
        batch_size: 32,
      },
    },
    stop,
  },
  /** For engines without Adam. */
  substitute: { learning_rate: 0.01, momentum: 0.9 },
  check: { epochs: 100, below: 0.35 },
};
