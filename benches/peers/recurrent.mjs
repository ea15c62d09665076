/** recurrent-js, the npm descendant of Karpathy's RecurrentJS: one row at a time over a graph. It has no Adam; its own plain descent stands in. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
let recurrent;

export default {
  name: 'recurrent-js',
  load() {
    recurrent = require('recurrent-js');
  },
  refuses: ({ lstm }) => (lstm ? null : 'it takes part with its LSTM only'),
  async open({ inputs, targets, rows, lstm, weights: [head], batch, substitute }) {
    const { steps, features, units } = lstm;
    const net = new recurrent.LSTM({ architecture: { inputSize: features, hiddenUnits: [units], outputSize: 1 } });
    const { hidden, decoder } = net.model;
    // One bias where PyTorch has two.
    ['input', 'forget', 'cell', 'output'].forEach((gate, at) => {
      const own = (tensor, width) => tensor.slice(at * units * width, (at + 1) * units * width);
      hidden[gate].Wx[0].setFrom(own(lstm.weight_ih, features));
      hidden[gate].Wh[0].setFrom(own(lstm.weight_hh, units));
      hidden[gate].bh[0].setFrom(own(lstm.bias_ih, 1).map((bias, unit) => bias + lstm.bias_hh[at * units + unit]));
    });
    decoder.Wh.setFrom(head.weights);
    decoder.b.setFrom(head.biases);

    function forward(from, row) {
      let state = null;
      for (let step = 0; step < steps; step++) {
        const x = new recurrent.Mat(features, 1);
        x.setFrom(from.subarray((row * steps + step) * features, (row * steps + step + 1) * features));
        state = net.forward(x, state, net.graph);
      }
      return state.output;
    }

    let position = 0;
    return {
      updates(count) {
        let done = 0;
        net.graph.memorizeOperationSequence(true);
        for (let n = 0; n < count; n++) {
          const end = Math.min(position + batch, rows);
          for (let row = position; row < end; row++) {
            const out = forward(inputs, row);
            out.dw[0] = (2 * (out.w[0] - targets[row])) / (end - position);
            net.graph.backward();
            net.graph.forgetCurrentSequence();
          }
          net.update(substitute.learning_rate);
          done += end - position;
          position = end === rows ? 0 : end;
        }
        return done;
      },
      predict(from, count) {
        net.graph.memorizeOperationSequence(false);
        return Float32Array.from({ length: count }, (_, row) => forward(from, row).w[0]);
      },
      close() {},
    };
  },
};
