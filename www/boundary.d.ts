/**
 * What crosses between the engine and the page. Generated from Rust (`src/boundary/typescript.rs`), never changed by hand:
 * `DESCENT_WRITE=1 cargo test --lib boundary::` writes it anew.
 */

/** A document, or a part of one: what it may be says its schema. */
export type Document = any;

/** A JSON Schema of documents, or a part of one. */
export type Schema = any;

/** What was asked for, or what is wrong with the document: `issues` tells which. */
export type Or<Found, Issues extends { issues: Issue[] } = Refused> = (Found & { issues?: undefined }) | Issues;

/** What was found of a part that is held out. */
export interface Alike {
  /** `validation` or `test`. */
  part: string;
  rows: number;
  /** There were too few rows to tell anything. */
  few: boolean;
  columns: Difference[];
  /** Columns that differ by more than chance. */
  differing: number;
  /** Of a model that tells its rows from training rows: the area under the ROC curve, ½ where it cannot, and how likely that is by chance. */
  auc: number;
  auc_p: number;
  /** Something differs by more than chance. */
  differs: boolean;
}

/** What the numbers of an answer are. A learner of clusters answers with clusters, whatever the rows' target is. */
export type Answer = {
  kind: 'probabilities';
  classes: number;
} | {
  kind: 'scores';
  classes: number;
} | {
  kind: 'value';
} | {
  kind: 'clusters';
  clusters: number;
} | {
  kind: 'samples';
};

/** What a run had spent at the first evaluation beyond the line. */
export interface Arrival {
  update: number;
  epoch: number;
  rows: number;
  gradients: number;
  /** Seconds of its own training, evaluations included. */
  seconds: number;
  /** The metric there. */
  value: number;
}

/** Whom each step listens to: `[heads][steps][steps]`. */
export interface Attention {
  heads: number;
  steps: number;
  values: Float32Array;
}

/** Prepared rows, row-major. Behind the rows of `before`, `after` has made-up ones. */
export interface Augmented {
  shape: Shape;
  /** None for a target that is a number. */
  classes: string[];
  /** Names of the first two features. */
  features: string[];
  /** Rows before. */
  rows: number;
  before: Float32Array;
  after: Float32Array;
  /** Targets before and after. */
  targets: Float32Array;
  answers: Float32Array;
  /** Where rows of two classes were mixed, the second class of each row behind, and what the first one counts; else empty. */
  others: Float32Array;
  shares: Float32Array;
}

/** Which plane. */
export type Axes = {
  columns: [number, number];
} | 'components';

/** Where a piece of a job began. */
export interface Begun {
  update: number;
}

/** The best evaluation. */
export interface Best {
  update: number;
  loss: number;
  /** What is watched, and its value. */
  metric: string;
  value: number;
}

/** A number, or a word. */
export type Cell = number | string | null;

/** What a step did. */
export interface Cleaned {
  /** Rows that it left out. */
  dropped: number;
  /** Rows that it changed. */
  changed: number;
  /** Values that it changed. */
  values: number;
}

/** What is done next, or was done last. */
export type ClustersStep = 'place' | 'assign' | 'move' | 'rest';

/** What the page draws. */
export interface ClustersView {
  last: ClustersStep | null;
  next: ClustersStep;
  sizes: number[];
  inertia: number;
}

/** One column. */
export interface Column {
  name: string;
  missing: number;
  /** Different values. */
  distinct: number;
  spread: Spread;
  /** ANOVA F against the target over all rows that have both; null where there is none. */
  score: number | null;
}

/** What an input column holds. */
export type ColumnKind = 'number' | {
  words: string[];
};

/** What a model of layers takes to train. In 64 bits, for models too that are more than a browser can hold. */
export interface Costs {
  /** Learned numbers. */
  parameters: number;
  /** Multiplications with additions that one row costs forward. */
  multiply_adds: number;
  /** Rows in an update. */
  batch: number;
  /** Bytes of what is learned with running statistics, of its gradient, of what the optimizer and an average of the weights remember, and of what a batch's passes leave behind. */
  parameter_bytes: number;
  gradient_bytes: number;
  optimizer_bytes: number;
  activation_bytes: number;
}

