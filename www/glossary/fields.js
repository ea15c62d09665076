/** Which entry of the glossary explains a setting or an option: by its name in the experiment document, with its part's before it where others share the name. */

/** @type {Record<string, string>} */
export const TERMS = {
  seed: 'seed', drawn: 'drawn', blobs: 'cluster', 'blobs.shape': 'cluster', rings: 'cluster', noise: 'noise', validation: 'validation', split: 'validation', stratify: 'validation', features: 'feature', scale: 'scaling', standard: 'scaling', min_max: 'scaling', robust: 'scaling',
  damage: 'cleaning', clean: 'cleaning', drop_duplicates: 'cleaning', drop_missing: 'missing-value', impute: 'missing-value', with: 'missing-value', nearest: 'missing-value', neighbours: 'missing-value', outliers: 'outlier', rule: 'outlier', iqr: 'outlier', z_score: 'outlier', labels: 'cleaning', fewest: 'cleaning',
  holes: 'missing-value', noisy_labels: 'label-noise', lost_labels: 'cleaning', imbalance: 'imbalance', duplicates: 'cleaning', far_off: 'outlier', words: 'one-hot', one_hot: 'one-hot', ordinal: 'one-hot', 'prepare.target': 'scaling', 'steps.scale': 'scaling', 'scale.method': 'scaling',
  normalize: 'row-norm', 'normalize.norm': 'row-norm', log: 'power-transform', 'steps.power': 'power-transform', standardize: 'scaling', bins: 'binning', edges: 'binning', 'bins.one_hot': 'one-hot', 'steps.polynomial': 'polynomial-features', degree: 'polynomial-features', interaction_only: 'polynomial-features', pca: 'pca', components: 'pca', whiten: 'pca', select: 'feature-selection', k: 'feature-selection', score: 'feature-selection', anova_f: 'feature-selection', mutual_information: 'feature-selection',
  method: 'cross-validation', k_fold: 'cross-validation', folds: 'cross-validation', fold: 'cross-validation', repeat: 'cross-validation', leave_one_out: 'cross-validation', rolling_origin: 'rolling-origin', 'rolling_origin.folds': 'rolling-origin', 'rolling_origin.fold': 'rolling-origin', gap: 'rolling-origin', windows: 'series', test: 'test-part',
  digits: 'image', shapes: 'image', side: 'image', series: 'series', order: 'series', lag: 'forecast', horizon: 'forecast', tokens: 'token', text: 'character-model', 'text.symbols': 'token',
  augment: 'augmentation', jitter: 'jitter', layers: 'layer', units: 'neuron', activation: 'activation', output_activation: 'activation', batch_size: 'batch', l1: 'l1', l2: 'l2',
  linear: 'linear', sigmoid: 'sigmoid', tanh: 'tanh', relu: 'relu', leaky_relu: 'leaky-relu', negative_slope: 'leaky-relu', elu: 'elu', swish: 'swish', gelu: 'gelu', softplus: 'softplus',
  rnn: 'recurrent', lstm: 'lstm', gru: 'gru', returns: 'hidden-state', embedding: 'embedding', 'embedding.features': 'embedding', last_step: 'sequence',
  'rnn.units': 'hidden-state', 'lstm.units': 'hidden-state', 'gru.units': 'hidden-state', positional_encoding: 'positional-encoding', attention: 'attention', heads: 'attention', pointwise: 'pointwise', residual: 'residual', 'residual.layers': 'residual',
  conv2d: 'convolution', channels: 'feature-map', kernel: 'convolution', stride: 'stride', padding: 'padding', max_pool: 'pooling', average_pool: 'pooling', global_average_pool: 'pooling',
  'max_pool.kernel': 'pooling', 'average_pool.kernel': 'pooling', batch_norm: 'batch-norm', 'batch_norm.momentum': 'batch-norm', layer_norm: 'layer-norm',
  function: 'activation', dropout: 'dropout', p: 'dropout', drop_connect: 'drop-connect',
  initialiser: 'initialisation', zeros: 'initialisation', uniform: 'initialisation', normal: 'initialisation', xavier_uniform: 'initialisation', xavier_normal: 'initialisation', he_uniform: 'initialisation', he_normal: 'initialisation',
  loss: 'loss', mse: 'mse', mae: 'mae', huber: 'huber', delta: 'huber', binary_cross_entropy: 'cross-entropy', softmax_cross_entropy: 'cross-entropy', label_smoothing: 'label-smoothing',
  focal: 'focal', 'focal.gamma': 'focal', alpha: 'focal', 'elu.alpha': 'elu', 'rmsprop.alpha': 'rmsprop', quantile: 'quantile', q: 'quantile', log_cosh: 'log-cosh', class_weights: 'class-weights', balanced: 'class-weights', given: 'class-weights', weights: 'class-weights',
  optimizer: 'optimizer', gradient_descent: 'gradient-descent', sgd: 'sgd', mini_batch: 'sgd', momentum: 'momentum', nesterov: 'nesterov', adagrad: 'adagrad', rmsprop: 'rmsprop', adam: 'adam', adamw: 'adamw',
  learning_rate: 'learning-rate', beta1: 'adam', beta2: 'adam', weight_decay: 'weight-decay', schedule: 'schedule', cosine: 'cosine', exponential: 'exponential', gamma: 'exponential', t_max: 'cosine', reduce_on_plateau: 'plateau',
  step: 'step-schedule', 'step.gamma': 'step-schedule', step_size: 'step-schedule', polynomial: 'polynomial', power: 'polynomial', warm_restarts: 'warm-restarts', t_0: 'warm-restarts', t_mult: 'warm-restarts',
  one_cycle: 'one-cycle', pct_start: 'one-cycle', div_factor: 'one-cycle', final_div_factor: 'one-cycle', cyclic: 'cyclic', 'cyclic.gamma': 'cyclic', 'cyclic.mode': 'cyclic', warmup: 'warm-up', 'warmup.updates': 'warm-up', start_factor: 'warm-up',
  nadam: 'nadam', momentum_decay: 'nadam', lion: 'lion', muon: 'muon', shampoo: 'shampoo', graft: 'shampoo', soap: 'soap', schedule_free_adamw: 'schedule-free', 'schedule_free_adamw.beta1': 'schedule-free',
  clip: 'clipping', average: 'averaging', ema: 'averaging', max_norm: 'max-norm', tuning: 'freezing', transfer: 'transfer-learning', 'transfer.file': 'transfer-learning', 'file.which': 'transfer-learning', freeze: 'freezing', factor: 'learning-rate', 'max_norm.units': 'max-norm',
  lbfgs: 'lbfgs', history_size: 'lbfgs', max_evaluations: 'line-search', 'lbfgs.rows': 'batch', newton: 'newton', radius: 'trust-region', max_products: 'hessian', 'newton.tolerance': 'newton', 'newton.rows': 'batch', levenberg_marquardt: 'levenberg-marquardt', damping: 'levenberg-marquardt', max_tries: 'levenberg-marquardt', 'levenberg_marquardt.rows': 'batch',
  horizontal_flip: 'moved-images', vertical_flip: 'moved-images', rotate: 'moved-images', crop: 'moved-images', shift: 'moved-images', zoom: 'moved-images', brightness: 'light', contrast: 'light', cutout: 'cutout', mixup: 'mixup', 'mixup.alpha': 'mixup', cutmix: 'cutmix', 'cutmix.alpha': 'cutmix', smote: 'smote', k_neighbors: 'smote',
  scaling: 'warped-series', window_slice: 'warped-series', time_warp: 'warped-series', 'crop.padding': 'moved-images', 'cutout.length': 'cutout',
  surface: 'loss-surface', saddle: 'saddle-point', ravine: 'condition-number', condition: 'condition-number', directions: 'loss-surface', 'directions.random': 'filter-normalisation', 'random.reach': 'filter-normalisation', 'surfaces.noise': 'saddle-point',
  tree: 'decision-tree', criterion: 'gini', gini: 'gini', entropy: 'entropy', max_updates: 'update', evaluate_every: 'epoch', epochs: 'epoch', updates: 'update', early_stopping: 'early-stopping', patience: 'patience', metric: 'metric',
};

/** The entry for what a path ends in; undefined where the sentence in its place is enough. @param {(string | number)[]} path */
export function termOf(path) {
  const names = path.filter((key) => typeof key === 'string');
  return TERMS[names.slice(-2).join('.')] ?? TERMS[/** @type {string} */ (path[path.length - 1])];
}
