/**
 * This project's engine through the API that its page uses. It also states the problem for the peers: the rows it trains on and the
 * weights it starts from, so that all engines begin at the same loss.
 */
import { existsSync, readFileSync } from 'node:fs';
import { permutation } from '../random.mjs';

const PACKAGE = new URL('../../www/pkg/', import.meta.url);

let engine;

export async function load() {
  if (!existsSync(new URL('descent.js', PACKAGE))) {
    throw new Error('www/pkg is missing: build the engine first (cargo xtask build)');
  }
  engine = await import(new URL('descent.js', PACKAGE).href);
  await engine.default({ module_or_path: readFileSync(new URL('descent_bg.wasm', PACKAGE)) });
  engine.start();
}

function session(workload, stop = {}) {
  const session = new engine.Session();
  for (const [name, make] of Object.entries(workload.files ?? {})) {
    session.attach(name, new TextEncoder().encode(make()));
  }
  const experiment = { ...workload.experiment, stop: { ...workload.experiment.stop, ...stop } };
  const issues = session.open(JSON.stringify(experiment));
  if (issues.length > 0) {
    throw new Error(issues.map(({ path, message }) => `${path}: ${message}`).join('\n'));
  }
  return session;
}

const bare = { side: 0, units: 0, range: null, since: [0] };

const run = (session) => session.frame(bare).runs[0];

const lastLoss = (session) => run(session).history.columns['train.loss'].at(-1);

/** The safetensors file that the engine gives: names, and the values of a name. */
function tensors(session) {
  const file = session.tensors(0);
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
  const values = (name) =>
    new Float32Array(file.slice(8 + length + header[name].data_offsets[0], 8 + length + header[name].data_offsets[1]).buffer);
  return { names: Object.keys(header), values, shape: (name) => header[name].shape };
}

/** Weights and biases of the layers whose weights have so many axes: two, `[out][in]`, are dense; four, `[out][in][kernel][kernel]`, convolutions. */
function weighted({ names, values, shape }, axes) {
  const weights = names.filter((name) => name.endsWith('.weight') && shape(name).length === axes);
  const modules = weights.map((name) => parseInt(name, 10)).sort((a, b) => a - b);
  return modules.map((at) => ({ weights: values(`${at}.weight`), biases: values(`${at}.bias`) }));
}

/** The LSTM that is the first layer, where it is one: its sizes and PyTorch's four tensors, gates i, f, g, o. */
function lstm([first], { steps, features }, { values }) {
  if (!first || !('lstm' in first)) return undefined;
  const tensor = (name) => values(`0.${name}_l0`);
  return {
    steps,
    features,
    units: first.lstm.units,
    weight_ih: tensor('weight_ih'),
    weight_hh: tensor('weight_hh'),
    bias_ih: tensor('bias_ih'),
    bias_hh: tensor('bias_hh'),
  };
}

/**
 * The convolutions and poolings before the dense layers, where there are any: `channels` that enter, `height` and `width` of the image that does, and
 * `layers`, each with its sort, its settings, and how many `channels` leave.
 */
function images(layers, { channels, height, width }, file) {
  if (!layers.some((layer) => 'conv2d' in layer)) return undefined;
  const tensors = weighted(file, 4).values();
  const list = [];
  let leaving = channels;
  for (const { conv2d, max_pool } of layers) {
    if (conv2d) {
      leaving = conv2d.channels;
      list.push({ ...conv2d, ...tensors.next().value, sort: 'conv', activation: Object.keys(conv2d.activation)[0] });
    } else if (max_pool) {
      list.push({ ...max_pool, sort: 'pool', channels: leaving });
    }
  }
  return { channels, height, width, layers: list };
}

/** The centres of the cells of a map, top row first, as x, y pairs. */
function grid(side, [x0, x1, y0, y1]) {
  const at = (low, high, step) => low + ((high - low) * (step + 0.5)) / side;
  const points = new Float32Array(2 * side * side);
  for (let cell = 0; cell < side * side; cell++) {
    points[2 * cell] = at(x0, x1, cell % side);
    points[2 * cell + 1] = at(y0, y1, side - 1 - Math.floor(cell / side));
  }
  return points;
}

