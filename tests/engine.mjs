/** The engine as wasm in Node, for tests of what the page brings along as data: lessons, challenges. */
import { readdirSync, readFileSync } from 'node:fs';
import init, { Session, schema as schemaOf } from '../www/pkg/descent.js';
import { complete, defaultsOf, overlay } from '../www/experiment.js';

const here = (/** @type {string} */ path) => new URL(`../${path}`, import.meta.url);
await init({ module_or_path: readFileSync(here('www/pkg/descent_bg.wasm')) });

export const schema = JSON.parse(schemaOf());
const defaults = defaultsOf(schema);
const bundled = readdirSync(here('src/data/bundled'));

/** A document of differences from the defaults, whole. @param {any} changes @returns {any} */
export const whole = (changes) => complete(schema, overlay(defaults, changes));

export class Engine {
  session = new Session();

  /** @param {string} json */
  provide(json) {
    for (let name = this.session.missing(json); name; name = this.session.missing(json)) {
      this.session.bundle(
        name,
        readFileSync(here(`src/data/bundled/${bundled.find((file) => file.startsWith(`${name}.`) && !/\.(py|json)$/.test(file))}`)),
      );
    }
  }

  /** Opens documents beside each other; problems are thrown. @param {any[]} documents */
  open(documents) {
    documents.forEach((document, at) => {
      const json = JSON.stringify(whole(document));
      this.provide(json);
      const issues = at ? this.session.add(json) : this.session.open(json);
      if (issues.length) throw new Error(`${JSON.stringify(issues)} for ${JSON.stringify(document)}`);
    });
  }

  /** Trains all runs to their ends. */
  finish() {
    while (this.session.advance(1e9, Infinity) > 0);
  }

  /** The runs as lessons see them. @returns {import('../www/lessons/measure.js').Run[]} */
  runs() {
    return this.session.frame({}).runs.map((/** @type {any} */ run) => ({
      update: run.update,
      best: run.best,
      stop: run.stop,
      columns: Object.fromEntries(
        Object.entries(run.history.columns).map(([name, values]) => [
          name,
          Array.from(/** @type {Float64Array} */ (values), (value) => (Number.isFinite(value) ? value : null)),
        ]),
      ),
    }));
  }

  /** Runs documents to their ends. @param {any[]} documents */
  run(documents) {
    this.open(documents);
    this.finish();
    return this.runs();
  }

  /** Trains a source task, once for all steps that begin with it, and keeps its weights as a file, as the page does before such a step. @param {{file: string, experiment: any}} pretrained @param {number} seed */
  pretrain({ file, experiment }, seed) {
    const document = { ...experiment, seed: (experiment.seed ?? 0) + seed };
    const key = JSON.stringify(document);
    if (!trained.has(key)) {
      this.run([document]);
      trained.set(key, this.session.tensors(0));
    }
    this.session.attach(file, /** @type {Uint8Array} */ (trained.get(key)));
  }
}

/** Weights by the document that made them. @type {Map<string, Uint8Array>} */
const trained = new Map();
