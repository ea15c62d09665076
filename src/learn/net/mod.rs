//! Networks: settings here, the stack of modules in `stack.rs`, the training loop in `network.rs`, what is seen of it in `inspect.rs`; layers,
//! activations, losses, optimizers, initialisers and schedules in folders of their own, each a registry; what is done to gradient and weights
//! around a step in `control/`. No autograd: every module states its own backward pass.

pub mod activation;
mod advice;
pub mod control;
pub mod initialiser;
mod inspect;
pub mod layers;
pub mod loss;
mod nested;
pub(crate) mod network;
pub(crate) mod objective;
pub mod optimizer;
mod probe;
pub mod schedule;
mod sensitive;
pub mod stack;
mod techniques;
pub mod trainer;
pub mod transfer;

use super::advice::{Advice, Ill, Technique};
use super::class_weights::ClassWeights;
use super::inside::{Costs, Outline, Plan};
use super::{Family, Learner, Problem, Rates};
use crate::config::{Issue, Message, counted};
use crate::data::Shape;
use crate::math::elementary::padded;
use crate::message;
use activation::ActivationConfig;
use control::average::Average;
use control::clip::Clip;
use control::max_norm::MaxNorm;
use control::tuning::{self, Tuning};
use initialiser::InitialiserConfig;
use layers::dense::Dense;
use layers::{Layer, LayerConfig, Module, Parameter};
use loss::LossConfig;
pub use network::Network;
use optimizer::search::Needs;
use optimizer::{Block, OptimizerConfig};
use schedule::warmup::Warmup;
use schedule::{Memory, ScheduleConfig};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use stack::Stack;
use trainer::Recipe;
use transfer::Transfer;