/**
 * What an engine needs to do the same: `inputs` [rows · columns], `targets` (class index; for squared error −1 and 1, or the number), `sizes` of
 * the dense layers, `hidden` and `output` activation, `optimizer`, `rate`, `momentum`, `batch`, `weights`; before the dense layers an `lstm` or `images`;
 * for maps also `grid`. Rows that are images are [channels][height][width], and so are the inputs of a dense layer behind them.
 */
export function problemOf(workload) {
  const net = workload.experiment.learner.net;
  const untrained = session(workload);
  const start = workload.kind === 'map' ? trained(workload) : untrained;
  const points = start.points(0, Infinity);
  if (points.targets.length !== points.rows)
    throw new Error(`${workload.name}: only ${points.targets.length} of ${points.rows} rows can be read`);
  const columns = points.columns.length;
  // Generators write rows in order (a spiral from its middle); peers that do not shuffle would see that order in every epoch.
  const order = permutation(points.targets.length, 1);
  const inputs = Float32Array.from(order.flatMap((row) => [...points.inputs.subarray(row * columns, (row + 1) * columns)]));
  const targets = Float32Array.from(order, (row) => points.targets[row]);
  const file = tensors(start);
  const recurrent = lstm(net.layers, points.shape, file);
  const convolved = images(net.layers, points.shape, file);
  const weights = weighted(file, 2);
  const squared = 'mse' in net.loss;
  const [[optimizer, settings]] = Object.entries(net.optimizer);
  const problem = {
    inputs,
    targets: squared && points.task === 'classification' ? targets.map((target) => 2 * target - 1) : targets,
    rows: targets.length,
    columns,
    lstm: recurrent,
    images: convolved,
    sizes: [weights[0].weights.length / weights[0].biases.length, ...weights.map(({ biases }) => biases.length)],
    hidden: Object.keys(net.layers.find((layer) => 'dense' in layer)?.dense.activation ?? {})[0],
    output: squared ? Object.keys(net.output_activation)[0] : 'softmax',
    optimizer,
    rate: settings.learning_rate,
    momentum: settings.momentum,
    batch: net.batch_size,
    weights,
    substitute: workload.substitute,
    grid: workload.kind === 'map' ? grid(workload.side, workload.range) : undefined,
  };
  start.free();
  if (start !== untrained) untrained.free();
  return problem;
}

function trained(workload) {
  const model = session(workload, { max_updates: updatesOf(workload) });
  model.advance(Infinity, Infinity);
  return model;
}

/** Updates in the epochs after which engines are compared. */
function updatesOf(workload) {
  const model = session(workload);
  const rows = model.points(0, Infinity).targets.length;
  model.free();
  return workload.check.epochs * Math.ceil(rows / workload.experiment.learner.net.batch_size);
}

export default {
  name: 'descent',
  load,
  refuses: () => null,
  async open(_problem, workload) {
    const model = workload.kind === 'map' ? trained(workload) : session(workload);
    const { range, side } = workload;
    const map = () => {
      // `since` far ahead: a frame of the page carries only the newest rows of the history, here none.
      const { map, outputs } = model.frame({ side, units: 0, range, since: [version] }).runs[0];
      return { map, outputs };
    };
    const version = run(model).history.version;
    return {
      startLoss: () => lastLoss(model),
      loss() {
        const short = trained(workload);
        const loss = lastLoss(short);
        short.free();
        return loss;
      },
      /** Rows trained in about `ms`. */
      slice(ms) {
        const before = run(model).rows;
        const start = performance.now();
        model.advance(ms, Infinity);
        const seconds = (performance.now() - start) / 1000;
        const after = run(model);
        if (after.state !== 'running') throw new Error(`stopped: ${after.stop.message.en}`);
        return { units: after.rows - before, seconds };
      },
      map: () => map().map,
      close: () => model.free(),
    };
  },
};
