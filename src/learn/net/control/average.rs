//! Exponential moving average of the weights (Polyak & Juditsky 1992; Tarvainen & Valpola 2017), PyTorch's `AveragedModel` with
//! `get_ema_avg_fn(decay)`: a ← θ after the first update, then a ← a + (1 − d)(θ − a) after each. Starting at θ and not at zero, it needs no
//! correction of bias, but remembers the first weights for about 1 / (1 − d) updates; with `warm_up` d is at most (1 + n) / (10 + n) after n updates, as
//! in TensorFlow's `ExponentialMovingAverage`, which forgets them sooner. Only what is learned by gradient is averaged: the running statistics of
//! batch normalisation stay those of the model in training, as with `use_buffers=False`.

use crate::config::Nothing;
use crate::learn::numbers;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Weight averaging | 权重平均
///
/// Predicts with a running average of the weights, which is calmer than the weights that are trained. | 用权重的滑动平均来预测，比正在训练的权重更平稳。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Average {
    /// Off | 关闭
    ///
    /// The model predicts with the weights that are trained. | 直接用正在训练的权重来预测。
    Off(Nothing),
    /// Exponential moving average | 指数滑动平均
    ///
    /// The average follows the weights and forgets old ones bit by bit. | 平均值跟随权重，逐渐忘记旧值。
    Ema(Ema),
}

impl Default for Average {
    fn default() -> Self {
        Average::Off(Nothing {})
    }
}

/// Exponential moving average | 指数滑动平均
///
/// The average follows the weights and forgets old ones bit by bit. | 平均值跟随权重，逐渐忘记旧值。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-term" = "averaging"))]
pub struct Ema {
    /// Decay | 衰减率
    ///
    /// How much of the average each update keeps: 0.99 looks back about 100 updates. | 每次更新保留多少平均值：0.99 约相当于回看 100 次更新。
    #[schemars(range(min = 0.0, max = 0.99999), extend("x-live" = true))]
    pub decay: f64,
    /// Warm-up | 预热
    ///
    /// Forgets the first weights faster, so that the average is of use sooner. | 更快忘记最初的权重，使平均值更早可用。
    #[schemars(extend("x-depth" = "lab", "x-live" = true))]
    pub warm_up: bool,
}

impl Default for Ema {
    fn default() -> Self {
        Ema { decay: 0.99, warm_up: false }
    }
}

/// The average, as part of what training changes.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Averaged {
    /// Empty where nothing is averaged.
    #[serde(with = "numbers")]
    weights: Vec<f32>,
    /// Updates that are in it.
    updates: u64,
}

impl Averaged {
    /// Before the first update.
    pub fn new(settings: &Average, parameters: &[f32]) -> Self {
        let weights = if matches!(settings, Average::Ema(_)) { parameters.to_vec() } else { Vec::new() };
        Averaged { weights, updates: 0 }
    }

    /// The averaged weights, where there are some.
    pub fn weights(&self) -> Option<&[f32]> {
        (!self.weights.is_empty()).then_some(&self.weights[..])
    }

    /// The same to change by hand.
    pub fn weights_mut(&mut self) -> Option<&mut [f32]> {
        (!self.weights.is_empty()).then_some(&mut self.weights[..])
    }

    /// After an update. Turned on while training, it begins with the weights of now.
    pub fn follow(&mut self, settings: &Average, parameters: &[f32]) {
        let Average::Ema(Ema { decay, warm_up }) = settings else {
            if !self.weights.is_empty() {
                *self = Averaged::default();
            }
            return;
        };
        if self.updates == 0 || self.weights.is_empty() {
            self.weights.clear();
            self.weights.extend_from_slice(parameters);
            self.updates = 1;
            return;
        }
        let done = self.updates as f64;
        let keep = if *warm_up { decay.min((1.0 + done) / (10.0 + done)) } else { *decay };
        // In this form an average of equal weights is exactly these weights.
        let take = (1.0 - keep) as f32;
        for (average, &weight) in self.weights.iter_mut().zip(parameters) {
            *average += take * (weight - *average);
        }
        self.updates += 1;
    }
}
