//! Generative adversarial network (Goodfellow et al. 2014, "Generative adversarial nets"): settings. What the two losses are is in [`Goal`]; the game is in
//! `duel.rs`.

use super::generate::Duel;
use super::generate::player::{Outlined, Player, too_large};
use crate::config::Issue;
use crate::data::Shape;
use crate::learn::{Answer, Family, Learner, Problem};
use crate::math::elementary::padded;
use crate::message;
use crate::metric::Quantity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Generative adversarial network | 生成对抗网络
///
/// Two networks against each other: a generator makes samples, a discriminator learns to tell them from the data. | 两个网络互相对抗：生成器生成样本，判别器学习把它们与数据区分开。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "gan"))]
pub struct Gan {
    /// Noise dimensions | 噪声维数
    ///
    /// How many random numbers the generator makes a sample of. | 生成器用多少个随机数生成一个样本。
    #[schemars(range(min = 1, max = 64), extend("x-depth" = "starter", "x-scale" = "log"))]
    pub noise: usize,
    /// Generator | 生成器
    ///
    /// Makes samples of noise; it never sees the data, only what the discriminator predicts. | 用噪声生成样本；它从不看数据，只看判别器的预测。
    #[schemars(extend("x-depth" = "explorer"))]
    pub generator: Player,
    /// Discriminator | 判别器
    ///
    /// Says of a sample how likely it is one of the data. | 判断一个样本来自数据的可能性。
    #[schemars(extend("x-depth" = "explorer"))]
    pub discriminator: Player,
    /// Loss | 损失
    ///
    /// What the two make smaller. | 双方各自要减小的量。
    #[schemars(extend("x-depth" = "starter"))]
    pub loss: Goal,
    /// Label smoothing | 标签平滑
    ///
    /// How far below 1 the discriminator's aim for the data is, so that it never becomes too sure. | 判别器对数据的目标比 1 低多少，避免它过于自信。
    #[schemars(range(min = 0.0, max = 0.5), extend("x-depth" = "lab", "x-term" = "label-smoothing"))]
    pub smoothing: f64,
    /// Discriminator updates | 判别器更新次数
    ///
    /// How often the discriminator moves before the generator does once. | 生成器每更新一次之前，判别器更新多少次。
    #[schemars(range(min = 1, max = 10), extend("x-depth" = "starter"))]
    pub discriminator_steps: usize,
    /// Batch size | 批大小（batch size）
    ///
    /// How many samples of the data an update uses, and as many made ones. | 每次更新使用多少个数据样本，以及同样多的生成样本。
    #[schemars(range(min = 1, max = 4096), extend("x-scale" = "log", "x-term" = "batch"))]
    pub batch_size: usize,
}

impl Default for Gan {
    fn default() -> Self {
        Gan {
            noise: 4,
            generator: Player::default(),
            discriminator: Player::default(),
            loss: Goal::default(),
            smoothing: 0.0,
            discriminator_steps: 1,
            batch_size: 64,
        }
    }
}

/// Loss | 损失
///
/// What the two make smaller. | 双方各自要减小的量。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// Non-saturating | 非饱和
    ///
    /// Cross-entropy; the generator raises the odds that its samples are taken for data, which pulls hard while it is bad. | 交叉熵；生成器提高其样本被当作数据的概率，效果差时梯度仍然大。
    #[default]
    NonSaturating,
    /// Minimax | 极小极大
    ///
    /// Cross-entropy; the generator lowers the odds that its samples are found out, which hardly pulls while it is bad. | 交叉熵；生成器降低其样本被识破的概率，效果差时几乎没有梯度。
    Minimax,
    /// Least squares | 最小二乘
    ///
    /// Squared distances of the predictions to 1 for data and 0 for made samples. | 预测与目标（数据为 1，生成样本为 0）之差的平方。
    LeastSquares,
}

/// ln(1 + e^z), and its slope σ(z).
fn softplus(z: f64) -> (f64, f64) {
    let small = libm::exp(-z.abs());
    (z.max(0.0) + libm::log1p(small), if z >= 0.0 { 1.0 / (1.0 + small) } else { small / (1.0 + small) })
}

/// Losses of a raw answer z, with their slopes. Cross-entropies are PyTorch's `BCEWithLogitsLoss`; least squares are half squared distances (Mao et al. 2017,
/// equation 9).
impl Goal {
    /// What the discriminator loses by a row of the data, for which it aims at `label`.
    pub fn real(self, z: f64, label: f64) -> (f64, f64) {
        match self {
            Goal::LeastSquares => (0.5 * (z - label) * (z - label), z - label),
            _ => {
                let (value, slope) = softplus(z);
                (value - label * z, slope - label)
            }
        }
    }

