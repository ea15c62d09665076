/**
 * Links in Node: those that are packed are read again to the letter, whatever is cut off or changed in them is refused and never thrown, nothing unfolds without
 * bound; and a way that is written into a link leads the engine to the same bits. `node tests/links.mjs [count] [seed]`.
 */
import assert from 'node:assert/strict';
import { deflateRawSync } from 'node:zlib';
import { complete, defaultsOf, overlay } from '../www/experiment.js';
import { MOST, pack, short, unpack } from '../www/pack.js';
import { SIGN, decode, encode, opened } from '../www/url.js';
import { read, unclear } from '../www/way-read.js';
import { folded, standing, written } from '../www/way.js';
import { chance } from './chance.mjs';
import { Engine, schema } from './engine.mjs';

const [count, seed] = [Number(process.argv[2] ?? 20_000), Number(process.argv[3] ?? 0)];
const defaults = defaultsOf(schema);
const whole = (/** @type {any} */ document) => complete(schema, document);
const laid = (/** @type {any} */ changes) => JSON.stringify(whole(overlay(defaults, changes)));

const { random, below, pick } = chance(seed);

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const base64url = (/** @type {Uint8Array} */ bytes) => Buffer.from(bytes).toString('base64url');

/** What was packed with the words of the first version. It must be read for ever. */
const KEPT = /** @type {[string, string][]} */ ([
  ['#z.CSLVq4bShrUA', '{"seed":1}'],
  [
    '#z.3ZC_AzoRixxmdCEHn6EZSA0ssUCi2dTAjLKINjAEhUFtbGwtAA',
    '{"data":{"moons":{}},"learner":{"net":{"batch_size":16}},"way":[["live",506,0,{"learner":{"net":{"optimizer":{"adam":{"learning_rate":0.001}}}}}]]}',
  ],
]);