/** The state of a layer. */
export interface Diagnosis {
  /** Its weights, without biases; of a layer that has no weights all it has learned; none where nothing is learned. */
  weights: Distribution | null;
  /** It sits updates out. */
  frozen: boolean;
  /** The last update's slope of the loss for the same numbers, penalties included; none before the first update, and where it is frozen. */
  gradients: Distribution | null;
  /** What it makes of the rows that were looked at. */
  activations: Distribution | null;
  /** Where it ends in ReLU: units that were never above 0 on those rows, and how many there are. An image's unit is a channel, a sequence's a feature. */
  dead: [number, number] | null;
  verdict: Verdict | null;
}

/** One column in the two parts. */
export interface Difference {
  name: string;
  /** `ks` or `chi_squared`. */
  test: string;
  statistic: number;
  p: number;
  /** Population stability index, and what it would be by chance. */
  psi: number;
  psi_by_chance: number;
  differs: boolean;
}

/** Which way is better. */
export type Direction = 'up' | 'down';

/** How numbers are spread. What is not finite is counted apart. */
export interface Distribution {
  /** Where the first bar begins and the last one ends: the smallest and the largest number. */
  low: number;
  high: number;
  /** How many numbers are in each of [`BINS`] bars of the same width; all in the first where they are all the same. */
  counts: number[];
  mean: number;
  /** √(Σx² / n). */
  root_mean_square: number;
  /** √Σx². */
  norm: number;
  /** Numbers that are not finite. */
  broken: number;
}

/** A tree in few words. */
export interface EnsembleMember {
  member: number;
  /** From 1 on. */
  round: number;
  /** The class whose score it moves, where there are more than two. */
  class: number | null;
  leaves: number;
  depth: number;
  /** How far a leaf moves a score at most, before it is shrunk. */
  largest: number;
}

/** What the page draws. */
export interface EnsembleView {
  /** Trees so far. */
  count: number;
  rounds: number;
  /** The newest ones. */
  members: EnsembleMember[];
  /** The newest tree. */
  nodes: NodeView[];
}

/** What can be wrong with a layer. */
export type Fault = 'dead' | 'exploding' | 'vanishing';

/** One thing that is wrong, and how it is known. */
export interface Finding {
  kind: FindingKind;
  what: Message;
  /** The updates over which it shows. */
  from: number;
  to: number;
  /** The layer in which it shows, counted from the first behind the inputs. */
  layer: number | null;
  remedies: FindingRemedy[];
}

/** What is wrong. */
export type FindingKind = 'scale' | 'diverging' | 'exploding' | 'vanishing' | 'dead' | 'small_rate' | 'overfitting' | 'underfitting' | 'plateau';

/** Something that may help. */
export interface FindingRemedy {
  what: Message;
  /** The experiment with it. */
  experiment: Document;
  /** The update to go back to before it is taken over; none where it is taken over here, 0 where the run begins again. */
  back: number | null;
}

/** What a mark looks like. */
export type Form = 'ring' | 'centre' | 'sample' | 'arrow';

/** Everything that is drawn. */
export interface Frame {
  runs: (Run | RunBeside)[];
  /** The finish line. */
  line: Reach | null;
}

/** What a frame should hold; what is left out is not wanted. */
export interface FrameRequest {
  /** Cells along an edge of the map. */
  side?: number;
  /** The run of which everything is wanted; of the others come what is measured and a small map. */
  run?: number;
  /** Cells along an edge of the small maps. */
  small?: number;
  /** Units of a layer that are drawn, with their maps. */
  units?: number;
  /** The part of the plane that the maps show, `[x0, x1, y0, y1]`; null for the run's own. */
  range?: [number, number, number, number] | null;
  /** How much of each run's history is known: the `version` that came last. */
  since?: number[];
  /** The plane of the map, as given to `points`. */
  axes?: Axes | null;
  /** Rows whose predictions are wanted: the same `most` as in `points`. */
  points?: number;
  /** They are not wanted this time. */
  unpredicted?: boolean;
  /** One unit (layer, unit) whose own map is wanted at this many cells along an edge. */
  unit?: [number, number, number] | null;
  /** The node in which each cell of the map ends. */
  leaves?: boolean;
  /** What every layer makes of a row. */
  inspect?: Inspect | null;
  /** How the numbers of every layer are spread, and what is wrong with it. */
  diagnose?: boolean;
  /** What is wrong with the run. */
  examine?: boolean;
}

