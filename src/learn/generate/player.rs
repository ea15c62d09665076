//! One player of a game of two networks: its settings, and its network with a trainer of its own over its part of the weights.

use crate::config::{Issue, Nothing};
use crate::data::Shape;
use crate::learn::net::activation::ActivationConfig;
use crate::learn::net::control::clip::Clip;
use crate::learn::net::initialiser::InitialiserConfig;
use crate::learn::net::layers::dense::Dense;
use crate::learn::net::layers::{LayerConfig, Module};
use crate::learn::net::optimizer::OptimizerConfig;
use crate::learn::net::optimizer::adam::Adam;
use crate::learn::net::schedule::ScheduleConfig;
use crate::learn::net::stack::{self, Buffers, Gradients, Place, Stack};
use crate::learn::net::trainer::{Progress, Recipe, Trainer};
use crate::learn::net::{MEMORY, bytes, line_up};
use crate::math::random::Stream;
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Player | 一方
///
/// One of the two networks: its hidden layers, and how it is trained. | 两个网络之一：它的隐藏层与训练方式。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Player {
    /// Hidden layers | 隐藏层
    ///
    /// Layers between its inputs and its output. | 输入与输出之间的层。
    #[schemars(length(max = 20), extend("x-depth" = "starter", "x-term" = "layer"))]
    pub layers: Vec<LayerConfig>,
    /// Initialiser | 初始化
    ///
    /// With which random weights it begins; biases start at zero. | 以怎样的随机权重开始；偏置从零开始。
    #[schemars(extend("x-depth" = "lab", "x-term" = "initialisation"))]
    pub initialiser: InitialiserConfig,
    /// Optimizer | 优化器
    ///
    /// How the slope of its loss becomes a step of its weights. | 如何把自身损失的坡度变成权重的一步更新。
    #[schemars(extend("x-term" = "optimizer"))]
    pub optimizer: OptimizerConfig,
    /// Schedule | 学习率调度
    ///
    /// How its learning rate changes while training. | 训练过程中它的学习率如何变化。
    #[schemars(extend("x-depth" = "lab", "x-live" = true, "x-term" = "schedule"))]
    pub schedule: ScheduleConfig,
    /// Gradient clipping | 梯度裁剪
    ///
    /// Limits how large its gradient may be. | 限制其梯度的大小。
    #[schemars(extend("x-depth" = "lab", "x-live" = true, "x-term" = "clipping"))]
    pub clip: Clip,
}

impl Default for Player {
    /// Two layers of 32 units; Adam with the momentum of 0.5 that Radford et al. 2016 found to be steadier in this game.
    fn default() -> Self {
        let activation = ActivationConfig::leaky_relu(Default::default());
        let dense = LayerConfig::dense(Dense { units: 32, activation });
        Player {
            layers: vec![dense.clone(), dense],
            initialiser: InitialiserConfig::he_uniform(Default::default()),
            optimizer: OptimizerConfig::adam(Adam { learning_rate: 0.002, beta1: 0.5, ..Adam::default() }),
            schedule: ScheduleConfig::default(),
            clip: Clip::Off(Nothing {}),
        }
    }
}

/// Modules over such rows, and what is wrong with them.
pub struct Outlined {
    input: Shape,
    modules: Vec<Box<dyn Module>>,
    issues: Vec<Issue>,
}

impl Player {
    /// How its weights are trained.
    pub fn recipe(&self) -> Recipe {
        Recipe { optimizer: self.optimizer.clone(), schedule: self.schedule.clone(), clip: self.clip.clone(), ..Recipe::default() }
    }

    /// Its modules from such rows to so many numbers.
    pub fn outline(&self, input: Shape, outputs: usize) -> Outlined {
        let output = Dense { units: outputs, activation: ActivationConfig::linear(Default::default()) };
        let (input, modules, issue) = line_up(&self.layers, &output, input);
        Outlined { input, modules, issues: issue.into_iter().collect() }
    }