const tests = {
  'a packed link is read again, and is shorter'() {
    const texts = [
      '{}',
      '{"seed":1}',
      '列 ✓ 𝒳 "\\u0000"',
      JSON.stringify({ data: { moons: {} }, stop: { early_stopping: { off: {} }, max_updates: 600 } }),
      JSON.stringify(defaults),
      JSON.stringify({
        data: { drawn: { points: Array.from({ length: 400 }, (_, at) => [Math.sin(at) * 3, Math.cos(at * 2) * 3, at % 2]) } },
      }),
    ];
    for (const text of texts) {
      const packed = pack(text);
      assert.match(packed, /^#z\.[\w-]+$/);
      assert.equal(unpack(packed), text);
    }
    const readable = encode({ data: { moons: {} }, stop: { early_stopping: { off: {} }, max_updates: 600 } });
    assert.ok(short(readable).length < readable.length / 3, `${short(readable).length} of ${readable.length}`);
    assert.equal(short(''), '');
    assert.equal(short(short(readable)), short(readable));
  },
  'links that were given away are read for ever'() {
    for (const [packed, text] of KEPT) assert.equal(unpack(packed), text);
  },
  async 'links of earlier forms are read as they were'() {
    const forms = [
      ['', '{}'],
      ['#', '{}'],
      ['#{"seed":13}', '{"seed":13}'],
      ['#%7B%22seed%22%3A13%7D', '{"seed":13}'],
      ['#%7B%22data%22%3A%7B%22csv%22%3A%7B%22path%22%3A%22%E5%88%97.csv%22%7D%7D%7D', '{"data":{"csv":{"path":"列.csv"}}}'],
      // Broken ones are told as they are.
      ['#%E0%A4%A', '%E0%A4%A'],
      ['#z', 'z'],
    ];
    for (const [hash, text] of forms) {
      assert.equal(decode(hash), text);
      assert.equal(await opened(hash), text);
    }
  },
  'what unfolds to too much is refused'() {
    const bomb = (/** @type {number} */ size) =>
      base64url(new Uint8Array([0, 0, 0, ...deflateRawSync(new Uint8Array(size), { level: 9 })]));
    for (const size of [MOST, MOST + 1, 40 * MOST]) assert.equal(unpack(SIGN + bomb(size)), null);
    const huge = [SIGN + 'A'.repeat(1 << 24), SIGN + bomb(200 * MOST)];
    const start = performance.now();
    for (const link of huge) assert.equal(unpack(link), null);
    // Unfolded whole it would take longer.
    assert.ok(performance.now() - start < 2000, `${performance.now() - start} ms`);
    // As much as is allowed is taken.
    const text = ' '.repeat(MOST);
    assert.equal(unpack(pack(text)), text);
    assert.equal(unpack(pack(`${text} `)), null);
  },
  'whatever was cut off or changed is refused, and nothing throws'() {
    const texts = ['{"seed":1}', JSON.stringify(defaults), '{"data":{"moons":{}},"way":[["live",506,0,{}]]}'];
    const whole = texts.map((text) => /** @type {const} */ ([text, pack(text)]));
    for (const [text, packed] of whole) {
      for (let end = 0; end < packed.length; end++) assert.notEqual(unpack(packed.slice(0, end)), text);
    }
    let survived = 0;
    for (let number = 0; number < count; number++) {
      let [text, packed] = pick(whole);
      const kind = below(4);
      if (kind === 0) packed = SIGN + Array.from({ length: below(200) }, () => pick([...LETTERS])).join('');
      else if (kind === 1) packed = packed.slice(0, 3 + below(packed.length));
      else
        for (let change = 0; change < kind; change++) {
          const at = 3 + below(packed.length - 3);
          packed = packed.slice(0, at) + pick([...LETTERS, '', '%', '=', '列', ' ']) + packed.slice(at + below(2));
        }
      const found = unpack(packed);
      // A check sum of 24 bits lets one of sixteen millions pass.
      if (found !== null && found !== text) survived++;
    }
    assert.equal(survived, 0);
  },
  'a way that is written is read again, and what is no step is named'() {
    for (let number = 0; number < 100; number++) {
      const { runs, log } = randomWay();
      const way = JSON.parse(JSON.stringify(written(runs, log, (json) => whole(JSON.parse(json)))));
      assert.equal(unclear(way, runs.length), -1, JSON.stringify(way));
      assert.deepEqual(read(runs, way, whole), JSON.parse(JSON.stringify(log)));
      assert.equal(JSON.stringify(standing(runs, read(runs, way, whole))), JSON.stringify(standing(runs, log)));
      if (!way.length) continue;
      const at = below(way.length);
      const broken = [
        null,
        7,
        [],
        ['reveal', 1, 0],
        ['live', -1, 0, {}],
        ['live', 1, 99, {}],
        ['live', 1, 0, []],
        ['__proto__', 1, 0],
        ['set', 1, 0, 'w', 0.5, 1],
        ['live', [1, 2, 3, 4, 5, 6, 7, 8, 9], 0, {}],
      ];
      for (const entry of broken) assert.equal(unclear(way.with(at, entry), runs.length), at, JSON.stringify(entry));
    }
    assert.equal(unclear([['remove', 0, 0]], 1), 0);
    assert.equal(
      unclear(
        Array.from({ length: 8 }, () => ['add', 0, {}]),
        1,
      ),
      7,
    );
  },
  'a way leads the engine to the same bits, as it was told and in the fewer words of a link'() {
    const stop = { early_stopping: { off: {} }, max_updates: 150 };
    const net = { layers: [{ dense: { units: 4, activation: { tanh: {} } } }] };
    const first = { data: { moons: { samples: 120 } }, stop, learner: { net } };
    const rate = (/** @type {number} */ learning_rate) => ({
      ...first,
      learner: { net: { ...net, optimizer: { adam: { learning_rate } } } },
    });
    // Settings before the first update, a second run, a fork of it, weights, the best, going back.
    const script = /** @type {[number, string, any[]][]} */ ([
      [0, 'live', [0, laid(rate(0.02))]],
      [20, 'add', [laid(rate(0.05))]],
      [40, 'fork', [1, 30]],
      [0, 'live', [2, laid(rate(0.2))]],
      // A slider that is dragged, while training stands still.
      [17, 'live', [0, laid(rate(0.005))]],
      [0, 'live', [0, laid(rate(0.003))]],
      [0, 'live', [0, laid(rate(0.001))]],
      [11, 'set', [1, '0.weight', 3, 1.25]],
      [9, 'restore_best', [0]],
      [5, 'fork', [0, 60]],
      [7, 'go_back', [3, 33]],
      [3, 'live', [3, laid(rate(0.4))]],
      [2, 'remove', [1]],
      [6, 'live', [1, laid(rate(0.3))]],
    ]);
    const own = new Engine();
    own.open([first]);
    const log = [];
    for (const [steps, call, args] of script) {
      own.session.advance(1e9, steps);
      const updates = Array.from(own.session.updates());
      const reply = /** @type {any} */ (own.session)[call](...args);
      log.push({ updates, call, args, ...(typeof reply === 'number' && { left: reply }) });
    }
    own.finish();
    const runs = [{ json: laid(first) }];
    const link = folded(runs, log);
    assert.deepEqual(
      link.log.map(({ call }) => call),
      ['live', 'set', 'restore_best', 'fork', 'go_back', 'live', 'remove', 'live'],
    );
    assert.equal(link.runs.length, 3);
    const way = written(link.runs, link.log, (json) => whole(JSON.parse(json)));
    for (const told of [
      { runs, log },
      { runs: link.runs, log: read(link.runs, JSON.parse(JSON.stringify(way)), whole) },
    ]) {
      const again = new Engine();
      for (const [at, { json, update, before }] of told.runs.entries()) {
        const issues = at ? again.session.add(json, update, before) : again.session.open(json);
        assert.deepEqual(issues, []);
      }
      for (const { updates, call, args } of told.log) {
        for (const [run, update] of updates.entries()) again.session.reach(run, update, 1e9);
        assert.deepEqual(Array.from(again.session.updates()), updates);
        /** @type {any} */ (again.session)[call](...args);
      }
      again.finish();
      assert.deepEqual(bits(again), bits(own));
    }
    // One call less is another run.
    const other = new Engine();
    other.open([first]);
    other.finish();
    assert.notEqual(bits(other)[0].weights, bits(own)[0].weights);
  },
  'what would have been without early stopping is in the link as a run that left'() {
    const stop = (/** @type {any} */ early_stopping) => ({ max_updates: 900, early_stopping });
    const first = {
      data: { moons: { samples: 120 } },
      stop: stop({ patience: { patience: 3 } }),
      learner: { net: { optimizer: { adam: { learning_rate: 0.05 } } } },
    };
    const own = new Engine();
    own.open([first]);
    own.finish();
    const [stopped] = Array.from(own.session.updates());
    assert.ok(stopped < 900);
    const left = own.session.fork(0, stopped);
    assert.equal(left, stopped);
    const log = [{ updates: [stopped], call: 'fork', args: [0, stopped], left }];
    const unstopped = laid({ ...first, stop: stop({ off: {} }) });
    log.push({ updates: Array.from(own.session.updates()), call: 'live', args: [1, unstopped], left: 0 });
    assert.equal(own.session.live(1, unstopped), true);
    own.finish();
    const { runs, log: rest } = folded([{ json: laid(first) }], log);
    assert.deepEqual(rest, []);
    assert.deepEqual(runs[1], { json: unstopped, update: stopped, before: laid(first) });
    const again = new Engine();
    assert.deepEqual(again.session.open(runs[0].json), []);
    assert.deepEqual(again.session.add(runs[1].json, runs[1].update, runs[1].before), []);
    again.finish();
    assert.deepEqual(Array.from(again.session.updates()), [stopped, 900]);
    assert.deepEqual(bits(again), bits(own));
  },
};

/** The weights and losses of all runs. @param {Engine} engine */
const bits = (engine) =>
  engine.runs().map(({ update, columns }, run) => ({
    update,
    losses: columns['validation.loss'],
    weights: base64url(engine.session.tensors(run)),
  }));

/** Runs and what they were told, as an engine might log it. */
function randomWay() {
  const settings = () => ({
    ...(random() < 0.7 && {
      learner: pick([
        { net: { optimizer: { adam: { learning_rate: random() } } } },
        { net: { optimizer: { sgd: {} }, batch_size: 1 + below(64) } },
        { tree: {} },
      ]),
    }),
    ...(random() < 0.3 && { stop: { max_updates: 1 + below(1000), early_stopping: pick([{ off: {} }, { patience: { patience: 7 } }]) } }),
    ...(random() < 0.2 && { augment: pick([[], [{ noise: {} }]]) }),
  });
  const beginning = () => ({ json: laid(settings()), ...(random() < 0.3 && { update: 1 + below(50), before: laid(settings()) }) });
  const runs = Array.from({ length: 1 + below(3) }, beginning);
  let updates = runs.map(() => 0);
  const log = [];
  for (let number = below(12); number > 0; number--) {
    updates = updates.map((update) => update + (random() < 0.6 ? 10 : below(30)));
    const run = below(updates.length);
    const left = below(updates[run] + 1);
    const call = pick(['live', 'live', 'set', 'fork', 'go_back', 'restore_best', 'add', 'remove', 'replace']);
    if ((updates.length === 8 && ['add', 'fork'].includes(call)) || (updates.length === 1 && call === 'remove')) continue;
    const { json, update, before } = /** @type {any} */ (beginning());
    const args = {
      live: [run, json],
      replace: [run, json],
      set: [run, '0.weight', below(9), random()],
      fork: [run, left],
      go_back: [run, left],
      restore_best: [run],
      add: before === undefined ? [json] : [json, update, before],
      remove: [run],
    }[call];
    log.push({ updates, call, args, ...(['fork', 'go_back'].includes(call) && { left }) });
    if (call === 'add') updates = [...updates, 0];
    if (call === 'fork') updates = [...updates, left];
    if (call === 'go_back') updates = updates.with(run, left);
    if (call === 'replace') updates = updates.with(run, 0);
    if (call === 'remove') updates = updates.toSpliced(run, 1);
  }
  return { runs, log };
}

for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    console.log(`ok  ${name}`);
  } catch (error) {
    console.error(`NOT ${name}\n${error instanceof Error ? error.stack : error}`);
    process.exitCode = 1;
  }
}