/** A player as the page draws it. */
export interface GanPlayer {
  inputs: number;
  /** What leaves each layer, the output's last. */
  units: number[];
  parameters: number;
}

/** Who moves. */
export type GanTurn = 'generator' | 'discriminator';

/** What the page draws. */
export interface GanView {
  generator: GanPlayer;
  discriminator: GanPlayer;
  last: GanTurn | null;
  next: GanTurn;
  generator_loss: number;
  discriminator_loss: number;
  real: number;
  made: number;
}

/** What a run answers for the rows that validate. */
export interface Held {
  /** Rows of the table. */
  rows: number[];
  /** In the target's own units; class numbers. */
  targets: number[];
  /** `[rows, width]`, numbers in the target's own units. */
  predictions: number[];
  width: number;
  answer: Answer;
  /** Of a target with classes. */
  classes: string[];
}

/** Rows of the history that are new. */
export interface History {
  /** What is known with them, for the next request's `since`. */
  version: number;
  /** The row at which they begin. */
  from: number;
  /** Rows before changed as well: all are here. */
  reset: boolean;
  /** By the names of what is measured, with `.min` and `.max` of what a row stands for. */
  columns: Record<string, Float64Array>;
}

/** Type. What a column holds. */
export type Holds = 'auto' | 'number' | 'word' | 'date' | 'text';

/** Which row is looked at, and how closely. */
export interface Inspect {
  /** Its place among the rows of `points`; the first that was held out where none is given. */
  row?: number | null;
  /** About so many numbers of each layer. */
  most: number;
  /** The layer of which all numbers are wanted. */
  close?: number | null;
}

/** One thing that is wrong with an experiment, at an exact place. */
export interface Issue {
  /** Dotted path of the field (`learner.net.layers[0].dense.units`); empty for the document itself. */
  path: string;
  /** What is allowed and what was given. */
  message: Message;
  /** A change of the document after which the issue is gone, where there is one. */
  remedy?: Remedy;
}

/** What there is to do. */
export interface JobPlan {
  pieces: Piece[];
  /** There is nothing else; otherwise more is known when these are done. */
  whole: boolean;
}

/** A kernel with all its numbers. */
export type KernelFunction = 'linear' | {
  rbf: {
    /** γ. */
    gamma: number;
  };
} | {
  poly: {
    /** γ. */
    gamma: number;
    /** r. */
    coef0: number;
    /** d. */
    degree: number;
  };
} | {
  sigmoid: {
    /** γ. */
    gamma: number;
    /** r. */
    coef0: number;
  };
};

/** What is known of a job. */
export interface Known {
  report: Report;
  failed: number;
}

/** What is known of a landscape. */
export interface Landscape {
  side: number;
  /** Of `side` × `side` places, row by row from the top; null where none is known. */
  losses: (number | null)[];
  /** Across and up. */
  scales: [Scale, Scale];
  /** The plane is that of the ways. */
  along: boolean;
  /** The first is that of the run in the centre. */
  ways: Way[];
  /** Shares of the ways' variance along the two directions; null where there is none. */
  explained: [number | null, number | null];
  /** Rows on which the loss is measured, and how many there are. */
  rows: [number, number];
  /** Learned numbers. */
  parameters: number;
}

/** One layer of units as drawn. */
export interface LayerView {
  /** `inputs`, the layer's tag (`dense`), or `output`. */
  name: string;
  /** What leaves it, and how many numbers that is. */
  shape: Shape;
  units: number;
  /** The first ones, which are drawn. */
  shown: number;
  activation: string;
  /** `[shown, shown of the layer before]`, row-major, where every unit sees every unit; else empty. */
  weights: number[];
  /** One a shown unit, where there are `weights`. */
  biases: number[];
  /** The layer's tensors among [`super::Weighted::tensors`]: where there are `weights`, those first and the biases behind them. */
  tensors: string[];
  /** Learned numbers. */
  parameters: number;
  /** Multiplications with additions that one row costs forward. */
  multiply_adds: number;
  /** Where there are `weights`, units of the layer before: a row of the weight tensor is so long. Else 0. */
  fan_in: number;
  /** Largest absolute weight of the whole layer. */
  largest: number;
  /** The layers within it: a residual block's. */
  inside: LayerView[];
}

/** What the page draws. */
export interface LayersView {
  layers: LayerView[];
}