/// Neural network | 神经网络
///
/// Layers of units trained by following the gradient. | 由多层神经元组成，沿梯度训练。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Net {
    /// Hidden layers | 隐藏层
    ///
    /// Layers between inputs and output; none makes a linear model. | 输入与输出之间的层；没有则为线性模型。
    #[schemars(length(max = 20), extend("x-depth" = "starter", "x-term" = "layer"))]
    pub layers: Vec<LayerConfig>,
    /// Output activation | 输出激活函数
    ///
    /// Applied to the last layer's sums; linear for cross-entropy, which brings its own. | 作用于输出层的加权和；交叉熵自带激活函数，应选线性。
    #[schemars(extend("x-depth" = "lab", "x-term" = "activation"))]
    pub output_activation: ActivationConfig,
    /// Initialiser | 初始化
    ///
    /// With which random weights the network begins; biases start at zero. | 网络以怎样的随机权重开始；偏置从零开始。
    #[schemars(extend("x-term" = "initialisation"))]
    pub initialiser: InitialiserConfig,
    /// Initial weights | 起始权重
    ///
    /// With which weights the network begins. | 网络从怎样的权重开始。
    #[schemars(extend("x-depth" = "lab", "x-term" = "transfer-learning"))]
    pub transfer: Transfer,
    /// Loss function | 损失函数
    ///
    /// How wrong the predictions are, as one number; training makes it small. | 用一个数表示预测错得多厉害；训练就是让它变小。
    #[schemars(extend("x-term" = "loss"))]
    pub loss: LossConfig,
    /// Class weights | 类别权重
    ///
    /// How much a sample of each class counts in the loss. | 每个类别的一个样本在损失中占多大权重。
    #[schemars(extend("x-term" = "class-weights"))]
    pub class_weights: ClassWeights,
    /// Optimizer | 优化器
    ///
    /// How the slope of the loss becomes a step of the weights. | 如何把损失的坡度变成权重的一步更新。
    #[schemars(extend("x-depth" = "starter", "x-section" = "optimizer", "x-term" = "optimizer"))]
    pub optimizer: OptimizerConfig,
    /// Schedule | 学习率调度
    ///
    /// How the learning rate changes while training. | 训练过程中学习率如何变化。
    #[schemars(extend("x-live" = true, "x-section" = "schedule", "x-term" = "schedule"))]
    pub schedule: ScheduleConfig,
    /// Warm-up | 预热
    ///
    /// Begins with small steps that grow in a straight line; then the schedule starts. | 以小学习率起步，线性上升，然后学习率调度才开始。
    #[schemars(extend("x-live" = true, "x-section" = "schedule"))]
    pub warmup: Warmup,
    /// Batch size | 批大小（batch size）
    ///
    /// How many samples each update uses; gradient descent and SGD set it themselves. | 每次更新使用多少个样本；梯度下降与 SGD 自行决定。
    #[schemars(range(min = 1, max = 4096), extend("x-scale" = "log", "x-term" = "batch"))]
    pub batch_size: usize,
    /// L1 penalty | L1 正则
    ///
    /// Pulls weights to exactly zero: adds l1 · Σ|w| to the loss, biases excepted. With L2: elastic net. | 把权重拉向零：损失加上 l1 · Σ|w|，不含偏置。与 L2 同用即弹性网络。
    #[schemars(range(min = 0.0, max = 10.0), extend("x-scale" = "log", "x-live" = true, "x-term" = "l1"))]
    pub l1: f64,
    /// L2 penalty | L2 正则
    ///
    /// Keeps weights small: adds l2 / 2 · Σw² to the loss, biases excepted. With L1: elastic net. | 让权重保持较小：损失加上 l2 / 2 · Σw²，不含偏置。与 L1 同用即弹性网络。
    #[schemars(range(min = 0.0, max = 10.0), extend("x-scale" = "log", "x-live" = true, "x-term" = "l2"))]
    pub l2: f64,
    /// Decoupled weight decay | 解耦权重衰减
    ///
    /// Shrinks every weight a little before each step, by this share times the learning rate, whatever the optimizer. | 每一步之前让每个权重略微缩小，比例为此值乘以学习率；适用于任何优化器。
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log", "x-live" = true, "x-section" = "optimizer", "x-term" = "weight-decay"))]
    pub weight_decay: f64,
    /// Max-norm | 最大范数约束
    ///
    /// Limits how long the incoming weights of each unit may grow. | 限制每个神经元传入权重的长度。
    #[schemars(extend("x-depth" = "lab", "x-live" = true, "x-term" = "max-norm"))]
    pub max_norm: MaxNorm,
    /// Gradient clipping | 梯度裁剪
    ///
    /// Limits how large a gradient may be, so that one steep place cannot throw the weights far away. | 限制梯度的大小，使某个陡峭之处不会把权重抛得很远。
    #[schemars(extend("x-live" = true, "x-section" = "optimizer", "x-term" = "clipping"))]
    pub clip: Clip,
    /// Weight averaging | 权重平均
    ///
    /// Predicts with a running average of the weights, which is calmer than the weights that are trained. | 用权重的滑动平均来预测，比正在训练的权重更平稳。
    #[schemars(extend("x-depth" = "lab", "x-live" = true, "x-section" = "optimizer", "x-term" = "averaging"))]
    pub average: Average,
    /// Layer rules | 层规则
    ///
    /// Layers that are frozen, or learn at a rate of their own. | 冻结某些层，或让它们以自己的学习率学习。
    #[schemars(length(max = 20), extend("x-depth" = "lab", "x-live" = true, "x-section" = "optimizer", "x-term" = "freezing"))]
    pub tuning: Vec<Tuning>,
}

impl Default for Net {
    fn default() -> Self {
        let dense = LayerConfig::dense(Dense { units: 16, ..Dense::default() });
        Net {
            layers: vec![dense.clone(), dense],
            output_activation: ActivationConfig::linear(Default::default()),
            initialiser: InitialiserConfig::default(),
            transfer: Transfer::default(),
            loss: LossConfig::default(),
            class_weights: ClassWeights::default(),
            optimizer: OptimizerConfig::default(),
            schedule: ScheduleConfig::default(),
            warmup: Warmup::default(),
            batch_size: 32,
            l1: 0.0,
            l2: 0.0,
            weight_decay: 0.0,
            max_norm: MaxNorm::default(),
            clip: Clip::default(),
            average: Average::default(),
            tuning: Vec::new(),
        }
    }
}

impl Net {
    /// The layer behind the hidden ones, with as many units as the loss asks for.
    fn output_layer(&self, problem: &Problem) -> Dense {
        Dense { units: self.loss.part().outputs(&problem.task), activation: self.output_activation.clone() }
    }

