import { layers, split, stop } from './common.mjs';

/** TensorFlow Playground's first lesson. Its 0.03 is for ½·d²; the mean of d² doubles the gradient, hence 0.015. */
export default {
  name: 'W1',
  title: '2→4→2→1 tanh, squared error, SGD, batch 10, 250 points of a circle',
  kind: 'train',
  experiment: {
    seed: 3,
    data: { circle: { samples: 250, noise: 0 } },
    split,
    learner: {
      net: {
        layers: layers('tanh', 4, 2),
        output_activation: { tanh: {} },
        initialiser: { xavier_uniform: {} },
        loss: { mse: {} },
        optimizer: { mini_batch: { learning_rate: 0.015 } },
        batch_size: 10,
      },
    },
    stop,
  },
  check: { epochs: 300, below: 0.1 },
};