/** Something that is drawn on the map. */
export interface MapMark {
  kind: Form;
  at: [number, number];
  /** Where an arrow ends. */
  to?: [number, number];
  /** How much it stands out, from 0 to 1. */
  strength: number;
  /** The class or cluster whose colour it has. */
  class?: number;
}

/** One thing that happened. */
export interface Mark {
  update: number;
  why: Why;
  what: Message;
}

/** A sentence, or a part of one, in both languages. It has no `Display`, so that neither language can slip into the other: see [`message!`](crate::message). */
export interface Message {
  en: string;
  zh: string;
}

/** What the page draws. */
export interface NeighboursView {
  known: number;
  rows: number;
  asked: number;
}

/** One node of a tree as drawn. */
export interface NodeView {
  depth: number;
  /** Training rows that reach it. */
  rows: number;
  impurity: number;
  /** Class probabilities, or the mean target. */
  value: number[];
  /** None for a leaf. */
  split: SplitView | null;
}

/** A layer as its settings make it, before anything is built. */
export interface Outline {
  /** What leaves it. */
  shape: Shape;
  parameters: number;
  multiply_adds: number;
  /** The layers within it: a residual block's. */
  inside: Outline[];
}

/** A table as it arrived and, where nothing is wrong with the settings, as it is used. */
export interface Overview {
  /** Rows as they arrived. */
  rows: number;
  /** Input columns in all; the first of them are described. */
  width: number;
  columns: Column[];
  target: Column;
  classes: string[];
  /** The first rows: inputs, then the target. Gaps are null, words and classes are words. */
  head: Cell[][];
  /** Rows in which something is missing. */
  incomplete: number;
  related: Related;
  used: Used | null;
  /** How the user's file was read, where the rows come from one. */
  reading: Reading | null;
}

/** What pairs say of B against A, and the same in a sentence. */
export interface Paired {
  pairs: number;
  /** Pairs in which B took fewer updates, more, and as many. */
  faster: number;
  slower: number;
  ties: number;
  /** How often A and B arrived. */
  arrived: [number, number];
  /** Percent of A's updates that B saves, over the pairs in which one arrived at least; infinite where that one is B alone, minus where it is A. */
  saved: Quartiles | null;
  /** The same of B's updates that A saves. */
  saved_by_a: Quartiles | null;
  /** How likely at least so uneven a count is by chance. */
  sign_p: number;
  /** The smaller sum of ranks, and how likely one at least as small is by chance. */
  rank_sum: number;
  rank_p: number;
  verdict: Message;
}

/** What was measured, by name; a value that there is none of is not a number. */
export interface Parts {
  train: Record<string, number>;
  validation: Record<string, number>;
  /** Of the learner's own. */
  own: Record<string, number>;
}

/** Evaluations without an improvement, and how many end the run. */
export interface Patience {
  used: number;
  limit: number;
}

/** Something that one worker does. */
export interface Piece {
  /** What people call it. */
  name: Message;
  /** Which of the experiments that are compared it is about. */
  group: number;
  experiment: Document;
  /** What is done, in the words of its job. */
  work: unknown;
}

/** What a model's settings come to. */
export interface Plan {
  /** What enters the first layer. */
  input: Shape;
  /** As many layers as fit one after the other; the output last, where all do. */
  layers: Outline[];
  /** None where a layer does not fit. */
  costs: Costs | null;
}

/** A plane through rows of more than two columns. */
export interface Plane {
  axes: Axes;
  names: [string, string];
  /** Share of the variance along each component; empty for columns. */
  explained: number[];
  /** Where each shown row lies, `[shown × 2]`. */
  places: Float32Array;
}

/** The rows that are shown, and what they are. */
export interface Points {
  /** The plane of the map, where rows have more than two columns. */
  plane: Plane | null;
  /** What each column holds. */
  kinds: ColumnKind[];
  /** Rows of the table. */
  rows: number;
  /** Which of them are shown. */
  places: Uint32Array;
  /** `[shown × columns]`. */
  inputs: Float32Array;
  /** Classes as their numbers. */
  targets: Float32Array;
  /** 0 for a row that trains, 1 for one that validates, 2 for one that tests. */
  split: Uint8Array;
  columns: string[];
  /** What a row is. */
  shape: Shape;
  /** Rows follow each other in time. */
  ordered: boolean;
  /** What each number of a row of tokens stands for; empty for other rows. */
  symbols: string[];
  /** Name of the target. */
  target: string;
  task: Task;
  classes: string[];
  /** What the classes are called in a sentence, where their names are words; else empty. */
  titles: Message[];
  /** The part of the plane that the run's map shows, `[x0, x1, y0, y1]`. */
  range: Float32Array;
}

