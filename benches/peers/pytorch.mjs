/** PyTorch where a Python has it: a child process that sleeps while the others run. */
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

let ask;
let child;

const plain = (_, value) => (value instanceof Float32Array ? [...value] : value);

export default {
  name: 'pytorch',
  load() {
    const candidates = [process.env.PYTHON, 'python3', '/usr/bin/python3'].filter(Boolean);
    const python = candidates.find((candidate) => spawnSync(candidate, ['-c', 'import torch']).status === 0);
    if (!python) throw new Error(`no Python with torch among ${candidates.join(', ')} (set PYTHON)`);
    const environment = { ...process.env, OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
    child = spawn(python, [fileURLToPath(new URL('pytorch.py', import.meta.url))], {
      env: environment,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const replies = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    ask = async (request) => {
      child.stdin.write(`${JSON.stringify(request, plain)}\n`);
      const { value: line, done } = await replies.next();
      if (done) throw new Error('the Python process ended');
      return JSON.parse(line).value;
    };
  },
  unload: () => child.stdin.end(),
  refuses: () => null,
  async open(problem) {
    await ask({ open: problem });
    return {
      updates: (count) => ask({ updates: count }),
      predict: async (from) => Float32Array.from(await ask({ predict: from })),
      frames: (count) => ask({ frames: count }),
      close() {},
    };
  },
};