    /// How its weights are trained.
    fn recipe(&self) -> Recipe {
        Recipe {
            optimizer: self.optimizer.clone(),
            schedule: self.schedule.clone(),
            warmup: self.warmup.clone(),
            l1: self.l1,
            l2: self.l2,
            weight_decay: self.weight_decay,
            max_norm: self.max_norm.clone(),
            clip: self.clip.clone(),
            average: self.average.clone(),
            tuning: self.tuning.clone(),
        }
    }

    /// The modules over the problem's rows. An issue names the first layer that what comes before it does not fit, or says that all together are more
    /// than there is memory for.
    pub fn stack(&self, problem: &Problem) -> Result<Stack, Vec<Issue>> {
        match self.modules(problem) {
            (input, modules, None) => match self.too_large(input, &modules, problem) {
                None => Ok(Stack::new(input, modules)),
                Some(issue) => Err(vec![issue]),
            },
            (_, _, Some(issue)) => Err(vec![issue]),
        }
    }

    /// What enters, as many modules as fit one after the other, and why the next one does not.
    fn modules(&self, problem: &Problem) -> (Shape, Vec<Box<dyn Module>>, Option<Issue>) {
        line_up(&self.layers, &self.output_layer(problem), problem.shape)
    }

    /// What training such modules on so many rows takes.
    fn costs(&self, input: Shape, modules: &[Box<dyn Module>], train_rows: usize) -> Costs {
        let optimizer = self.optimizer.part();
        let tensors: Vec<Parameter> = modules.iter().flat_map(|module| module.parameters()).collect();
        let parameters = tensors.iter().fold(0, |sum: u64, tensor| sum.saturating_add(tensor.count()));
        let running: u64 = modules.iter().flat_map(|module| module.running()).map(|tensor| tensor.count()).sum();
        let batch = optimizer.batch(self.batch_size, train_rows).max(1);
        let blocks: Vec<Block> = tensors.iter().map(Block::alone).collect();
        let copies = (optimizer.slots() + usize::from(matches!(self.average, Average::Ema(_)))) as u64;
        let doubles = trainer::memory(optimizer, &blocks).saturating_add(trainer::scratch(optimizer, &blocks));
        let lanes = padded(batch);
        Costs {
            parameters,
            multiply_adds: modules.iter().fold(0, |sum: u64, module| sum.saturating_add(module.multiply_adds())),
            batch,
            parameter_bytes: bytes(parameters.saturating_add(running)),
            gradient_bytes: bytes(parameters),
            optimizer_bytes: bytes(parameters.saturating_mul(copies))
                .saturating_add(doubles.saturating_mul(size_of::<f64>() as u64))
                .min(COUNTED),
            activation_bytes: bytes(stack::forward_floats(input, modules, lanes).saturating_add(stack::backward_floats(modules, lanes))),
        }
    }

    /// Where training such modules takes more memory than there is, as far as that can be added up before anything is held: what [`Costs`] lists; the
    /// state once more for the best moment, and once for the last one that can be gone back to; passes over an epoch's smaller last batch and over
    /// the rows of a prediction; and as much as both passes again for second derivatives.
    fn too_large(&self, input: Shape, modules: &[Box<dyn Module>], problem: &Problem) -> Option<Issue> {
        let costs = self.costs(input, modules, problem.train_rows);
        let forward = |lanes| bytes(stack::forward_floats(input, modules, lanes));
        let search = self.optimizer.part().search();
        let curves = search.is_some_and(|search| search.needs() == Needs::Curvature);
        // An optimizer with a limit of its own says so itself.
        let limited = self.most_parameters(problem).is_some_and(|most| costs.parameters > most as u64);
        let state = if limited { costs.parameter_bytes } else { costs.parameter_bytes.saturating_add(costs.optimizer_bytes) };
        let parts = [
            state.saturating_mul(3),
            costs.gradient_bytes,
            costs.activation_bytes,
            forward(padded(problem.train_rows % costs.batch)),
            forward(network::CHUNK),
            if curves { costs.activation_bytes } else { 0 },
        ];
        let needed = parts.into_iter().fold(0, u64::saturating_add);
        if needed <= MEMORY {
            return None;
        }
        let gigabytes = |bytes: u64| bytes as f64 / 1e9;
        let (needed, most) = (gigabytes(needed), gigabytes(MEMORY));
        let (learned, batch) = (costs.parameters, costs.batch);
        let (parameters, samples) = (counted(learned, "parameter", "parameters"), counted(batch, "sample", "samples"));
        Some(Issue::new(
            "layers",
            message!(
                "need about {needed:.1} GB ({parameters}, batches of {samples}), and there are {most:.1} GB: take smaller or fewer layers, a smaller batch, or an optimizer that needs less memory",
                "约需 {needed:.1} GB 内存（{learned} 个参数，每批 {batch} 个样本），而可用的只有 {most:.1} GB：请减小或减少层、减小批大小，或换用所需内存更少的优化器"
            ),
        ))
    }
}