/** How far a piece is. */
export interface Progress {
  /** From 0 to 1. */
  share: number;
  done: boolean;
  /** What is known; null where it was not asked for. */
  found: unknown;
}

/** A measured quantity. */
export interface Quantity {
  /** Its name in events, files and rules. */
  name: string;
  /** What people call it, in the middle of a sentence. */
  title: Message;
  /** What it says, in a sentence; none where the page says so itself. */
  about: Message | null;
  /** In what it is measured, where that has a name. */
  unit: Message | null;
  /** Which way is better; none where neither is, which no rule can follow. */
  direction: Direction | null;
  /** Between which values it lies. */
  low: number | null;
  high: number | null;
  /** Its entry in the glossary. */
  term: string | null;
  /** Whether it is measured on each part of the rows; otherwise it is the learner's own. */
  of_rows: boolean;
}

/** The middle of some numbers and of their lower and upper half (`numpy.quantile`); infinite where too many are. */
export interface Quartiles {
  low: number;
  median: number;
  high: number;
}

/** What became of a run. */
export interface Ran {
  update: number;
  epoch: number;
  rows: number;
  /** Of its training, by a clock: the only thing here that differs from one time to the next. */
  seconds: number;
  /** None where it has not come to the line. */
  arrival: Arrival | null;
  best: RanBest | null;
  /** None while it trains, and where it was ended at the line. */
  stop: RanStop | null;
  /** Of the model that it has in the end, by parts; a metric without a value is left out. */
  measured: Record<string, Record<string, number>>;
  /** Of its history, thinned. */
  columns: Record<string, (number | null)[]>;
  held?: Held;
}

/** The best evaluation, by what is watched. */
export interface RanBest {
  update: number;
  loss: number;
}

/** Why it stopped. */
export interface RanStop {
  reason: string;
  message: Message;
}

/** What was found so far. */
export interface RangeTest {
  rates: number[];
  /** The loss after the update with the rate. */
  losses: (number | null)[];
  /** The same, smoothed and corrected for its beginning at zero. */
  smoothed: (number | null)[];
  /** Where the smoothed loss falls fastest; none before the end, and where it never falls. */
  proposed: number | null;
  /** Updates done over all. */
  share: number;
  done: boolean;
}

/** The learning rate that a document plans. */
export interface Rates {
  updates: Float64Array;
  rates: Float64Array;
  /** What is measured moves the rate as well. */
  listens: boolean;
}

/** Reach. A metric on the held-out samples, and its value. */
export interface Reach {
  /** Metric. loss, a metric or a quantity of the model’s own, on the validation samples (the training samples where none are held out). */
  metric: string;
  /** Value. Reached when the metric is at least this where more is better, and at most this where less is. */
  value: number;
}

/** How a column was read. */
export interface ReadColumn {
  name: string;
  /** Something that was found, and why it is taken as it is. */
  role: {
    value: Role;
    /** False where the document says it. */
    guessed: boolean;
    reason: Message;
  };
  /** Something that was found, and why it is taken as it is. */
  kind: {
    value: Holds;
    /** False where the document says it. */
    guessed: boolean;
    reason: Message;
  };
  /** How its cells are written: `1.234,5`, `DD.MM.YYYY`; empty for words. */
  format: string;
  /** What stands beside its numbers: `kg`, `%`, `$`; empty where there is nothing. */
  unit: string;
  missing: number;
  /** Some different cells. */
  examples: string[];
}

/** How a file was read. */
export interface Reading {
  /** Something that was found, and why it is taken as it is. */
  encoding: {
    value: string;
    /** False where the document says it. */
    guessed: boolean;
    reason: Message;
  };
  /** Something that was found, and why it is taken as it is. */
  separator: {
    value: Separator;
    /** False where the document says it. */
    guessed: boolean;
    reason: Message;
  };
  /** Something that was found, and why it is taken as it is. */
  header: {
    value: boolean;
    /** False where the document says it. */
    guessed: boolean;
    reason: Message;
  };
  quotes: boolean;
  comments: boolean;
  /** Lines left out before the header. */
  skipped: number;
  /** Rows that were read, and how many were left out: blank ones, and those that do not fit. */
  rows: number;
  blank_rows: number;
  unfit_rows: number;
  /** Every column of the file in its order. */
  columns: ReadColumn[];
  /** The first rows as they stand in the file. */
  head: string[][];
  /** Marks for missing values that occur, and how often. */
  gaps: [string, number][];
  /** What is worth a look though nothing has to be done. */
  findings: Remark[];
}

