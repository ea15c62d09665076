//! Optimizers: how a gradient becomes a step. Settings only; their moments live in the network, so that a snapshot has them.

mod moments;

use crate::registry;

/// What one update works on. All slices run over the network's flat parameter vector.
pub struct Step<'a> {
    /// Learning rate after the schedule.
    pub rate: f64,
    /// This update's number, from 1.
    pub update: u64,
    pub parameters: &'a mut [f32],
    pub gradient: &'a [f32],
    /// `slots()` vectors of the parameters' length, one after the other; zero before the first update.
    pub slots: &'a mut [f32],
}

/// A rule of descent.
pub trait Optimizer {
    /// The rate before the schedule.
    fn learning_rate(&self) -> f64;

    /// Numbers to remember for each parameter.
    fn slots(&self) -> usize {
        0
    }

    /// Rows in an update, given the batch size that is set and the number of training rows.
    fn batch(&self, batch_size: usize, rows: usize) -> usize {
        batch_size.min(rows)
    }

    /// One update.
    fn step(&self, step: Step);
}

/// θ ← θ − ηg.
fn descend(step: Step) {
    let rate = step.rate as f32;
    for (p, &g) in step.parameters.iter_mut().zip(step.gradient) {
        *p -= rate * g;
    }
}

registry! {
    /// Optimizer | 优化器
    ///
    /// How the slope of the loss becomes a step of the weights. | 如何把损失的坡度变成权重的一步更新。
    pub enum OptimizerConfig: Optimizer = adam {
        gradient_descent::GradientDescent,
        sgd::Sgd,
        mini_batch::MiniBatch,
        momentum::Momentum,
        nesterov::Nesterov,
        adagrad::Adagrad,
        rmsprop::Rmsprop,
        adam::Adam,
        adamw::Adamw,
    }
}
