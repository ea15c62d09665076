/**
 * TensorFlow.js on its plain and its wasm (SIMD, one thread) backend, at its best: variables and `optimizer.minimize` without the layers
 * API, batches cut beforehand, no shuffling, no loss read back.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
let tf;

/** `basicLSTMCell` step by step: its kernel is [inputs + units, i g f o], with one bias where PyTorch has two. */
function lstmCell({ features, units, weight_ih, weight_hh, bias_ih, bias_hh }) {
  const order = [0, 2, 1, 3];
  const [kernel, bias] = tf.tidy(() => {
    const gates = (tensor, width) =>
      order.map((gate) => tf.tensor2d(tensor.slice(gate * units * width, (gate + 1) * units * width), [units, width]));
    const rows = (tensor, width) => tf.transpose(tf.concat(gates(tensor, width), 0));
    const sums = (tensor) => tf.reshape(tf.concat(gates(tensor, 1), 0), [4 * units]);
    return [
      tf.variable(tf.concat([rows(weight_ih, features), rows(weight_hh, units)], 0)),
      tf.variable(tf.add(sums(bias_ih), sums(bias_hh))),
    ];
  });
  return {
    variables: [kernel, bias],
    last(steps) {
      const none = tf.scalar(0);
      let [c, h] = [tf.zeros([steps[0].shape[0], units]), tf.zeros([steps[0].shape[0], units])];
      for (const x of steps) [c, h] = tf.basicLSTMCell(none, kernel, bias, x, c, h);
      return h;
    },
  };
}

/** Filters as TensorFlow has them, [height][width][in][out], and images [rows][height][width][channels]. */
function convolutions({ channels, height, width, layers }) {
  const variables = [];
  const stages = [];
  let entering = channels;
  for (const { sort, kernel, stride, padding, activation, ...layer } of layers) {
    if (sort === 'conv') {
      const filter = tf.tidy(() =>
        tf.variable(tf.transpose(tf.tensor4d(layer.weights, [layer.channels, entering, kernel, kernel]), [2, 3, 1, 0])),
      );
      const bias = tf.variable(tf.tensor1d(layer.biases));
      variables.push(filter, bias);
      stages.push((x) => tf[activation](tf.add(tf.conv2d(x, filter, stride, padding), bias)));
      entering = layer.channels;
    } else {
      stages.push((x) => tf.maxPool(x, kernel, stride, 'valid'));
    }
  }
  return {
    variables,
    rows: (from, count) => tf.transpose(tf.tensor4d(from, [count, channels, height, width]), [0, 2, 3, 1]),
    flat(rows) {
      const x = stages.reduce((x, stage) => stage(x), rows);
      return tf.reshape(x, [x.shape[0], -1]);
    },
    /** The weights of a dense layer behind them, whose inputs are [channels][pixels] to us. */
    behind: (weights, outputs) =>
      tf.reshape(tf.transpose(tf.tensor3d(weights, [outputs, entering, weights.length / outputs / entering]), [0, 2, 1]), [outputs, -1]),
  };
}

/** What training through convolutions needs of a backend. */
const GRADIENTS = ['Conv2DBackpropInput', 'Conv2DBackpropFilter', 'MaxPoolGrad'];

function backend(name) {
  return {
    name: `tfjs-${name}`,
    async load() {
      tf = require('@tensorflow/tfjs');
      tf.enableProdMode();
      if (name === 'wasm') {
        const wasm = require('@tensorflow/tfjs-backend-wasm');
        tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
        wasm.setWasmPaths(`${join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist')}/`);
      }
      if (!(await tf.setBackend(name))) throw new Error(`the ${name} backend did not start`);
    },
    refuses({ images }) {
      const missing = images ? GRADIENTS.filter((kernel) => !tf.getKernel(kernel, name)) : [];
      return missing.length ? `its ${name} backend lacks ${missing.join(' and ')}` : null;
    },
    async open({ inputs, targets, rows, columns, lstm, images, sizes, hidden, output, weights, batch, rate, momentum, optimizer }) {
      const use = () => tf.setBackend(name);
      await use();
      const cell = lstm && lstmCell(lstm);
      const convolved = images && convolutions(images);
      const variables = weights.flatMap(({ weights, biases }, at) => [
        tf.tidy(() =>
          tf.variable(
            tf.transpose(convolved && at === 0 ? convolved.behind(weights, sizes[1]) : tf.tensor2d(weights, [sizes[at + 1], sizes[at]])),
          ),
        ),
        tf.variable(tf.tensor1d(biases)),
      ]);
      /** `rows`: a matrix, one for each step of a sequence, or images. */
      const forward = (rows) => {
        let x = cell?.last(rows) ?? convolved?.flat(rows) ?? rows;
        for (let at = 0; at < variables.length; at += 2) {
          x = tf.add(tf.matMul(x, variables[at]), variables[at + 1]);
          const activation = at < variables.length - 2 ? hidden : output;
          if (activation !== 'softmax' && activation !== 'linear') x = tf[activation](x);
        }
        return x;
      };
      const matrix = (from, count) => {
        if (convolved) return convolved.rows(from, count);
        const whole = tf.tensor2d(from, [count, columns]);
        return cell ? tf.split(whole, lstm.steps, 1) : whole;
      };
      const learned = [...(cell?.variables ?? []), ...(convolved?.variables ?? []), ...variables];
      const batches = [];
      for (let start = 0; start < rows; start += batch) {
        const end = Math.min(start + batch, rows);
        const x = tf.tidy(() => matrix(inputs.slice(start * columns, end * columns), end - start));
        const wanted = targets.slice(start, end);
        const y =
          output === 'softmax'
            ? tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(Int32Array.from(wanted), 'int32'), sizes.at(-1)), 'float32'))
            : tf.tensor2d(wanted, [end - start, 1]);
        batches.push({ x, y, rows: end - start });
      }
      const descent =
        { adam: () => tf.train.adam(rate), momentum: () => tf.train.momentum(rate, momentum) }[optimizer]?.() ?? tf.train.sgd(rate);
      const loss =
        output === 'softmax' ? (x, y) => tf.losses.softmaxCrossEntropy(y, forward(x)) : (x, y) => tf.mean(tf.square(tf.sub(forward(x), y)));
      let position = 0;
      return {
        async updates(count) {
          await use();
          let done = 0;
          for (let n = 0; n < count; n++) {
            const { x, y, rows } = batches[position];
            descent.minimize(() => loss(x, y), false, learned);
            done += rows;
            position = (position + 1) % batches.length;
          }
          return done;
        },
        async predict(from, count) {
          await use();
          return tf.tidy(() => {
            const raw = forward(matrix(from, count));
            return (output === 'softmax' ? tf.softmax(raw) : raw).dataSync();
          });
        },
        close() {
          tf.dispose([learned, batches.map(({ x, y }) => [x, y])]);
          descent.dispose();
        },
      };
    },
  };
}

export default [backend('cpu'), backend('wasm')];