/** Why there is no answer. */
export interface Refused {
  issues: Issue[];
}

/** Pearson's correlations of the first columns of numbers, a numeric target last. */
export interface Related {
  names: string[];
  /** `[names][names]`; not a number where a column is constant. */
  values: number[][];
}

/** A remark, and what could be done. */
export interface Remark {
  /** Which column it is about; empty for the whole file. */
  column: string;
  message: Message;
  remedy?: Remedy;
}

/** Values to be set, after which an issue is gone. A remedy that may not help is none. */
export interface Remedy {
  /** What it does, as a button says it. */
  title: Message;
  /** In this order. */
  edits: [string, unknown][];
}

/** Sentences, then tables. */
export interface Report {
  said: Message[];
  tables: ReportTable[];
}

/** A number, or none; with how far its rows lie apart, where it sums them up. */
export interface ReportCell {
  value: number | null;
  spread?: number;
}

/** What a column of numbers is. */
export interface ReportColumn {
  title: Message;
  /** The measured quantity, where it is one: its unit, its better way and its entry in the glossary are known by that name. */
  quantity?: string;
  term?: string;
  /** A count, shown without digits behind the point. */
  whole: boolean;
}

/** A line of a table. */
export interface ReportRow {
  name: Message;
  /** Which of the experiments that are compared it is about. */
  group: number;
  /** It sums up the rows of its group. */
  sum: boolean;
  /** The piece that it tells of, where it is one. */
  piece?: number;
  cells: ReportCell[];
}

/** Rows of numbers. */
export interface ReportTable {
  title: Message;
  /** What the rows are: "Fold". */
  of: Message;
  columns: ReportColumn[];
  rows: ReportRow[];
}

/** A look at the test part: it is recorded, because a second look is no longer a test. */
export interface Revealed {
  update: number;
  measured: Record<string, number>;
}

/** Role. What a column is for. */
export type Role = 'auto' | 'feature' | 'target' | 'id' | 'time' | 'group' | 'weight' | 'ignore';

/** The run that is looked at. */
export interface Run {
  update: number;
  epoch: number;
  /** Rows that were trained on, each as often as it was. */
  rows: number;
  /** Of its training, by a clock. */
  seconds: number;
  /** Of the next update; null for a learner without one. */
  learning_rate: number | null;
  /** What the schedule counts, for a learner with a learning rate. */
  scheduled: number | null;
  /** Learned numbers. */
  parameters: number;
  /** The update of the evaluation that is shown. */
  standing: number;
  /** A past moment is shown. */
  looks_back: boolean;
  /** The update at which it left another's way. */
  forked: number | null;
  marks: Mark[];
  arrival: Arrival | null;
  revealed: Revealed[];
  measured: Parts;
  state: State;
  stop: Stopped | null;
  best: Best | null;
  patience: Patience | null;
  /** Numbers that it answers for a row. */
  outputs: number;
  answer: Answer;
  history: History;
  /** What is wrong with it, the worst first; null where that was not asked for. */
  findings: Finding[] | null;
  /** Rows by `[true class, predicted class]`. */
  confusion: Uint32Array;
  /** Of each class precision, recall, F1 and support. */
  per_class: Float64Array;
  /** What it answers on a grid, `[cells × outputs]`, the top row first; null where there is no map. */
  map: Float32Array | null;
  /** Rows that it makes, `[rows × columns]`, where rows are seen as what they are. */
  samples: Float32Array | null;
  /** `[x0, x1, y0, y1]`. */
  map_range: Float32Array;
  /** The units' own maps, `[units][cells]`, inputs first. */
  neurons: Float32Array | null;
  /** The map of one unit. */
  unit: Float32Array | null;
  /** The node in which each cell of the map ends. */
  leaves: Uint32Array | null;
  seen: SeenRow | null;
  /** A layer behind the inputs each. */
  diagnosis: Diagnosis[] | null;
  spent: Spent;
  /** Of a model of layers. */
  costs: Costs | null;
  /** Of the rows shown, `[rows × outputs]`. */
  predictions: Float32Array | null;
  view: View;
  /** Everything that is measured of it. */
  quantities: Quantity[];
  /** What the learner is given of each row. */
  features: string[];
}

