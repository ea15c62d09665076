/** ConvNetJS 0.3, the npm release: it has no Adam, so momentum stands in (which costs it less work). */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
let convnet;

const ACTIVATIONS = { tanh: 'TanhLayer', relu: 'ReluLayer', softmax: 'SoftmaxLayer' };

/** Its volumes are [height][width][channels], ours [channels][height][width]. */
function channelsLast(from, channels) {
  const pixels = from.length / channels;
  return Float32Array.from(from, (_, at) => from[(at % channels) * pixels + Math.floor(at / channels)]);
}

export default {
  name: 'convnetjs',
  load() {
    convnet = require('convnetjs');
  },
  refuses: ({ lstm }) => (lstm ? 'it has no recurrent layers' : null),
  async open({ inputs, targets, rows, columns, images, sizes, hidden, output, weights, batch, rate, momentum = 0, optimizer, substitute }) {
    const net = new convnet.Net();
    const image = images ?? { width: 1, height: 1, channels: columns, layers: [] };
    // Layers are made by hand: `makeLayers` would put one more dense layer before a regression.
    net.layers = [new convnet.InputLayer({ out_sx: image.width, out_sy: image.height, out_depth: image.channels })];
    /** One more layer, over what the last one gives. */
    const push = (Layer, options) => {
      const { out_sx, out_sy, out_depth } = net.layers.at(-1);
      net.layers.push(new convnet[Layer]({ in_sx: out_sx, in_sy: out_sy, in_depth: out_depth, ...options }));
    };
    /** Weights of the last one, [out][in], where an input has so many channels. */
    const fill = ({ weights, biases }, channels) => {
      const { filters, biases: bias } = net.layers.at(-1);
      filters.forEach((filter, unit) =>
        filter.w.set(channelsLast(weights.slice(unit * filter.w.length, (unit + 1) * filter.w.length), channels)),
      );
      bias.w.set(biases);
    };
    for (const { sort, channels, kernel, stride, padding, activation, ...tensors } of image.layers) {
      if (sort === 'conv') {
        const entering = net.layers.at(-1).out_depth;
        push('ConvLayer', { filters: channels, sx: kernel, stride, pad: padding });
        fill(tensors, entering);
        push(ACTIVATIONS[activation]);
      } else {
        push('PoolLayer', { sx: kernel, stride });
      }
    }
    weights.forEach((tensors, at) => {
      const entering = net.layers.at(-1).out_depth;
      push('FullyConnLayer', { num_neurons: sizes[at + 1] });
      fill(tensors, entering);
      push(ACTIVATIONS[at === weights.length - 1 ? output : hidden]);
    });
    if (output !== 'softmax') push('RegressionLayer');
    // Its regression is ½·d², half of the gradient of d².
    const descent = optimizer === 'adam' ? substitute : { learning_rate: output === 'softmax' ? rate : 2 * rate, momentum };
    const trainer = new convnet.Trainer(net, { ...descent, method: 'sgd', batch_size: batch });
    const volume = (from, row) => {
      const volume = new convnet.Vol(image.width, image.height, image.channels, 0);
      volume.w.set(channelsLast(from.slice(row * columns, (row + 1) * columns), image.channels));
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
