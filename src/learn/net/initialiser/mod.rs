//! Initialisers: the weights before the first update. Biases start at zero.

use crate::math::random::Stream;
use crate::registry;

/// Units on both sides of a weight matrix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fan {
    pub inputs: usize,
    pub outputs: usize,
}

/// Fills a weight matrix `[out, in]`.
pub trait Initialiser {
    /// Draws every weight, in row-major order, from `stream`.
    fn fill(&self, stream: &mut Stream, fan: Fan, weights: &mut [f32]);
}

registry! {
    /// Initialiser | 初始化
    ///
    /// With which random weights the network begins. | 网络以怎样的随机权重开始。
    pub enum InitialiserConfig: Initialiser = xavier_uniform {
        zeros::Zeros,
        uniform::Uniform,
        normal::Normal,
        fan_in::FanIn,
        xavier_uniform::XavierUniform,
        xavier_normal::XavierNormal,
        he_uniform::HeUniform,
        he_normal::HeNormal,
    }
}