    /// What it loses by a made row.
    pub fn made(self, z: f64) -> (f64, f64) {
        self.real(z, 0.0)
    }

    /// What the generator loses by a row that it made.
    pub fn generator(self, z: f64) -> (f64, f64) {
        match self {
            // ln(1 − σ(z)), which it makes smaller.
            Goal::Minimax => {
                let (value, slope) = softplus(z);
                (-value, -slope)
            }
            _ => self.real(z, 1.0),
        }
    }

    /// How likely a row is one of the data, as the discriminator says.
    pub fn answer(self, z: f64) -> f64 {
        match self {
            Goal::LeastSquares => z.clamp(0.0, 1.0),
            _ => softplus(z).1,
        }
    }
}

impl Gan {
    /// Rows of the data in an update.
    pub fn batch(&self, problem: &Problem) -> usize {
        self.batch_size.min(problem.train_rows).max(1)
    }

    /// The modules of the generator and of the discriminator.
    pub fn outlines(&self, problem: &Problem) -> (Outlined, Outlined) {
        (self.generator.outline(Shape::Flat { units: self.noise }, problem.shape.units()), self.discriminator.outline(problem.shape, 1))
    }

    /// These settings with what may change on the way taken from others.
    pub fn with_live(&self, new: &Gan) -> Gan {
        let live = |own: &Player, new: &Player| Player {
            optimizer: new.optimizer.clone(),
            schedule: new.schedule.clone(),
            clip: new.clip.clone(),
            ..own.clone()
        };
        Gan {
            generator: live(&self.generator, &new.generator),
            discriminator: live(&self.discriminator, &new.discriminator),
            ..self.clone()
        }
    }
}

impl Family for Gan {
    fn answer(&self, _: &Problem) -> Option<Answer> {
        Some(Answer::Samples)
    }

    fn series(&self, _: &Problem) -> Vec<Quantity> {
        let share = |name, title, about| Quantity { low: Some(0.0), high: Some(1.0), about: Some(about), ..Quantity::own(name, title) };
        let loss = |name, title, about| Quantity { term: Some("gan"), about: Some(about), ..Quantity::own(name, title) };
        let rate = |name, title| Quantity { low: Some(0.0), term: Some("learning-rate"), ..Quantity::own(name, title) };
        vec![
            loss(
                "generator_loss",
                message!("generator loss", "生成器损失"),
                message!(
                    "What the generator lost at its last update. The discriminator moves it as well, so falling does not mean better samples.",
                    "生成器上次更新时的损失。判别器也会改变它，因此下降并不意味着样本更好。"
                ),
            ),
            loss(
                "discriminator_loss",
                message!("discriminator loss", "判别器损失"),
                message!(
                    "What the discriminator lost at its last update; 1.39 with cross-entropy where it can tell nothing.",
                    "判别器上次更新时的损失；使用交叉熵且完全无法区分时为 1.39。"
                ),
            ),
            share(
                "real_prediction",
                message!("prediction for the data", "对数据的预测"),
                message!(
                    "How likely the discriminator took the samples of its last batch for data.",
                    "判别器认为最近一批数据样本来自数据的平均可能性。"
                ),
            ),
            share(
                "made_prediction",
                message!("prediction for made samples", "对生成样本的预测"),
                message!(
                    "How likely the discriminator took the made samples of its last batch for data: 0.5 is a draw.",
                    "判别器认为最近一批生成样本来自数据的平均可能性：0.5 为平局。"
                ),
            ),
            rate("generator_rate", message!("learning rate of the generator", "生成器学习率")),
            rate("discriminator_rate", message!("learning rate of the discriminator", "判别器学习率")),
        ]
    }

    fn check(&self, problem: &Problem) -> Vec<Issue> {
        let mut issues = Vec::new();
        if let Shape::Tokens { .. } = problem.shape {
            let message = message!("makes numbers, and these samples are tokens", "生成的是数值，而这些样本是词元");
            return vec![Issue::new("", message)];
        }
        if problem.features.is_empty() {
            let message = message!("needs a feature to make, and these samples have none", "需要可生成的特征，而这些样本没有特征");
            return vec![Issue::new("", message)];
        }
        let batch = self.batch(problem);
        let (generator, discriminator) = self.outlines(problem);
        issues.extend(self.generator.check(&generator, batch).into_iter().map(|issue| issue.under("generator")));
        issues.extend(self.discriminator.check(&discriminator, batch).into_iter().map(|issue| issue.under("discriminator")));
        let lanes = padded(batch);
        issues.extend(too_large(self.generator.bytes(&generator, lanes).saturating_add(self.discriminator.bytes(&discriminator, lanes))));
        issues
    }

    fn build(&self, problem: &Problem) -> Box<dyn Learner> {
        Box::new(Duel::new(self.clone(), problem))
    }
}