/// Modules of these layers over such rows, as many as fit one after the other: what enters, and why the next one does not, at `layers`.
pub(crate) fn line_up(layers: &[LayerConfig], output: &dyn Layer, input: Shape) -> (Shape, Vec<Box<dyn Module>>, Option<Issue>) {
    let mut modules: Vec<Box<dyn Module>> = Vec::new();
    let (mut input, mut shape) = (input, input);
    for (at, layer) in layers.iter().map(|layer| layer.part()).chain([output]).enumerate() {
        if at == 0 && layer.flattens() {
            input = shape.flat();
            shape = input;
        }
        match layer.module(&shape) {
            Ok(module) => {
                shape = module.output();
                modules.push(module);
            }
            Err(needs) => {
                let (number, last) = (at + 1, at == layers.len());
                let path = if last { "layers".into() } else { format!("layers[{at}]{}", layer.fault(&shape)) };
                let message = if last {
                    message!("the output layer {needs}", "输出层{needs}"; needs)
                } else {
                    let name = layers[at].title();
                    message!("layer {number} ({name}) {needs}", "第 {number} 层（{name}）{needs}"; name, needs)
                };
                return (input, modules, Some(Issue::new(path, message)));
            }
        }
    }
    (input, modules, None)
}

/// Bytes that a network in training may take: a browser's engine has 4 GB of addresses for everything, and what grows is copied once.
pub(crate) const MEMORY: u64 = 1_500_000_000;

/// JavaScript counts no further.
const COUNTED: u64 = 1 << 53;

/// Bytes of so many floats.
pub(crate) fn bytes(floats: u64) -> u64 {
    floats.saturating_mul(size_of::<f32>() as u64).min(COUNTED)
}

/// A module's outline, and those of the modules within it.
fn outline(module: &dyn Module) -> Outline {
    Outline {
        shape: module.output(),
        parameters: module.parameters().iter().map(|parameter| parameter.count()).sum(),
        multiply_adds: module.multiply_adds(),
        inside: module.within(0).iter().map(|within| outline(within.module)).collect(),
    }
}

impl Net {
    /// What the first layer says that learns from a batch as a whole and would get too small ones.
    fn small_batch(&self, stack: &Stack, problem: &Problem) -> Option<Issue> {
        let batch = self.optimizer.part().batch(self.batch_size, problem.train_rows).min(problem.train_rows).max(1);
        let (at, least) = stack.modules().iter().map(|module| module.least_rows()).enumerate().find(|&(_, least)| least > batch)?;
        let (number, name) = (at + 1, self.layers[at].title());
        let message = message!(
            "layer {number} ({name}) needs batches of at least {least} samples and gets {batch}",
            "第 {number} 层（{name}）每批至少需要 {least} 个样本，得到的却是 {batch} 个"; name
        );
        Some(Issue::new(format!("layers[{at}]"), message))
    }

    /// Differences between outputs and desired values in an update.
    fn residuals(&self, problem: &Problem) -> usize {
        self.optimizer.part().batch(self.batch_size, problem.train_rows) * self.loss.part().outputs(&problem.task)
    }

    /// The largest network that the optimizer takes, where it has a limit.
    fn most_parameters(&self, problem: &Problem) -> Option<usize> {
        self.optimizer.part().search()?.most_parameters(self.residuals(problem))
    }