/** A run that is not looked at closely. */
export interface RunBeside {
  update: number;
  epoch: number;
  /** Rows that were trained on, each as often as it was. */
  rows: number;
  /** Of its training, by a clock. */
  seconds: number;
  /** Of the next update; null for a learner without one. */
  learning_rate: number | null;
  /** What the schedule counts, for a learner with a learning rate. */
  scheduled: number | null;
  /** Learned numbers. */
  parameters: number;
  /** The update of the evaluation that is shown. */
  standing: number;
  /** A past moment is shown. */
  looks_back: boolean;
  /** The update at which it left another's way. */
  forked: number | null;
  marks: Mark[];
  arrival: Arrival | null;
  revealed: Revealed[];
  measured: Parts;
  state: State;
  stop: Stopped | null;
  best: Best | null;
  patience: Patience | null;
  /** Numbers that it answers for a row. */
  outputs: number;
  answer: Answer;
  history: History;
  /** What it answers on a small grid, `[cells × outputs]`, the top row first; null where there is no map. */
  map: Float32Array | null;
}

/** What a racer did. */
export interface Runner {
  standing: Standing;
  /** x and y before the first update and after each. */
  path: Float32Array;
  /** f at these places. */
  values: Float64Array;
  /** Gradients until there. */
  gradients: Uint32Array;
}

/** The grid along one direction: place `i` is at `(i − zero) · step`, so that the centre is met exactly. */
export interface Scale {
  step: number;
  zero: number;
}

/** What a layer makes of one row, or the first part of it where that is too much to show. */
export interface Seen {
  /** What `values` are: of an image whole channels, of a sequence every step with the first features, of flat rows the first units. */
  shape: Shape;
  values: Float32Array;
  /** Largest absolute value of the whole output. */
  largest: number;
  attention: Attention | null;
  /** The layers within it: a residual block's. */
  inside: Seen[];
  /** What it has learned, of the layer that is looked at closely. */
  tensors: SeenTensor[];
}

/** What every layer makes of a row. */
export interface SeenRow {
  /** Its number in the table. */
  row: number;
  layers: Seen[];
}

/** A named tensor in PyTorch's layout. */
export interface SeenTensor {
  name: string;
  shape: number[];
  values: Float32Array;
}

/** Separator. What stands between the cells of a row. */
export type Separator = 'auto' | 'comma' | 'semicolon' | 'tab' | 'pipe' | 'blanks';

/** One row's shape. Sizes are at least 1. */
export type Shape = {
  kind: 'flat';
  units: number;
} | {
  kind: 'image';
  channels: number;
  height: number;
  width: number;
} | {
  kind: 'sequence';
  steps: number;
  features: number;
} | {
  kind: 'tokens';
  steps: number;
  vocabulary: number;
};

/** Milliseconds that parts of a frame took. */
export interface Spent {
  predictions: number;
  diagnosis: number;
  findings: number;
}

/** The question an inner node asks: rows with `feature ≤ threshold` go left. */
export interface SplitView {
  feature: number;
  /** Halfway between two 32-bit values, where no 32-bit number may lie. */
  threshold: number;
  left: number;
  right: number;
}

/** How values are spread, in bars; of each bar the rows of each class (all rows in one for a target that is a number). */
export type Spread = {
  kind: 'numbers';
  low: number;
  high: number;
  mean: number;
  deviation: number;
  quartiles: [number, number, number];
  bars: number[][];
} | {
  kind: 'words';
  words: string[];
  bars: number[][];
} | {
  kind: 'empty';
};

/** How a racer stands. */
export type Standing = 'running' | 'arrived' | 'diverged';

/** Whether a run goes on. */
export type State = 'running' | 'stopped';

/** Why a run ended. */
export type StopReason = 'max_updates' | 'early_stopping' | 'target' | 'diverged' | 'finished';

/** The end of a run. */
export interface Stopped {
  reason: StopReason;
  update: number;
  message: Message;
}