    /// What does not fit into a game over batches of so many rows; paths are relative to the player.
    pub fn check(&self, outlined: &Outlined, batch: usize) -> Vec<Issue> {
        let mut issues = outlined.issues.clone();
        let optimizer = self.optimizer.part();
        let name = self.optimizer.title();
        if optimizer.search().is_some() {
            let message = message!(
                "“{name}” looks for the lowest place of one loss, and here two networks change each other's: choose one that takes a step at a time",
                "“{name}”寻找单个损失的最低处，而这里两个网络互相改变对方的损失：请选择逐步更新的优化器"; name
            );
            issues.push(Issue::new("optimizer", message));
        } else if optimizer.iterates() > 0 {
            let message = message!(
                "“{name}” keeps several sets of weights, of which the other network would see one only: choose another optimizer",
                "“{name}”保存多组权重，而对方网络只能看到其中一组：请选择其他优化器"; name
            );
            issues.push(Issue::new("optimizer", message));
        }
        if self.schedule.part().listens().is_some() {
            let name = self.schedule.title();
            let message = message!(
                "“{name}” listens to a quantity that gets better, which neither loss of this game does: choose a schedule that follows a plan",
                "“{name}”依据某个会变好的指标，而这场博弈中双方的损失都不是：请选择按计划变化的调度"; name
            );
            issues.push(Issue::new("schedule", message));
        }
        let schedule = format!("schedule.{}", self.schedule.name());
        issues.extend(self.schedule.part().check(optimizer.learning_rate()).into_iter().map(|issue| issue.under(&schedule)));
        let least = outlined.modules.iter().map(|module| module.least_rows()).enumerate().find(|&(_, least)| least > batch);
        if let Some((at, least)) = least {
            let (number, name) = (at + 1, self.layers[at].title());
            let message = message!(
                "layer {number} ({name}) needs batches of at least {least} samples and gets {batch}",
                "第 {number} 层（{name}）每批至少需要 {least} 个样本，得到的却是 {batch} 个"; name
            );
            issues.push(Issue::new(format!("layers[{at}]"), message));
        }
        issues
    }

    /// Bytes that it takes in training on batches of so many lanes, as far as that can be said before anything is held: state, gradient and passes, and
    /// the state twice more for the best moment and the last one.
    pub fn bytes(&self, outlined: &Outlined, lanes: usize) -> u64 {
        let tensors = outlined.modules.iter().flat_map(|module| module.parameters());
        let parameters = tensors.fold(0, |sum: u64, tensor| sum.saturating_add(tensor.count()));
        let copies = 2 + 3 * (1 + self.optimizer.part().slots() as u64);
        let passes = stack::forward_floats(outlined.input, &outlined.modules, lanes)
            .saturating_add(stack::backward_floats(&outlined.modules, lanes))
            .saturating_mul(2);
        bytes(parameters.saturating_mul(copies).saturating_add(passes))
    }
}

/// Whether two players that take so many bytes together are more than there is memory for.
pub fn too_large(needed: u64) -> Option<Issue> {
    (needed > MEMORY).then(|| {
        let (needed, most) = (needed as f64 / 1e9, MEMORY as f64 / 1e9);
        let message = message!(
            "both networks need about {needed:.1} GB, and there are {most:.1} GB: take smaller or fewer layers, or a smaller batch",
            "两个网络约需 {needed:.1} GB 内存，而可用的只有 {most:.1} GB：请减小或减少层，或减小批大小"
        );
        Issue::new("", message)
    })
}

/// A player's network, and its part of the weights that both have together.
pub struct Side {
    pub stack: Stack,
    pub trainer: Trainer,
    pub buffers: Buffers,
    pub gradients: Gradients,
    /// Its part of the weights, and of the running statistics.
    pub own: Range<usize>,
    pub running: Range<usize>,
    /// Before its tensors' names.
    pub name: &'static str,
}

/// With what a player begins.
pub struct Start {
    pub side: Side,
    pub progress: Progress,
    pub parameters: Vec<f32>,
    pub running: Vec<f32>,
}

impl Side {
    /// A player before its first update: `own` and `running` begin at these places.
    pub fn start(
        settings: &Player,
        outlined: Outlined,
        lanes: usize,
        stream: &mut Stream,
        name: &'static str,
        at: (usize, usize),
    ) -> Start {
        let stack = Stack::new(outlined.input, outlined.modules);
        let (parameters, running) = (stack.initial(settings.initialiser.part(), stream), stack.initial_running());
        let (trainer, progress) = Trainer::new(settings.recipe(), &stack, &parameters);
        let side = Side {
            buffers: stack.buffers(lanes),
            gradients: stack.gradients_to_inputs(lanes),
            own: at.0..at.0 + parameters.len(),
            running: at.1..at.1 + running.len(),
            stack,
            trainer,
            name,
        };
        Start { side, progress, parameters, running }
    }

    /// Its tensors, with their places among the weights of both.
    pub fn places(&self) -> impl Iterator<Item = (String, &Place, Range<usize>)> {
        let all = self.stack.places().iter();
        all.map(|place| {
            (format!("{}.{}", self.name, place.name), place, place.range.start + self.own.start..place.range.end + self.own.start)
        })
    }
}
