/** The worker as a file of its own. */
export const makeWorker = () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
