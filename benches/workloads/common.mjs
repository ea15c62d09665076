/** What the training workloads share: every row trains, nothing stops a run, and measuring is rare. */
export const split = { validation: 0, test: 0 };

export const stop = { max_updates: 1_000_000_000, evaluate_every: { epochs: { every: 1000 } }, early_stopping: { off: {} } };

const dense = (units, activation) => ({ dense: { units, activation: { [activation]: {} } } });

export const layers = (activation, ...units) => units.map((count) => dense(count, activation));
