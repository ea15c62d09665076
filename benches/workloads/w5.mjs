import { split, stop } from './common.mjs';

export default {
  name: 'W5',
  title: 'LSTM of 32 units over 32 steps of 1 number, dense 1 on its last step, squared error, Adam, batch 32, 512 windows of a series',
  kind: 'train',
  unit: 'sequences/s',
  experiment: {
    seed: 1,
    data: { series: { samples: 512, noise: 0, lag: 32, kind: 'sines' } },
    split,
    learner: {
      net: {
        layers: [{ lstm: { units: 32 } }],
        loss: { mse: {} },
        output_activation: { linear: {} },
        optimizer: { adam: { learning_rate: 0.001 } },
        batch_size: 32,
      },
    },
    stop,
  },
  /** For engines without Adam. */
  substitute: { learning_rate: 0.2 },
  check: { epochs: 20, below: 0.05 },
};