    /// What the optimizer asks of layers, loss and size and does not get.
    fn beyond(&self, stack: &Stack, problem: &Problem) -> Vec<Issue> {
        let Some(search) = self.optimizer.part().search() else { return Vec::new() };
        let optimizer = self.optimizer.title();
        let named = |at: usize| (at + 1, self.layers.get(at).map_or_else(|| message!("output", "输出层"), |layer| layer.title()));
        let mut issues = Vec::new();
        if search.needs() == Needs::Curvature
            && let Some((number, layer)) = stack.without_tangent().map(named)
        {
            issues.push(message!(
                "“{optimizer}” needs second derivatives, which layer {number} ({layer}) does not have here",
                "“{optimizer}”需要二阶导数，而第 {number} 层（{layer}）没有"; optimizer, layer
            ));
        }
        if search.needs() == Needs::Residuals {
            if !self.loss.part().is_squared(&problem.task) {
                let given = self.loss.title();
                issues.push(message!(
                    "“{optimizer}” needs a loss of squared differences: set the loss function to “Mean squared error”, got “{given}”",
                    "“{optimizer}”需要平方误差：请把损失函数设为“均方误差”，实际为“{given}”"; optimizer, given
                ));
            }
            if let Some((number, layer)) = stack.modules().iter().position(|module| module.couples_rows()).map(named) {
                issues.push(message!(
                    "“{optimizer}” needs layers that treat every sample by itself, which layer {number} ({layer}) does not",
                    "“{optimizer}”要求各层对每个样本单独处理，而第 {number} 层（{layer}）不是"; optimizer, layer
                ));
            }
        }
        if let Some(most) = self.most_parameters(problem).filter(|&most| stack.parameters() > most) {
            let residuals = self.residuals(problem);
            let given = stack.parameters();
            issues.push(message!(
                "“{optimizer}” needs a small network, at most {most} parameters with {residuals} errors an update, got {given}",
                "“{optimizer}”只适用于小网络：每次更新 {residuals} 个误差时最多 {most} 个参数，实际为 {given}"; optimizer
            ));
        }
        issues.into_iter().map(|message| Issue::new("optimizer", message)).collect()
    }

    /// What is set though an optimizer that chooses the length of its steps itself has no use for it.
    fn without_effect(&self) -> Vec<Issue> {
        let name = self.optimizer.title();
        let mut issues: Vec<Issue> = self.schedule.without_effect(&self.optimizer).into_iter().collect();
        let given = self.warmup.updates;
        if given > 0 {
            issues.push(Issue::new(
                "warmup.updates",
                message!(
                    "must be 0 with “{name}”, which chooses the length of its steps itself, got {given}",
                    "使用“{name}”时必须是 0，因为它自行决定步长；实际为 {given}"; name
                ),
            ));
        }
        if !matches!(self.clip, Clip::Off(_)) {
            issues.push(Issue::new(
                "clip",
                message!(
                    "must be “Off” with “{name}”, which needs the gradient as it is",
                    "使用“{name}”时必须为“关闭”，因为它需要原样的梯度"; name
                ),
            ));
        }
        let given = self.weight_decay;
        if given > 0.0 {
            issues.push(Issue::new(
                "weight_decay",
                message!(
                    "must be 0 with “{name}”, which has no learning rate to scale it: use “L2 penalty”, got {given}",
                    "使用“{name}”时必须是 0，因为没有学习率可用来缩放它：请改用“L2 正则”；实际为 {given}"; name
                ),
            ));
        }
        if !self.tuning.is_empty() {
            issues.push(Issue::new(
                "tuning",
                message!("must be empty with “{name}”, which moves all weights together", "使用“{name}”时必须为空，因为它一起移动所有权重"; name),
            ));
        }
        issues
    }
}

impl Family for Net {
    fn techniques(&self) -> Vec<Technique> {
        techniques::of(self)
    }

    fn advice(&self, ill: Ill) -> Vec<Advice> {
        advice::of(self, ill)
    }

    fn files(&self) -> Vec<(&str, &str)> {
        self.transfer.file().into_iter().collect()
    }

