//! Activations: elementwise functions of a layer's sums, forward and backward side by side.

use crate::registry;

/// An elementwise function a = f(z). Slices have one length, a multiple of four.
pub trait Activation {
    /// `a = f(z)`.
    fn forward(&self, z: &[f32], a: &mut [f32]);

    /// `dz = da · f′(z)`, where `a = f(z)` is given as well, because most derivatives are simplest in it.
    fn backward(&self, z: &[f32], a: &[f32], da: &[f32], dz: &mut [f32]);
}

registry! {
    /// Activation | 激活函数
    ///
    /// The bend that lets layers express more than a straight line. | 让网络能表达直线以外形状的非线性函数。
    pub enum ActivationConfig: Activation = tanh {
        linear::Linear,
        sigmoid::Sigmoid,
        tanh::Tanh,
        relu::Relu,
        leaky_relu::LeakyRelu,
        elu::Elu,
        swish::Swish,
        gelu::Gelu,
        softplus::Softplus,
    }
}
