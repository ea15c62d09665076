import { images } from '../images.mjs';
import { split, stop } from './common.mjs';

const conv = (channels) => ({ conv2d: { channels, kernel: 5, stride: 1, padding: 2, activation: { relu: {} } } });

const half = { max_pool: { kernel: 2, stride: 2 } };

export default {
  name: 'W4',
  title:
    '1×28×28 → conv 8@5×5, ReLU, maxpool 2 → conv 16@5×5, ReLU, maxpool 2 → 10, softmax cross-entropy, momentum, batch 32, 320 generated digits',
  kind: 'train',
  unit: 'images/s',
  files: { 'images.csv': images },
  experiment: {
    seed: 1,
    data: { csv: { path: 'images.csv', target: 'digit', layout: { image: { channels: 1, height: 28 } } } },
    split,
    learner: {
      net: {
        layers: [conv(8), half, conv(16), half, { flatten: {} }],
        loss: { softmax_cross_entropy: {} },
        optimizer: { momentum: { learning_rate: 0.05, momentum: 0.9 } },
        batch_size: 32,
      },
    },
    stop,
  },
  /** Few epochs: TensorFlow.js on its plain backend trains about ten images a second. */
  check: { epochs: 2, below: 1 },
};
