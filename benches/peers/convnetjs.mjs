/** ConvNetJS 0.3, the npm release: it has no Adam, so momentum stands in (which costs it less work). */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
let convnet;

export default {
  name: 'convnetjs',
  load() {
    convnet = require('convnetjs');
  },
  refuses: ({ lstm }) => (lstm ? 'it has no recurrent layers' : null),
  async open({ inputs, targets, rows, columns, sizes, hidden, output, weights, batch, rate, optimizer, substitute }) {
    const net = new convnet.Net();
    // Layers are made by hand: `makeLayers` would put one more dense layer before a regression.
    net.layers = [new convnet.InputLayer({ out_sx: 1, out_sy: 1, out_depth: columns })];
    const activation = { tanh: convnet.TanhLayer, relu: convnet.ReluLayer, softmax: convnet.SoftmaxLayer };
    weights.forEach((tensors, at) => {
      const dense = new convnet.FullyConnLayer({ in_sx: 1, in_sy: 1, in_depth: sizes[at], num_neurons: sizes[at + 1] });
      dense.filters.forEach((filter, unit) => filter.w.set(tensors.weights.subarray(unit * sizes[at], (unit + 1) * sizes[at])));
      dense.biases.w.set(tensors.biases);
      const Activation = activation[at === weights.length - 1 ? output : hidden];
      net.layers.push(dense, new Activation({ in_sx: 1, in_sy: 1, in_depth: sizes[at + 1] }));
    });
    if (output !== 'softmax') net.layers.push(new convnet.RegressionLayer({ in_sx: 1, in_sy: 1, in_depth: sizes.at(-1) }));
    // Its regression is ½·d², half of the gradient of d².
    const trainer =
      optimizer === 'adam'
        ? new convnet.Trainer(net, { method: 'sgd', learning_rate: substitute.learning_rate, momentum: substitute.momentum, batch_size: batch })
        : new convnet.Trainer(net, { method: 'sgd', learning_rate: 2 * rate, momentum: 0, batch_size: batch });
    const volume = (from, row) => {
      const volume = new convnet.Vol(1, 1, columns, 0);
      volume.w.set(from.subarray(row * columns, (row + 1) * columns));
      return volume;
    };
    const volumes = Array.from({ length: rows }, (_, row) => volume(inputs, row));
    const wanted = Array.from(targets, (target) => (output === 'softmax' ? target : [target]));
    let position = 0;
    return {
      updates(count) {
        for (let n = 0; n < count * batch; n++) {
          trainer.train(volumes[position], wanted[position]);
          position = (position + 1) % rows;
        }
        return count * batch;
      },
      predict(from, count) {
        const width = sizes.at(-1);
        const out = new Float32Array(count * width);
        for (let row = 0; row < count; row++) out.set(net.forward(volume(from, row)).w, row * width);
        return out;
      },
      close() {},
    };
  },
};