/** Where it is held, and what every racer did. */
export interface SurfaceRace {
  /** The part of the plane that is shown, `[x0, x1, y0, y1]`. */
  frame: Float64Array;
  /** x and y of each. */
  minima: Float64Array;
  lowest: number;
  start: Float64Array;
  updates: number;
  runners: Runner[];
  /** Of the three usual racers: gradient descent, momentum, Adam. */
  rates: Float64Array;
  /** f over the frame, `[side × side]`; null where it was not asked for. */
  field: Float32Array | null;
}

/** Two training rows whose α will move, how far they violate the optimality conditions, and what the dual objective gains. */
export interface SvmMove {
  rows: [number, number];
  violation: number;
  gain: number;
}

/** How far a solver is. */
export interface SvmStanding {
  /** 2 / ‖w‖; infinite while w is 0. */
  margin: number;
  /** ½ αᵀQα + pᵀα. */
  objective: number;
  /** Primal minus dual objective: 0 at the optimum. */
  gap: number;
  /** Rows that violate the optimality conditions by more than the tolerance. */
  violators: number;
  /** Rows with an α above 0. */
  support: number;
  /** Rows with an α at C. */
  bounded: number;
}

/** What the page draws. */
export interface SvmView {
  /** With its numbers; none before the first tick. */
  kernel: KernelFunction | null;
  /** 0 for numbers. */
  classes: number;
  /** The classes of the pair in work, where there are more than two. */
  pair: [number, number] | null;
  pairs: number;
  /** Pairs that are solved. */
  solved: number;
  /** Moves of the pair in work, and variables of it that are not shrunk away. */
  updates: number;
  active: number;
  /** Support vectors of all pairs, and how many of them are at C. */
  supports: number;
  bounded: number;
  /** The next move. */
  next: SvmMove | null;
  /** How far the pair in work is. */
  standing: SvmStanding | null;
}

/** What the target means, by its name in documents. */
export type Task = 'classification' | 'regression' | 'clustering';

/** An experiment without one of its techniques. */
export interface Technique {
  technique: string;
  title: Message;
  /** What stands in its place. */
  note: Message;
  /** It changes when a run ends, not how fast it learns: what counts is all updates that were spent, not those to the line. */
  spent: boolean;
}

/** Milliseconds that a layer takes for one batch. */
export interface Time {
  forward: number;
  backward: number;
  /** Rows in that batch. */
  rows: number;
}

/** What the page draws. */
export interface TreeView {
  nodes: NodeView[];
}

/** Why there is no overview, and how the user's file is read: null for other rows. */
export interface Unread {
  issues: Issue[];
  reading: Reading | null;
}

/** Rows after cleaning and splitting. */
export interface Used {
  rows: number;
  /** Rows that train, validate, test. */
  parts: [number, number, number];
  /** For each class, rows in each part; empty for numbers. */
  balance: [number, number, number][];
  /** Rows that each damage touched. */
  damaged: number[];
  /** What each cleaning step did. */
  cleaned: Cleaned[];
  /** The features that a model is given. */
  features: string[];
}

/** A fault and what it means here, in words. */
export interface Verdict {
  fault: Fault;
  message: Message;
}

/** What a learner shows of itself: the drawing's kind (its file in `www/views/kinds/`), marks on the map, and what the drawing takes. */
export type View = {
  kind: 'clusters';
  marks: MapMark[];
} & ClustersView | {
  kind: 'ensemble';
  marks: MapMark[];
} & EnsembleView | {
  kind: 'gan';
  marks: MapMark[];
} & GanView | {
  kind: 'layers';
  marks: MapMark[];
} & LayersView | {
  kind: 'neighbours';
  marks: MapMark[];
} & NeighboursView | {
  kind: 'svm';
  marks: MapMark[];
} & SvmView | {
  kind: 'tree';
  marks: MapMark[];
} & TreeView;

/** Where a run has been, oldest first, and where it was best: weights, or their places on the plane. */
export interface Way {
  run: number;
  points: Waypoint[];
  best: Waypoint | null;
}

/** A checkpoint on the plane: where it would lie if it lay in it. */
export interface Waypoint {
  update: number;
  at: [number, number];
}

/** Of which kind it is. */
export type Why = 'plateau' | 'rate' | 'settings' | 'by_hand' | 'put_back';
