/** The schemas in the page's engine are those that `headless schema` derives (`build.rs` says why they are files there). `node tests/schemas.mjs`. */
import { execFileSync } from 'node:child_process';
import { jobs_schema, schema, surface_schema } from '../www/pkg/descent.js';
import './engine.mjs';

const derived = (/** @type {string[]} */ ...asked) =>
  JSON.parse(
    execFileSync('cargo', ['run', '--quiet', '--example', 'headless', '--', 'schema', ...asked], { maxBuffer: 1 << 26 }).toString(),
  );
const pairs = [
  { name: 'experiment', ours: schema(), theirs: derived('experiment') },
  { name: 'surface', ours: surface_schema(), theirs: derived('surface') },
  { name: 'jobs', ours: jobs_schema(), theirs: derived('jobs') },
];
/** Definitions have names and no order; properties stand in the form's. @param {any} schema */
const told = ({ $defs = {}, ...schema }) => JSON.stringify([schema, Object.entries($defs).sort(([a], [b]) => (a < b ? -1 : 1))]);
const stale = pairs.filter(({ ours, theirs }) => told(JSON.parse(ours)) !== told(theirs));
for (const { name } of stale) console.error(`the engine's schema of ${name} is out of date`);
process.exit(stale.length ? 1 : 0);
