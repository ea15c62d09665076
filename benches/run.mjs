/**
 * Our engine beside its peers: `node benches/run.mjs [W1 W2 W3 W4 W5 W6] [--json] [--rounds 9] [--slice 150] [--only descent,pytorch]`.
 * How to read what it prints: README.md beside this file.
 */
import { parseArgs } from 'node:util';
import { alternate, counted, meanLoss, median } from './measure.mjs';
import descent, { problemOf } from './peers/descent.mjs';
import brain from './peers/brain.mjs';
import convnetjs from './peers/convnetjs.mjs';
import plain from './peers/plain.mjs';
import recurrent from './peers/recurrent.mjs';
import tfjs from './peers/tfjs.mjs';
import pytorch from './peers/pytorch.mjs';
import w1 from './workloads/w1.mjs';
import w2 from './workloads/w2.mjs';
import w3 from './workloads/w3.mjs';
import w4 from './workloads/w4.mjs';
import w5 from './workloads/w5.mjs';
import w6 from './workloads/w6.mjs';

const WORKLOADS = [w1, w2, w3, w4, w5, w6];
const PEERS = [plain, ...tfjs, convnetjs, brain, recurrent, pytorch];

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '9' },
    slice: { type: 'string', default: '150' },
    only: { type: 'string' },
  },
});
const number = (name) => {
  const value = Number(options[name]);
  if (!(value >= 1)) throw new Error(`--${name} must be a number of at least 1, got ${options[name]}`);
  return value;
};
const timing = { rounds: number('rounds'), slice: number('slice'), warmup: 3 * number('slice') };
const chosen = positionals.length
  ? positionals.map((name) => WORKLOADS.find((workload) => workload.name === name.toUpperCase()) ?? unknown('workload', name, WORKLOADS))
  : WORKLOADS;
const wanted = options.only
  ?.split(',')
  .map((name) => [descent, ...PEERS].find((peer) => peer.name === name) ?? unknown('engine', name, [descent, ...PEERS]));

function unknown(what, name, known) {
  throw new Error(`no ${what} ${name}; there are ${known.map((entry) => entry.name).join(', ')}`);
}

/** For people; with `--json` it goes to standard error, so that standard output is lines of JSON alone. */
const say = options.json ? console.error : console.log;

async function installed() {
  await descent.load();
  const present = [];
  for (const peer of wanted ?? PEERS) {
    if (peer === descent) continue;
    try {
      await peer.load();
      present.push(peer);
    } catch (error) {
      say(`${peer.name} is left out: ${error.message.split('\n')[0]}`);
    }
  }
  return present;
}

const digits = (value) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3));

const near = (a, b, share) => Math.abs(a - b) <= share * Math.abs(b);

/** Whether an engine starts where ours starts and learns as far; if not, it says why. */
async function admitted(peer, problem, workload, ours) {
  const refusal = peer.refuses(problem);
  if (refusal) {
    say(`  ${peer.name.padEnd(12)} not run: ${refusal}`);
    return false;
  }
  const model = await peer.open(problem, workload);
  const failure = await (workload.kind === 'map' ? mapFailure : lossFailure)(peer, model, problem, workload, ours);
  if (failure) say(`  ${peer.name.padEnd(12)} NOT TIMED: ${failure}`);
  await model.close();
  return !failure;
}

async function mapFailure(peer, model, problem, { check }, ours) {
  const map = await model.predict(problem.grid, problem.grid.length / 2);
  let most = map.length === ours.map.length ? 0 : Infinity;
  ours.map.forEach((value, at) => (most = Math.max(most, Math.abs(value - map[at]))));
  say(`  ${peer.name.padEnd(12)} largest difference to our probabilities ${most.toExponential(1)}`);
  return most <= check.within ? null : `its map differs from ours by more than ${check.within}`;
}

async function lossFailure(peer, model, problem, { check }, ours) {
  const loss = async () => meanLoss(problem, await model.predict(problem.inputs, problem.rows));
  const start = await loss();
  if (!near(start, ours.start, 1e-3)) return `the untrained loss is ${start}, ours ${ours.start}: not the same problem`;
  await model.updates(check.epochs * Math.ceil(problem.rows / problem.batch));
  const end = await loss();
  say(`  ${peer.name.padEnd(12)} loss ${start.toFixed(4)} → ${end.toFixed(4)} after ${check.epochs} epochs`);
  return end < check.below ? null : `its loss must fall below ${check.below}`;
}

async function compare(workload, peers) {
  say(`\n${workload.name}  ${workload.title}`);
  const problem = problemOf(workload);
  const model = await descent.open(problem, workload);
  const ours = workload.kind === 'map' ? { map: model.map() } : { start: model.startLoss(), end: model.loss() };
  if (ours.end !== undefined) {
    say(`  ${descent.name.padEnd(12)} loss ${ours.start.toFixed(4)} → ${ours.end.toFixed(4)} after ${workload.check.epochs} epochs`);
    if (!(ours.end < workload.check.below))
      throw new Error(`${workload.name}: our own loss must fall below ${workload.check.below}, nothing is timed`);
  }

  await model.close();

  const engines = new Map();
  for (const peer of [descent, ...peers]) {
    if (peer === descent || (await admitted(peer, problem, workload, ours))) engines.set(peer.name, await driven(peer, problem, workload));
  }
  const rates = await alternate(engines, timing);
  for (const engine of engines.values()) await engine.close();
  report(workload, rates);
}

/** An engine as `alternate` drives it. */
async function driven(peer, problem, workload) {
  const memory = {};
  let model = await peer.open(problem, workload);
  const draw = async (count) => {
    for (let n = 0; n < count; n++) await (model.map?.() ?? model.predict(problem.grid, problem.grid.length / 2));
    return count;
  };
  const work = (count) => (workload.kind === 'train' ? model.updates(count) : (model.frames ?? draw)(count));
  return {
    async restart() {
      await model.close();
      model = await peer.open(problem, workload);
    },
    run: (ms) => (workload.kind === 'train' && model.slice ? model.slice(ms) : counted(work, ms, memory)),
    close: () => model.close(),
  };
}

function report(workload, rates) {
  const unit = workload.unit ?? (workload.kind === 'map' ? 'frames/s' : 'samples/s');
  const ours = rates.get(descent.name);
  const rows = [['engine', unit, 'lowest … highest', 'descent is']];
  for (const [engine, each] of rates) {
    const value = median(each);
    if (options.json) console.log(JSON.stringify({ workload: workload.name, engine, median: value, unit, higher_is_better: true }));
    // Ratios of the same round: what slows the machine for a while cancels.
    const ratio = median(each.map((rate, round) => ours[round] / rate));
    rows.push([
      engine,
      digits(value),
      `${digits(Math.min(...each))} … ${digits(Math.max(...each))}`,
      engine === descent.name ? '' : `${digits(ratio)}×`,
    ]);
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    say(`  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('   ')}`);
  }
}

const peers = await installed();
say(`Node ${process.version}, one thread, ${timing.rounds} rounds of ${timing.slice} ms in alternation, medians`);
for (const workload of chosen) await compare(workload, peers);
for (const peer of peers) peer.unload?.();