    fn watched(&self) -> Option<(String, &str)> {
        let name = self.schedule.part().listens()?;
        Some((format!("schedule.{}", self.schedule.name()), name))
    }

    fn mixes(&self) -> Result<(), Message> {
        match self.optimizer.part().search() {
            Some(_) => {
                let optimizer = self.optimizer.title();
                Err(message!("with “{optimizer}” takes one class a sample", "使用“{optimizer}”时每个样本只接受一个类别"; optimizer))
            }
            None => Ok(()),
        }
    }

    fn weighs(&self) -> Result<(), Message> {
        Ok(())
    }

    fn check(&self, problem: &Problem) -> Vec<Issue> {
        let stack = self.stack(problem);
        let mut issues: Vec<Issue> = match &stack {
            Ok(stack) => {
                let tuned = tuning::check(&self.tuning, stack).into_iter().chain(self.transfer.check(stack, problem));
                tuned.chain(self.small_batch(stack, problem)).chain(self.beyond(stack, problem)).collect()
            }
            Err(issues) => issues.clone(),
        };
        if let Err(needs) = self.loss.part().suits(&problem.task) {
            let name = self.loss.title();
            issues.push(Issue::new("loss", message!("“{name}” {needs}", "“{name}”{needs}"; name, needs)));
        }
        issues.extend(self.class_weights.check(problem).into_iter().map(|issue| issue.under("class_weights")));
        if self.loss.part().brings_activation(&problem.task) && !matches!(self.output_activation, ActivationConfig::linear(_)) {
            let given = self.output_activation.title();
            issues.push(Issue::new(
                "output_activation",
                message!(
                    "must be “Linear” with a cross-entropy loss, which applies its own, got “{given}”",
                    "使用交叉熵损失时必须是“线性”，因为该损失自带输出激活函数；实际为“{given}”"; given
                ),
            ));
        }
        if self.optimizer.part().search().is_some() {
            issues.extend(self.without_effect());
        }
        let of_schedule = self.schedule.part().check(self.optimizer.part().learning_rate());
        let schedule = format!("schedule.{}", self.schedule.name());
        issues.extend(of_schedule.into_iter().map(|issue| issue.under(&schedule)));
        if self.optimizer.part().iterates() > 0 {
            let (name, decay) = (self.optimizer.title(), self.weight_decay);
            if decay != 0.0 {
                issues.push(Issue::new(
                    "weight_decay",
                    message!(
                        "must be 0 with “{name}”, which has a weight decay of its own, got {decay}",
                        "使用“{name}”时必须为 0，因为它有自己的权重衰减；实际为 {decay}"; name
                    ),
                ));
            }
            if self.max_norm != MaxNorm::default() {
                issues.push(Issue::new(
                    "max_norm",
                    message!(
                        "must be “Off” with “{name}”, which keeps several sets of weights",
                        "使用“{name}”时必须为“关闭”，因为它保存多组权重"; name
                    ),
                ));
            }
            if self.average != Average::default() {
                issues.push(Issue::new(
                    "average",
                    message!("must be “Off” with “{name}”, which averages by itself", "使用“{name}”时必须为“关闭”，因为它自己就取平均"; name),
                ));
            }
        }
        issues
    }

    fn plan(&self, problem: &Problem) -> Option<Plan> {
        let (input, modules, issue) = self.modules(problem);
        let layers = modules.iter().map(|module| outline(&**module)).collect();
        let costs = issue.is_none().then(|| self.costs(input, &modules, problem.train_rows));
        Some(Plan { input, layers, costs })
    }

    fn rates(&self) -> Option<Rates<'_>> {
        let (schedule, warm) = (self.schedule.part(), u64::from(self.warmup.updates));
        // A warm-up is seen best with a few times its length behind it.
        let span = schedule.span().map(|span| warm + span).or((warm > 0).then_some(4 * warm));
        let recipe = self.recipe();
        Some(Rates { rate: Box::new(move |done| recipe.rate(done, &Memory::default())), span, listens: schedule.listens().is_some() })
    }

    fn build(&self, problem: &Problem) -> Box<dyn Learner> {
        Box::new(Network::new(self.clone(), problem))
    }
}
