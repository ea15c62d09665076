/** brain.js: squared error only, and a weight update after every row, at a tenth of the rate of a batch of ten. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
let brain;

export default {
  name: 'brain.js',
  load() {
    brain = require('brain.js');
  },
  refuses({ lstm, images, output, optimizer }) {
    if (images) return 'it has no convolutions';
    return !lstm && output === 'tanh' && optimizer === 'mini_batch' ? null : 'its dense layers have squared error only';
  },
  async open({ inputs, targets, rows, columns, sizes, weights, batch, rate }) {
    const net = new brain.NeuralNetwork({ activation: 'tanh' });
    net.sizes = sizes;
    net.initialize();
    weights.forEach(({ weights, biases }, at) => {
      net.biases[at + 1] = Float32Array.from(biases);
      net.weights[at + 1] = Array.from(biases, (_, unit) => weights.slice(unit * sizes[at], (unit + 1) * sizes[at]));
    });
    // It descends ½·d². Set directly: its own check does not accept a momentum of 0.
    Object.assign(net.trainOpts, { learningRate: (2 * rate) / batch, momentum: 0 });
    const data = Array.from(targets, (target, row) => ({
      input: inputs.slice(row * columns, (row + 1) * columns),
      output: Float32Array.of(target),
    }));
    let position = 0;
    return {
      updates(count) {
        for (let n = 0; n < count * batch; n++) {
          net.trainPattern(data[position]);
          position = (position + 1) % rows;
        }
        return count * batch;
      },
      predict(from, count) {
        return Float32Array.from({ length: count }, (_, row) => net.runInput(from.subarray(row * columns, (row + 1) * columns))[0]);
      },
      close() {},
    };
  },
};
