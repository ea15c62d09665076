/**
 * TensorFlow.js on its plain and its wasm (SIMD, one thread) backend, at its best: variables and `optimizer.minimize` without the layers
 * API, batches cut beforehand, no shuffling, no loss read back.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
let tf;

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
    refuses: () => null,
    async open({ inputs, targets, rows, columns, sizes, hidden, output, weights, batch, rate, optimizer }) {
      const use = () => tf.setBackend(name);
      await use();
      const variables = weights.flatMap(({ weights, biases }, at) => [
        tf.tidy(() => tf.variable(tf.transpose(tf.tensor2d(weights, [sizes[at + 1], sizes[at]])))),
        tf.variable(tf.tensor1d(biases)),
      ]);
      const forward = (x) => {
        for (let at = 0; at < variables.length; at += 2) {
          x = tf.add(tf.matMul(x, variables[at]), variables[at + 1]);
          const activation = at < variables.length - 2 ? hidden : output;
          if (activation !== 'softmax') x = tf[activation](x);
        }
        return x;
      };
      const batches = [];
      for (let start = 0; start < rows; start += batch) {
        const end = Math.min(start + batch, rows);
        const x = tf.tensor2d(inputs.slice(start * columns, end * columns), [end - start, columns]);
        const wanted = targets.slice(start, end);
        const y = output === 'softmax' ? tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(Int32Array.from(wanted), 'int32'), sizes.at(-1)), 'float32')) : tf.tensor2d(wanted, [end - start, 1]);
        batches.push({ x, y, rows: end - start });
      }
      const descent = optimizer === 'adam' ? tf.train.adam(rate) : tf.train.sgd(rate);
      const loss = output === 'softmax' ? (x, y) => tf.losses.softmaxCrossEntropy(y, forward(x)) : (x, y) => tf.mean(tf.square(tf.sub(forward(x), y)));
      let position = 0;
      return {
        async updates(count) {
          await use();
          let done = 0;
          for (let n = 0; n < count; n++) {
            const { x, y, rows } = batches[position];
            descent.minimize(() => loss(x, y), false, variables);
            done += rows;
            position = (position + 1) % batches.length;
          }
          return done;
        },
        async predict(from, count) {
          await use();
          return tf.tidy(() => {
            const raw = forward(tf.tensor2d(from, [count, columns]));
            return (output === 'softmax' ? tf.softmax(raw) : raw).dataSync();
          });
        },
        close() {
          tf.dispose([variables, batches.map(({ x, y }) => [x, y])]);
          descent.dispose();
        },
      };
    },
  };
}

export default [backend('cpu'), backend('wasm')];
