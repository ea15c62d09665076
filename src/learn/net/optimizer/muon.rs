//! Jordan et al. 2024 (kellerjordan.github.io/posts/muon), PyTorch 2.9's `Muon`: m ← μm + (1 − μ)g, u = (1 − μ)g + μm (Nesterov) or m, O = five
//! Newton–Schulz steps X ← aX + (bA + cA²)X, A = XXᵀ, from X = u / ‖u‖_F, which bring all singular values near 1, θ ← θ(1 − ηλ) − ηsO. Each weight is
//! seen as a matrix, one row a unit or a filter. Biases and scales, which are no matrices, follow AdamW at a rate of their own.

use super::moments::{self, Moments};
use super::{Block, Optimizer, Step};
use crate::math::product::{accumulate_rows, norm, product};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// a, b and c: not the polynomial that converges best, but the one that is steepest at zero and stays within [0.7, 1.2].
const COEFFICIENTS: [f64; 3] = [3.4445, -4.7750, 2.0315];
const STEPS: usize = 5;

/// Muon | Muon
///
/// Momentum whose step for a whole layer is made equally long in all directions. | 把整层的动量步伐变得在各个方向上一样长。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "muon"))]
pub struct Muon {
    /// Learning rate | 学习率
    ///
    /// How far each update moves the weights: too small is slow, too large diverges. | 每次更新让权重走多远：太小则慢，太大则发散。
    #[schemars(range(min = 1e-07, max = 10.0), extend("x-depth" = "starter", "x-live" = true, "x-scale" = "log", "x-term" = "learning-rate"))]
    pub learning_rate: f64,
    /// Momentum | 动量
    ///
    /// How much of the last step's velocity is kept: more rolls on longer. | 保留上一步速度的比例。
    #[schemars(range(min = 0.0, max = 0.9999), extend("x-live" = true, "x-term" = "momentum"))]
    pub momentum: f64,
    /// Nesterov | Nesterov 动量
    ///
    /// Looks one step ahead along the momentum. | 沿动量方向提前看一步。
    #[schemars(extend("x-depth" = "lab", "x-live" = true, "x-term" = "nesterov"))]
    pub nesterov: bool,
    /// Step scale | 步长比例
    ///
    /// How the step depends on the shape of the layer. | 步长如何随层的形状变化。
    #[schemars(extend("x-depth" = "lab", "x-live" = true, "x-term" = "muon"))]
    pub scale: Scale,
    /// Learning rate of the rest (×) | 其余参数的学习率（×）
    ///
    /// Biases and scales learn by AdamW at this multiple of the learning rate. | 偏置与缩放参数用 AdamW 学习，其学习率为上面学习率的这么多倍。
    #[schemars(range(min = 0.001, max = 100.0), extend("x-depth" = "lab", "x-live" = true, "x-scale" = "log"))]
    pub rest: f64,
    /// Weight decay | 权重衰减
    ///
    /// How much every weight shrinks at each step: this share times the learning rate. | 每一步每个权重缩小多少：此比例乘以学习率。
    #[schemars(range(min = 0.0, max = 1.0), extend("x-live" = true, "x-term" = "weight-decay"))]
    pub weight_decay: f64,
}

/// Step scale | 步长比例
///
/// How the step depends on the shape of the layer. | 步长如何随层的形状变化。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// As published | 原始形式
    ///
    /// √max(1, rows / columns), as first published. | √max(1, 行数 ⁄ 列数)，即最初发表的形式。
    #[default]
    Original,
    /// As AdamW | 与 AdamW 相当
    ///
    /// 0.2 · √max(rows, columns): steps as large as AdamW's, so that its learning rates fit. | 0.2 · √max(行数, 列数)：步子与 AdamW 一样大，可沿用其学习率。
    MatchRmsAdamw,
}

impl Default for Muon {
    fn default() -> Self {
        Muon { learning_rate: 0.02, momentum: 0.95, nesterov: true, scale: Scale::Original, rest: 1.0, weight_decay: 0.0 }
    }
}

/// Five Newton–Schulz steps on `x` (`[rows][columns]`, rows ≤ columns); `work` has the room of `x` and of two squares of rows.
pub fn orthogonalise(x: &mut [f64], work: &mut [f64], rows: usize) {
    let columns = x.len() / rows;
    let length = norm(x).max(1e-7);
    x.iter_mut().for_each(|value| *value /= length);
    let (gram, work) = work.split_at_mut(rows * rows);
    let (mix, work) = work.split_at_mut(rows * rows);
    let mixed = &mut work[..x.len()];
    let [a, b, c] = COEFFICIENTS;
    for _ in 0..STEPS {
        gram.fill(0.0);
        accumulate_rows(gram, 0.0, 1.0, x, rows);
        product(gram, gram, mix, rows, rows);
        mix.iter_mut().zip(gram.iter()).for_each(|(square, gram)| *square = b * gram + c * *square);
        product(mix, x, mixed, rows, columns);
        x.iter_mut().zip(mixed.iter()).for_each(|(value, mixed)| *value = a * *value + mixed);
    }
}

impl Muon {
    fn scale(&self, block: &Block) -> f64 {
        let (rows, columns) = (block.rows as f64, block.columns as f64);
        match self.scale {
            Scale::Original => libm::sqrt((rows / columns).max(1.0)),
            Scale::MatchRmsAdamw => 0.2 * libm::sqrt(rows.max(columns)),
        }
    }
}

impl Optimizer for Muon {
    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn slots(&self) -> usize {
        2
    }

    fn scratch(&self, block: &Block) -> u64 {
        let short = block.rows.min(block.columns) as u64;
        if block.weight { 2 * (block.range.len() as u64 + short * short) } else { 0 }
    }

    fn step(&self, step: Step) {
        let Step { rate, update, parameters, gradient, slots, blocks, scratch, .. } = step;
        let [first, second] = slots.take();
        let rest = Moments { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weight_decay: self.weight_decay, amsgrad: false };
        let (keep, add) = (self.momentum as f32, (1.0 - self.momentum) as f32);
        for block in blocks {
            let range = block.range.clone();
            let (p, g, m) = (&mut parameters[range.clone()], &gradient[range.clone()], &mut first[range.clone()]);
            if !block.weight {
                moments::apply(rate * self.rest, update, p, g, m, &mut second[range], &rest);
                continue;
            }
            let (rows, columns) = (block.rows, block.columns);
            let (x, work) = scratch.split_at_mut(rows * columns);
            // Rows are the shorter side.
            let turned = rows > columns;
            let place = |at: usize| if turned { at % columns * rows + at / columns } else { at };
            for (at, (m, &g)) in m.iter_mut().zip(g).enumerate() {
                *m = keep * *m + add * g;
                x[place(at)] = f64::from(if self.nesterov { add * g + keep * *m } else { *m });
            }
            orthogonalise(x, work, rows.min(columns));
            let (size, shrink) = (rate * self.scale(block), (1.0 - rate * self.weight_decay) as f32);
            for (at, p) in p.iter_mut().enumerate() {
                *p = shrink * *p - (size * x[place(at)]) as f32;
            }
        }
    }
}
