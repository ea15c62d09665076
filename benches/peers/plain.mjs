/**
 * The textbook in plain JavaScript on typed arrays, one row at a time, no library: what a careful afternoon gives. It anchors the table for
 * readers who have none of the other peers.
 */

const activations = {
  tanh: { value: Math.tanh, slope: (a) => 1 - a * a },
  relu: { value: (z) => (z > 0 ? z : 0), slope: (a) => (a > 0 ? 1 : 0) },
};

export default {
  name: 'plain-js',
  load() {},
  refuses: ({ lstm, images }) => (lstm || images ? 'it has dense layers only' : null),
  async open(problem) {
    const { inputs, targets, rows, columns, sizes, batch, rate, optimizer, output } = problem;
    const hidden = activations[problem.hidden];
    const last = activations[output];
    const layers = problem.weights.map(({ weights, biases }, at) => ({
      inputs: sizes[at],
      outputs: sizes[at + 1],
      tensors: [weights, biases].map((values) => ({
        values: Float32Array.from(values),
        gradient: new Float32Array(values.length),
        mean: new Float32Array(values.length),
        square: new Float32Array(values.length),
      })),
    }));
    const activation = sizes.map((size) => new Float32Array(size));
    const delta = sizes.map((size) => new Float32Array(size));
    let update = 0;
    let position = 0;

    function forward(from, row) {
      for (let i = 0; i < columns; i++) activation[0][i] = from[row * columns + i];
      for (let l = 0; l < layers.length; l++) {
        const { inputs, outputs, tensors } = layers[l];
        const [weights, biases] = [tensors[0].values, tensors[1].values];
        const [a, out] = [activation[l], activation[l + 1]];
        const value = l < layers.length - 1 ? hidden.value : last?.value;
        for (let o = 0; o < outputs; o++) {
          let sum = biases[o];
          for (let i = 0, w = o * inputs; i < inputs; i++, w++) sum += weights[w] * a[i];
          out[o] = value ? value(sum) : sum;
        }
      }
      const out = activation[layers.length];
      if (output === 'softmax') {
        let [most, sum] = [-Infinity, 0];
        for (let o = 0; o < out.length; o++) most = Math.max(most, out[o]);
        for (let o = 0; o < out.length; o++) sum += out[o] = Math.exp(out[o] - most);
        for (let o = 0; o < out.length; o++) out[o] /= sum;
      }
      return out;
    }

    function backward(row, share) {
      const top = layers.length;
      const out = activation[top];
      if (output === 'softmax') {
        for (let o = 0; o < out.length; o++) delta[top][o] = (out[o] - (targets[row] === o ? 1 : 0)) * share;
      } else {
        delta[top][0] = 2 * (out[0] - targets[row]) * last.slope(out[0]) * share;
      }
      for (let l = top - 1; l >= 0; l--) {
        const { inputs, outputs, tensors } = layers[l];
        const [weights, dWeights, dBiases] = [tensors[0].values, tensors[0].gradient, tensors[1].gradient];
        const [a, d, below] = [activation[l], delta[l + 1], delta[l]];
        if (l > 0) below.fill(0);
        for (let o = 0; o < outputs; o++) {
          const slope = d[o];
          if (slope === 0) continue;
          dBiases[o] += slope;
          for (let i = 0, w = o * inputs; i < inputs; i++, w++) {
            dWeights[w] += slope * a[i];
            if (l > 0) below[i] += slope * weights[w];
          }
        }
        if (l > 0) for (let i = 0; i < inputs; i++) below[i] *= hidden.slope(a[i]);
      }
    }

    function step() {
      update++;
      const [first, second] = [1 - 0.9 ** update, 1 - 0.999 ** update];
      for (const { tensors } of layers) {
        for (const { values, gradient, mean, square } of tensors) {
          for (let i = 0; i < values.length; i++) {
            const g = gradient[i];
            gradient[i] = 0;
            if (optimizer === 'adam') {
              mean[i] = 0.9 * mean[i] + 0.1 * g;
              square[i] = 0.999 * square[i] + 0.001 * g * g;
              values[i] -= (rate * mean[i]) / first / (Math.sqrt(square[i] / second) + 1e-8);
            } else {
              values[i] -= rate * g;
            }
          }
        }
      }
    }

    return {
      updates(count) {
        let done = 0;
        for (let n = 0; n < count; n++) {
          const end = Math.min(position + batch, rows);
          for (let row = position; row < end; row++) {
            forward(inputs, row);
            backward(row, 1 / (end - position));
          }
          step();
          done += end - position;
          position = end === rows ? 0 : end;
        }
        return done;
      },
      predict(from, count) {
        const width = sizes.at(-1);
        const out = new Float32Array(count * width);
        for (let row = 0; row < count; row++) out.set(forward(from, row), row * width);
        return out;
      },
      close() {},
    };
  },
};
