import { digits } from '../digits.mjs';
import { layers, split, stop } from './common.mjs';

export default {
  name: 'W3',
  title: '64→128→64→10 ReLU, softmax cross-entropy, Adam, batch 64, 1,792 generated digits of 8×8',
  kind: 'train',
  files: { 'digits.csv': digits },
  experiment: {
    seed: 1,
    data: { csv: { path: 'digits.csv', target: 'digit' } },
    split,
    learner: {
      net: {
        layers: layers('relu', 128, 64),
        loss: { softmax_cross_entropy: {} },
        optimizer: { adam: { learning_rate: 0.001 } },
        batch_size: 64,
      },
    },
    stop,
  },
  /** For engines without Adam. */
  substitute: { learning_rate: 0.01, momentum: 0.9 },
  check: { epochs: 10, below: 0.1 },
};
